# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Everything a call can raise. `APIError` is the base of all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self, cast

import attrs

from .types import Unset

_SHOWN = 300


class APIError(Exception):
    """A call that did not give its value.

    Attributes:
        operation_id: The operation that was called, as the API's description names it.
        request_line: Method and path, such as `GET /things/7`. Never the query.
    """

    def __init__(self, message: str = "", *, operation_id: str = "", request_line: str = "") -> None:
        super().__init__(message)
        self.operation_id = operation_id
        self.request_line = request_line

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[APIError], args: tuple[Any, ...], state: dict[str, Any]) -> APIError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class ConnectionFailed(APIError):
    """No answer came: the server was not reached, or the connection broke. The cause is httpx's own error."""


class TimedOut(ConnectionFailed):
    """No answer came in time."""


class ConfigurationError(APIError, ValueError):
    """Settings that could not work, or would give secrets away, or a closed client. Nothing was sent."""


class MissingArgument(APIError, TypeError):
    """An argument was left out, and the client has no value of its own for it."""


class InvalidArgument(APIError, ValueError):
    """An argument that the API does not take, or that no request can carry. Nothing was sent."""


class PaginationError(APIError):
    """A server whose pages do not advance."""


class DecodeError(APIError):
    """A successful answer whose body is not what the API documents.

    Attributes:
        path: Where in the body, such as `results[3].rank`; empty for the body as a whole.
        expected: What the API documents there.
        got: What kind of thing came instead. Never the value itself.
        status: Status of the answer; 0 where a value was decoded by itself.
        content: The body as it came; empty where it does not unpack, or where a value was decoded by itself.
        headers: Headers of the answer.
    """

    def __init__(self, expected: str, got: str, path: str = "") -> None:
        super().__init__()
        self.expected = expected
        self.got = got
        self.path = path
        self.status = 0
        self.content = b""
        self.headers: Mapping[str, str] = {}

    def inside(self, key: str | int) -> Self:
        """The same error, seen from the object or array around it."""
        here = f"[{key}]" if isinstance(key, int) else key
        joint = "." if self.path and not self.path.startswith("[") else ""
        self.path = f"{here}{joint}{self.path}"
        return self

    def __repr__(self) -> str:
        return f"DecodeError({str(self)!r})"

    def __str__(self) -> str:
        place = "".join(f"{part}: " for part in (self.operation_id, self.path) if part)
        return f"{place}expected {self.expected}, got {self.got}"


class StatusError(APIError):
    """An answer that is not a documented success.

    Attributes:
        status: Status of the answer: any number a server may send.
        body: The decoded body; plain JSON where its shape is not documented. None where it does not decode.
        content: The body as it came.
        headers: Headers of the answer.
        server_message: What the server says for people to read, where the API documents such a text: on one line,
            not too long, and without the request's secrets. The whole of it is in the body.
    """

    documented_status: ClassVar[int | None] = None

    def __init__(
        self,
        message: str = "",
        *,
        status: int,
        body: Any = None,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        server_message: str | None = None,
        operation_id: str = "",
        request_line: str = "",
    ) -> None:
        super().__init__(message, operation_id=operation_id, request_line=request_line)
        self.status = status
        self.body = body
        self.content = content
        self.headers: Mapping[str, str] = headers if headers is not None else {}
        self.server_message = server_message


class UnexpectedStatus(StatusError):
    """A status that the API does not document."""


class BadRequest(StatusError):
    """Status 400, Bad Request."""

    documented_status = 400


class Unauthorized(StatusError):
    """Status 401, Unauthorized."""

    documented_status = 401


class Forbidden(StatusError):
    """Status 403, Forbidden."""

    documented_status = 403


class NotFound(StatusError):
    """Status 404, Not Found."""

    documented_status = 404


class MethodNotAllowed(StatusError):
    """Status 405, Method Not Allowed."""

    documented_status = 405


class Conflict(StatusError):
    """Status 409, Conflict."""

    documented_status = 409


class InternalServerError(StatusError):
    """Status 500, Internal Server Error."""

    documented_status = 500


BY_STATUS: Final[Mapping[int, type[StatusError]]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    500: InternalServerError,
}


def failure_code(body: object) -> Any:
    """The code of a failure that a decoded body tells; None for any other body."""
    field = getattr(body, "failure_code_field", None)
    code: object = getattr(body, field, None) if isinstance(field, str) else None
    return code if isinstance(code, int | str) else None


def class_of(status: int, body: object, otherwise: type[StatusError]) -> type[StatusError]:
    """The class for an answer that is not a success."""
    del body
    return BY_STATUS.get(status, otherwise)


def message_of(body: object) -> str:
    """What a decoded body says for people to read; empty where it says nothing."""
    names = getattr(body, "error_message_fields", ())
    return "; ".join(filter(None, (_words(getattr(body, name)) for name in names)))


def _words(told: object) -> str:
    """A text as it is; of a list each one; of an object what it says itself, or each of its fields by its name."""
    if isinstance(told, str | int | float):
        return str(told)
    if isinstance(told, list):
        return "; ".join(filter(None, map(_words, cast("list[object]", told))))
    if hasattr(told, "error_message_fields"):
        return message_of(told)
    return "; ".join(": ".join(filter(None, (name, _words(each)))) for name, each in _fields(told).items())


def _fields(told: object) -> Mapping[str, object]:
    if isinstance(told, Mapping):
        return cast("Mapping[str, object]", told)
    if not attrs.has(type(told)):
        return {}
    fields = attrs.asdict(cast("attrs.AttrsInstance", told), recurse=False)
    fields |= fields.pop("additional_properties", {})
    return {name: each for name, each in fields.items() if not isinstance(each, Unset)}


def shown(text: str, secrets: tuple[str, ...]) -> str:
    """A server's text as a message can carry it: on one line, not too long, and without the request's secrets."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


__all__ = [
    "APIError",
    "ConfigurationError",
    "ConnectionFailed",
    "DecodeError",
    "InvalidArgument",
    "MissingArgument",
    "PaginationError",
    "StatusError",
    "TimedOut",
    "UnexpectedStatus",
    "BadRequest",
    "Unauthorized",
    "Forbidden",
    "NotFound",
    "MethodNotAllowed",
    "Conflict",
    "InternalServerError",
]
