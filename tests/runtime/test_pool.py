# pyright: reportPrivateUsage=false
"""Connections: how many there are, which are used again, how they are encrypted, and how they end."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol

import httpcore
import httpx
import pytest
from example_api import Caller
from scripted_server import Connection, Script, ScriptedServer

from openapi_runtime import Client, retries
from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import anything
from openapi_runtime.errors import ConnectionFailed, TimedOut
from openapi_runtime.exchange import Attempt
from openapi_runtime.operation import Operation
from openapi_runtime.transports import pool

CERTIFICATE: Final = Path(__file__).with_name("loopback.pem")
SECONDS: Final = 20.0
READ: Operation[Any, Any] = Operation(
    id="read", method="GET", path="/things", success={200: json_body(anything)}
)
WRITE: Operation[Any, Any] = Operation(
    id="write", method="POST", path="/things", success={200: json_body(anything)}
)


class Serve(Protocol):
    """Starts a server, which ends with the test."""

    def __call__(self, script: Script, tls: ssl.SSLContext | None = None) -> ScriptedServer: ...


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:

        def start(script: Script, tls: ssl.SSLContext | None = None) -> ScriptedServer:
            return stack.enter_context(ScriptedServer(script, tls).serving())

        yield start


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@pytest.fixture
def trusting() -> ssl.SSLContext:
    """What trusts the certificate of the tests, and no other."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def ok(connection: Connection, _: int) -> None:
    connection.respond(b"7")


def call(caller: Caller, client: Client, operation: Operation[Any, Any] = READ) -> Any:
    return caller.call(operation, client, operation.request())


def limited(url: str, *, transport: Any = "httpx", **limits: Any) -> Client:
    return Client(
        url,
        max_retries=0,
        timeout=SECONDS,
        transport=transport,
        httpx_args={"limits": httpx.Limits(**limits)},
    )


# ---- TLS


def test_requests_are_encrypted(
    caller: Caller, serve: Serve, tls: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    server = serve(ok, tls)
    client = Client(server.url, max_retries=0, timeout=SECONDS, verify_ssl=trusting)
    assert [call(caller, client) for _ in range(3)] == [7] * 3
    caller.close(client)
    assert server.connected == 1
    assert f"Host: {server.url.removeprefix('https://')}".encode() in server.heads[0]


@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    caller: Caller, serve: Serve, tls: ssl.SSLContext, transport: Any
) -> None:
    server = serve(ok, tls)
    client = Client(server.url, max_retries=0, timeout=SECONDS, transport=transport)
    with pytest.raises(ConnectionFailed, match=r"ConnectError: .*certificate"):
        call(caller, client)
    unchecked = Client(server.url, max_retries=0, timeout=SECONDS, transport=transport, verify_ssl=False)
    assert call(caller, unchecked) == 7
    for each in (client, unchecked):
        caller.close(each)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that connects and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(SECONDS)
        yield listening


def is_closed_by_client(accepted: socket.socket) -> bool:
    """Read until the client closes the connection; raise TimeoutError if it does not."""
    accepted.settimeout(SECONDS)
    with suppress(ConnectionError):
        while accepted.recv(65_536):
            pass
    return True


def silent_tls(listener: socket.socket, **settings: Any) -> Client:
    url = f"https://127.0.0.1:{listener.getsockname()[1]}"
    return Client(url, max_retries=0, verify_ssl=False, **settings)


@pytest.mark.parametrize("limits", [{"timeout": 0.5}, {"timeout": None, "deadline": 0.5}])
def test_a_handshake_that_nobody_answers_ends_in_time_and_leaves_no_connection(
    caller: Caller, listener: socket.socket, limits: dict[str, Any]
) -> None:
    client = silent_tls(listener, **limits)
    with pytest.raises(TimedOut):
        call(caller, client)
    accepted, _ = listener.accept()
    with accepted:
        assert is_closed_by_client(accepted)
    caller.close(client)


async def test_a_call_that_is_cancelled_in_the_handshake_leaves_no_connection(
    listener: socket.socket,
) -> None:
    async with silent_tls(listener, timeout=SECONDS) as client:
        task = asyncio.create_task(READ.call_async(client, READ.request()))
        accepted, _ = await asyncio.to_thread(listener.accept)
        with accepted:
            await asyncio.to_thread(accepted.recv, 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(is_closed_by_client, accepted)


# ---- deadlines of a connection


@contextmanager
def deadline_passed() -> Generator[None]:
    token = pool._DEADLINE.set(time.monotonic() - 1)
    try:
        yield
    finally:
        pool._DEADLINE.reset(token)


def test_nothing_is_begun_after_the_deadline(listener: socket.socket, trusting: ssl.SSLContext) -> None:
    backend = pool._Backend()
    host, port = listener.getsockname()
    stream = backend.connect_tcp(host, port, SECONDS)
    accepted, _ = listener.accept()
    with accepted, deadline_passed():
        with pytest.raises(httpcore.ReadTimeout):
            stream.read(1, SECONDS)
        with pytest.raises(httpcore.WriteTimeout):
            stream.write(b"x", SECONDS)
        with pytest.raises(httpcore.ConnectTimeout):
            backend.connect_tcp(host, port, SECONDS)
        with pytest.raises(httpcore.ConnectTimeout):
            stream.start_tls(trusting, host, SECONDS)
        assert not accepted.recv(1)


async def test_nothing_is_begun_after_the_deadline_when_awaited(
    listener: socket.socket, trusting: ssl.SSLContext
) -> None:
    backend = pool._AsyncBackend()
    host, port = listener.getsockname()
    stream = await backend.connect_tcp(host, port, SECONDS)
    accepted, _ = listener.accept()
    with accepted, deadline_passed():
        with pytest.raises(httpcore.ReadTimeout):
            await stream.read(1, SECONDS)
        with pytest.raises(httpcore.WriteTimeout):
            await stream.write(b"x", SECONDS)
        with pytest.raises(httpcore.ConnectTimeout):
            await backend.connect_tcp(host, port, SECONDS)
        with pytest.raises(httpcore.ConnectTimeout):
            await stream.start_tls(trusting, host, SECONDS)
        assert not await asyncio.to_thread(accepted.recv, 1)


@pytest.mark.parametrize("transport", ["httpx", "fast"])
@pytest.mark.parametrize("tls_is_used", [False, True])
def test_a_call_whose_deadline_is_over_at_once_is_timed_out(
    caller: Caller, serve: Serve, tls: ssl.SSLContext, transport: Any, tls_is_used: bool
) -> None:
    server = serve(ok, tls if tls_is_used else None)
    client = Client(server.url, max_retries=0, deadline=1e-9, transport=transport, verify_ssl=False)
    with pytest.raises(TimedOut, match=r"no response from 127\.0\.0\.1:\d+ in time$"):
        call(caller, client)
    caller.close(client)
    assert server.heads == []


# ---- which connections are used again


@pytest.mark.parametrize("operation", [READ, WRITE])
def test_a_connection_that_the_server_has_closed_is_not_used_again(
    caller: Caller, serve: Serve, operation: Operation[Any, Any]
) -> None:
    closed = threading.Event()

    def once(connection: Connection, _: int) -> None:
        connection.respond(b"7")
        connection.socket.shutdown(socket.SHUT_RDWR)
        closed.set()

    server = serve(once)
    client = Client(server.url, max_retries=0, timeout=SECONDS)
    for _ in range(3):
        closed.clear()
        assert call(caller, client, operation) == 7
        assert closed.wait(SECONDS)
    caller.close(client)
    assert (server.connected, len(server.heads)) == (3, 3)


@pytest.mark.parametrize("limits", [{"keepalive_expiry": 1e-9}, {"max_keepalive_connections": 0}])
def test_a_connection_is_kept_as_long_as_the_limits_allow(
    caller: Caller, serve: Serve, limits: dict[str, Any]
) -> None:
    server = serve(ok)
    client = limited(server.url, **limits)
    for _ in range(3):
        assert call(caller, client) == 7
    caller.close(client)
    assert server.connected == 3


def test_a_connection_that_the_server_wants_closed_is_closed(caller: Caller, serve: Serve) -> None:
    server = serve(lambda connection, _: connection.respond(b"7", "200 OK", "Connection: close"))
    client = Client(server.url, max_retries=0, timeout=SECONDS)
    for _ in range(2):
        assert call(caller, client) == 7
    caller.close(client)
    assert server.connected == 2


def test_an_operation_of_another_server_has_connections_of_its_own(caller: Caller, serve: Serve) -> None:
    here, there = serve(ok), serve(ok)
    elsewhere: Operation[Any, Any] = Operation(
        id="elsewhere", method="GET", path="/x", success={200: json_body(anything)}, server=f"{there.url}/v2"
    )
    client = Client(f"{here.url}/v1", max_retries=0, timeout=SECONDS)
    for operation in (READ, elsewhere, READ, elsewhere):
        assert call(caller, client, operation) == 7
    caller.close(client)
    assert (here.connected, there.connected) == (1, 1)
    assert there.heads[0].startswith(b"GET /v2/x HTTP/1.1\r\nHost: " + there.url[7:].encode())


def test_closing_closes_the_connections_to_servers_that_are_added_meanwhile() -> None:
    idle: pool._Idle[httpcore.HTTPConnection] = pool._Idle(httpx.Limits())
    servers = [pool._Server.of(httpx.URL(f"http://127.0.0.1:{port}")) for port in (1, 2)]
    made = [httpcore.HTTPConnection(each.httpcore_origin) for each in servers]
    assert idle.put(servers[0], made[0]) == []
    emptied = idle.empty()
    assert next(emptied) is made[0]
    assert idle.put(servers[1], made[1]) == []
    assert list(emptied) == []


def test_connections_that_are_not_needed_are_closed_while_another_one_is_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    idle: pool._Idle[httpcore.HTTPConnection] = pool._Idle(
        httpx.Limits(max_keepalive_connections=2, keepalive_expiry=5.0)
    )
    server = pool._Server.of(httpx.URL("http://127.0.0.1:1"))
    first, second, third = (httpcore.HTTPConnection(server.httpcore_origin) for _ in range(3))
    assert [idle.put(server, each) for each in (first, second, third)] == [[], [], [third]]
    assert idle.take(server) is second
    now = 6.0
    assert idle.put(server, second) == [first]
    assert idle.take(server) is second
    assert idle.take(server) is None


# ---- how many there are


class Gate:
    """A script that lets responses through once it is open."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.opened = threading.Event()

    def __call__(self, connection: Connection, _: int) -> None:
        self.asked.set()
        assert self.opened.wait(SECONDS)
        connection.respond(b"7")


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[Attempt]:
    """Attempts of calls, between which there is hardly a wait."""
    monkeypatch.setattr(retries, "_FIRST_WAIT", 0.001)
    return []


def narrow(url: str, transport: Any, attempts: list[Attempt]) -> Client:
    return Client(
        url,
        max_retries=1,
        on_attempt=attempts.append,
        timeout=httpx.Timeout(SECONDS, pool=0.2),
        transport=transport,
        httpx_args={"limits": httpx.Limits(max_connections=1)},
    )


@pytest.mark.parametrize("transport", ["httpx", "fast"])
def test_a_call_that_finds_no_free_connection_is_timed_out_and_sends_nothing(
    serve: Serve, transport: Any, attempts: list[Attempt]
) -> None:
    gate = Gate()
    server = serve(gate)
    found: list[object] = []
    with narrow(server.url, transport, attempts) as client:
        first = threading.Thread(target=lambda: found.append(READ.call(client, READ.request())))
        first.start()
        assert gate.asked.wait(SECONDS)
        with pytest.raises(TimedOut):
            WRITE.call(client, WRITE.request())
        gate.opened.set()
        first.join(SECONDS)
        assert READ.call(client, READ.request()) == 7
    assert found == [7]
    assert [each.partition(b" ")[0] for each in server.heads] == [b"GET", b"GET"]
    # The write certainly never left, so it was tried again.
    assert [(each.number, each.status) for each in attempts if each.operation_id == "write"] == [
        (1, None),
        (2, None),
    ]


@pytest.mark.parametrize("transport", ["httpx", "fast"])
async def test_an_awaited_call_that_finds_no_free_connection_is_timed_out_and_sends_nothing(
    serve: Serve, transport: Any, attempts: list[Attempt]
) -> None:
    gate = Gate()
    server = serve(gate)
    async with narrow(server.url, transport, attempts) as client:
        first = asyncio.create_task(READ.call_async(client, READ.request()))
        assert await asyncio.to_thread(gate.asked.wait, SECONDS)
        with pytest.raises(TimedOut):
            await WRITE.call_async(client, WRITE.request())
        gate.opened.set()
        assert await first == 7
        assert await READ.call_async(client, READ.request()) == 7
    assert [each.partition(b" ")[0] for each in server.heads] == [b"GET", b"GET"]
    # The write certainly never left, so it was tried again.
    assert [(each.number, each.status) for each in attempts if each.operation_id == "write"] == [
        (1, None),
        (2, None),
    ]


@pytest.mark.parametrize("transport", ["httpx", "fast"])
async def test_an_awaited_call_gets_the_connection_that_becomes_free(serve: Serve, transport: Any) -> None:
    gate = Gate()
    server = serve(gate)
    async with limited(server.url, transport=transport, max_connections=1) as client:
        tasks = [asyncio.create_task(READ.call_async(client, READ.request())) for _ in range(5)]
        assert await asyncio.to_thread(gate.asked.wait, SECONDS)
        gate.opened.set()
        assert await asyncio.gather(*tasks) == [7] * 5
    assert server.connected == 1


def test_a_call_that_runs_while_the_client_is_closed_ends_well_and_leaves_nothing_open(serve: Serve) -> None:
    gate = Gate()
    client = limited(serve(gate).url, max_connections=1)
    found: list[object] = []
    running = threading.Thread(target=lambda: found.append(READ.call(client, READ.request())))
    running.start()
    assert gate.asked.wait(SECONDS)
    client.close()
    gate.opened.set()
    running.join(SECONDS)
    assert found == [7]


async def test_an_awaited_call_that_runs_while_the_client_is_closed_ends_well(serve: Serve) -> None:
    gate = Gate()
    client = limited(serve(gate).url, max_connections=1)
    running = asyncio.create_task(READ.call_async(client, READ.request()))
    assert await asyncio.to_thread(gate.asked.wait, SECONDS)
    await client.aclose()
    gate.opened.set()
    assert await running == 7


async def test_a_call_that_is_cancelled_leaves_no_connection_and_its_place_to_others(
    serve: Serve,
) -> None:
    asked, left = threading.Event(), threading.Event()

    def silent_once(connection: Connection, number: int) -> None:
        if number == 1:
            asked.set()
            with suppress(ConnectionError):
                assert not connection.socket.recv(1)
            left.set()
        else:
            connection.respond(b"7")

    server = serve(silent_once)
    async with limited(server.url, max_connections=1) as client:
        sent, waiting = (asyncio.create_task(READ.call_async(client, READ.request())) for _ in range(2))
        assert await asyncio.to_thread(asked.wait, SECONDS)
        for task in (waiting, sent):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert await READ.call_async(client, READ.request()) == 7
        assert await asyncio.to_thread(left.wait, SECONDS)
    assert len(server.heads) == 2
