"""The same faults over real sockets, for every transport: as in memory, each ends as promised."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections.abc import Iterator
from typing import Any, Final
from unittest.mock import patch

import pytest
from hypothesis import strategies as st
from scripted_server import Connection, ScriptedServer

from openapi_fuzz.network import Answer, Plan
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.properties import fuzzed
from openapi_runtime import Client
from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import anything
from openapi_runtime.errors import APIError, ConnectionFailed, StatusError, TimedOut
from openapi_runtime.exchange import Attempt
from openapi_runtime.operation import Operation
from openapi_runtime.options import Options

SECONDS: Final = 20.0
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


def called(client: Client, operation: Operation[Any, Any], *, is_async: bool) -> Any:
    """Return the value of a call, or the error that it raises."""

    async def call() -> Any:
        async with client:
            return await operation.call_async(client, operation.request())

    try:
        if is_async:
            return asyncio.run(call())
        with client:
            return operation.call(client, operation.request())
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
    scripted: Scripted, settings: dict[str, Any], is_async: bool, fuzz_session: FuzzSession
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
    fuzzed(fuzz_session, 1, test, st.sampled_from(("GET", "PUT", "POST")), plans, st.integers(0, 2))


@HALVES
@TRANSPORTS
@pytest.mark.parametrize(
    ("method", "allowed", "count"), [("GET", None, 2), ("POST", None, 1), ("POST", True, 2)]
)
def test_a_silent_server_is_given_up_in_time(
    settings: dict[str, Any], is_async: bool, method: str, allowed: bool | None, count: int
) -> None:
    attempts: list[Attempt] = []

    def silent(connection: Connection, _: int) -> None:
        connection.receive()

    with (
        ScriptedServer(silent).serving() as server,
        patch.object(random, "uniform", lambda low, _: low),
    ):
        operation: Operation[Any, Any] = Operation(
            id="doThing", method=method, path="/things", success={200: json_body(anything)}
        )
        client = Client(server.url, max_retries=1, timeout=0.05, on_attempt=attempts.append, **settings)
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
