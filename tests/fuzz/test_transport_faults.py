"""Calls over a network that fails in every way: each ends as promised, and no POST is sent twice."""

from __future__ import annotations

import copy
import pickle
import random
import ssl
from collections.abc import Mapping
from typing import Any, Final
from unittest.mock import patch

import pytest

from openapi_fuzz.network.calling import call_once
from openapi_fuzz.network.clock import START
from openapi_fuzz.network.memory import Network
from openapi_fuzz.network.outcomes import Outcome, Way, asked_wait, outcome
from openapi_fuzz.network.plans import Answer, Plan
from openapi_fuzz.network.situations import Situation, situations
from openapi_fuzz.oracles.tally import oracle
from openapi_fuzz.properties import Properties
from openapi_runtime import UNSET, Client
from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import anything
from openapi_runtime.errors import APIError, ConnectionFailed, StatusError, TimedOut
from openapi_runtime.exchange import Attempt
from openapi_runtime.operation import Operation
from openapi_runtime.options import Options

ORIGIN: Final = "api.example"
TLS: Final = ssl.create_default_context()
TOKENS: Final = ("made-up-first", "made-up-second", "made-up-third")


class Tokens:
    """Credentials, one after the other as they are refused."""

    def __init__(self, count: int) -> None:
        self._left = [{"Authorization": f"Bearer {each}"} for each in TOKENS[:count]]

    def credentials(
        self, operation: Operation[Any, Any], refused: Mapping[str, str] | None, deadline: float | None
    ) -> Mapping[str, str] | None:
        return self._left.pop(0) if self._left else None

    async def credentials_async(
        self, operation: Operation[Any, Any], refused: Mapping[str, str] | None, deadline: float | None
    ) -> Mapping[str, str] | None:
        return self.credentials(operation, refused, deadline)


def operation_of(situation: Situation) -> Operation[Any, Any]:
    return Operation(
        id="doThing",
        method=situation.method,
        path="/things/{id}",
        success={200: json_body(anything)},
        idempotent=situation.marked,
    )


class Run:
    """One call, and all that was seen of it."""

    def __init__(self, situation: Situation, way: Way, *, is_async: bool) -> None:
        self.situation = situation
        self.attempts: list[Attempt] = []
        self.network = Network(situation.plans)
        self.operation = operation_of(situation)
        self.error: APIError | None = None
        self.value: Any = None
        with (
            self.network.serving(),
            patch.object(random, "uniform", lambda low, high: low + situation.luck * (high - low)),
        ):
            call = self._client(way), self.operation, self._request(), self._options
            try:
                self.value = call_once(*call, is_async=is_async)
            except APIError as error:
                self.error = error
            # A date is as far away as the clock says, which stands still from now on.
            self.retry_after = getattr(self.error, "retry_after", None)

    def _client(self, way: Way) -> Client:
        situation = self.situation
        client = Client(
            f"https://{ORIGIN}/v1",
            auth=Tokens(situation.tokens),
            timeout=situation.timeout,
            max_retries=situation.max_retries,
            verify_ssl=TLS,
            on_attempt=self.attempts.append,
            httpx_args={"trust_env": False, **({"http2": False} if way == "httpx" else {})},
        )
        return client.with_options(deadline=situation.deadline)

    @property
    def _options(self) -> Options:
        allowed = self.situation.allowed
        return Options(idempotent=UNSET if allowed is None else allowed)

    def _request(self) -> Any:
        body = UNSET if self.situation.method in ("GET", "DELETE") else {"name": "made up"}
        return self.operation.request(path={"id": 7}, query={"word": "a b"}, body=body)


@oracle
def check_attempts(run: Run, expected: Outcome) -> None:
    """A call over a failing network is attempted, waits and ends as promised."""
    network, situation = run.network, run.situation
    assert network.open == 0, "a connection is left open"
    assert [(each.status, each.reason, each.retry_in) for each in run.attempts] == [
        (each.status, each.reason, each.retry_in) for each in expected.attempts
    ]
    assert [each.seconds for each in run.attempts] == [each.seconds for each in expected.attempts]
    assert [each.number for each in run.attempts] == [*range(1, len(run.attempts) + 1)]
    assert {(each.operation_id, each.request_line) for each in run.attempts} == {
        ("doThing", f"{situation.method} /things/7")
    }
    assert network.clock.waits == expected.waits
    assert network.connected == expected.connections
    check_requests(run, expected)
    check_end(run, expected)


def check_requests(run: Run, expected: Outcome) -> None:
    """Every request that was begun is the same one, with the credentials that it had to have."""
    arrivals, situation = run.network.arrivals, run.situation
    assert len(arrivals) == len(expected.tokens)
    if not situation.is_repeatable:
        refused = sum(each.status == 401 for each in expected.attempts)
        assert len(arrivals) <= 1 + refused, "a request is sent twice that may not be"
    for arrival, token in zip(arrivals, expected.tokens, strict=True):
        assert arrival.origin == ("https", ORIGIN, 443)
        if b'"name"' not in arrival.written and situation.method not in ("GET", "DELETE"):
            continue  # The connection broke before the body.
        method, target, headers, body = arrival.request
        assert (method, target) == (situation.method, "/v1/things/7?word=a+b")
        assert body == (b"" if method in ("GET", "DELETE") else b'{"name":"made up"}')
        found = dict(headers)
        assert len(found) == len(headers)
        assert found["host"] == ORIGIN
        assert found["accept-encoding"] == "gzip, deflate"
        assert found.get("authorization") == (f"Bearer {TOKENS[token - 1]}" if token else None)


def check_end(run: Run, expected: Outcome) -> None:
    """The call ends as its last attempt did."""
    last, error = expected.last, run.error
    answer = run.situation.plans[min(len(expected.attempts), len(run.situation.plans)) - 1].answer
    if last.status == 200:
        assert error is None
        assert run.value == {b"7": 7, b'"made up"': "made up", b"{}": {}}[answer.body]
        return
    assert error is not None
    assert error.operation_id == "doThing"
    assert error.request_line == f"{run.situation.method} /things/7"
    assert str(error).startswith(f"doThing: {run.situation.method} /things/7")
    assert not any(token in f"{error}{error!r}" for token in TOKENS)
    for copied in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301  # our own
        assert (type(copied), str(copied), vars(copied)) == (type(error), str(error), vars(error))
    if last.status is None:
        late = last.reason.endswith("Timeout")
        assert type(error) is (TimedOut if late else ConnectionFailed)
        assert f"no response from {ORIGIN}:443 {'in time' if late else f'({last.reason}'}" in str(error)
        assert type(error.__cause__).__name__ in (last.reason, "NoneType")
        return
    assert isinstance(error, StatusError)
    assert (error.status, error.content) == (last.status, answer.body)
    assert run.retry_after == asked_wait(answer, run.network.clock.now)


WAYS: Final[list[Any]] = ["pool", "httpx"]
HALVES: Final = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])


@HALVES
@pytest.mark.parametrize("way", WAYS)
def test_a_call_comes_to_what_is_promised(way: Way, is_async: bool, properties: Properties) -> None:
    def test(situation: Situation) -> None:
        run = Run(situation, way, is_async=is_async)
        check_attempts(run, outcome(situation, way, START))

    properties.hold(test, situations(), share=5)


class RunWithoutBody(Run):
    """A call of an operation that has no body, whatever its method."""

    def _request(self) -> Any:
        return self.operation.request(path={"id": 7})


@HALVES
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("method", "length"), [("GET", None), ("DELETE", None), ("POST", "0"), ("PUT", "0"), ("PATCH", "0")]
)
def test_a_request_without_a_body_says_so_where_one_may_be(
    method: str, length: str | None, way: Way, is_async: bool
) -> None:
    run = RunWithoutBody(simple(method, Answer()), way, is_async=is_async)
    (arrival,) = run.network.arrivals
    _, _, headers, body = arrival.request
    assert (dict(headers).get("content-length"), body) == (length, b"")


STATUSES: Final = (200, 302, 400, 401, 404, 408, 409, 429, 500, 501, 502, 503, 504)
ASKED: Final = (
    "0",
    "60",
    "60.5",
    "soon",
    "999999999999",
    "9999999999999",
    "Thu, 01 Jan 99999999999 00:00:00 GMT",
)


def simple(method: str, answer: Answer, deadline: float | None = None) -> Situation:
    """Return a call to a server that always answers the same."""
    return Situation(
        method=method,
        marked=False,
        allowed=None,
        plans=(Plan(answer),) * 6,
        max_retries=1,
        timeout=30.0,
        deadline=deadline,
        luck=1.0,
        tokens=3,
    )


SIMPLE: Final = [
    *(simple(method, Answer(status=status)) for method in ("GET", "PUT", "POST") for status in STATUSES),
    *(simple("GET", Answer(status=503, headers=(("Retry-After", text),))) for text in ASKED),
    # The first wait is over at the deadline, or just before it.
    *(simple("GET", Answer(status=503), deadline) for deadline in (0.5, 0.625)),
]


@HALVES
@pytest.mark.parametrize("way", WAYS)
def test_a_server_that_always_answers_the_same_is_asked_as_promised(way: Way, is_async: bool) -> None:
    for situation in SIMPLE:
        check_attempts(Run(situation, way, is_async=is_async), outcome(situation, way, START))
