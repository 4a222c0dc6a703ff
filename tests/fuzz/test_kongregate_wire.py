"""What the site makes of a game's server, and the page that opens the game."""

from __future__ import annotations

import contextlib
import json
import logging
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from fuzz_kongregate import callbacks
from hypothesis import strategies as st

import kongregate_mock
from kongregate import AsyncKongregate, ConfigurationError, GameQuery, Kongregate
from kws_clients.testing import open_mock
from openapi_mock import Problem

KEY, ROBIN, WREN = "made-up-api-key", 765, 766
TOKENS = {ROBIN: "made-up-game-token", WREN: "made-up-game-token-wren"}
ROBINS_KREDS = 100
URL = "http://127.0.0.1:9/callbacks"
ITEM = {"name": "Potion", "description": "ä", "price": 2, "image_url": "https://cdn.example/a.png"}
MOST = 2**63 - 1


@pytest.fixture(scope="module")
def mock():
    with open_mock("kongregate") as mock:
        yield mock


@contextlib.contextmanager
def replying(mock, *replies):
    """A game with these replies, the last of them for ever; yields the requests that it gets."""
    mock.control.reset()
    left, requests = [*replies], []

    def reply(request):
        requests.append(request)
        found = left.pop(0) if len(left) > 1 else left[0]
        return found if isinstance(found, httpx.Response) else httpx.Response(200, content=found)

    with httpx.Client(transport=httpx.MockTransport(reply)) as client:
        mock.control.send_callbacks_through(client)
        yield requests


# ---- replies

_values = st.one_of(
    st.sampled_from(
        [None, True, False, 0, 1, -1, 1.5, 2.0, "", " ", "a", "\t\n", "a\0", [], {}, [1], MOST, MOST + 1]
    ),
    callbacks.texts,
)
_items = st.one_of(
    st.just(ITEM),
    st.tuples(st.sampled_from(sorted(ITEM)), _values).map(lambda pair: {**ITEM, pair[0]: pair[1]}),
    st.sampled_from(sorted(ITEM)).map(lambda name: {key: ITEM[key] for key in ITEM if key != name}),
    _values,
)


def is_item(value):
    """Whether it has what the documentation asks for: a price in whole Kreds, and nothing blank."""
    texts = ("name", "description", "image_url")
    return (
        isinstance(value, dict)
        and all(type(value.get(name)) is str and value[name].strip() for name in texts)
        and type(value.get("price")) is int
        and value["price"] >= 0
    )


def place(mock):
    """What becomes of an order: its state and price, or the name of the error. Nobody loses a Kred by one."""
    try:
        order = mock.control.order_items(ROBIN, "made up", URL)
    except (kongregate_mock.CallbackError, kongregate_mock.NotEnoughKreds, Problem) as error:
        assert mock.control.kreds(ROBIN) == ROBINS_KREDS
        assert len(mock.control.export()["owned_items"]) == 3
        return type(error).__name__, str(error)
    assert mock.control.kreds(ROBIN) == ROBINS_KREDS - (order.price if order.state == "completed" else 0)
    return order.state, order.price


def test_items_are_taken_only_as_documented(properties, mock):
    def check(items):
        content = json.dumps({"items": items}).encode()
        with replying(mock, content, b'{"state": "completed"}') as requests:
            found, detail = place(mock)
        if not isinstance(items, list) or not items or not all(map(is_item, items)):
            assert (found, len(requests)) == ("InvalidResponse", 1)
            assert detail.startswith("items")
            return
        price = sum(each["price"] for each in items)
        if price > MOST:
            assert (found, detail) == ("InvalidResponse", "items: the prices are out of range")
        elif price > ROBINS_KREDS:
            assert found == "NotEnoughKreds"
            assert detail.endswith(f"cannot pay {price} Kreds")
        # The picture is shown, and not kept.
        elif any("\0" in each["name"] + each["description"] for each in items):
            assert (found, detail) == ("Problem", "text holds the character NUL")
        else:
            assert (found, detail) == ("completed", price)

    properties.hold(check, st.one_of(st.lists(_items, max_size=3), st.lists(st.just(ITEM)), _values), share=3)


@pytest.mark.parametrize(
    ("items", "error"),
    [([{**ITEM, "price": ROBINS_KREDS + 1}], "NotEnoughKreds"), ([], "InvalidResponse")],
)
def test_an_order_that_fails_is_logged_with_the_reason(mock, caplog, items, error):
    with caplog.at_level(logging.WARNING), replying(mock, json.dumps({"items": items}).encode()):
        found, detail = place(mock)
    assert found == error
    (logged,) = caplog.records
    assert logged.name == "openapi_mock.site"
    assert logged.getMessage().endswith(f": {detail}")


def test_states_are_taken_only_as_documented(properties, mock):
    def check(state):
        content = json.dumps({"items": [ITEM]}).encode()
        with replying(mock, content, json.dumps({"state": state}).encode()) as requests:
            found, detail = place(mock)
        assert len(requests) == 2
        if state in ("completed", "canceled") and type(state) is str:
            assert (found, detail) == (state, 2)
        else:
            assert (found, detail) == ("InvalidResponse", "state: expected completed or canceled")

    states = st.one_of(
        st.sampled_from(["completed", "canceled", "Completed", "completed ", "failed"]), _values
    )
    properties.hold(check, states, share=2)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the game server's response is not JSON"),
        (b"{", "the game server's response is not JSON"),
        (b"\xff", "the game server's response is not JSON"),
        (b'{"items": NaN}', "the game server's response is not JSON"),
        (b"[" * 10_000, "the game server's response is not JSON"),
        (b"[]", "the game server's response is not a JSON object"),
        (b"null", "the game server's response is not a JSON object"),
        (b'"items"', "the game server's response is not a JSON object"),
        (b"{}", "items: expected a list with at least one item"),
        (b'{"items": []}', "items: expected a list with at least one item"),
        (b'{"items": [7]}', "items[0]: expected an object"),
        (b" " * 65_537, "the game server's response has more than 65536 bytes"),
    ],
)
def test_a_reply_that_is_none_is_named(mock, content, told):
    with replying(mock, content):
        assert place(mock) == ("InvalidResponse", told)


def test_a_reply_of_the_largest_size_is_read(mock):
    content = json.dumps({"items": [ITEM]}).encode()
    with replying(mock, content.ljust(65_536), b'{"state": "canceled"}'):
        assert place(mock) == ("canceled", 2)


def test_what_a_failing_game_says_is_quoted_without_secrets(properties, mock):
    def check(status, before, after):
        said = f"{before}{KEY}{after}"
        with replying(mock, httpx.Response(status, content=said.encode())) as requests:
            name, told = place(mock)
        assert name == "InvalidResponse"
        plain = f"the game server at http://127.0.0.1:9 responded with the status {status}"
        line = " ".join(
            "".join(each if each.isprintable() else " " for each in f"{before}***{after}").split()
        )
        assert told == f"{plain}: {line[:300]}"
        (request,) = requests
        assert KEY not in request.content.decode()

    texts = st.one_of(callbacks.texts, st.just("x" * 400))
    properties.hold(check, st.sampled_from([201, 204, 302, 400, 404, 500, 599]), texts, texts)
    with (
        replying(mock, httpx.Response(500)),
        pytest.raises(kongregate_mock.InvalidResponse, match=r"status 500$"),
    ):
        mock.control.invalidate_user_inventory(ROBIN, URL)


# ---- URLs

FORBIDDEN = {
    "https://game.example/": "callbacks go to this machine only, not to game.example",
    "http://10.0.0.1/": "callbacks go to this machine only, not to 10.0.0.1",
    "http://localhost.example/": "callbacks go to this machine only",
    "ftp://127.0.0.1/": "begins with http:// or https://",
    "127.0.0.1": "begins with http:// or https://",
    "": "begins with http:// or https://",
    "http://": "begins with http:// or https://",
    "http://127.0.0.1:port/": "a callback URL is not a URL",
}


@pytest.mark.parametrize("url", FORBIDDEN)
def test_callbacks_go_to_this_machine_only(mock, url):
    mock.control.reset()
    for send in (
        lambda: mock.control.order_items(ROBIN, "", url),
        lambda: mock.control.invalidate_user_inventory(ROBIN, url),
    ):
        with pytest.raises(kongregate_mock.ForbiddenURL) as raised:
            send()
        assert FORBIDDEN[url] in str(raised.value)
    assert mock.control.export()["orders"] == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.255.0.7", "localhost", "[::1]", "Game.Example"])
def test_callbacks_go_to_hosts_that_are_allowed(host):
    reply = httpx.Response(200, content=b"")
    transport = httpx.MockTransport(lambda _: reply)
    sender = kongregate_mock.Sender(hosts=["game.EXAMPLE"], transport=transport)
    with contextlib.closing(sender):
        assert sender.post(f"http://{host}/", "made-up", {"a": "ä b"}, ()) == b""


def test_a_sender_may_be_let_go_anywhere():
    sent = []
    transport = httpx.MockTransport(
        lambda request: sent.append(request) or httpx.Response(200, content=b"ok")
    )
    with contextlib.closing(kongregate_mock.Sender(any_host=True, transport=transport)) as sender:
        assert sender.post("https://game.example/a?b=c", "made-up", {"a": "ä b"}, ()) == b"ok"
    (request,) = sent
    assert (request.method, request.content, str(request.url)) == (
        "POST",
        b"a=%C3%A4+b",
        "https://game.example/a?b=c",
    )


def test_a_game_that_sends_for_ever_is_too_slow():
    class Endless(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                yield b"a"

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Endless()))
    with (
        contextlib.closing(kongregate_mock.Sender(timeout_s=0.001, transport=transport)) as sender,
        pytest.raises(kongregate_mock.TimedOut, match=r"the game server at http://127.0.0.1:9 took too long"),
    ):
        sender.post(URL, "made-up", {}, ())


# ---- the page of a game


def test_the_page_of_a_game_says_who_plays(properties, mock):
    mock.control.reset()
    site = mock.behaviour.site

    def check(user_id, game_id, game_url, host, language):
        frame = site.game_frame(game_id, user_id, game_url, host=host, language=language)
        own = {1001: "https://games.example/ocean-quest", 1002: "https://games.example/reef-run"}[game_id]
        token = site.game_auth_token(game_id, user_id) if user_id else ""
        name = {0: "Guest", ROBIN: "Robin", WREN: "Wren"}[user_id]
        assert frame.query == {
            "kongregate_username": name,
            "kongregate_user_id": str(user_id),
            "kongregate_game_auth_token": token,
            "kongregate_game_id": str(game_id),
            "kongregate_host": host,
            "kongregate_game_url": own,
            "kongregate_api_host": host,
            "kongregate_channel_id": f"{game_id}-{user_id}",
            "kongregate_language": language,
        }
        parts = urlsplit(frame.source)
        given = parse_qsl(urlsplit(frame.game_url).query, keep_blank_values=True)
        assert parse_qsl(parts.query, keep_blank_values=True) == [*given, *frame.query.items()]
        assert frame.source.startswith(game_url or own)
        assert frame.origin == f"{parts.scheme}://{parts.netloc}"
        assert not token or token not in repr(frame)
        player = GameQuery.parse(parts.query)
        assert (player.user_id, player.username, player.game_auth_token) == (user_id, name, token or None)
        assert player.is_guest == (user_id == 0)
        assert frame.title == {1001: "Ocean Quest", 1002: "Reef Run"}[game_id]

    urls = st.sampled_from(
        [None, "http://127.0.0.1:8000/game", "http://localhost/?a=%C3%A4&b=", "http://[::1]:8000/"]
    )
    users, games = st.sampled_from([0, ROBIN, WREN]), st.sampled_from([1001, 1002])
    properties.hold(check, users, games, urls, callbacks.texts, st.sampled_from(["en", "de", "ä&="]), share=2)
    assert site.listed_games() == [(1001, "Ocean Quest"), (1002, "Reef Run")]


@pytest.mark.parametrize(
    "url",
    [
        *("https://game.example/", "http://127.0.0.1/#part", "http://user@127.0.0.1/", "http://127.0.0.1:0/"),
        *("http://127.0.0.1:99999/", "javascript:alert(1)", "http://127.0.0.1;frame-src/"),
    ],
)
def test_a_game_is_embedded_from_a_plain_origin_only(mock, url):
    mock.control.reset()
    with pytest.raises(kongregate_mock.ForbiddenURL):
        mock.behaviour.site.game_frame(1001, ROBIN, url)


def test_nobodys_game_and_nobodys_page_are_not_found(mock):
    mock.control.reset()
    for game_id, user_id in ((1, ROBIN), (1001, 1)):
        for call in (mock.behaviour.site.game_frame, mock.behaviour.site.game_auth_token):
            with pytest.raises(Problem, match=r"(Game|User) not found"):
                call(game_id, user_id)


# ---- settings of the environment


@pytest.mark.parametrize("kind", [Kongregate, AsyncKongregate])
def test_a_session_has_the_settings_of_the_environment(monkeypatch, kind, mock):
    mock.control.reset()
    httpx_args = {"transport": mock.transport()}
    monkeypatch.setenv("KONGREGATE_API_KEY", "")
    with pytest.raises(ConfigurationError, match="KONGREGATE_API_KEY"):
        kind.from_env(httpx_args=httpx_args)
    monkeypatch.setenv("KONGREGATE_API_KEY", KEY)
    monkeypatch.setenv("KONGREGATE_BASE_URL", "http://game.example")
    with pytest.raises(ConfigurationError, match="base_url"):
        kind.from_env(httpx_args=httpx_args)
    for base_url in ("https://game.example", "https://game.example/api", "https://game.example/api/"):
        monkeypatch.setenv("KONGREGATE_BASE_URL", base_url)
        session = kind.from_env(httpx_args=httpx_args)
        assert KEY not in repr(session)
        if isinstance(session, Kongregate):
            with session:
                session.items.list_items()
                session.players.list_badges(username="Robin")
            urls = [each.path for each in mock.control.requests][-2:]
            assert urls == ["/api/items.json", "/accounts/{username}/badges.json"]
