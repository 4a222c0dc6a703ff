"""What happens between a call and its response: authorization, attempts and waits, without any I/O.

`exchange` is a generator. It yields the next step, is sent the step's result, and yields the response at the
end. A client does the steps, in a thread or in an event loop.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple, TypeAlias

from . import retries
from .messages import HTTPRequest, HTTPResponse, TooLargeError, TransportError, joined_headers

_LOG: Final = logging.getLogger("openapi_runtime")


class Authorize(NamedTuple):
    """Get the headers that authorise the request; None if there are no others than those refused.

    Attributes:
        refused: What the server has refused; None for the first attempt.
    """

    refused: Mapping[str, str] | None = None


class Send(NamedTuple):
    """Send a request once, and receive the response."""

    request: HTTPRequest


class Wait(NamedTuple):
    """Wait for a number of seconds."""

    seconds: float


Step: TypeAlias = Authorize | Send | Wait
Steps: TypeAlias = Generator[Step | HTTPResponse, Any, None]


class Attempt(NamedTuple):
    """One attempt of a call, as hooks see it.

    Attributes:
        operation_id: The operation that was called.
        request_line: Method and path, such as `GET /things/7`. Never the query.
        number: 1 for the first attempt of a call.
        status: Status of the response; None if none came.
        reason: Why no response came; empty if one did.
        seconds: How long the attempt took.
        retry_in: Seconds until the next attempt; None if there is none, or as soon as there are other
            credentials.
    """

    operation_id: str
    request_line: str
    number: int
    status: int | None
    reason: str
    seconds: float
    retry_in: float | None


Hook: TypeAlias = Callable[[Attempt], object]


class Policy(NamedTuple):
    """How often a call is attempted, and for how long.

    Attributes:
        method: Method of the request.
        idempotent: Whether the request may be sent again although the server may have received it.
        max_retries: How often an attempt that failed is repeated.
        timeout: Seconds for one attempt; None for no limit.
        deadline: When the call has to be over, in seconds of `time.monotonic()`; None for no limit.
    """

    method: str
    idempotent: bool
    max_retries: int
    timeout: float | None
    deadline: float | None

    def attempt_deadline(self) -> float | None:
        """Return when an attempt that begins now has to be over."""
        if self.timeout is None:
            return self.deadline
        end = time.monotonic() + self.timeout
        return end if self.deadline is None else min(end, self.deadline)

    def wait_after_response(self, number: int, response: HTTPResponse) -> float | None:
        """Return the seconds until the next attempt; None if the response stands."""
        if response.status < HTTPStatus.BAD_REQUEST or not self.idempotent:
            return None
        if not retries.is_transient(response.status, self.method):
            return None
        return self._wait(number, retries.retry_after(response.headers))

    def wait_after_error(self, number: int, error: TransportError) -> float | None:
        """Return the seconds until the next attempt; None if the error stands."""
        return self._wait(number, None) if self.idempotent or error.is_unsent else None

    def _wait(self, number: int, asked: float | None) -> float | None:
        if number > self.max_retries or (asked is not None and asked > retries.MAX_WAIT):
            return None
        seconds = retries.backoff(number) if asked is None else asked
        is_late = self.deadline is not None and time.monotonic() + seconds >= self.deadline
        return None if is_late else seconds


def exchange(request: HTTPRequest, policy: Policy, hook: Hook | None) -> Steps:
    """Send a request, with credentials, as often as the policy says.

    Raises:
        TransportError: The last attempt got no response.
        TooLargeError: A response has more bytes than allowed.
    """
    credentials: Mapping[str, str] | None = yield Authorize()
    own_headers, may_renew = request.headers, _is_repeatable(request)
    number = 0
    while True:
        number += 1
        request.headers = joined_headers(own_headers, credentials or {})
        request.deadline = policy.attempt_deadline()
        began = time.monotonic()
        try:
            response = yield Send(request)
        except TransportError as error:
            wait = policy.wait_after_error(number, error)
            _report(hook, request, number, began, wait, reason=error.kind)
            if wait is None:
                raise
        except TooLargeError:
            _report(hook, request, number, began, None, reason="TooLarge")
            raise
        else:
            wait = policy.wait_after_response(number, response)
            _report(hook, request, number, began, wait, status=response.status)
            if response.status == HTTPStatus.UNAUTHORIZED and credentials and may_renew:
                may_renew = False
                renewed = yield Authorize(credentials)
                credentials, wait = (renewed, 0.0) if renewed else (credentials, wait)
            if wait is None:
                yield response
        if wait:
            yield Wait(wait)


def _is_repeatable(request: HTTPRequest) -> bool:
    return request.content is None or isinstance(request.content, bytes)


def _report(
    hook: Hook | None,
    request: HTTPRequest,
    number: int,
    began: float,
    wait: float | None,
    *,
    status: int | None = None,
    reason: str = "",
) -> None:
    is_logged = _LOG.isEnabledFor(logging.DEBUG)
    if not is_logged and hook is None:
        return
    attempt = Attempt(
        operation_id=request.operation.id,
        request_line=f"{request.method} {request.logged.shown}",
        number=number,
        status=status,
        reason=reason,
        seconds=time.monotonic() - began,
        retry_in=wait,
    )
    if is_logged:
        _log(attempt)
    if hook is not None:
        hook(attempt)


def _log(attempt: Attempt) -> None:
    outcome = f"no response ({attempt.reason})" if attempt.status is None else str(attempt.status)
    again = "" if attempt.retry_in is None else f"; next attempt in {attempt.retry_in:.2f} s"
    _LOG.debug(
        "%s: %s: %s after %.3f s, attempt %d%s",
        attempt.operation_id,
        attempt.request_line,
        outcome,
        attempt.seconds,
        attempt.number,
        again,
    )
