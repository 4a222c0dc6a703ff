"""One rich seed of each API, and small ones: their rows, and what the command says there is to try.

What is wanted stands in `tests/fuzz/<API>/rows.rich.yaml`, written down once and read by people.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from openapi_mock import Mock, MovableClock, Settings, load
from openapi_reader import read

FOLDER = Path(__file__).parent
APIS = ["kws", "kongregate"]
# A Sunday, the last day of a week.
NOW_MS = 1_710_028_800_000
# Not of the seed: the law of countries, and what is drawn for each mock.
OTHER_TABLES = {"countries", "epochs", "signing_keys"}
SECRETS = {"password_hash", "client_secret_digest"}


def document(api: str, name: str) -> Any:
    return read(FOLDER / api / f"{name}.yaml").value


def mock_of(api: str, seed: Any) -> Mock:
    settings = Settings(clock=MovableClock(lambda: NOW_MS), random=Random(0), seed=copy.deepcopy(seed))
    return load(api, settings=settings)


def banner(mock: Mock) -> list[list[str]]:
    return [[*each] for each in mock.behaviour.banner()]


@pytest.mark.parametrize("api", APIS)
def test_a_rich_seed_has_the_rows_that_were_written_down(api: str) -> None:
    with mock_of(api, document(api, "seed.rich")) as mock:
        state = mock.control.export()
        rows = {
            table: [
                {name: value for name, value in each.items() if name not in SECRETS} for each in state[table]
            ]
            for table in state.keys() - OTHER_TABLES
            if state[table]
        }
        wanted = document(api, "rows.rich")
        assert rows == wanted["rows"]
        assert banner(mock) == wanted["banner"]


@pytest.mark.parametrize(
    ("api", "small"), [(api, each) for api in APIS for each in document(api, "rows.rich")["small seeds"]]
)
def test_what_a_small_seed_lacks_is_not_there_to_try(api: str, small: Any) -> None:
    with mock_of(api, small["seed"]) as mock:
        assert banner(mock) == small["banner"]


def test_secrets_of_a_seed_are_kept_as_their_digests() -> None:
    seed = document("kws", "seed.rich")
    states = []
    for _ in range(2):
        with mock_of("kws", seed) as mock:
            states.append(mock.control.export())
    for app, row in zip(seed["apps"], states[0]["apps"], strict=True):
        assert row["client_secret_digest"] == hashlib.sha256(app["clientSecret"].encode()).hexdigest()
    salts = set()
    for user, row in zip(seed["users"], states[0]["users"], strict=True):
        if "password" not in user:
            assert row["password_hash"] is None
            continue
        cost, salt, hashed = row["password_hash"].split("$")
        assert (cost, len(salt)) == ("1024", 32)
        assert (
            hashed
            == hashlib.scrypt(user["password"].encode(), salt=bytes.fromhex(salt), n=1024, r=8, p=1).hex()
        )
        salts.add(salt)
    assert len(salts) == 6
    # The same random numbers make the same rows.
    assert [each["users"] for each in states] == [states[0]["users"]] * 2
    (key,) = states[0]["signing_keys"]
    assert (key["id"], key["created_ms"], len(key["key"])) == (1, NOW_MS, 64)
    assert states[1]["signing_keys"] == [key]


@pytest.mark.parametrize(
    ("change", "gone", "instead"),
    [
        (lambda control: control.change_password(765), ["user 765", "user 765"], []),
        (
            lambda control: control.give_kreds(765, -6),
            [],
            [["Kreds to spend", "Robin Hood 0, kim 5, lou 4, mia 3, noa 2"]],
        ),
    ],
)
def test_what_has_changed_since_is_said_as_it_is_now(
    change: Callable[[Any], None], gone: list[str], instead: list[list[str]]
) -> None:
    wanted = document("kongregate", "rows.rich")["banner"]
    with mock_of("kongregate", document("kongregate", "seed.rich")) as mock:
        change(mock.control)
        changed = dict(instead)
        assert banner(mock) == [
            [what, changed.get(what, words)] for what, words in wanted if what not in gone
        ]


@pytest.mark.parametrize(
    ("api", "places", "name"), [("kws", "apps", "clientSecret"), ("kongregate", "games", "api_key")]
)
def test_keys_that_were_replaced_since_are_not_there_to_try(api: str, places: str, name: str) -> None:
    seed = document(api, "seed.rich")
    with mock_of(api, seed) as mock:
        said = {places[:-1] + f" {each['id']}" for each in seed[places]}
        assert said <= {what for what, _ in banner(mock)}
        seed[places][0][name] = "made-up-other-key"
        mock.control.seed(copy.deepcopy(seed))
        still = {what for what, _ in banner(mock)} & said
        assert still == said - {places[:-1] + f" {seed[places][0]['id']}"}
        seed[places][1][name] = "made-up-further-key"
        mock.control.seed(copy.deepcopy(seed))
        assert not {what for what, _ in banner(mock)} & {*said, "users"}


def test_every_country_has_its_age_of_consent() -> None:
    ages = {
        code: int(age) for age, codes in document("kws", "consent_ages").items() for code in codes.split()
    }
    assert len(ages) == 249
    with mock_of("kws", document("kws", "rows.rich")["small seeds"][0]["seed"]) as mock:
        rows = mock.control.export()["countries"]
    assert {each["code"]: each["consent_age"] for each in rows} == ages
