"""The game's key and the players' tokens are in no log, repr, message or chain of errors."""

import contextlib
import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

import kongregate
from kongregate import AsyncKongregate, GameQuery, Kongregate

KEY = "made-up-api-key"
TOKEN = "made-up-game-token"
ECHO = f"Invalid credentials: {KEY} and {TOKEN}"

# What a server says: the good, the bad, and what gives back every secret that it was told.
ANSWERS = {
    "success": (200, {"success": True, "username": "Robin", "user_id": 765}),
    "refusal": (200, {"success": False, "error": 403, "error_description": ECHO}),
    "other status": (403, {"success": False, "error": 403, "error_description": ECHO}),
    "other shape": (200, {"success": ECHO, "username": [ECHO]}),
    "page for people": (503, f"<html>{ECHO}</html>"),
    "redirect": (302, ""),
}


def response(name):
    status, body = ANSWERS[name]
    if isinstance(body, str):
        return httpx.Response(status, html=body, headers={"location": "/elsewhere"})
    return httpx.Response(status, json=body)


class Handler(BaseHTTPRequestHandler):
    """Answers on loopback as the server's `answer` says."""

    def do_GET(self):
        answer = response(self.server.answer)
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.content)

    do_POST = do_GET  # noqa: N815  # the name that the standard library looks for

    def log_message(self, *_):
        pass


@pytest.fixture
def loopback():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(params=["in process", "over loopback"])
def reached(request, server):
    """Arguments of a session, and what makes its server answer in one of the ways above."""
    if request.param == "in process":

        def answer(name):
            server.answer = response(name)

        return {
            "api_key": KEY,
            "base_url": "https://kongregate.example/api",
            "httpx_args": {"transport": server},
        }, answer
    loopback = request.getfixturevalue("loopback")
    base_url = f"http://127.0.0.1:{loopback.server_port}/api"
    return {"api_key": KEY, "base_url": base_url}, lambda name: setattr(loopback, "answer", name)


# By query, by body, and by a path with a body.
CALLS = [
    lambda kong: kong.players.authenticate(user_id=765, game_auth_token=TOKEN),
    lambda kong: kong.items.use(user_id=765, game_auth_token=TOKEN, id=4711),
    lambda kong: kong.shared_links.destroy_shared_link(id="level-7", user_id=765, game_auth_token=TOKEN),
]


@pytest.mark.parametrize("name", ANSWERS)
def test_calls_show_no_secret(reached, debug_log, secrets, name):
    arguments, answer = reached
    answer(name)
    with Kongregate(**arguments) as kong:
        for call in CALLS:
            try:
                secrets.look_at(call(kong))
            except kongregate.APIError as error:
                secrets.look_at(without_what_the_server_sent(error))
        look_at_session(secrets, kong)
    assert_nothing_shown(debug_log, secrets)


@pytest.mark.parametrize("name", ANSWERS)
async def test_awaited_calls_show_no_secret(reached, debug_log, secrets, name):
    arguments, answer = reached
    answer(name)
    async with AsyncKongregate(**arguments) as kong:
        for call in CALLS:
            try:
                secrets.look_at(await call(kong))
            except kongregate.APIError as error:
                secrets.look_at(without_what_the_server_sent(error))
        look_at_session(secrets, kong)
    assert_nothing_shown(debug_log, secrets)


def without_what_the_server_sent(error):
    """The body as it came is a user's to look at; all else is what the package says."""
    if isinstance(error, kongregate.StatusError | kongregate.DecodeError):
        assert error.content is not None
        error.content = b""
    if isinstance(error, kongregate.StatusError):
        error.body = None
    return error


def look_at_session(secrets, kong):
    for thing in (kong, kong.client, kong.client.supplier, kong.players, vars(kong)):
        secrets.look_at(thing)


def assert_nothing_shown(debug_log, secrets):
    assert debug_log.records
    for record in debug_log.records:
        secrets.look_at((record.getMessage(), record.args))
    secrets.look_at(debug_log.text)
    secrets.assert_nowhere()


def broken(kind):
    def fail(request):
        raise kind("no luck", request=request)

    return fail


@pytest.mark.parametrize(
    "kind", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.TooManyRedirects]
)
def test_a_broken_connection_shows_no_secret(kong, server, secrets, kind):
    server.answer = broken(kind)
    for call in CALLS:
        with pytest.raises(kongregate.ConnectionFailed) as raised:
            call(kong)
        secrets.look_at(raised.value)
    secrets.assert_nowhere()


async def test_an_awaited_broken_connection_shows_no_secret(async_kong, server, secrets):
    server.answer = broken(httpx.ConnectError)
    for call in CALLS:
        with pytest.raises(kongregate.ConnectionFailed) as raised:
            await call(async_kong)
        secrets.look_at(raised.value)
    secrets.assert_nowhere()


def test_a_host_that_is_not_there_shows_no_secret(secrets, debug_log):
    with socket.socket() as nobody:
        # Bound and not listening: whoever connects is refused.
        nobody.bind(("127.0.0.1", 0))
        with Kongregate(KEY, f"http://127.0.0.1:{nobody.getsockname()[1]}/api", timeout=2.0) as kong:
            for call in CALLS:
                with pytest.raises(kongregate.ConnectionFailed) as raised:
                    call(kong)
                secrets.look_at(raised.value)
    assert_nothing_shown(debug_log, secrets)


def test_refused_arguments_show_no_secret(kong, secrets):
    for call in (
        lambda: kong.statistics.submit(user_id=765, statistics={"coins": -1}),
        lambda: list(kong.players.iter_friends()),
        lambda: list(kong.statistics.iter_high_scores(statistic_id=31, scope="monthly")),
    ):
        with pytest.raises(kongregate.APIError) as raised:
            call()
        secrets.look_at(raised.value)
    secrets.assert_nowhere()


def test_callbacks_and_game_queries_show_no_secret(signer, order, plain, secrets):
    query = f"kongregate_username=Robin&kongregate_user_id=765&kongregate_game_auth_token={TOKEN}"
    secrets.look_at(GameQuery.parse(query))
    secrets.look_at(kongregate.parse_callback(plain, api_key=KEY))
    secrets.look_at(kongregate.parse_callback(signer.body(order), api_key=KEY))
    secrets.assert_nowhere()


def test_refused_callbacks_show_no_secret(signer, order, plain, secrets):
    text = "&".join(f"{name}={value}" for name, value in plain.items())
    for form, key in (
        (text + "&made-up", KEY),
        (text + "&made-up=%ff", KEY),
        (text.encode() + b"\xff", KEY),
        (text + "&" + text, KEY),
        (plain, "made-up-other-key"),
        ({**plain, "event": KEY}, KEY),
        ({**plain, "time": KEY}, KEY),
        ({**plain, "user_id": TOKEN}, KEY),
        ({"api_key": KEY}, KEY),
        ({"signed_request": KEY}, KEY),
        ({"signed_request": f"{KEY}.{TOKEN}"}, KEY),
        (signer.body(f"{KEY}{TOKEN}".encode()), KEY),
        (signer.body({**order, "order_id": TOKEN}), KEY),
        (signer.body({**order, "event": KEY}), KEY),
        (signer.body({**order, "algorithm": KEY}), KEY),
    ):
        with pytest.raises(kongregate.CallbackError) as raised:
            kongregate.parse_callback(form, api_key=key)
        with contextlib.suppress(AttributeError):
            raised.value.event = ""
        secrets.look_at(raised.value)
    secrets.assert_nowhere()


def test_the_search_finds_what_is_there(secrets):
    error = ValueError("wrong")
    error.__cause__ = ValueError(KEY)
    secrets.look_at(error)
    with pytest.raises(AssertionError):
        secrets.assert_nowhere()


def test_the_log_is_searched(server, debug_log):
    with httpx.Client(transport=server) as other:
        other.get("https://kongregate.example/api/items.json", params={"word": KEY})
    assert KEY in debug_log.text
    assert debug_log.records[0].levelno >= logging.DEBUG


def test_a_token_that_no_url_can_hold_is_not_shown(kong, secrets):
    with pytest.raises(kongregate.InvalidArgument, match="game_auth_token") as raised:
        kong.players.authenticate(user_id=765, game_auth_token=f"{TOKEN}\udc80")
    secrets.look_at(raised.value)
    secrets.assert_nowhere()
