"""With a Kongregate that has a memory: the tour, orders from end to end, pages that join up."""

import importlib
from pathlib import Path

import pytest
from starlette.applications import Starlette

import kongregate
from kongregate import AsyncKongregate, Kongregate
from kongregate.starlette import callback_route
from kongregate_mock import InvalidResponse, PageSizes, create
from openapi_mock import Mock, MockTransport, serve
from openapi_mock.catalog import find_document

KEY = "made-up-api-key"
GAME, ROBIN, WREN = 1001, 765, 766
STICK = kongregate.Item(
    name="Golden Stick", description="It shines.", price=2, image_url="https://cdn.example/golden.png"
)


@pytest.fixture
def mock():
    with Mock.from_file(find_document("kongregate"), behaviour=create(page_sizes=PageSizes(2, 2))) as mock:
        yield mock


@pytest.fixture
def arguments(mock):
    return {
        "api_key": KEY,
        "base_url": "https://kongregate.example",
        "httpx_args": {"transport": MockTransport(mock)},
    }


class GameServer:
    """Notes every event, and answers as it is told."""

    def __init__(self):
        self.events = []
        self.state = kongregate.completed()
        self.api_key = KEY

    def on_event(self, event):
        self.events.append(event)
        match event:
            case kongregate.ItemOrderRequest():
                return kongregate.items_reply([STICK])
            case kongregate.ItemOrderPlaced():
                return self.state
            case _:
                return None

    def serve(self):
        route = callback_route("/kongregate", api_key=self.api_key, on_event=self.on_event)
        return serve(Starlette(routes=[route]))


@pytest.fixture
def game_server():
    return GameServer()


def owned(kong, user_id):
    return [item.name for item in kong.items.list_user_items(user_id=user_id).items]


def test_an_order_runs_from_the_callback_to_the_inventory(kong, mock, game_server):
    site = mock.behaviour.site
    before, kreds = owned(kong, WREN), site.kreds(ROBIN)
    with game_server.serve() as url:
        order = site.order_items(GAME, ROBIN, WREN, "golden stick & more", f"{url}/kongregate")
    asked, placed = game_server.events
    assert isinstance(asked, kongregate.ItemOrderRequest)
    assert isinstance(placed, kongregate.ItemOrderPlaced)
    for event in (asked, placed):
        assert (event.game_id, event.buyer_id, event.recipient_id) == (GAME, ROBIN, WREN)
        assert (event.order_id, event.order_info) == (order.id, "golden stick & more")
    assert owned(kong, WREN) == [*before, "Golden Stick"]
    assert site.kreds(ROBIN) == kreds - 2


def test_a_canceled_order_leaves_nothing_behind(kong, mock, game_server):
    site = mock.behaviour.site
    before, kreds = owned(kong, WREN), site.kreds(ROBIN)
    game_server.state = kongregate.canceled()
    with game_server.serve() as url:
        assert site.order_items(GAME, ROBIN, WREN, "", f"{url}/kongregate").state == "canceled"
    assert (owned(kong, WREN), site.kreds(ROBIN)) == (before, kreds)


def test_a_game_server_with_another_key_takes_no_order(kong, mock, game_server):
    site = mock.behaviour.site
    before = owned(kong, WREN)
    game_server.api_key = "made-up-api-key-2"
    with game_server.serve() as url, pytest.raises(InvalidResponse, match="400"):
        site.order_items(GAME, ROBIN, WREN, "", f"{url}/kongregate")
    assert game_server.events == []
    assert owned(kong, WREN) == before


def test_the_game_is_told_of_a_changed_inventory_with_a_token_that_works(kong, mock, game_server):
    mock.behaviour.site.change_password(ROBIN)
    with game_server.serve() as url:
        mock.behaviour.site.invalidate_user_inventory(GAME, ROBIN, f"{url}/kongregate")
    (event,) = game_server.events
    assert isinstance(event, kongregate.InvalidateUserInventory)
    assert event.time.tzinfo is not None
    player = kong.players.authenticate(user_id=event.user_id, game_auth_token=event.game_auth_token)
    assert (player.user_id, player.username) == (ROBIN, event.username)
    with pytest.raises(kongregate.InvalidCredentials):
        kong.players.authenticate(user_id=ROBIN, game_auth_token="made-up-game-token")


async def collect(items):
    return [each async for each in items]


async def test_friends_join_up_whatever_the_size_of_a_page(arguments):
    with Mock.from_file(find_document("kongregate"), behaviour=create()) as whole:
        at_once = Kongregate(KEY, arguments["base_url"], httpx_args={"transport": MockTransport(whole)})
        profile = at_once.players.get_user_info(user_id=ROBIN, friends=True)
    assert len(profile.friends) > 2
    with Kongregate(**arguments) as kong:
        friends = list(kong.players.iter_friends(user_id=ROBIN))
        assert list(kong.players.iter_friends(username="Robin")) == friends
        assert list(kong.players.iter_friends(username="Kit")) == []
    assert [each.user_id for each in friends] == profile.friend_ids
    assert [each.username for each in friends] == profile.friends
    async with AsyncKongregate(**arguments) as kong:
        assert await collect(kong.players.iter_friends(user_id=ROBIN)) == friends


def test_friends_are_missing_from_a_profile_unless_they_are_asked_for(arguments):
    with Kongregate(**arguments) as kong:
        silent, told = (kong.players.get_user_info(user_id=ROBIN, **each) for each in ({}, {"friends": True}))
        assert (silent.friends, silent.friend_ids, silent.num_pages) == ([], [], 1)
        assert told.friends
        assert told.num_pages > 1
        several = kong.players.get_user_info(user_ids=[ROBIN, WREN], friends=True)
        assert [(each.user_id, each.friends) for each in several.users] == [(ROBIN, []), (WREN, [])]


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_character_leaves_its_guild(arguments, nothing):
    knight = {"character_identifier": "knight-1", "character_name": "Sir Robin"}
    with Kongregate(**arguments) as kong:
        joined = kong.guilds.save_character(**knight, guild_identifier="owls", guild_admin_level="Beak")
        assert joined.guild_identifier == "owls"
        assert kong.guilds.save_character(**knight, guild_identifier=nothing).guild_identifier is None


@pytest.mark.parametrize("scope", ["daily", "weekly", "lifetime"])
async def test_high_scores_join_up_whatever_the_size_of_a_page(arguments, scope):
    with Kongregate(**arguments) as kong:
        for user_id in (765, 766, 767):
            kong.statistics.submit(user_id=user_id, statistics={"high-score": 10**6 + user_id})
        scores = list(kong.statistics.iter_high_scores(statistic_id=33, scope=scope))
    assert [each.score for each in scores][:3] == [1000767, 1000766, 1000765]
    assert len({each.username for each in scores}) == len(scores)
    async with AsyncKongregate(**arguments) as kong:
        assert await collect(kong.statistics.iter_high_scores(statistic_id=33, scope=scope)) == scores


def test_the_tour_calls_every_operation_and_buys_something(monkeypatch, mock):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[3] / "examples"))
    called = []

    def note(response):
        if response.is_success:
            called.append(response.request.extensions["operation"].id)

    tour = importlib.import_module("kongregate_tour").tour
    with serve(mock) as url:
        *_, order, inventory = tour(url, {"event_hooks": {"response": [note]}})
    assert set(called) == {operation.id for operation in mock.operations}
    assert order.endswith("of potion: completed for 3 Kreds")
    assert "potion" in inventory
