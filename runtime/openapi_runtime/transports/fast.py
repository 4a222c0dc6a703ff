"""Requests over pyreqwest, the extra `fast`: connections, HTTP and TLS in compiled code."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

import httpx
from attrs import frozen
from pyreqwest import exceptions
from pyreqwest.client import ClientBuilder, SyncClientBuilder

from openapi_runtime.content import ACCEPTED
from openapi_runtime.deadlines import left
from openapi_runtime.messages import (
    HTTPRequest,
    HTTPResponse,
    RawHeaders,
    TooLargeError,
    TransportError,
    joined_headers,
)
from openapi_runtime.types import Unset

if TYPE_CHECKING:
    from pyreqwest.response import BaseResponse

B = TypeVar("B", ClientBuilder, SyncClientBuilder)

_NOT_CONNECTED: Final = "client error (Connect)"
_WITH_BODY: Final = frozenset(("POST", "PUT", "PATCH"))
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@frozen
class Building:
    """How connections are made.

    Attributes:
        limits: How many connections there may be, and how long an idle one is kept.
        timeout: Seconds that a request may wait for a connection, or the limits of an `httpx.Timeout`.
        verify: Whether the server's certificate is checked.
        follow_redirects: Whether a redirect is followed.
        trust_env: Whether proxies of the environment are used.
    """

    limits: httpx.Limits
    timeout: httpx.Timeout | float | None
    verify: bool
    follow_redirects: bool
    trust_env: bool

    def applied(self, builder: B) -> B:
        """Return a builder of clients with these settings.

        Bodies stay encoded: they are decoded later, within a limit.
        """
        builder = builder.gzip(False).deflate(False).brotli(False).zstd(False)
        builder = builder.follow_redirects(self.follow_redirects).danger_accept_invalid_certs(not self.verify)
        builder = builder.max_connections(self.limits.max_connections)
        if self.limits.max_keepalive_connections is not None:
            builder = builder.pool_max_idle_per_host(self.limits.max_keepalive_connections)
        builder = builder.pool_idle_timeout(_delta(self.limits.keepalive_expiry))
        phases = httpx.Timeout(self.timeout)
        if phases.pool is not None:
            builder = builder.pool_timeout(timedelta(seconds=phases.pool))
        if isinstance(self.timeout, httpx.Timeout):
            builder = _limited(builder, self.timeout)
        return builder if self.trust_env else builder.no_proxy()


def _limited(builder: B, phases: httpx.Timeout) -> B:
    """Return a builder with the limits of phases, which no single call can exceed."""
    if phases.connect is not None:
        builder = builder.connect_timeout(timedelta(seconds=phases.connect))
    if phases.read is not None:
        builder = builder.read_timeout(timedelta(seconds=phases.read))
    return builder


class _Fast:
    """What the sync and the async transport share.

    Args:
        base_url: Root of the API.
        headers: Sent with every request.
        building: How connections are made.
    """

    def __init__(self, base_url: str, headers: Mapping[str, str], building: Building) -> None:
        self._timeout = building.timeout
        self._root = base_url.rstrip("/")
        self._headers = joined_headers({"Accept": "*/*", "Accept-Encoding": ACCEPTED}, headers)

    def _url(self, request: HTTPRequest) -> str:
        return self._root + request.url if request.url.startswith("/") else request.url

    def _sent(self, request: HTTPRequest) -> dict[str, str]:
        return {**joined_headers(self._headers, request.headers)}

    def _prepared(self, builder: Any, request: HTTPRequest, sent_headers: dict[str, str]) -> Any:
        """Return a request with headers, body and a limit of time."""
        builder = builder.headers(sent_headers)
        if isinstance(request.content, bytes):
            builder = builder.body_bytes(request.content)
        elif request.content is not None:
            builder = builder.body_stream(request.content)
        elif request.method in _WITH_BODY:
            builder = builder.body_bytes(b"")
        if (seconds := self._limit(request)) is not None:
            builder = builder.timeout(timedelta(seconds=seconds))
        return builder.build_streamed()

    def _limit(self, request: HTTPRequest) -> float | None:
        """Return the seconds that the attempt may take; None for no limit."""
        if request.deadline is not None:
            if seconds := left(request.deadline):
                return seconds
            raise TransportError("Timeout", timed_out=True, is_unsent=True)
        if isinstance(request.phases, Unset):
            # Limits of phases are the client's of the library.
            return None if isinstance(self._timeout, httpx.Timeout) else self._timeout
        # The library has one limit for a request: what all phases may take together.
        limits = [each for each in request.phases.values() if each is not None]
        return sum(limits) if len(limits) == len(request.phases) else None

    @staticmethod
    def _received(
        url: str, sent_headers: dict[str, str], response: BaseResponse, content: Any, max_size: int
    ) -> HTTPResponse:
        if content is not None and len(memoryview(content)) > max_size:
            raise TooLargeError
        return HTTPResponse(
            response.status,
            _raw_headers(response),
            b"" if content is None else bytes(content),
            sent_headers=sent_headers,
            path=url.partition("?")[0],
        )

    @staticmethod
    @contextmanager
    def _translated(url: str, sent_headers: dict[str, str]) -> Generator[None]:
        """Raise `TransportError` for errors of pyreqwest, whose texts hold the whole URL."""
        failure: TransportError | None = None
        try:
            yield
        except TransportError as error:
            failure = error
        except (exceptions.RequestError, exceptions.BuilderError) as error:
            failure = _failure(error)
        if failure is not None:
            failure.origin = _origin(url)
            failure.sent_headers = sent_headers
            raise failure


class FastTransport(_Fast):
    """Sends requests over connections that threads share."""

    def __init__(self, base_url: str, headers: Mapping[str, str], building: Building) -> None:
        super().__init__(base_url, headers, building)
        self._client = building.applied(SyncClientBuilder()).build()

    def send(self, request: HTTPRequest) -> HTTPResponse:
        """Send a request and receive the whole response, as `Transport.send` does."""
        url, sent_headers = self._url(request), self._sent(request)
        with self._translated(url, sent_headers):
            built = self._prepared(self._client.request(request.method, url), request, sent_headers)
            with built as response:
                # One byte more than allowed shows that there are too many.
                content = response.body_reader.read(request.max_size + 1)
                return self._received(url, sent_headers, response, content, request.max_size)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class AsyncFastTransport(_Fast):
    """Sends requests over connections of one event loop.

    The library goes on with a call whose task is cancelled: its connection is free when the limit of time of
    the attempt is over, or the client is closed.
    """

    def __init__(self, base_url: str, headers: Mapping[str, str], building: Building) -> None:
        super().__init__(base_url, headers, building)
        self._client = building.applied(ClientBuilder()).build()

    async def send(self, request: HTTPRequest) -> HTTPResponse:
        """Send a request and receive the whole response, as `Transport.send` does."""
        url, sent_headers = self._url(request), self._sent(request)
        with self._translated(url, sent_headers):
            built = self._prepared(self._client.request(request.method, url), request, sent_headers)
            async with built as response:
                content = await response.body_reader.read(request.max_size + 1)
                return self._received(url, sent_headers, response, content, request.max_size)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()


def _delta(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _raw_headers(response: BaseResponse) -> RawHeaders:
    headers = response.headers
    try:
        pairs = list(headers.items())
    except ValueError:
        # A value that is not ASCII, which the library does not give away.
        pairs = [(name, value) for name in dict.fromkeys(headers.keys()) for value in _values(headers, name)]
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in pairs]


def _values(headers: Any, name: str) -> list[str]:
    try:
        values: list[str] = headers.getall(name)
    except ValueError:
        return []
    return values


def _failure(error: exceptions.DetailedPyreqwestError) -> TransportError:
    """Return what a transport raises for an error, whose class is `ConnectError` after a reset, too."""
    causes = [each["message"] for each in error.details["causes"] or ()]
    timed_out = isinstance(error, TimeoutError)
    if _NOT_CONNECTED in causes:
        # The outer causes hold the URL; the last one is what the operating system said.
        return TransportError("ConnectError", causes[-1], timed_out=timed_out, is_unsent=True)
    is_unsent = isinstance(error, exceptions.PoolTimeoutError | exceptions.BuilderError)
    kind = "NetworkError" if isinstance(error, exceptions.ConnectError) else type(error).__name__
    return TransportError(kind, timed_out=timed_out, is_unsent=is_unsent)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    return f"{parts.hostname}:{port}" if parts.hostname and port else ""
