"""Clients from their first call to the last: closed, shared, cancelled, and in other event loops."""

from __future__ import annotations

import asyncio
import copy
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import anyio
import httpx
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from openapi_fuzz.network.memory import Network
from openapi_fuzz.network.plans import Answer, Plan
from openapi_fuzz.properties import Properties
from openapi_runtime import UNSET, Client
from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import anything
from openapi_runtime.errors import ConfigurationError, ConnectionFailed, TimedOut, UnusableClient
from openapi_runtime.operation import Operation

WRITE: Final[Operation[Any, Any]] = Operation(
    id="write", method="POST", path="/things", success={200: json_body(anything)}
)
TLS: Final = ssl.create_default_context()
KEPT_FOR: Final = 5.0
CLIENTS: Final = st.integers(0, 5)
LOOPS: Final = st.integers(0, 1)


class Life(RuleBasedStateMachine):
    """Clients that share connections, in one thread and two event loops."""

    def __init__(self) -> None:
        super().__init__()
        self.network = Network([Plan(Answer())])
        self.serving = self.network.serving()
        self.serving.__enter__()
        self.loops = [asyncio.Runner(), asyncio.Runner()]
        self.closed: set[str] = set()
        self.loop: int | None = None
        self.calls = 0
        self.connected = 0
        # Since when a connection is kept, by who keeps it: sync or async calls, over the pool or httpx.
        self.kept: dict[tuple[str, bool], float] = {}
        self.by_httpx = {"sync": False, "async": False}

    @initialize(is_httpx=st.booleans())
    def make(self, is_httpx: bool) -> None:
        further: dict[str, Any] = {"http2": False} if is_httpx else {}
        self.clients = [Client("http://api.example", httpx_args={"trust_env": False, **further})]
        self.by_httpx = {"sync": is_httpx, "async": is_httpx}

    def teardown(self) -> None:
        if hasattr(self, "clients"):
            self.clients[0].close()
            self.loops[self.loop or 0].run(self.clients[0].aclose())
            assert self.network.open == 0, "a connection is left open"
        for each in self.loops:
            each.close()
        self.serving.__exit__(None, None, None)

    def client(self, number: int) -> Client:
        return self.clients[number % len(self.clients)]

    def worked(self, half: str, value: Any) -> None:
        """Count a call, over a connection that was kept, if one was."""
        assert value == 7
        self.calls += 1
        key = half, self.by_httpx[half]
        self.connected += self.network.clock.now - self.kept.get(key, -99.0) > KEPT_FOR
        self.kept[key] = self.network.clock.now
        self.check()

    def check(self) -> None:
        assert len(self.network.arrivals) == self.calls
        assert self.network.connected == self.connected
        assert self.network.open == len(self.kept)

    @contextmanager
    def refused(self, half: str, loop: int | None = None) -> Iterator[bool]:
        """Expect an error if these calls are over, or belong to another event loop."""
        if half in self.closed:
            why = "the client is closed"
        elif loop is not None and self.loop not in (None, loop):
            why = "the client belongs to another event loop"
        else:
            yield False
            return
        with pytest.raises(UnusableClient, match=why) as caught:
            yield True
        assert isinstance(caught.value, ConfigurationError)
        self.check()

    @rule(number=CLIENTS)
    def call(self, number: int) -> None:
        with self.refused("sync") as is_refused:
            value = WRITE.call(self.client(number), WRITE.request())
        if not is_refused:
            self.worked("sync", value)

    @rule(number=CLIENTS, loop=LOOPS)
    def call_in_a_loop(self, number: int, loop: int) -> None:
        with self.refused("async", loop) as is_refused:
            value = self.loops[loop].run(WRITE.call_async(self.client(number), WRITE.request()))
        if not is_refused:
            self.loop = loop
            self.worked("async", value)

    @rule(number=CLIENTS, loop=LOOPS, after=st.integers(0, 5))
    def cancel(self, number: int, loop: int, after: int) -> None:
        """Cancel a task that calls; nothing is left of it."""
        left = after
        was_over = False

        async def cancelled() -> None:
            nonlocal was_over
            with anyio.CancelScope() as scope:

                def count() -> None:
                    nonlocal left
                    left -= 1
                    if left < 0:
                        scope.cancel()

                self.network.interrupt = count
                await WRITE.call_async(self.client(number), WRITE.request())
                was_over = True

        arrived, connected = len(self.network.arrivals), self.network.connected
        with self.refused("async", loop) as is_refused:
            try:
                self.loops[loop].run(cancelled())
            finally:
                del self.network.interrupt
                self.network.interrupt = lambda: None
        if is_refused:
            return
        self.loop = loop
        if was_over:
            self.worked("async", 7)
            return
        # Its connection is closed, whether it was new or kept.
        self.kept.pop(("async", self.by_httpx["async"]), None)
        assert len(self.network.arrivals) - arrived in (0, 1)
        self.calls, self.connected = len(self.network.arrivals), self.network.connected
        assert self.connected - connected in (0, 1)
        self.check()

    @rule(number=CLIENTS, how=st.integers(0, 4))
    def derive(self, number: int, how: int) -> None:
        client = self.client(number)
        made = (
            lambda: client.with_options(max_retries=1),
            lambda: client.with_headers({"X-Key": "made up"}),
            lambda: client.with_timeout(3),
            lambda: client.with_auth(None),
            lambda: copy.copy(client),
        )[how]()
        assert made is not client
        self.clients = [*self.clients, made][:6]

    @rule(seconds=st.sampled_from((1.0, 4.0, 5.0, 6.0)))
    def wait(self, seconds: float) -> None:
        self.network.clock.now += seconds

    @rule(number=CLIENTS)
    @precondition(lambda self: len(self.clients) > 1)
    def close(self, number: int) -> None:
        self.client(number).close()
        self.over("sync")

    @rule(number=CLIENTS)
    @precondition(lambda self: len(self.clients) > 1)
    def close_in_a_loop(self, number: int) -> None:
        self.loops[self.loop or 0].run(self.client(number).aclose())
        self.over("async")

    def over(self, half: str) -> None:
        self.closed.add(half)
        self.kept = {key: since for key, since in self.kept.items() if key[0] != half}
        self.check()

    @rule(number=CLIENTS)
    def use_as_context(self, number: int) -> None:
        with self.refused("sync") as is_refused, self.client(number) as client:
            value = WRITE.call(client, WRITE.request())
        if not is_refused:
            self.calls_once("sync", value)

    @rule(number=CLIENTS, loop=LOOPS)
    def use_as_async_context(self, number: int, loop: int) -> None:
        async def use() -> Any:
            async with self.client(number) as client:
                return await WRITE.call_async(client, WRITE.request())

        with self.refused("async", loop) as is_refused:
            value = self.loops[loop].run(use())
        if not is_refused:
            self.loop = loop
            self.calls_once("async", value)

    def calls_once(self, half: str, value: Any) -> None:
        """Count the one call of a context, which closed the connections at its end."""
        key = half, self.by_httpx[half]
        self.connected += self.network.clock.now - self.kept.get(key, -99.0) > KEPT_FOR
        assert value == 7
        self.calls += 1
        self.over(half)

    @rule(number=CLIENTS)
    def go_over_httpx(self, number: int) -> None:
        with self.refused("sync") as is_refused:
            assert isinstance(self.client(number).get_httpx_client(), httpx.Client)
        if not is_refused:
            self.by_httpx["sync"] = True

    @rule(number=CLIENTS, loop=LOOPS)
    def check_loop(self, number: int, loop: int) -> None:
        async def check() -> None:
            self.client(number).check_event_loop()

        with self.refused("async", loop) as is_refused:
            self.loops[loop].run(check())
        if not is_refused:
            self.loop = loop


def test_a_client_works_until_it_is_closed_and_sends_nothing_afterwards(properties: Properties) -> None:
    properties.run(Life, steps=20)


@pytest.mark.parametrize("args", [{}, {"http2": False}], ids=["pool", "httpx"])
async def test_a_closed_client_refuses_all_calls(args: dict[str, Any]) -> None:
    closed = "write: POST /things: the client is closed: make a new one"
    with (network := Network()).serving():
        client = Client("http://api.example", httpx_args=args)
        for uses in range(2):
            if uses:
                assert WRITE.call(client, WRITE.request()) == 7
                assert await WRITE.call_async(client, WRITE.request()) == 7
            client.close()
            await client.aclose()
            with pytest.raises(UnusableClient) as caught:
                WRITE.call(client, WRITE.request())
            assert str(caught.value) == closed
            with pytest.raises(UnusableClient) as caught:
                await WRITE.call_async(client, WRITE.request())
            assert str(caught.value) == closed
            client = Client("http://api.example", httpx_args=args)
        assert network.open == 0


# ---- many calls at once


def limited(**limits: Any) -> Client:
    return Client(
        "http://api.example",
        max_retries=0,
        timeout=httpx.Timeout(20, pool=0.02),
        httpx_args={"trust_env": False, "limits": httpx.Limits(**limits)},
    )


@pytest.mark.parametrize("kept", [None, 0, 1, 2])
@pytest.mark.parametrize(("limit", "calls"), [(None, 3), (1, 3), (2, 5)])
async def test_no_more_connections_are_open_than_allowed(
    limit: int | None, calls: int, kept: int | None
) -> None:
    most = 0

    def count() -> None:
        nonlocal most
        most = max(most, network.open)

    with (network := Network()).serving():
        network.interrupt = count
        async with limited(max_connections=limit, max_keepalive_connections=kept) as client:
            patient = client.with_timeout(None)
            found = await asyncio.gather(*(WRITE.call_async(patient, WRITE.request()) for _ in range(calls)))
            assert found == [7] * calls
            assert most == (limit or calls)
            assert network.open == min(most, calls if kept is None else kept)
    assert network.open == 0
    assert len(network.arrivals) == calls


@pytest.mark.parametrize(("kept", "is_open"), [(None, 2), (0, 0), (1, 1), (2, 2), (3, 2)])
def test_a_connection_that_is_one_too_many_is_closed_after_its_call(kept: int | None, is_open: int) -> None:
    with (network := Network()).serving(), limited(max_keepalive_connections=kept) as client:
        call_two_at_once(network, client)
        assert (network.connected, network.open) == (2, is_open)


def call_two_at_once(network: Network, client: Client) -> None:
    def call_meanwhile() -> None:
        network.interrupt = lambda: None
        assert WRITE.call(client, WRITE.request()) == 7

    network.interrupt = call_meanwhile
    assert WRITE.call(client, WRITE.request()) == 7


async def call_two_tasks_at_once(client: Client) -> None:
    await asyncio.gather(*(WRITE.call_async(client, WRITE.request()) for _ in range(2)))


# The older of two connections, which is not needed again, is closed by a later call.
UNUSED: Final = pytest.mark.parametrize(
    ("waits", "is_open", "connected"),
    [((4.0, 1.0), 2, 2), ((4.0, 1.5), 1, 2), ((5.5,), 1, 3), ((5.0,), 2, 2)],
)


@UNUSED
def test_a_connection_that_no_call_needs_is_closed(
    waits: tuple[float, ...], is_open: int, connected: int
) -> None:
    with (network := Network()).serving(), limited(keepalive_expiry=KEPT_FOR) as client:
        call_two_at_once(network, client)
        for seconds in waits:
            network.clock.now += seconds
            assert WRITE.call(client, WRITE.request()) == 7
        assert (network.open, network.connected) == (is_open, connected)


@UNUSED
async def test_a_connection_that_no_task_needs_is_closed(
    waits: tuple[float, ...], is_open: int, connected: int
) -> None:
    with (network := Network()).serving():
        async with limited(keepalive_expiry=KEPT_FOR) as client:
            network.interrupt = let_others_run
            await call_two_tasks_at_once(client)
            for seconds in waits:
                network.clock.now += seconds
                assert await WRITE.call_async(client, WRITE.request()) == 7
            assert (network.open, network.connected) == (is_open, connected)


async def let_others_run() -> None:
    await asyncio.sleep(0)


def test_each_server_has_connections_of_its_own() -> None:
    elsewhere: Operation[Any, Any] = Operation(
        id="elsewhere",
        method="GET",
        path="/x",
        success={200: json_body(anything)},
        server="http://b.example:81/v2",
    )
    with (network := Network()).serving(), limited() as client:
        for operation in (WRITE, elsewhere, WRITE, elsewhere):
            assert operation.call(client, operation.request()) == 7
        assert (network.connected, network.open) == (2, 2)
    assert {(each.origin, each.request[1], dict(each.request[2])["host"]) for each in network.arrivals} == {
        (("http", "api.example", 80), "/things", "api.example"),
        (("http", "b.example", 81), "/v2/x", "b.example:81"),
    }
    assert network.open == 0


@pytest.mark.parametrize("limit", [1, 2])
def test_a_call_waits_for_a_connection_no_longer_than_it_may(limit: int) -> None:
    found: list[Any] = []

    def call_meanwhile() -> None:
        network.interrupt = lambda: None
        try:
            found.append(WRITE.call(client, WRITE.request()))
        except ConnectionFailed as error:
            found.append(error)

    with (network := Network()).serving(), limited(max_connections=limit) as client:
        network.interrupt = call_meanwhile
        assert WRITE.call(client, WRITE.request()) == 7
        assert WRITE.call(client, WRITE.request()) == 7
    assert found == [7] if limit > 1 else isinstance(found[0], TimedOut)
    assert "no response from api.example:80 in time" in str(found[0]) or limit > 1
    assert network.connected == limit
    assert len(network.arrivals) == 1 + limit


@pytest.mark.parametrize("limit", [1, 2])
async def test_a_task_waits_for_a_connection_no_longer_than_it_may(limit: int) -> None:
    found: list[Any] = []

    async def call_meanwhile() -> None:
        network.interrupt = lambda: None
        try:
            found.append(await WRITE.call_async(client, WRITE.request()))
        except ConnectionFailed as error:
            found.append(error)

    with (network := Network()).serving():
        async with limited(max_connections=limit) as client:
            network.interrupt = call_meanwhile
            assert await WRITE.call_async(client, WRITE.request()) == 7
            assert await WRITE.call_async(client, WRITE.request()) == 7
    assert found == [7] if limit > 1 else isinstance(found[0], TimedOut)
    assert network.connected == limit
    assert len(network.arrivals) == 1 + limit


def test_a_connection_is_closed_by_a_call_that_outlives_its_client() -> None:
    with (network := Network()).serving():
        client = limited()
        network.interrupt = client.close
        assert WRITE.call(client, WRITE.request()) == 7
        assert network.open == 0


async def test_a_connection_is_closed_by_a_task_that_outlives_its_client() -> None:
    with (network := Network()).serving():
        client = limited()
        network.interrupt = client.aclose
        assert await WRITE.call_async(client, WRITE.request()) == 7
        assert network.open == 0


def test_threads_share_a_client() -> None:
    found: list[Any] = []
    together = threading.Barrier(4)

    def call() -> None:
        together.wait(10)
        found.extend(WRITE.call(client, WRITE.request()) for _ in range(5))

    with (network := Network()).serving(), Client("http://api.example") as client:
        threads = [threading.Thread(target=call) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(10)
    assert found == [7] * 20
    assert len(network.arrivals) == 20
    assert network.open == 0


@pytest.mark.parametrize("reads", range(5))
async def test_a_task_that_is_cancelled_leaves_no_encrypted_connection(reads: int) -> None:
    left = reads

    def count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            scope.cancel()

    with (network := Network()).serving():
        network.interrupt = count
        args = {"trust_env": False}
        async with Client("https://api.example", verify_ssl=TLS, httpx_args=args) as client:
            with anyio.CancelScope() as scope:
                await WRITE.call_async(client, WRITE.request())
            assert scope.cancelled_caught == (network.open == 0)
            network.interrupt = lambda: None
            assert await WRITE.call_async(client, WRITE.request()) == 7
        assert network.open == 0


# ---- a client of httpx that the program has made


def answer(request: httpx.Request) -> httpx.Response:
    return httpx.Response(
        200, json=[request.headers["X-Own"], str(request.url), request.extensions["timeout"]]
    )


@pytest.mark.parametrize("timeout", [None, 3.0])
def test_calls_go_through_a_client_that_the_program_has_made(timeout: float | None) -> None:
    settings: dict[str, Any] = {
        "base_url": "http://own.example/v2/",
        "headers": {"X-Own": "made up"},
        "transport": httpx.MockTransport(answer),
        "timeout": 10,
    }
    client = Client("http://api.example", timeout=77)
    own, own_async = httpx.Client(**settings), httpx.AsyncClient(**settings)
    assert client.set_httpx_client(own) is client
    assert client.set_async_httpx_client(own_async) is client
    assert (client.get_httpx_client(), client.get_async_httpx_client()) == (own, own_async)
    called = client if timeout is None else client.with_timeout(timeout)
    phases = dict.fromkeys(("connect", "read", "write", "pool"), timeout or 10.0)
    expected = ["made up", "http://own.example/v2/things", phases]

    async def call() -> Any:
        async with client:
            return await WRITE.call_async(called, WRITE.request())

    with Network().serving(), client:
        assert asyncio.run(call()) == expected
        assert WRITE.call(called, WRITE.request()) == expected
    assert own.is_closed
    assert own_async.is_closed
    with pytest.raises(UnusableClient, match="write: POST /things: the client is closed"):
        WRITE.call(called, WRITE.request())
    for wrong in (client.set_httpx_client, client.set_async_httpx_client):
        with pytest.raises(ConfigurationError, match="expected a client of httpx or httpx2, got object"):
            wrong(object())  # type: ignore[arg-type]


@pytest.mark.parametrize("way", ["sync", "async"])
def test_a_client_that_the_program_has_made_brings_its_own_timeout(way: str) -> None:
    client = Client("http://api.example", timeout=77, deadline=5)
    if way == "sync":
        client.set_httpx_client(httpx.Client())
    else:
        client.set_async_httpx_client(httpx.AsyncClient())
    assert (client.options.timeout, client.options.deadline) == (UNSET, 5)


@pytest.mark.parametrize("way", ["sync", "async"])
def test_a_client_of_httpx_that_is_closed_beneath_is_unusable(way: str) -> None:
    client = Client("http://api.example")

    async def close() -> None:
        await client.get_async_httpx_client().aclose()
        with pytest.raises(UnusableClient, match="the client is closed"):
            await WRITE.call_async(client, WRITE.request())

    if way == "async":
        asyncio.run(close())
        return
    client.get_httpx_client().close()
    with pytest.raises(UnusableClient, match="the client is closed"):
        WRITE.call(client, WRITE.request())
