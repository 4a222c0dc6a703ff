"""What the operations read: what the mock holds at first, to the letter, and what changes in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from fuzz_kongregate.clients import Clients
from fuzz_kongregate.known import BEST_TIME, ROBIN, TOKEN, WREN
from fuzz_kws.known import APP, USER
from fuzz_kws.world import World

from openapi_mock import Mock, load
from openapi_mock.catalog import find_document

COINS: Final = 31

Tables = dict[str, list[dict[str, Any]]]
Change = Callable[[Tables], Tables]


def put(table: str, column: str, value: object, **row: object) -> Change:
    """Put another value in the rows that have these values."""

    def change(tables: Tables) -> Tables:
        rows = [{**each, column: value} if row.items() <= each.items() else each for each in tables[table]]
        assert rows != tables[table]
        return {**tables, table: rows}

    return change


def drop(table: str, **row: object) -> Change:
    """Drop the rows that have these values."""

    def change(tables: Tables) -> Tables:
        rows = [each for each in tables[table] if not row.items() <= each.items()]
        assert rows != tables[table]
        return {**tables, table: rows}

    return change


# How it is read, what changes, and what the value shows only before and only after that.
KONGREGATE: Final[dict[str, tuple[Callable[[Any], Any], Change, str, str]]] = {
    "authenticate": (
        lambda kong: kong.players.authenticate(user_id=ROBIN, game_auth_token=TOKEN),
        put("users", "username", "Gandalf", id=ROBIN),
        "Robin",
        "Gandalf",
    ),
    "getUserInfo": (
        lambda kong: kong.players.get_user_info(username="Robin"),
        put("users", "level", 13, id=ROBIN),
        "level=12",
        "level=13",
    ),
    "getUserInfo, by number": (
        lambda kong: kong.players.get_user_info(user_id=ROBIN, friends=True),
        drop("friendships", user_id=ROBIN, other_id=WREN),
        f"{WREN}",
        "767",
    ),
    "listBadges": (
        lambda kong: kong.players.list_badges(username="Robin"),
        drop("badges", user_id=ROBIN, badge_id=3),
        "id=3",
        "id=7",
    ),
    "listItems": (
        lambda kong: kong.items.list_items(),
        put("items", "name", "Blunt Stick", identifier="sharp-stick"),
        "Sharp Stick",
        "Blunt Stick",
    ),
    "listUserItems": (
        lambda kong: kong.items.list_user_items(user_id=ROBIN),
        put("owned_items", "remaining_uses", 29, id=4711),
        "remaining_uses=3",
        "remaining_uses=29",
    ),
    "listKongpanions": (
        lambda kong: kong.kongpanions.list_kongpanions(),
        put("kongpanions", "name", "Shout", id=1),
        "Hoot",
        "Shout",
    ),
    "listUserKongpanions": (
        lambda kong: kong.kongpanions.list_user_kongpanions(user_id=WREN),
        put("owned_kongpanions", "shiny", False, user_id=WREN, kongpanion_id=1),
        "shiny=True",
        "shiny=False",
    ),
    "getHighScores": (
        lambda kong: kong.statistics.get_high_scores(statistic_id=COINS, scope="lifetime"),
        put("users", "username", "Gandalf", id=ROBIN),
        "Robin",
        "Gandalf",
    ),
    "getFriendsHighScores": (
        lambda kong: kong.statistics.get_friends_high_scores(statistic_id=BEST_TIME, user_id=ROBIN),
        put("users", "username", "Gandalf", id=ROBIN),
        "Robin",
        "Gandalf",
    ),
}
KWS: Final[dict[str, tuple[Callable[[Any], Any], Change, str, str]]] = {
    "getLeaderboard": (
        lambda session: session.apps.get_leaderboard(),
        put("activations", "display_name", "MildHeron5", app_id=APP, user_id=USER),
        "BraveOtter17",
        "MildHeron5",
    ),
    "hasDeviceToken": (
        lambda session: session.users.has_device_token(),
        drop("device_tokens", user_id=USER),
        "True",
        "False",
    ),
    "getProfile": (
        lambda session: session.users.get_profile(user_id=USER),
        put("activations", "display_name", "MildHeron5", app_id=APP, user_id=USER),
        "BraveOtter17",
        "MildHeron5",
    ),
    "getAppData": (
        lambda session: session.users.get_app_data(user_id=USER),
        put("app_data", "value", 29, user_id=USER),
        "value=7",
        "value=29",
    ),
    "getPoints": (
        lambda session: session.users.get_points(user_id=USER),
        put("transactions", "amount", 4000, id=1),
        "sum=20,",
        "sum=4000,",
    ),
    "getScore": (
        lambda session: session.users.get_score(user_id=USER),
        put("transactions", "amount", 4000, id=1),
        "score=20,",
        "score=4000,",
    ),
    "getGlobalPoints": (
        lambda session: session.users.get_global_points(user_id=USER),
        put("transactions", "amount", 4000, id=1),
        "sum=25,",
        "sum=4005,",
    ),
    "getChildAge": (
        lambda session: session.countries.get_child_age(country="de"),
        put("countries", "consent_age", 15, code="de"),
        "16",
        "15",
    ),
}


def as_json(value: Any) -> Any:
    """What a client returns, as JSON values."""
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


def kept(api: str) -> Any:
    """What the operations of an API read at first."""
    return yaml.safe_load((Path(__file__).parent / api / "reads.yaml").read_text(encoding="utf-8"))


def check(read: Callable[[], Any], mock: Any, change: Change, before: str, after: str) -> None:
    shown = repr(read())
    mock.control.load(change(mock.control.export()))
    shown_again = repr(read())
    assert before in shown
    assert after in shown_again
    assert before not in shown_again


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[Mock[Any], Clients]]:
    with load(find_document("kongregate")) as mock, Clients(mock) as clients:
        yield mock, clients


@pytest.mark.parametrize("operation", KONGREGATE)
def test_kongregate_shows_a_change_at_once(site: tuple[Mock[Any], Clients], operation: str) -> None:
    mock, clients = site
    mock.control.reset()
    read, *change = KONGREGATE[operation]
    check(lambda: clients.read(read), mock, *change)


@pytest.mark.parametrize("operation", KONGREGATE)
def test_kongregate_reads_what_the_seed_says(site: tuple[Mock[Any], Clients], operation: str) -> None:
    mock, clients = site
    mock.control.reset()
    assert as_json(clients.read(KONGREGATE[operation][0])) == kept("kongregate")[operation]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as world:
        yield world


@pytest.mark.parametrize("half", ["sync", "async"])
@pytest.mark.parametrize("operation", KWS)
def test_kws_shows_a_change_at_once(world: World, half: Any, operation: str) -> None:
    world.begin(half)
    session = world.session(token=world.control.token(user_id=USER))
    read, *change = KWS[operation]
    check(lambda: world.done(read(session)), world, *change)


@pytest.mark.parametrize("half", ["sync", "async"])
@pytest.mark.parametrize("operation", KWS)
def test_kws_reads_what_the_seed_says(world: World, half: Any, operation: str) -> None:
    world.begin(half)
    session = world.session(token=world.control.token(user_id=USER))
    assert as_json(world.done(KWS[operation][0](session))) == kept("kws")[operation]


@pytest.mark.parametrize("half", ["sync", "async"])
def test_kws_draws_another_display_name_each_time(world: World, half: Any) -> None:
    session = world.begin(half).session()
    names = {world.done(session.apps.get_random_display_name(app_id=APP)) for _ in range(20)}
    assert len(names) > 1
