"""The same over every transport: what a server does well, and what it does wrong."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, Final

import httpx
import httpx2
import pytest
from example_api import Caller
from scripted_server import Connection, Script, ScriptedServer

from openapi_runtime import AuthenticatedClient, Client, File, retries
from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import anything
from openapi_runtime.errors import (
    APIError,
    ConnectionFailed,
    DecodeError,
    ResponseTooLarge,
    ServiceUnavailable,
    StatusError,
    TimedOut,
    UnusableClient,
)
from openapi_runtime.exchange import Attempt
from openapi_runtime.operation import Operation

SECRET: Final = "made-up-secret"
READ: Operation[Any, Any] = Operation(
    id="read", method="GET", path="/things", success={200: json_body(anything)}, secrets=("key",)
)
WRITE: Operation[Any, Any] = Operation(
    id="write", method="POST", path="/things", success={200: json_body(anything)}, secrets=("key",)
)
UPLOAD: Operation[Any, Any] = Operation(
    id="upload", method="POST", path="/files", success={200: json_body(anything)}
)

KINDS: Final = ("pool", "httpx", "httpx2", "fast")

Serve = Callable[[Script], ScriptedServer]
Connect = Callable[..., Client]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers, which end with the test."""
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(ScriptedServer(script).serving())


@pytest.fixture(params=KINDS)
def connect(request: pytest.FixtureRequest, caller: Caller) -> Iterator[Connect]:
    """Make clients over one kind of transport, which are closed with the test."""
    kind: str = request.param
    made: list[Client] = []

    def make(url: str, **settings: Any) -> Client:
        settings = {"max_retries": 0, "timeout": 5.0, **settings}
        client = Client(url, transport="fast" if kind == "fast" else "httpx", **settings)
        if kind in {"httpx", "httpx2"}:
            library: Any = {"httpx": httpx, "httpx2": httpx2}[kind]
            timeout = settings["timeout"]
            client.set_httpx_client(library.Client(base_url=url, timeout=timeout))
            client.set_async_httpx_client(library.AsyncClient(base_url=url, timeout=timeout))
            client = client.with_options(timeout=timeout)
        made.append(client)
        return client

    yield make
    for client in made:
        caller.close(client)


def read(**query: Any) -> Any:
    return READ.request(query=query)


def responding(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> Script:
    return lambda connection, _: connection.respond(body, status, *headers)


# ---- what goes well


def test_a_request_arrives_as_it_is_built(caller: Caller, serve: Serve, connect: Connect) -> None:
    server = serve(responding(b'{"a":1}'))
    client = connect(f"{server.url}/base")
    request = WRITE.request(query={"q": "a b/é"}, headers={"X-Own": "1"}, body={"name": "level"})
    assert caller.call(WRITE, client, request) == {"a": 1}
    line, *lines = server.heads[0].decode("ascii").split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
    assert line == "POST /base/things?q=a+b%2F%C3%A9 HTTP/1.1"
    assert (headers["x-own"], headers["content-type"]) == ("1", "application/json")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["content-length"] == str(len('{"name":"level"}'))
    assert headers["host"] == server.url.removeprefix("http://")


def test_connections_are_used_again(caller: Caller, serve: Serve, connect: Connect) -> None:
    seen: set[int] = set()

    def script(connection: Connection, _: int) -> None:
        seen.add(id(connection))
        connection.respond()

    client = connect(serve(script).url)
    for _ in range(5):
        caller.call(READ, client, read())
    assert len(seen) == 1


def test_a_file_is_uploaded(caller: Caller, serve: Serve, connect: Connect) -> None:
    received: list[bytes] = []

    def script(connection: Connection, _: int) -> None:
        received.append(connection.body)
        connection.respond()

    request = UPLOAD.request(
        body={"file": File(b"made-up content", "a.txt")}, media_type="multipart/form-data"
    )
    caller.call(UPLOAD, connect(serve(script).url), request)
    assert b"made-up content" in received[0]


def packed_twice(content: bytes) -> bytes:
    return gzip.compress(gzip.compress(content))


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("gzip, gzip", packed_twice),
        ("identity", bytes),
    ],
)
def test_a_packed_body_is_unpacked(
    caller: Caller, serve: Serve, connect: Connect, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    server = serve(responding(pack(b'{"a": 1}'), "200 OK", f"Content-Encoding: {encoding}"))
    assert caller.call(READ, connect(server.url), read()) == {"a": 1}


def test_headers_of_a_response_are_given(caller: Caller, serve: Serve, connect: Connect) -> None:
    server = serve(responding(b"{}", "200 OK", "X-Own: 1", "Set-Cookie: a=\u00e9", "X-Own: 2"))
    headers = caller.send(READ, connect(server.url), read()).headers
    assert headers.get_list("x-own") == ["1", "2"]


def test_no_cookie_is_kept(caller: Caller, serve: Serve) -> None:
    server = serve(responding(b"{}", "200 OK", "Set-Cookie: a=b; Path=/", "Set-Cookie: c=\u00e9"))
    client = Client(server.url, max_retries=0)
    for _ in range(3):
        caller.call(READ, client, read())
    caller.close(client)
    assert not any(b"cookie" in head.lower() for head in server.heads)


# ---- what goes wrong


def test_a_server_that_is_not_there_is_named(caller: Caller, connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(
        ConnectionFailed, match=rf"^read: GET /things: no response from 127\.0\.0\.1:{port} \(Connect"
    ):
        caller.call(READ, connect(f"http://127.0.0.1:{port}"), read(key=SECRET))


def drip(connection: Connection, content: bytes, *, for_seconds: float = 8.0) -> None:
    end = time.monotonic() + for_seconds
    while time.monotonic() < end:
        connection.send(content)
        time.sleep(0.05)


HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def silent(connection: Connection, _: int) -> None:
    # Until the client gives up.
    connection.socket.recv(1)


def drip_body(connection: Connection, _: int) -> None:
    connection.send(HEAD + b"Content-Length: 1000\r\n\r\n")
    drip(connection, b" ")


def drip_head(connection: Connection, _: int) -> None:
    connection.send(HEAD + b"X: ")
    drip(connection, b"x")


def continue_always(connection: Connection, _: int) -> None:
    drip(connection, b"HTTP/1.1 100 Continue\r\n\r\n")


LIMITS: Final = ({"timeout": 0.4}, {"timeout": 30.0, "deadline": 0.4})


def check_it_ends(caller: Caller, client: Client) -> None:
    began = time.monotonic()
    with pytest.raises(TimedOut, match=r"no response from .* in time$"):
        caller.call(READ, client, read(key=SECRET))
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("script", [silent, drip_body])
@pytest.mark.parametrize("limits", LIMITS)
def test_an_attempt_ends_in_time_however_slowly_a_body_comes(
    caller: Caller, serve: Serve, connect: Connect, script: Script, limits: dict[str, float]
) -> None:
    check_it_ends(caller, connect(serve(script).url, **limits))


# A sync client of httpx that a user brings bounds each read of a head, and not the head.
@pytest.mark.parametrize("script", [drip_head, continue_always])
@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize(
    ("caller", "connect"),
    [("sync", "pool"), ("sync", "fast"), *(("async", kind) for kind in KINDS)],
    indirect=True,
)
def test_an_attempt_ends_in_time_however_slowly_a_head_comes(
    caller: Caller, serve: Serve, connect: Connect, script: Script, limits: dict[str, float]
) -> None:
    check_it_ends(caller, connect(serve(script).url, **limits))


def endless(connection: Connection, _: int) -> None:
    connection.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    for _ in range(2000):
        connection.send(chunk)


BOMB: Final = gzip.compress(gzip.compress(b" " * 300_000_000, 1))


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(responding(b" " * 2_000_000), id="too long a body"),
        pytest.param(endless, id="an endless body"),
        pytest.param(
            responding(gzip.compress(b" " * 2_000_000), "200 OK", "Content-Encoding: gzip"), id="packed"
        ),
        pytest.param(responding(BOMB, "200 OK", "Content-Encoding: gzip, gzip"), id="packed twice"),
        pytest.param(responding(BOMB, "500 Oops", "Content-Encoding: gzip, gzip"), id="a failure"),
    ],
)
def test_a_body_has_a_most_of_bytes(caller: Caller, serve: Serve, connect: Connect, script: Script) -> None:
    client = connect(serve(script).url, max_response_size=1_000_000)
    with pytest.raises(ResponseTooLarge, match=r"more bytes than max_response_size allows$"):
        caller.call(READ, client, read())


def reset(connection: Connection, _: int) -> None:
    connection.reset()


def close(connection: Connection, _: int) -> None:
    connection.socket.close()


def cut_short(connection: Connection, _: int) -> None:
    connection.send(HEAD + b"Content-Length: 10\r\n\r\n{")
    connection.socket.close()


def sending(content: bytes) -> Script:
    return lambda connection, _: connection.send(content)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(reset, id="reset"),
        pytest.param(close, id="closed"),
        pytest.param(cut_short, id="cut short"),
        pytest.param(sending(b"no HTTP at all\r\n\r\n"), id="no HTTP"),
        pytest.param(sending(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), id="no length"),
        pytest.param(sending(b"HTTP/1.1 abc OK\r\n\r\n"), id="no status"),
    ],
)
def test_a_broken_response_is_a_typed_error_without_secrets(
    caller: Caller, serve: Serve, connect: Connect, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ConnectionFailed) as caught:
        caller.call(READ, connect(serve(script).url), read(key=SECRET))
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert SECRET not in "".join(f"{each.getMessage()} {each.args!r}" for each in caplog.records)


def test_bytes_that_cannot_be_unpacked_are_a_decode_error(
    caller: Caller, serve: Serve, connect: Connect
) -> None:
    server = serve(responding(b"no gzip", "200 OK", "Content-Encoding: gzip"))
    with pytest.raises(DecodeError, match="expected a body in gzip, got bytes that cannot be unpacked"):
        caller.call(READ, connect(server.url), read())
    other = serve(responding(b"no gzip", "404 Not Found", "Content-Encoding: gzip"))
    with pytest.raises(StatusError):
        caller.call(READ, connect(other.url), read())


def test_a_closed_client_says_so(caller: Caller, serve: Serve, connect: Connect) -> None:
    client = connect(serve(responding()).url)
    caller.close(client)
    with pytest.raises(UnusableClient, match=r"the client is closed: make a new one$"):
        caller.call(READ, client, read())


class Bearer:
    """Authorises each request in the same way."""

    def credentials(
        self, operation: Operation[Any, Any], refused: Mapping[str, str] | None, deadline: float | None
    ) -> Mapping[str, str]:
        return {"Authorization": "Bearer made-up-token"}

    async def credentials_async(
        self, operation: Operation[Any, Any], refused: Mapping[str, str] | None, deadline: float | None
    ) -> Mapping[str, str]:
        return {"Authorization": "Bearer made-up-token"}


# ---- retries


def test_a_read_is_sent_again_until_it_succeeds(caller: Caller, serve: Serve, connect: Connect) -> None:
    def script(connection: Connection, number: int) -> None:
        if number == 1:
            connection.respond(b"{}", "503 Service Unavailable", "Retry-After: 0")
        elif number == 2:
            connection.reset()
        else:
            connection.respond(b"7")

    server = serve(script)
    assert caller.call(READ, connect(server.url, max_retries=2), read()) == 7
    assert len(server.heads) == 3


@pytest.mark.parametrize("how", ["status", "reset"])
def test_a_write_that_may_have_arrived_is_not_sent_again(
    caller: Caller, serve: Serve, connect: Connect, how: str
) -> None:
    def script(connection: Connection, _: int) -> None:
        if how == "reset":
            connection.reset()
        else:
            connection.respond(b"{}", "503 Service Unavailable", "Retry-After: 0")

    server = serve(script)
    with pytest.raises(ServiceUnavailable if how == "status" else ConnectionFailed):
        caller.call(WRITE, connect(server.url, max_retries=5), WRITE.request(body={}))
    assert len(server.heads) == 1


def test_a_write_that_reached_no_server_is_sent_again(
    caller: Caller, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "_FIRST_WAIT", 0.001)
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    attempts: list[Attempt] = []
    client = connect(f"http://127.0.0.1:{port}", max_retries=2, on_attempt=attempts.append)
    with pytest.raises(ConnectionFailed):
        caller.call(WRITE, client, WRITE.request(body={}))
    assert [(each.number, each.reason) for each in attempts] == [(n, "ConnectError") for n in (1, 2, 3)]


def test_credentials_are_sent_once_whatever_the_case_of_their_name(
    caller: Caller, serve: Serve, connect: Connect
) -> None:
    server = serve(responding())
    client = connect(server.url, headers={"X-Key": "1"}).with_auth(Bearer())
    caller.call(READ, client.with_headers({"x-key": "2", "authorization": "made-up"}), read())
    lines = server.heads[0].decode().lower().split("\r\n")
    assert [each for each in lines if each.startswith(("authorization", "x-key"))] in (
        ["x-key: 2", "authorization: bearer made-up-token"],
        ["authorization: bearer made-up-token", "x-key: 2"],
    )


@pytest.mark.parametrize("kind", ["pool", "httpx", "fast"])
def test_headers_of_a_client_take_the_place_of_those_that_all_clients_send(
    caller: Caller, serve: Serve, kind: str
) -> None:
    server = serve(responding())
    own = {"user-agent": "made-up", "accept": "text/made-up", "accept-encoding": "identity"}
    own["authorization"] = "made-up-other"
    client = AuthenticatedClient(
        server.url,
        token="made-up-token",
        headers=own,
        transport="fast" if kind == "fast" else "httpx",
        httpx_args={"cookies": None} if kind == "httpx" else {},
    )
    caller.call(READ, client, read())
    caller.close(client)
    lines = server.heads[0].decode().lower().split("\r\n")
    sent = {"authorization": "bearer made-up-token"}
    assert sorted(each for each in lines if each.startswith(tuple(own))) == sorted(
        f"{name}: {value}" for name, value in {**own, **sent}.items()
    )


def test_threads_share_a_client(serve: Serve, connect: Connect) -> None:
    server = serve(responding(json.dumps({"a": 1}).encode()))
    client = connect(server.url, timeout=20.0)
    failures: list[Exception] = []

    def work() -> None:
        for _ in range(20):
            try:
                READ.call(client, read())
            except APIError as error:
                failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client.close()
    assert failures == []
    assert len(server.heads) == 600
