"""Initial states of one's own, from a file or from Python."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import httpx
import pytest

from kws_mock import seed
from kws_mock.permissions import NAMES
from kws_mock.points import MOST_POINTS
from openapi_mock import MovableClock, SeedError, Settings, load
from openapi_reader import parse, read

MOCK = Path(__file__).parents[2] / "mock"
SMALL = {
    "kws": """
currencies:
  - { id: 1, owner: hill, singularName: Nut, pluralName: Nuts }
  - { id: 2, owner: lake, singularName: Fish, pluralName: Fish }
apps:
  - id: 7
    owner: hill
    name: Hill
    clientId: hill
    clientSecret: made-up
    defaultCurrency: 1
    events: [{ id: 70, token: climbed, points: 3, currency: 1, limitPerUser: 2 }]
users:
  - id: 1
    username: ann
    password: made-up
    dateOfBirth: 2015-02-28
    apps:
      - id: 7
        displayName: Annie
        permissions: { accessEmail: true, sendNewsletter: null }
        appData: { level: 3 }
        points:
          - { currency: 1, amount: 5 }
          - { currency: 1, amount: 3, event: climbed, at: 2024-05-01T10:00:00+02:00 }
""",
    "kongregate": """
games:
  - id: 1
    title: Hill
    api_key: made-up
    items: [{ id: 1, identifier: rope, name: Rope, price: 2, uses: 4 }]
    statistics: [{ id: 1, name: height, type: Max }]
    servers:
      - server_identifier: west
        guilds: [{ guild_identifier: goats }]
        characters: [{ character_identifier: a, character_name: A, user_id: 1, guild_identifier: goats }]
    shared_links:
      - { id: top, user_id: 1, name: Top, type: place, kv_params: { at: 3 }, expires: 2100-01-01T00:00:00Z }
users:
  - id: 1
    username: Ann
    friends: [2]
    game_auth_tokens: [{ game_id: 1, token: made-up-token }]
    items: [{ game_id: 1, identifier: rope }]
    scores: [{ game_id: 1, statistics: { height: 12 }, scopes: [lifetime] }]
  - { id: 2, username: Bob }
""",
}


def opened(api, text, **further):
    return load(api, settings=Settings(seed=parse(text, "mine.yaml"), seed_source="mine.yaml", **further))


def refusal(api, text):
    with pytest.raises(SeedError) as caught:
        opened(api, text)
    return caught.value.errors


@pytest.mark.parametrize("api", SMALL)
def test_a_seed_takes_the_place_of_the_default_one(api):
    with opened(api, SMALL[api]) as mock:
        rows = mock.behaviour.store.export()
    assert [each["id"] for each in rows["users"]] == ([1] if api == "kws" else [1, 2])


def test_what_a_seed_says_is_what_the_api_says():
    with opened("kws", SMALL["kws"]) as mock:
        client = httpx.Client(transport=mock.transport(), base_url="http://mock.example")
        form = {"grant_type": "client_credentials"}
        token = client.post("/oauth/token", data=form, auth=("hill", "made-up")).json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"
        profile = client.get("/v2/apps/7/users/1").json()
        assert profile["username"] == "Annie"
        assert profile["dateOfBirth"] == "2015-02-28"
        assert profile["permissions"]["accessEmail"] is True
        assert profile["permissions"]["sendNewsletter"] is None
        assert profile["appData"] == [{"name": "level", "value": 3}]
        assert client.get("/v2/apps/7/users/1/score").json() == {"score": 8, "rank": 1}
        body = {"token": "climbed"}
        statuses = [client.post("/v1/users/1/triggerEvent", json=body).status_code for _ in range(2)]
        assert statuses == [204, 403]
    with opened("kongregate", SMALL["kongregate"]) as mock:
        client = httpx.Client(transport=mock.transport(), base_url="http://mock.example")
        query = {"api_key": "made-up", "user_id": 1}
        items = client.get("/api/user_items.json", params=query).json()["items"]
        assert [(each["id"], each["identifier"], each["remaining_uses"]) for each in items] == [
            (10_001, "rope", 4)
        ]
        board = client.get("/api/high_scores/lifetime/1.json").json()
        assert [(each["username"], each["score"]) for each in board["lifetime_scores"]] == [("Ann", 12)]
        assert client.get("/api/user_info.json", params={"user_id": 2, "friends": "true"}).json()[
            "friends"
        ] == ["Ann"]


@pytest.mark.parametrize("api", SMALL)
def test_an_empty_seed_is_an_empty_mock(api):
    with opened(api, "{}") as mock:
        assert mock.behaviour.store.export()["users"] == []
        assert not [value for _, value in mock.behaviour.banner() if "made-up" in value]


def test_everything_that_does_not_fit_the_schema_is_named_with_its_line():
    text = """
start: yesterday
colours: []
currencies:
  - { id: 0, owner: hill, singularName: Nut }
users:
  - id: 1
    username: ann
    dateOfBirth: 2015-02-30
    apps:
      - id: seven
        permissions: { accessMoon: true, accessEmail: maybe }
        points: [{ currency: 1, amount: -5, kind: lost }]
"""
    assert {each.partition(": ")[0] + ": " + each.split(": ")[1] for each in refusal("kws", text)} == {
        "mine.yaml:2: #/start",
        "mine.yaml:3: #/colours",
        "mine.yaml:5: #/currencies/0/id",
        "mine.yaml:5: #/currencies/0/pluralName",
        "mine.yaml:7: #/users/0/password",
        "mine.yaml:9: #/users/0/dateOfBirth",
        "mine.yaml:11: #/users/0/apps/0/id",
        "mine.yaml:12: #/users/0/apps/0/permissions",
        "mine.yaml:12: #/users/0/apps/0/permissions/accessEmail",
        "mine.yaml:13: #/users/0/apps/0/points/0/amount",
        "mine.yaml:13: #/users/0/apps/0/points/0/kind",
    }


def test_what_kws_cannot_hold_together_is_named_with_its_line():
    text = """
currencies:
  - { id: 1, owner: hill, singularName: Nut, pluralName: Nuts }
  - { id: 1, owner: lake, singularName: Fish, pluralName: Fish }
  - { id: 2, owner: lake, singularName: Fish, pluralName: Fish }
apps:
  - { id: 7, owner: hill, name: Hill, clientId: hill, clientSecret: made-up, defaultCurrency: 2 }
  - { id: 8, owner: lake, name: Lake, clientId: hill, clientSecret: made-up, defaultCurrency: 9 }
users:
  - { id: 1, username: ann, password: made-up, dateOfBirth: 2015-01-01, email: a@hill.example }
  - id: 1
    username: ann
    password: made-up
    dateOfBirth: 2015-01-01
    email: A@hill.example
    apps:
      - id: 6
      - id: 7
      - id: 7
        points:
          - { currency: 2, amount: 1 }
          - { currency: 1, amount: 1, event: flew }
          - { currency: 1, amount: 9007199254740991 }
"""
    found = refusal("kws", text)
    assert set(found) == {
        "mine.yaml:4: #/currencies/1/id: the id is given twice: see line 3",
        "mine.yaml:7: #/apps/0/defaultCurrency: there is no such currency of the app's owner",
        "mine.yaml:8: #/apps/1/clientId: the clientId is given twice: see line 7",
        "mine.yaml:8: #/apps/1/defaultCurrency: there is no such currency of the app's owner",
        "mine.yaml:11: #/users/1/id: the id is given twice: see line 10",
        "mine.yaml:12: #/users/1/username: the username is given twice: see line 10",
        "mine.yaml:15: #/users/1/email: the email is given twice: see line 10",
        "mine.yaml:17: #/users/1/apps/0/id: there is no such app",
        "mine.yaml:19: #/users/1/apps/2/id: the app is given twice: see line 18",
        "mine.yaml:21: #/users/1/apps/2/points/0/currency: there is no such currency of the app's owner",
        "mine.yaml:22: #/users/1/apps/2/points/1/event: there is no such event of this app",
        f"mine.yaml:23: #/users/1/apps/2/points/2/amount: user 1 receives more than {MOST_POINTS} points",
    }


def test_what_kongregate_cannot_hold_together_is_named_with_its_line():
    text = """
games:
  - id: 1
    title: Hill
    api_key: made-up
    servers:
      - server_identifier: west
        characters:
          - { character_identifier: a, character_name: A, user_id: 5, guild_identifier: goats }
users:
  - id: 1
    username: Ann
    playing: 3
    friends: [1, 2]
    game_auth_tokens: [{ game_id: 4, token: made-up-token }]
    items: [{ game_id: 1, identifier: rope }]
    scores: [{ game_id: 1, statistics: { height: 12 } }]
    kongpanions: [{ id: 1 }]
  - id: 2
    username: Ann
"""
    assert set(refusal("kongregate", text)) == {
        "mine.yaml:9: #/games/0/servers/0/characters/0/user_id: there is no such user",
        "mine.yaml:9: #/games/0/servers/0/characters/0/guild_identifier: there is no such guild there",
        "mine.yaml:13: #/users/0/playing: there is no such game",
        "mine.yaml:14: #/users/0/friends/0: there is no such other user",
        "mine.yaml:15: #/users/0/game_auth_tokens/0/game_id: there is no such game",
        "mine.yaml:16: #/users/0/items/0/identifier: there is no such item of this game",
        "mine.yaml:17: #/users/0/scores/0/statistics/height: there is no such statistic of this game",
        "mine.yaml:18: #/users/0/kongpanions/0/id: there is no such kongpanion",
        "mine.yaml:20: #/users/1/username: the username is given twice: see line 12",
    }


@pytest.mark.parametrize("api", SMALL)
def test_no_mistake_quotes_a_value(api):
    wrong = (
        SMALL[api]
        .replace("made-up-token", "made-up")
        .replace(": made-up", ': ["made-up-secret"]')
        .replace(": Ann", ': "\\0made-up-secret" #')
    )
    assert "made-up-secret" not in "".join(refusal(api, wrong))


def test_a_mapping_is_a_seed_too_and_its_mistakes_have_places():
    with pytest.raises(SeedError, match=r"^seed: #/users/0/dateOfBirth: is required$"):
        load("kws", settings=Settings(seed={"users": [{"id": 1}]}))


def test_a_seed_that_is_refused_leaves_no_database(tmp_path):
    file = tmp_path / "mock.db"
    with pytest.raises(SeedError):
        opened("kws", "users: [{ id: 1 }]", database=f"sqlite:///{file}")
    assert not file.exists()


def test_a_database_that_holds_something_keeps_it(database):
    opened("kws", SMALL["kws"], database=database).close()
    with opened("kws", "{}", database=database) as mock:
        assert [each["id"] for each in mock.behaviour.store.export()["users"]] == [1]


@pytest.mark.parametrize("api", SMALL)
def test_a_seed_replaces_the_state_of_a_running_mock_until_it_is_reset(api, database):
    for url in (None, database):
        with load(api, url) as mock:
            mock.control.seed(parse(SMALL[api], "").value)
            seeded = mock.control.export()["users"]
            assert seeded[0]["id"] == 1
            with pytest.raises(SeedError):
                mock.control.seed({"users": [{}]})
            assert mock.control.export()["users"] == seeded
            mock.control.seed({})
            assert mock.control.export()["users"] == []
            mock.control.reset()
            assert len(mock.control.export()["users"]) > 1


def test_a_file_with_mistakes_ends_the_command_with_all_of_them(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("users:\n  - id: 1\n  - id: two\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(MOCK), str(MOCK.with_name("reader"))])}
    line = [sys.executable, "-m", "openapi_mock", "kws", "--seed", file, "--port", "0"]
    done = subprocess.run(  # noqa: S603  # the command under test
        line, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert f"{file}:2: #/users/0/dateOfBirth: is required\n" in done.stderr
    assert f"{file}:3: #/users/1/id: " in done.stderr


def test_the_schema_knows_the_permissions_that_the_api_knows():
    schema = read(Path(seed.__file__).with_name("seed.schema.yaml")).value
    known = schema["$defs"]["membership"]["properties"]["permissions"]["propertyNames"]["enum"]
    assert tuple(known) == NAMES


@pytest.mark.parametrize("api", SMALL)
def test_the_same_random_numbers_make_the_same_secrets(api):
    found = []
    for number in (1, 1, 2):
        settings = Settings(random=Random(number), clock=MovableClock(lambda: 1_750_000_000_000))
        with load(api, settings=settings) as mock:
            if api == "kongregate":
                mock.behaviour.site.change_password(765)
            rows = mock.control.export()
            rows.pop("epochs", None)
            found.append(rows)
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-05-01T23:59:60Z", "2024-05-01"]
)
def test_a_time_that_no_clock_shows_is_named_with_its_line(time):
    written = "at: 2024-05-01T10:00:00+02:00"
    assert written in SMALL["kws"]
    (error,) = refusal("kws", SMALL["kws"].replace(written, f'at: "{time}"'))
    assert error.startswith("mine.yaml:25: #/users/0/apps/0/points/1/at: ")
