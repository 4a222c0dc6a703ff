"""Everything that a call can raise. `APIError` is the base of all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self, cast

from .types import Unset


class APIError(Exception):
    """Base of every error that a call can raise.

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
    """Raised when no response came: the server was not reached, or the connection broke.

    The cause is the error of the library underneath, if it gives one: that of httpcore or of httpx.
    """


class TimedOut(ConnectionFailed):
    """Raised when no response came in time."""


class ConfigurationError(APIError, ValueError):
    """Raised for settings that cannot work or would expose secrets. Nothing was sent."""


class UnusableClient(ConfigurationError):
    """Raised when a client is closed, or belongs to another event loop. Nothing was sent."""


class MissingArgument(APIError, TypeError):
    """Raised when an argument is left out and the client has no value for it. Nothing was sent."""


class InvalidArgument(APIError, ValueError):
    """Raised for an argument that the API does not accept or no request can carry. Nothing was sent."""


class PaginationError(APIError):
    """Raised when a server's pages do not advance."""


class ResponseTooLarge(APIError):
    """Raised when the body of a response has more bytes than the option `max_response_size` allows."""


class DecodeError(APIError):
    """Raised when the body of a success is not what the API documents.

    Attributes:
        path: Where in the body, such as `results[3].rank`; empty for the body as a whole.
        expected: What the API documents there.
        got: What kind of thing came instead. Never the value itself.
        status: Status of the response; 0 where a value was decoded by itself.
        content: The body as it came; empty where it cannot be unpacked, or a value was decoded by itself.
        headers: Headers of the response.
    """

    def __init__(self, expected: str, got: str, path: str = "") -> None:
        super().__init__()
        self.expected = expected
        self.got = got
        self.path = path
        # A name may begin with a bracket, too.
        self._begins_with_name = True
        self.status = 0
        self.content = b""
        self.headers: Mapping[str, str] = {}

    def inside(self, key: str | int) -> Self:
        """Return this error with its path prefixed by the field or index that holds the value."""
        is_name = isinstance(key, str) and key != ""
        here = key if is_name else f"[{key}]" if isinstance(key, int) else '[""]'
        joint = "." if self.path and self._begins_with_name else ""
        self.path = f"{here}{joint}{self.path}"
        self._begins_with_name = is_name
        return self

    def __repr__(self) -> str:
        return f"DecodeError({str(self)!r})"

    def __str__(self) -> str:
        place = "".join(f"{part}: " for part in (self.operation_id, self.path) if part)
        return f"{place}expected {self.expected}, got {self.got}"


class StatusError(APIError):
    """Raised for a response that is not a documented success.

    Attributes:
        status: Status of the response: any number a server may send.
        body: The decoded body; plain JSON where its schema is not documented. None if it cannot be decoded.
        content: The body as it came.
        headers: Headers of the response.
        is_documented: Whether the API documents this status for the operation.
        server_message: What the server says for people to read, where the API documents such a text: on one
            line, at most 300 characters, and without the request's secrets. The whole text is in the body.
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
        is_documented: bool = False,
        server_message: str | None = None,
        operation_id: str = "",
        request_line: str = "",
    ) -> None:
        super().__init__(message, operation_id=operation_id, request_line=request_line)
        self.status = status
        self.body = body
        self.content = content
        self.headers: Mapping[str, str] = headers if headers is not None else {}
        self.is_documented = is_documented
        self.server_message = server_message

    def __reduce__(self) -> tuple[Any, ...]:
        import pickle  # noqa: PLC0415  # loaded by whoever pickles, and not by every program

        restore, (kind, arguments, state) = super().__reduce__()
        try:
            pickle.dumps(self.body)
        except RecursionError:
            # Nested too deeply; the content is still there.
            state = {**state, "body": None}
        return restore, (kind, arguments, state)

    @property
    def retry_after(self) -> float | None:
        """The seconds that the server asks to wait before the next try; None if it asks for nothing."""
        from .retries import retry_after  # noqa: PLC0415  # programs start faster without it

        return retry_after(self.headers)


class UnexpectedStatus(StatusError):
    """Raised for a status outside of 400 to 599 that is no documented success, such as a redirect."""


class ClientError(StatusError):
    """Raised for a status from 400 to 499 that has no class of its own; base of those that have one."""


class ServerError(StatusError):
    """Raised for a status from 500 to 599 that has no class of its own; base of those that have one."""


class BadRequest(ClientError):
    """Raised for status 400: the request is malformed."""

    documented_status = 400


class Unauthorized(ClientError):
    """Raised for status 401: credentials are missing or wrong."""

    documented_status = 401


class Forbidden(ClientError):
    """Raised for status 403: the credentials do not allow it."""

    documented_status = 403


class NotFound(ClientError):
    """Raised for status 404: there is no such thing."""

    documented_status = 404


class MethodNotAllowed(ClientError):
    """Raised for status 405: the method is not allowed here."""

    documented_status = 405


class RequestTimeout(ClientError):
    """Raised for status 408: the server waited too long for the request."""

    documented_status = 408


class Conflict(ClientError):
    """Raised for status 409: the request conflicts with the state of the server."""

    documented_status = 409


class Gone(ClientError):
    """Raised for status 410: the thing is there no more."""

    documented_status = 410


class ContentTooLarge(ClientError):
    """Raised for status 413: the body of the request is too large."""

    documented_status = 413


class UnsupportedMediaType(ClientError):
    """Raised for status 415: the server does not take the body's media type."""

    documented_status = 415


class UnprocessableContent(ClientError):
    """Raised for status 422: the body is well-formed but wrong."""

    documented_status = 422


class RateLimited(ClientError):
    """Raised for status 429: there were too many requests. `retry_after` says how long to wait."""

    documented_status = 429


class InternalServerError(ServerError):
    """Raised for status 500: the server failed."""

    documented_status = 500


class NotImplementedByServer(ServerError):
    """Raised for status 501: the server cannot do this."""

    documented_status = 501


class BadGateway(ServerError):
    """Raised for status 502: a proxy got no valid response from the server."""

    documented_status = 502


class ServiceUnavailable(ServerError):
    """Raised for status 503: the server is overloaded or down for a while. `retry_after` may say how long."""

    documented_status = 503


class GatewayTimeout(ServerError):
    """Raised for status 504: a proxy got no response from the server in time."""

    documented_status = 504


class Failed(StatusError):
    """Raised for a failure that the body reports, whatever the status."""

    @property
    def code(self) -> Any:
        """The code that the body gives for the kind of failure; None if it has none."""
        return failure_code(self.body)


class ErrorClasses:
    """The classes that one API's failures are raised as.

    Attributes:
        by_status: One for each documented status.
        by_code: One for each documented code of a failure that the body reports.
    """

    # An ordinary class, since every program imports it and a dataclass takes longer.
    def __init__(
        self, by_status: Mapping[int, type[StatusError]], by_code: Mapping[int | str, type[Failed]]
    ) -> None:
        self.by_status = by_status
        self.by_code = by_code

    def of(self, status: int, body: object) -> type[StatusError]:
        """Return the class for a response with this status and this decoded body."""
        if hasattr(body, "failure_code_field"):
            return self.by_code.get(failure_code(body)) or self.by_status.get(status, Failed)
        return self.by_status.get(status) or status_class(status)


def status_class(status: int) -> type[StatusError]:
    """Return the class for a status that the API says nothing of."""
    return _BY_STATUS.get(status) or _BY_KIND.get(status // 100, UnexpectedStatus)


_BY_KIND: Final[Mapping[int, type[StatusError]]] = {4: ClientError, 5: ServerError}
_BY_STATUS: Final[Mapping[int, type[StatusError]]] = {
    each.documented_status: each
    for kind in _BY_KIND.values()
    for each in kind.__subclasses__()
    if each.documented_status is not None
}

NO_ERROR_CLASSES: Final = ErrorClasses({}, {})


def failure_code(body: object) -> Any:
    """Return the code of a failure that a decoded body reports; None for any other body."""
    field = getattr(body, "failure_code_field", None)
    code: object = getattr(body, field, None) if isinstance(field, str) else None
    return code if isinstance(code, int | str) else None


def message_of(body: object) -> str:
    """Return what a decoded body says for people to read; empty where it says nothing."""
    names = getattr(body, "error_message_fields", ())
    return "; ".join(filter(None, (_text(getattr(body, name)) for name in names)))


def _text(value: object) -> str:
    """Return a text as it is; of a list each item; of an object its message, or each field after its name."""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, cast("list[object]", value))))
    if hasattr(value, "error_message_fields"):
        return message_of(value)
    return "; ".join(": ".join(filter(None, (name, _text(each)))) for name, each in _fields(value).items())


def _fields(value: object) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value)
    names = getattr(type(value), "__slots__", ())
    fields: dict[str, Any] = {name: getattr(value, name) for name in names if not name.startswith("__")}
    fields |= fields.pop("additional_properties", {})
    return {name: each for name, each in fields.items() if not isinstance(each, Unset)}
