"""The same faults over real sockets, for every transport: as in memory, each ends as promised."""

from __future__ import annotations

import asyncio
import io
import random
import ssl
import sys
import time
from collections.abc import Iterator
from typing import Any, Final
from unittest.mock import patch

import h11
import httpx
import pytest
from hypothesis import strategies as st
from scripted_server import Connection, ScriptedServer

from openapi_fuzz.network.calling import call_once
from openapi_fuzz.network.plans import Answer, Plan
from openapi_fuzz.properties import Properties
from openapi_runtime import Client, File
from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import anything
from openapi_runtime.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    StatusError,
    TimedOut,
    UnexpectedStatus,
    UnusableClient,
)
from openapi_runtime.exchange import Attempt
from openapi_runtime.operation import Operation
from openapi_runtime.options import Options

SECONDS: Final = 20.0
# Long enough to connect and to write on a busy machine.
SOON: Final = 0.25
# Longer than a connection is kept that may hardly be kept at all.
WHILE: Final = 0.05
# To read certificates takes long, and nothing is encrypted here.
TLS: Final = ssl.create_default_context()
PASSING: Final = (408, 429, 502, 503, 504)
TRANSPORTS: Final[Any] = pytest.mark.parametrize(
    "settings",
    [{}, {"httpx_args": {"http2": False}, "verify_ssl": TLS}, {"transport": "fast"}],
    ids=["pool", "httpx", "fast"],
)
HALVES: Final = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])

ANSWERS: Final = st.builds(
    Answer,
    status=st.sampled_from((200, 200, 404, 500, 503, 429)),
    headers=st.just((("Retry-After", "0"),)),
    body=st.sampled_from((b"7", b'"made up"')),
    framing=st.sampled_from(("length", "chunked", "close")),
    pieces=st.integers(1, 3),
    interim=st.booleans(),
)
PLANS: Final = st.builds(Plan, answer=ANSWERS) | st.builds(
    Plan,
    answer=ANSWERS.filter(lambda answer: answer.framing != "close"),
    fails=st.sampled_from(("head", "body")),
    how=st.sampled_from(("broken", "closed", "garbage")),
).filter(lambda plan: plan.how != "garbage" or plan.fails == "head" or plan.answer.framing == "chunked")


class Scripted:
    """A server that does what is planned, attempt by attempt."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self.server = ScriptedServer(self._serve)

    def _serve(self, connection: Connection, number: int) -> None:
        plan = self.plans[number - 1]
        for piece in plan.response():
            connection.send(piece)
        if plan.fails and plan.how == "broken":
            connection.reset()
        elif plan.fails or not plan.answer.keeps_connection:
            connection.socket.close()


@pytest.fixture(scope="module")
def scripted() -> Iterator[Scripted]:
    made = Scripted()
    with made.server.serving():
        yield made


def silent(connection: Connection, _: int) -> None:
    connection.receive()


def called(client: Client, operation: Operation[Any, Any], *, is_async: bool) -> Any:
    """Return the value of a call, or the error that it raises."""
    try:
        return call_once(client, operation, operation.request(), is_async=is_async)
    except APIError as error:
        return error


def expected(plans: list[Plan], method: str, retries: int) -> int:
    """Return how many attempts there have to be."""
    for number, plan in enumerate(plans, start=1):
        status = plan.answer.status
        passes = plan.fails is None and status not in PASSING and not (status == 500 and method == "GET")
        if passes or method == "POST" or number > retries:
            return number
    raise AssertionError("more attempts than plans")


@HALVES
@TRANSPORTS
def test_a_call_over_a_socket_comes_to_what_is_promised(
    scripted: Scripted, settings: dict[str, Any], is_async: bool, properties: Properties
) -> None:
    def test(method: str, plans: list[Plan], retries: int) -> None:
        server, attempts = scripted.server, list[Attempt]()
        scripted.plans = plans
        server.heads.clear()
        operation: Operation[Any, Any] = Operation(
            id="doThing", method=method, path="/things", success={200: json_body(anything)}
        )
        client = Client(
            server.url, max_retries=retries, timeout=SECONDS, on_attempt=attempts.append, **settings
        )
        with patch.object(random, "uniform", lambda low, _: low):
            found = called(client, operation, is_async=is_async)
        count = expected(plans, method, retries)
        assert (len(attempts), len(server.heads)) == (count, count)
        assert all(head.startswith(f"{method} /things HTTP/1.1\r\n".encode()) for head in server.heads)
        plan = plans[count - 1]
        assert [each.status for each in attempts] == [
            None if each.fails else each.answer.status for each in plans[:count]
        ]
        if plan.fails:
            assert type(found) is ConnectionFailed
            assert f"no response from 127.0.0.1:{server.url.rpartition(':')[2]} (" in str(found)
        elif plan.answer.status == 200:
            assert found == {b"7": 7, b'"made up"': "made up"}[plan.answer.body]
        else:
            assert isinstance(found, StatusError)
            assert (found.status, found.content) == (plan.answer.status, plan.answer.body)
            assert found.retry_after == 0

    plans = st.lists(PLANS, min_size=4, max_size=4)
    properties.hold(test, st.sampled_from(("GET", "PUT", "POST")), plans, st.integers(0, 2))


@HALVES
@TRANSPORTS
@pytest.mark.parametrize(
    ("method", "allowed", "count"), [("GET", None, 2), ("POST", None, 1), ("POST", True, 2)]
)
def test_a_silent_server_is_given_up_in_time(
    settings: dict[str, Any], is_async: bool, method: str, allowed: bool | None, count: int
) -> None:
    attempts: list[Attempt] = []

    with (
        ScriptedServer(silent).serving() as server,
        patch.object(random, "uniform", lambda low, _: low),
    ):
        operation: Operation[Any, Any] = Operation(
            id="doThing", method=method, path="/things", success={200: json_body(anything)}
        )
        client = Client(server.url, max_retries=1, timeout=SOON, on_attempt=attempts.append, **settings)
        if allowed is not None:
            client = client.with_options(Options(idempotent=allowed))
        began = time.monotonic()
        found = called(client, operation, is_async=is_async)
        assert time.monotonic() - began < SECONDS / 2
        assert type(found) is TimedOut
        assert str(found).endswith("in time")
        assert len(attempts) == count
        assert len(server.heads) == count


@HALVES
@TRANSPORTS
def test_what_nobody_listens_for_was_never_sent(settings: dict[str, Any], is_async: bool) -> None:
    attempts: list[Attempt] = []
    with ScriptedServer(lambda *_: None).serving() as server:
        url = server.url
    client = Client(url, max_retries=2, timeout=SECONDS, on_attempt=attempts.append, **settings)
    operation: Operation[Any, Any] = Operation(id="doThing", method="POST", path="/things")
    with patch.object(random, "uniform", lambda low, _: low):
        found = called(client, operation, is_async=is_async)
    assert type(found) is ConnectionFailed
    assert [each.reason for each in attempts] == ["ConnectError"] * 3
    assert "(ConnectError: " in str(found)


# ---- what transports do besides


@HALVES
@TRANSPORTS
@pytest.mark.parametrize("end", ["", "/", "/?made=up", "#made-up", "?made=up#/"])
def test_only_the_path_of_a_base_url_is_sent(settings: dict[str, Any], is_async: bool, end: str) -> None:
    operation: Operation[Any, Any] = Operation(
        id="read", method="GET", path="/things", success={200: json_body(anything)}
    )
    with ScriptedServer(ok).serving() as server:
        client = Client(f"{server.url}/v2{end}", timeout=SECONDS, **settings)
        assert called(client, operation, is_async=is_async) == 7
        (head,) = server.heads
    assert head.startswith(b"GET /v2/things HTTP/1.1\r\n")


UPLOAD: Final[Operation[Any, Any]] = Operation(
    id="upload", method="POST", path="/files", success={200: json_body(anything)}
)


def ok(connection: Connection, _: int) -> None:
    connection.respond(b"7", "200 OK", "X-Plain: a", "X-Odd: \xe9", "X-Plain: b", "Set-Cookie: made=up")


class Pipe(io.RawIOBase):
    """A file of which nobody knows how long it is."""

    def __init__(self, content: bytes) -> None:
        self._left = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._left.read(size)


def received(connection: Connection) -> bytes:
    """Receive the rest of a request as a server has to, and return its body."""
    server, body = h11.Connection(h11.SERVER), b""
    server.receive_data(connection.head + b"\r\n\r\n" + connection.body)
    while type(event := server.next_event()) is not h11.EndOfMessage:
        if event is h11.NEED_DATA:
            server.receive_data(connection.socket.recv(65_536))
        elif isinstance(event, h11.Data):
            body += event.data
    return body


@HALVES
@TRANSPORTS
@pytest.mark.parametrize("open_file", [io.BytesIO, Pipe])
def test_parts_arrive_whole_and_headers_come_back(
    settings: dict[str, Any], is_async: bool, open_file: Any
) -> None:
    bodies: list[bytes] = []

    def serve(connection: Connection, number: int) -> None:
        bodies.append(received(connection))
        ok(connection, number)

    parts = {"file": File(open_file(b"made up " * 9000), "name.txt", "text/plain"), "word": "a b"}
    with ScriptedServer(serve).serving() as server:
        client = Client(server.url, timeout=SECONDS, **settings)
        request = UPLOAD.request(body=parts, media_type="multipart/form-data")
        found = call_once(client, UPLOAD, request, is_async=is_async, raw=True)
        assert (found.parsed, found.status_code, found.headers["x-plain"]) == (7, 200, "a, b")
        # pyreqwest does not give away what is not ASCII.
        assert found.headers.get("x-odd") == (None if "transport" in settings else "\xe9")
    (body,) = bodies
    assert b"\r\n\r\n" + b"made up " * 9000 + b"\r\n--" in body
    assert b'name="file"; filename="name.txt"\r\nContent-Type: text/plain' in body
    assert b'name="word"\r\n\r\na b\r\n' in body


@HALVES
@TRANSPORTS
@pytest.mark.parametrize(
    "timeout", [httpx.Timeout(SOON), httpx.Timeout(SOON, connect=None), httpx.Timeout(None, read=SOON)]
)
def test_the_limit_of_a_phase_ends_an_attempt(
    settings: dict[str, Any], is_async: bool, timeout: httpx.Timeout
) -> None:
    args = {**settings.get("httpx_args", {}), "timeout": timeout, "limits": httpx.Limits(max_connections=1)}
    with ScriptedServer(silent).serving() as server:
        client = Client(server.url, max_retries=0, timeout=timeout, **{**settings, "httpx_args": args})
        found = called(client, UPLOAD, is_async=is_async)
    assert type(found) is TimedOut
    assert len(server.heads) == 1


@HALVES
@TRANSPORTS
@pytest.mark.parametrize(("expiry", "connections"), [(1e-3, 2), (SECONDS, 1)])
def test_a_connection_is_kept_for_as_long_as_is_said(
    settings: dict[str, Any], is_async: bool, expiry: float, connections: int
) -> None:
    args = {**settings.get("httpx_args", {}), "limits": httpx.Limits(keepalive_expiry=expiry)}

    async def call_twice(client: Client) -> None:
        async with client:
            for _ in range(2):
                assert await UPLOAD.call_async(client, UPLOAD.request()) == 7
                await asyncio.sleep(WHILE)

    with ScriptedServer(ok).serving() as server:
        client = Client(server.url, max_retries=0, timeout=SECONDS, **{**settings, "httpx_args": args})
        if is_async:
            asyncio.run(call_twice(client))
        else:
            with client:
                for _ in range(2):
                    assert UPLOAD.call(client, UPLOAD.request()) == 7
                    time.sleep(WHILE)
        assert server.connected == connections


@TRANSPORTS
@pytest.mark.parametrize("limit", [SOON, httpx.Timeout(SECONDS, read=SOON)])
async def test_tasks_keep_their_limit_where_threads_call_through_another_client(
    settings: dict[str, Any], limit: Any
) -> None:
    with ScriptedServer(silent).serving() as server, httpx.Client(base_url=server.url) as own:
        client = Client(server.url, max_retries=0, timeout=limit, **settings).set_httpx_client(own)
        with pytest.raises(TimedOut):
            await UPLOAD.call_async(client, UPLOAD.request())
        await client.aclose()


@HALVES
@TRANSPORTS
def test_nothing_is_sent_after_the_deadline(settings: dict[str, Any], is_async: bool) -> None:
    with ScriptedServer(ok).serving() as server:
        client = Client(server.url, deadline=1e-9, **settings)
        assert type(called(client, UPLOAD, is_async=is_async)) is TimedOut
        assert server.heads == []


@HALVES
@TRANSPORTS
@pytest.mark.parametrize("follow", [True, False])
def test_a_redirect_is_followed_where_that_is_wanted(
    settings: dict[str, Any], is_async: bool, follow: bool
) -> None:
    def redirect(connection: Connection, number: int) -> None:
        if number == 1:
            connection.respond(b"", "302 Found", "Location: /elsewhere")
        else:
            ok(connection, number)

    operation: Operation[Any, Any] = Operation(
        id="read", method="GET", path="/things", success={200: json_body(anything)}
    )
    with ScriptedServer(redirect).serving() as server:
        client = Client(server.url, timeout=SECONDS, follow_redirects=follow, **settings)
        found = called(client, operation, is_async=is_async)
    assert [head.partition(b" HTTP")[0] for head in server.heads] == [b"GET /things", b"GET /elsewhere"][
        : 1 + follow
    ]
    assert found == 7 if follow else type(found) is UnexpectedStatus
    assert b"accept-encoding: gzip, deflate" in server.heads[0].lower().split(b"\r\n")
    # Only pyreqwest writes other headers before that of the host.
    assert (b" HTTP/1.1\r\nHost: " in server.heads[0]) == ("transport" not in settings)


@HALVES
@TRANSPORTS
@pytest.mark.parametrize("encoding", ["br", "zstd"])
def test_what_was_not_asked_for_is_not_unpacked(
    settings: dict[str, Any], is_async: bool, encoding: str
) -> None:
    def packed(connection: Connection, _: int) -> None:
        connection.respond(b"made up", "404 Not Found", f"Content-Encoding: {encoding}")

    with ScriptedServer(packed).serving() as server:
        client = Client(server.url, max_retries=0, timeout=SECONDS, **settings)
        found = called(client, UPLOAD, is_async=is_async)
    assert isinstance(found, StatusError)
    assert (found.status, found.content) == (404, b"")


def test_a_cookie_of_one_call_is_not_sent_with_another() -> None:
    with (
        ScriptedServer(ok).serving() as server,
        Client(server.url, httpx_args={"http2": False}, verify_ssl=TLS) as client,
    ):
        for _ in range(2):
            UPLOAD.call(client, UPLOAD.request())
    assert [b"cookie" in head.lower() for head in server.heads] == [False, False]


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"transport": "fast", "verify_ssl": TLS}, "verify_ssl: an SSL context needs"),
        ({"transport": "fast", "httpx_args": {"http2": True}}, "httpx_args: http2 needs"),
        ({"httpx_args": {"http2": True}}, "httpx_args: .*http2"),
    ],
)
def test_what_a_transport_cannot_do_is_said(settings: dict[str, Any], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why), patch.dict(sys.modules, {"h2": None}):
        Client("https://api.example", **settings).get_httpx_client()


def test_a_block_tells_at_its_beginning_what_cannot_be() -> None:
    client, closed = Client("https://api.example", httpx_args={"http2": True}), Client("https://api.example")
    closed.close()

    async def enter(entered: Client) -> None:
        await entered.__aenter__()

    with patch.dict(sys.modules, {"h2": None}):
        for begin in (client.__enter__, lambda: asyncio.run(enter(client))):
            with pytest.raises(ConfigurationError, match="http2"):
                begin()
    with pytest.raises(UnusableClient):
        closed.__enter__()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("trusts", [None, True, False])
@pytest.mark.parametrize("is_for_all", [False, True])
def test_a_proxy_of_the_environment_is_used_where_nobody_can_read(
    scheme: str, trusts: bool | None, is_for_all: bool
) -> None:
    def refuse(connection: Connection, _: int) -> None:
        connection.respond(b"", "403 Forbidden")

    args = {} if trusts is None else {"trust_env": trusts}
    with ScriptedServer(refuse).serving() as proxy:
        environment = {f"{'all' if is_for_all else scheme}_proxy": proxy.url, "no_proxy": ""}
        with patch.dict("os.environ", environment, clear=True):
            client = Client(
                f"{scheme}://127.0.0.1:1/v1", max_retries=0, timeout=SECONDS, verify_ssl=TLS, httpx_args=args
            )
            assert isinstance(called(client, UPLOAD, is_async=False), APIError)
    is_used = trusts or (trusts is None and scheme == "https")
    assert len(proxy.heads) == is_used
