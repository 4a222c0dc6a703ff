"""What is done for a call, step by step, with nothing sent and nobody waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openapi_runtime import exchange as steps_of_calls
from openapi_runtime import retries
from openapi_runtime.bodies import no_body
from openapi_runtime.exchange import Attempt, Authorize, Policy, Send, Steps, Wait, exchange
from openapi_runtime.messages import HTTPRequest, HTTPResponse, Parts, TooLargeError, TransportError
from openapi_runtime.operation import Operation
from openapi_runtime.redaction import LoggedURL

SECRET: Final = "made-up-secret"
CREDENTIALS: Final = {"Authorization": "Bearer made-up-token"}
RENEWED: Final = {"Authorization": "Bearer made-up-token-2"}
OPERATION: Operation[Any, Any] = Operation(id="read", method="GET", path="/things", success={200: no_body})

UNREACHED: Final = TransportError("ConnectError", is_unsent=True)
BUSY_POOL: Final = TransportError("PoolTimeout", timed_out=True, is_unsent=True)
SILENCE: Final = TransportError("ReadTimeout", timed_out=True)


class Clock:
    """What takes the place of `time`, standing still until moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(steps_of_calls, "time", clock)
    return clock


def policy(method: str = "GET", **changes: Any) -> Policy:
    settings: dict[str, Any] = {
        "idempotent": method in retries.IDEMPOTENT_METHODS,
        "max_retries": 2,
        "timeout": 5.0,
        "deadline": None,
        **changes,
    }
    return Policy(method=method, **settings)


def request(content: bytes | Parts | None = None, **headers: str) -> HTTPRequest:
    return HTTPRequest(
        method="GET",
        url=f"/things/{SECRET}?key={SECRET}",
        logged=LoggedURL(f"/things/{SECRET}", "/things/***", ("key",)),
        headers=headers,
        content=content,
        phases={},
        max_size=100,
        operation=OPERATION,
    )


def response(status: int, **headers: str) -> HTTPResponse:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return HTTPResponse(status, raw, b"", sent_headers=CREDENTIALS, path="/things")


class Driver:
    """Does what an exchange yields, without doing it.

    Attributes:
        waits: The waits that were asked for.
        sent: Headers of each request.
        refused: What each renewal was told that the server refused.
    """

    def __init__(self, clock: Clock | None = None, *credentials: Mapping[str, str] | None) -> None:
        self.waits: list[float] = []
        self.sent: list[Mapping[str, str]] = []
        self.refused: list[Mapping[str, str] | None] = []
        self._clock = clock or Clock()
        self._credentials = iter(credentials)

    def run(
        self, steps: Steps, answer: Callable[[int], HTTPResponse | Exception], seconds: float = 0.0
    ) -> HTTPResponse:
        step = next(steps)
        while not isinstance(step, HTTPResponse):
            if isinstance(step, Authorize):
                self.refused.append(step.refused)
                step = steps.send(next(self._credentials, None))
            elif isinstance(step, Wait):
                self.waits.append(step.seconds)
                self._clock.now += step.seconds
                step = steps.send(None)
            else:
                self.sent.append(step.request.headers)
                self._clock.now += seconds
                found = answer(len(self.sent))
                step = steps.throw(found) if isinstance(found, Exception) else steps.send(found)
        return step


def outcome(answer: HTTPResponse | Exception, policy: Policy) -> tuple[int, int | None]:
    """Return how often a request was sent to a server that always answers the same, and the last status."""
    driver = Driver()
    try:
        last = driver.run(exchange(request(), policy, None), lambda _: answer)
    except TransportError:
        return len(driver.sent), None
    return len(driver.sent), last.status


# ---- what is sent again


@pytest.mark.parametrize("max_retries", [0, 1, 5])
def test_an_attempt_is_repeated_as_often_as_allowed(max_retries: int) -> None:
    allowed = policy(max_retries=max_retries)
    assert outcome(response(503), allowed) == (max_retries + 1, 503)
    assert outcome(SILENCE, allowed) == (max_retries + 1, None)


@pytest.mark.parametrize("error", [UNREACHED, BUSY_POOL])
def test_a_write_that_was_never_sent_is_repeated(error: TransportError) -> None:
    assert outcome(error, policy("POST")) == (3, None)


def test_a_write_that_may_have_arrived_is_repeated_only_where_that_is_declared_safe() -> None:
    assert outcome(SILENCE, policy("POST")) == (1, None)
    assert outcome(SILENCE, policy("POST", idempotent=True)) == (3, None)
    assert outcome(response(503), policy("POST")) == (1, 503)
    assert outcome(response(503), policy("POST", idempotent=True)) == (3, 503)


def test_a_read_that_is_declared_unsafe_is_not_repeated() -> None:
    assert outcome(SILENCE, policy("GET", idempotent=False)) == (1, None)
    assert outcome(response(503), policy("GET", idempotent=False)) == (1, 503)


@pytest.mark.parametrize(
    ("method", "idempotent", "attempts"),
    [
        ("GET", True, 3),
        ("HEAD", True, 3),
        ("PUT", True, 1),
        ("DELETE", True, 1),
        ("POST", False, 1),
        ("POST", True, 1),
    ],
)
def test_an_internal_error_is_repeated_for_reads_alone(method: str, idempotent: bool, attempts: int) -> None:
    assert outcome(response(500), policy(method, idempotent=idempotent)) == (attempts, 500)


@pytest.mark.parametrize("status", [200, 204, 302, 400, 404, 409, 418, 501])
def test_a_response_that_would_be_the_same_again_stands(status: int) -> None:
    assert outcome(response(status), policy()) == (1, status)


# ---- how long is waited


def test_the_wait_that_a_server_asks_for_is_kept() -> None:
    driver = Driver()
    driver.run(exchange(request(), policy(), None), lambda _: response(429, retry_after="7"))
    assert driver.waits == [7.0, 7.0]


def test_a_server_that_asks_for_no_wait_is_asked_again_at_once() -> None:
    driver = Driver()
    driver.run(exchange(request(), policy(), None), lambda _: response(429, retry_after="0"))
    assert (len(driver.sent), driver.waits) == (3, [])


@pytest.mark.parametrize("asked", ["61", "999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_server_that_asks_for_too_long_a_wait_is_not_asked_again(asked: str) -> None:
    assert retries.MAX_WAIT == 60
    assert outcome(response(503, retry_after=asked), policy()) == (1, 503)


def test_without_a_wait_of_the_server_s_the_own_one_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "backoff", lambda attempt: attempt * 10.0)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    driver = Driver()
    driver.run(exchange(request(), policy(), None), lambda _: response(503, retry_after="soon"))
    assert driver.waits == [10.0, 20.0]


def test_a_wait_that_would_end_after_the_deadline_is_not_begun(clock: Clock) -> None:
    answer = response(503, retry_after="5")
    assert outcome(answer, policy(deadline=clock.now + 4.9)) == (1, 503)
    assert outcome(answer, policy(deadline=clock.now + 5.0)) == (1, 503)
    assert outcome(answer, policy(max_retries=1, deadline=clock.now + 5.1)) == (2, 503)


ANSWERS: Final = st.one_of(
    st.floats(0, 70).map(lambda seconds: response(503, retry_after=f"{seconds:.3f}")),
    st.sampled_from([response(503), response(429, retry_after="soon"), SILENCE, UNREACHED, response(200)]),
)


@given(st.lists(ANSWERS, min_size=1), st.floats(0, 40), st.floats(0.001, 100))
def test_no_wait_ends_after_the_deadline(
    answers: list[HTTPResponse | Exception], seconds: float, limit: float
) -> None:
    clock = Clock()
    deadline = clock.now + limit
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps_of_calls, "time", clock)
        steps = exchange(request(), policy(max_retries=1000, deadline=deadline), None)
        driver = Driver(clock)

        def answer(number: int) -> HTTPResponse | Exception:
            return answers[number - 1] if number <= len(answers) else response(200)

        with suppress(TransportError):
            driver.run(steps, answer, seconds)
    # What is over the deadline is the last attempt, which transports end.
    assert clock.now - seconds < deadline


@pytest.mark.parametrize(
    ("timeout", "deadline", "expected"),
    [
        (None, None, None),
        (5.0, None, 1005.0),
        (5.0, 1003.0, 1003.0),
        (5.0, 1010.0, 1005.0),
        (None, 1003.0, 1003.0),
    ],
)
def test_an_attempt_ends_with_its_time_out_or_the_deadline(
    clock: Clock, timeout: float | None, deadline: float | None, expected: float | None
) -> None:
    steps = exchange(sent := request(), policy(timeout=timeout, deadline=deadline), None)
    assert isinstance(next(steps), Authorize)
    assert isinstance(steps.send(None), Send)
    assert sent.deadline == expected
    assert clock.now == 1000


def test_each_attempt_has_its_own_time(clock: Clock) -> None:
    ends: list[float | None] = []
    sent = request()

    def answer(_: int) -> HTTPResponse:
        ends.append(sent.deadline)
        return response(503, retry_after="10")

    Driver(clock).run(exchange(sent, policy(), None), answer, seconds=1)
    assert ends == [1005.0, 1016.0, 1027.0]


# ---- credentials


def test_what_the_server_refuses_is_renewed_once() -> None:
    driver = Driver(None, CREDENTIALS, RENEWED, CREDENTIALS)
    last = driver.run(exchange(request(X="1"), policy(max_retries=5), None), lambda _: response(401))
    assert last.status == 401
    assert driver.refused == [None, CREDENTIALS]
    assert driver.sent == [{"X": "1", **CREDENTIALS}, {"X": "1", **RENEWED}]
    assert driver.waits == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refused_request_is_sent_again_even_where_nothing_is_repeated(method: str) -> None:
    driver = Driver(None, CREDENTIALS, RENEWED)
    steps = exchange(request(b"{}"), policy(method, max_retries=0), None)
    last = driver.run(steps, lambda number: response(401 if number == 1 else 200))
    assert (last.status, len(driver.sent)) == (200, 2)


def test_a_refusal_stands_where_there_are_no_other_credentials() -> None:
    driver = Driver(None, CREDENTIALS, None)
    assert driver.run(exchange(request(), policy(), None), lambda _: response(401)).status == 401
    assert len(driver.sent) == 1


def test_a_refusal_of_a_request_without_credentials_renews_nothing() -> None:
    driver = Driver(None, None, RENEWED)
    assert driver.run(exchange(request(), policy(), None), lambda _: response(401)).status == 401
    assert driver.refused == [None]


def test_a_body_that_is_read_while_it_is_sent_is_not_sent_again() -> None:
    parts: Any = SimpleNamespace()
    driver = Driver(None, CREDENTIALS, RENEWED)
    assert driver.run(exchange(request(parts), policy(), None), lambda _: response(401)).status == 401
    assert len(driver.sent) == 1


def test_credentials_take_the_place_of_a_header_in_another_case() -> None:
    driver = Driver(None, CREDENTIALS)
    driver.run(
        exchange(request(authorization="made-up-other", X="1"), policy(), None), lambda _: response(200)
    )
    assert driver.sent == [{"X": "1", **CREDENTIALS}]


# ---- what is told about it


def test_a_hook_gets_every_attempt(clock: Clock) -> None:
    seen: list[Attempt] = []
    answers: list[HTTPResponse | Exception] = [SILENCE, response(503, retry_after="3"), response(200)]
    driver = Driver(clock)
    driver.run(exchange(request(), policy(), seen.append), lambda number: answers[number - 1], seconds=0.5)
    assert [(each.number, each.status, each.reason) for each in seen] == [
        (1, None, "ReadTimeout"),
        (2, 503, ""),
        (3, 200, ""),
    ]
    assert [each.retry_in for each in seen] == [driver.waits[0], 3.0, None]
    assert {(each.operation_id, each.request_line, each.seconds) for each in seen} == {
        ("read", "GET /things/***", 0.5)
    }


def test_a_hook_gets_the_attempt_that_was_refused_and_the_one_that_failed() -> None:
    seen: list[Attempt] = []
    driver = Driver(None, CREDENTIALS, RENEWED)
    steps = exchange(request(), policy(max_retries=0), seen.append)
    with pytest.raises(TransportError):
        driver.run(steps, lambda number: response(401) if number == 1 else SILENCE)
    assert [(each.status, each.reason, each.retry_in) for each in seen] == [
        (401, "", None),
        (None, "ReadTimeout", None),
    ]


def test_a_hook_gets_the_attempt_whose_response_is_too_large() -> None:
    seen: list[Attempt] = []
    with pytest.raises(TooLargeError):
        Driver().run(exchange(request(), policy(), seen.append), lambda _: TooLargeError())
    assert [(each.status, each.reason, each.retry_in) for each in seen] == [(None, "TooLarge", None)]


def test_attempts_are_logged_without_secrets(caplog: pytest.LogCaptureFixture, clock: Clock) -> None:
    answers: list[HTTPResponse | Exception] = [SILENCE, response(503, retry_after="3"), response(200)]
    with caplog.at_level(logging.DEBUG, "openapi_runtime"):
        driver = Driver(clock, CREDENTIALS)
        driver.run(exchange(request(), policy(), None), lambda number: answers[number - 1], seconds=0.5)
    again = f"next attempt in {driver.waits[0]:.2f} s"
    assert [each.getMessage() for each in caplog.records] == [
        f"read: GET /things/***: no response (ReadTimeout) after 0.500 s, attempt 1; {again}",
        "read: GET /things/***: 503 after 0.500 s, attempt 2; next attempt in 3.00 s",
        "read: GET /things/***: 200 after 0.500 s, attempt 3",
    ]
    assert "made-up" not in "".join(repr(vars(each)) for each in caplog.records)


def test_nothing_is_told_where_nobody_listens(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "openapi_runtime"):
        Driver().run(exchange(request(), policy(), None), lambda _: response(503))
    assert caplog.records == []
