"""HTTP messages between a client and its transport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import httpx

from .redaction import LoggedURL
from .types import Unset

if TYPE_CHECKING:
    from .operation import Operation

Phases: TypeAlias = "Mapping[str, float | None]"
"""Seconds for each of `connect`, `read`, `write` and `pool`; None is no limit."""
RawHeaders: TypeAlias = Sequence[tuple[bytes, bytes]]

_CONTENT_TYPE: Final = "content-type"


def joined_headers(beneath: Mapping[str, str], over: Mapping[str, str]) -> Mapping[str, str]:
    """Return the headers of both. Of a name that both have, in whatever case, the latter's value is sent."""
    if not beneath or not over:
        return over or beneath
    names = {name.lower() for name in over}
    return {**{name: value for name, value in beneath.items() if name.lower() not in names}, **over}


class Parts(Protocol):
    """A body that is read while it is sent, from the start each time."""

    def __iter__(self) -> Any: ...
    def __aiter__(self) -> Any: ...


class HTTPRequest:
    """A request as a transport sends it.

    Attributes:
        method: `GET`, `POST` and so on.
        url: Path and query, to be appended to the base URL; or an absolute URL.
        logged: How the URL is logged.
        headers: Headers of this request, which win over those of the transport.
        content: The body; None for none.
        phases: Limits of the phases; UNSET for those of the transport.
        deadline: When the attempt has to be over, in seconds of `time.monotonic()`; None for no limit.
        max_size: The most bytes that the body of the response may have, as sent and unpacked.
        operation: What is called.
        auth: An httpx flow that authorises the request, if that is what the client was given.
    """

    __slots__ = (
        "auth",
        "content",
        "deadline",
        "headers",
        "logged",
        "max_size",
        "method",
        "operation",
        "phases",
        "url",
    )

    def __init__(
        self,
        *,
        method: str,
        url: str,
        logged: LoggedURL,
        headers: Mapping[str, str],
        content: bytes | Parts | None,
        phases: Phases | Unset,
        max_size: int,
        operation: Operation[Any, Any],
        deadline: float | None = None,
        auth: httpx.Auth | None = None,
    ) -> None:
        self.method = method
        self.url = url
        self.logged = logged
        self.headers = headers
        self.content = content
        self.phases = phases
        self.max_size = max_size
        self.operation = operation
        self.deadline = deadline
        self.auth = auth


class HTTPResponse:
    """A response as a transport received it.

    Attributes:
        status: Any number a server may send.
        raw_headers: Names in lower case, and values, in order.
        content: The body; as it was sent as long as `is_packed`.
        is_packed: Whether a `Content-Encoding` is still to be undone.
        sent_headers: Headers of the request as it was sent, with its credentials.
        path: Path of the request as it was sent, which a redirect may have changed.
    """

    __slots__ = ("_headers", "content", "is_packed", "path", "raw_headers", "sent_headers", "status")

    def __init__(
        self,
        status: int,
        raw_headers: RawHeaders,
        content: bytes,
        *,
        sent_headers: Mapping[str, str],
        path: str,
        is_packed: bool = True,
    ) -> None:
        self.status = status
        self.raw_headers = raw_headers
        self.content = content
        self.is_packed = is_packed
        self.sent_headers = sent_headers
        self.path = path
        self._headers: httpx.Headers | None = None

    @property
    def headers(self) -> httpx.Headers:
        """Headers by name, without regard to case."""
        if self._headers is None:
            self._headers = httpx.Headers(list(self.raw_headers))
        return self._headers

    @property
    def charset(self) -> str | None:
        """The charset that the media type names."""
        # As bytes, since httpx takes no text that is not ASCII.
        media_type = self.headers.get(_CONTENT_TYPE, "").encode("utf-8", "replace")
        return httpx.Response(self.status, headers={_CONTENT_TYPE.encode(): media_type}).charset_encoding


class TransportError(Exception):
    """Raised by a transport when no response came. Its cause is the error of the library underneath.

    Attributes:
        kind: What happened, in one word.
        detail: More about it, which may hold something that was sent.
        origin: Host and port of the server; empty if unknown.
        timed_out: Whether a limit of time was reached.
        is_unsent: Whether the request certainly never left.
        sent_headers: Headers of the request, with its credentials.
    """

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        origin: str = "",
        timed_out: bool = False,
        is_unsent: bool = False,
        sent_headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.origin = origin
        self.timed_out = timed_out
        self.is_unsent = is_unsent
        self.sent_headers: Mapping[str, str] = sent_headers if sent_headers is not None else {}


class TooLargeError(Exception):
    """Raised by a transport for a response with more bytes than allowed."""


class Transport(Protocol):
    """Sends requests and receives responses. Threads share it."""

    def send(self, request: HTTPRequest) -> HTTPResponse:
        """Send a request and receive the whole response.

        Raises:
            TransportError: No response came.
            TooLargeError: The body has more bytes than the request allows.
        """
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class AsyncTransport(Protocol):
    """Sends requests and receives responses in one event loop, as `Transport` does."""

    async def send(self, request: HTTPRequest) -> HTTPResponse:
        """Send a request and receive the whole response, as `Transport.send` does."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...
