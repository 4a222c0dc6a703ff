"""What a call ends in: the value of a success, a whole response, or an error."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import unquote

import httpx

from .bodies import Reader, no_body, undocumented_body
from .content import UnpackError, unpack
from .errors import (
    APIError,
    ConnectionFailed,
    DecodeError,
    Failed,
    ResponseTooLarge,
    StatusError,
    TimedOut,
    UnusableClient,
    failure_code,
    message_of,
)
from .messages import HTTPResponse, TooLargeError, TransportError
from .redaction import credentials_of, redact
from .types import Response

if TYPE_CHECKING:
    from .operation import Operation, Request
    from .options import Options

S = TypeVar("S")
F = TypeVar("F")
T = TypeVar("T")

_SUCCESSES: Final = range(200, 300)
# Statuses of a server that has another thing, or nothing, where the API should be.
_ELSEWHERE: Final = range(300, 500)


# ---- No response


FAILURES: Final = (UnusableClient, TransportError, TooLargeError)
"""What sending a request raises, apart from errors of the program's own code."""


def failure(operation: Operation[Any, Any], request: Request, error: Exception) -> APIError:
    """Return the error of a call, with its cause, for what sending its request raised."""
    if isinstance(error, UnusableClient):
        return operation.failure_of(UnusableClient, request, str(error))
    if isinstance(error, TransportError):
        made: APIError = _no_response(operation, request, error)
        made.__cause__ = error.__cause__
        return made
    why = "the response has more bytes than max_response_size allows"
    return operation.failure_of(ResponseTooLarge, request, why)


def _no_response(operation: Operation[Any, Any], request: Request, error: TransportError) -> ConnectionFailed:
    origin = f" from {error.origin}" if error.origin else ""
    if error.timed_out:
        return operation.failure_of(TimedOut, request, f"no response{origin} in time")
    detail = redact(error.detail, _secrets(request, error.sent_headers)) if error.detail else ""
    why = ": ".join(filter(None, (error.kind, detail)))
    return operation.failure_of(ConnectionFailed, request, f"no response{origin} ({why})")


def unpacked(
    operation: Operation[Any, Any], request: Request, received: HTTPResponse, options: Options
) -> HTTPResponse:
    """Return a response with its body unpacked.

    Raises:
        TooLargeError: It has more bytes than the options allow.
        DecodeError: It is a success whose body cannot be unpacked; that of a failure is left out.
    """
    if not received.is_packed:
        return received
    try:
        unpack(received, options.max_response_size or 0)
    except UnpackError as caught:
        encoding = str(caught)
    else:
        return received
    if _success_reader(operation, received.status) is None:
        return received
    error = DecodeError(f"a body in {redact(encoding)}", "bytes that cannot be unpacked")
    raise _decode_error(operation, request, received, error)


# ---- Reading a response


def value(operation: Operation[S, Any], request: Request, received: HTTPResponse) -> S:
    """Return the value of a success. Raises StatusError or DecodeError."""
    read = _success_reader(operation, received.status)
    if read is None:
        raise _status_error(operation, request, received, _failure_body(operation, received))
    is_success, parsed = _parsed(operation, request, received, read)
    if not is_success:
        raise _status_error(operation, request, received, parsed)
    found: S = parsed
    return found


def response(operation: Operation[S, F], request: Request, received: HTTPResponse) -> Response[S | F]:
    """Return a whole response. Raises DecodeError."""
    read = _success_reader(operation, received.status)
    if read is None:
        parsed = _failure_body(operation, received)
    else:
        parsed = _parsed(operation, request, received, read)[1]
    return Response(
        status_code=received.status, headers=received.headers, content=received.content, parsed=parsed
    )


def _success_reader(operation: Operation[S, Any], status: int) -> Reader[S] | None:
    return _documented(operation.success, status) if status in _SUCCESSES else None


def _parsed(
    operation: Operation[Any, Any], request: Request, received: HTTPResponse, read: Reader[Any]
) -> tuple[bool, Any]:
    """Return whether this is a success after all, and its value or else the body of the failure."""
    try:
        return True, read(received)
    except DecodeError as caught:
        error = caught
    except RecursionError:
        error = DecodeError("JSON", "values nested too deeply")
    failure = _read_or_none(_documented(operation.failure_in_success, received.status), received)
    if failure is None:
        raise _decode_error(operation, request, received, error)
    return False, failure


def _decode_error(
    operation: Operation[Any, Any], request: Request, received: HTTPResponse, error: DecodeError
) -> DecodeError:
    secrets = _secrets(request, received.sent_headers)
    error.expected, error.got, error.path = (
        redact(text, secrets) for text in (error.expected, error.got, error.path)
    )
    error.operation_id = operation.id
    error.request_line = operation.shown_line(request)
    error.status = received.status
    error.headers = received.headers
    error.content = received.content
    return error


def _failure_body(operation: Operation[Any, Any], received: HTTPResponse) -> Any:
    read = _documented(operation.failure, received.status)
    return _read_or_none(undocumented_body if read in (None, no_body) else read, received)


def _status_error(
    operation: Operation[Any, Any], request: Request, received: HTTPResponse, body: Any
) -> StatusError:
    status = received.status
    documented = (_documented(each, status) for each in (operation.failure, operation.failure_in_success))
    is_documented = any(each is not None for each in documented)
    kind = operation.errors.of(status, body)
    secrets = _secrets(request, received.sent_headers)
    message = redact(message_of(body), secrets)
    code = failure_code(body)
    failure = "" if code is None else f", failure {redact(str(code), secrets)}"
    about = f": {message}" if message else ""
    if not is_documented and status not in operation.errors.by_status and not issubclass(kind, Failed):
        about = ", which the API does not document"
    about += _doubt(operation, request, received, body)
    line = operation.shown_line(request)
    return kind(
        f"{operation.id}: {line} answered {status}{_phrase(status)}{failure}{about}",
        status=status,
        body=body,
        content=received.content,
        headers=received.headers,
        is_documented=is_documented,
        server_message=message or None,
        operation_id=operation.id,
        request_line=line,
    )


def _doubt(operation: Operation[Any, Any], request: Request, received: HTTPResponse, body: Any) -> str:
    """Return the question whether the base URL is right, for a failure that may not be the API's own."""
    reader = _documented(operation.failure, received.status)
    is_foreign = reader is None or (body is None and reader is not no_body)
    if is_foreign and received.status in _ELSEWHERE and _lacks_base_path(operation, request, received):
        return f"; is base_url right? The API's own ends with {' or '.join(operation.base_paths)}"
    is_undocumented = received.status == HTTPStatus.NOT_FOUND and received.status not in operation.failure
    return "; is base_url right?" if is_undocumented and body is None else ""


def _lacks_base_path(operation: Operation[Any, Any], request: Request, received: HTTPResponse) -> bool:
    paths = operation.base_paths
    return bool(paths) and not received.path.removesuffix(request.url).endswith(paths)


def _documented(readers: Mapping[int | str, Reader[T]], status: int) -> Reader[T] | None:
    return readers.get(status) or readers.get(f"{status // 100}XX") or readers.get("default")


def _read_or_none(read: Reader[T] | None, received: HTTPResponse) -> T | None:
    try:
        return read(received) if read else None
    except (DecodeError, RecursionError):
        return None


def _phrase(status: int) -> str:
    known = httpx.codes.get_reason_phrase(status)
    return f" {known}" if known else ""


def _secrets(request: Request, sent_headers: Mapping[str, str]) -> set[str]:
    """Return the secrets that went out with a request, its credentials among them."""
    secrets = {form for value in request.secrets for form in (value, unquote(value))}
    secrets |= set(credentials_of(httpx.Headers(sent_headers)))
    return secrets - {""}
