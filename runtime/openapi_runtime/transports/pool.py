"""Requests over a pool of httpcore's connections, which httpx uses as well, without httpx above them."""

from __future__ import annotations

import math
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncIterable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

import anyio
import httpcore
import httpx
from attrs import frozen

from openapi_runtime.content import ACCEPTED, Body
from openapi_runtime.deadlines import shortened
from openapi_runtime.messages import HTTPRequest, HTTPResponse, TransportError
from openapi_runtime.types import Unset

if TYPE_CHECKING:
    import ssl

C = TypeVar("C", httpcore.HTTPConnection, httpcore.AsyncHTTPConnection)

_DEFAULT_PORTS: Final = {b"http": 80, b"https": 443}
_WITH_BODY: Final = frozenset(("POST", "PUT", "PATCH"))
_FRAMING: Final = frozenset((b"content-length", b"transfer-encoding"))
_UNSENT: Final = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout)
# A connection that another thread closes meanwhile is met as an error of the operating system.
_ERRORS: Final = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    OSError,
)

# When the attempt that runs in this thread or task has to be over.
_DEADLINE: Final[ContextVar[float | None]] = ContextVar("_DEADLINE", default=None)


@frozen
class Connecting:
    """How connections are made.

    Attributes:
        ssl_context: What checks the server's certificate; None for httpcore's own.
        limits: How many connections there may be, and how long an idle one is kept.
        timeout: Limits of the phases of a request that has none of its own.
    """

    ssl_context: ssl.SSLContext | None
    limits: httpx.Limits
    timeout: httpx.Timeout | float | None

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of a connection."""
        return {"ssl_context": self.ssl_context, "keepalive_expiry": self.limits.keepalive_expiry}


@frozen
class _Server:
    """Where requests go, as httpcore takes it."""

    scheme: bytes
    host: bytes
    port: int | None
    path: str
    netloc: bytes

    @classmethod
    def of(cls, url: httpx.URL) -> _Server:
        path = url.raw_path.decode("ascii").rstrip("/")
        return cls(url.raw_scheme, url.raw_host, url.port, path, url.netloc)

    @property
    def origin(self) -> str:
        """Host and port, for messages."""
        host, port = self.netloc.decode("ascii"), self.port or _DEFAULT_PORTS.get(self.scheme)
        if not host or port is None:
            return ""
        return host if self.port else f"{host}:{port}"

    @property
    def httpcore_origin(self) -> httpcore.Origin:
        return httpcore.Origin(self.scheme, self.host, self.port or _DEFAULT_PORTS[self.scheme])

    def url(self, path: str) -> httpcore.URL:
        return httpcore.URL(scheme=self.scheme, host=self.host, port=self.port, target=path.encode("ascii"))


@frozen
class _Outgoing:
    """A request as httpcore takes it, and what is known about it later."""

    request: httpcore.Request
    server: _Server
    path: str
    sent_headers: Mapping[str, str]
    pool_timeout: float | None


class _Pool:
    """What the sync and the async transport share.

    Args:
        base_url: Root of the API.
        headers: Sent with every request.
        connecting: How connections are made.
    """

    def __init__(self, base_url: str, headers: Mapping[str, str], connecting: Connecting) -> None:
        self._arguments = connecting.arguments()
        self.is_closed = False
        self._server = _Server.of(httpx.URL(base_url))
        self._given = headers
        self._timeout = connecting.timeout
        standard = {"Accept": "*/*", "Accept-Encoding": ACCEPTED, "Connection": "keep-alive"}
        self._headers = {**_encoded(standard), **_encoded(headers)}

    def _outgoing(self, request: HTTPRequest) -> _Outgoing:
        server, path = self._server, request.url
        if not path.startswith("/"):
            url = httpx.URL(path)
            server, path = _Server.of(url.copy_with(raw_path=b"/")), url.raw_path.decode("ascii")
        path = server.path + path
        headers = {b"host": (b"Host", server.netloc), **self._headers, **_encoded(request.headers)}
        content, framing, phases = request.content, _framing(request), self._phases(request)
        if framing is not None and not headers.keys() & _FRAMING:
            headers[framing[0].lower()] = framing
        built = httpcore.Request(
            request.method,
            server.url(path),
            headers=[*headers.values()],
            content=content,
            extensions={"timeout": phases},
        )
        sent = {**self._given, **request.headers} if self._given else request.headers
        return _Outgoing(built, server, path, sent, phases.get("pool"))

    def _phases(self, request: HTTPRequest) -> dict[str, float | None]:
        given = request.phases
        phases = {**(httpx.Timeout(self._timeout).as_dict() if isinstance(given, Unset) else given)}
        if request.deadline is not None:
            # No read or write happens while a request waits for a connection.
            phases["pool"] = shortened(phases.get("pool"), request.deadline)
        return phases

    @staticmethod
    def _received(outgoing: _Outgoing, response: httpcore.Response, body: Body) -> HTTPResponse:
        return HTTPResponse(
            response.status,
            [(name.lower(), value) for name, value in response.headers],
            body.content,
            sent_headers=outgoing.sent_headers,
            path=outgoing.path.partition("?")[0],
        )

    @contextmanager
    def _translated(self, request: HTTPRequest, outgoing: _Outgoing) -> Generator[None]:
        """Bound the attempt by its deadline, and raise `TransportError` for errors of httpcore."""
        token = _DEADLINE.set(request.deadline)
        try:
            if outgoing.server.scheme not in _DEFAULT_PORTS:
                raise httpcore.UnsupportedProtocol
            yield
        except _ERRORS as error:
            raise TransportError(
                type(error).__name__,
                str(error) if isinstance(error, httpcore.ConnectError) else "",
                origin=outgoing.server.origin,
                timed_out=isinstance(error, httpcore.TimeoutException),
                is_unsent=isinstance(error, _UNSENT),
                sent_headers=outgoing.sent_headers,
            ) from error
        finally:
            _DEADLINE.reset(token)


class PoolTransport(_Pool):
    """Sends requests over connections of httpcore, of which one thread at a time has one."""

    def __init__(self, base_url: str, headers: Mapping[str, str], connecting: Connecting) -> None:
        super().__init__(base_url, headers, connecting)
        self._idle: _Idle[httpcore.HTTPConnection] = _Idle(connecting.limits)
        most = connecting.limits.max_connections
        self._slots = threading.Semaphore(sys.maxsize if most is None else most)

    def send(self, request: HTTPRequest) -> HTTPResponse:
        """Send a request and receive the whole response, as `Transport.send` does."""
        outgoing = self._outgoing(request)
        with self._translated(request, outgoing):
            if not self._slots.acquire(timeout=_seconds(outgoing.pool_timeout)):
                raise httpcore.PoolTimeout
            try:
                return self._over(self._connection(outgoing), outgoing, request)
            finally:
                self._slots.release()

    def _connection(self, outgoing: _Outgoing) -> httpcore.HTTPConnection:
        while (connection := self._idle.take(outgoing.server)) is not None:
            if not connection.has_expired():
                return connection
            connection.close()
        return httpcore.HTTPConnection(
            outgoing.server.httpcore_origin, **self._arguments, network_backend=_Backend()
        )

    def _over(
        self, connection: httpcore.HTTPConnection, outgoing: _Outgoing, request: HTTPRequest
    ) -> HTTPResponse:
        is_kept = False
        try:
            response = connection.handle_request(outgoing.request)
            body = Body(request.max_size)
            try:
                for chunk in cast("Iterable[bytes]", response.stream):
                    body.add(chunk)
            finally:
                response.close()
            if connection.is_idle():
                is_kept = True
                for surplus in self._idle.put(outgoing.server, connection):
                    surplus.close()
            if self.is_closed:
                self.close()
            return self._received(outgoing, response, body)
        finally:
            if not is_kept:
                connection.close()

    def close(self) -> None:
        """Close the connections."""
        self.is_closed = True
        for connection in self._idle.empty():
            connection.close()


class AsyncPoolTransport(_Pool):
    """Sends requests over connections of one event loop, of which one task at a time has one."""

    def __init__(self, base_url: str, headers: Mapping[str, str], connecting: Connecting) -> None:
        super().__init__(base_url, headers, connecting)
        self._idle: _Idle[httpcore.AsyncHTTPConnection] = _Idle(connecting.limits)
        most = connecting.limits.max_connections
        self._slots = anyio.Semaphore(sys.maxsize if most is None else most, fast_acquire=True)

    async def send(self, request: HTTPRequest) -> HTTPResponse:
        """Send a request and receive the whole response, as `Transport.send` does."""
        outgoing = self._outgoing(request)
        with self._translated(request, outgoing):
            await self._acquire(outgoing.pool_timeout)
            try:
                return await self._over(await self._connection(outgoing), outgoing, request)
            finally:
                self._slots.release()

    async def _acquire(self, timeout: float | None) -> None:  # noqa: ASYNC109
        try:
            self._slots.acquire_nowait()
        except anyio.WouldBlock:
            try:
                with anyio.fail_after(timeout):
                    await self._slots.acquire()
            except TimeoutError:
                raise httpcore.PoolTimeout from None

    async def _connection(self, outgoing: _Outgoing) -> httpcore.AsyncHTTPConnection:
        while (connection := self._idle.take(outgoing.server)) is not None:
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return httpcore.AsyncHTTPConnection(
            outgoing.server.httpcore_origin, **self._arguments, network_backend=_AsyncBackend()
        )

    async def _over(
        self, connection: httpcore.AsyncHTTPConnection, outgoing: _Outgoing, request: HTTPRequest
    ) -> HTTPResponse:
        is_kept = False
        try:
            response = await connection.handle_async_request(outgoing.request)
            body = Body(request.max_size)
            try:
                async for chunk in cast("AsyncIterable[bytes]", response.stream):
                    body.add(chunk)
            finally:
                await response.aclose()
            if connection.is_idle():
                is_kept = True
                for surplus in self._idle.put(outgoing.server, connection):
                    await surplus.aclose()
            if self.is_closed:
                await self.aclose()
            return self._received(outgoing, response, body)
        finally:
            if not is_kept:
                # A task that was cancelled must not leave a connection behind.
                with anyio.CancelScope(shield=True):
                    await connection.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        self.is_closed = True
        for connection in self._idle.empty():
            await connection.aclose()


class _Idle(Generic[C]):
    """The idle connections, the latest used first, so that those that are not needed expire."""

    def __init__(self, limits: httpx.Limits) -> None:
        self._most = (
            sys.maxsize if limits.max_keepalive_connections is None else limits.max_keepalive_connections
        )
        self._longest = math.inf if limits.keepalive_expiry is None else limits.keepalive_expiry
        self._by_server: dict[_Server, deque[tuple[float, C]]] = {}

    def take(self, server: _Server) -> C | None:
        """Return a connection to a server; None if there is none."""
        with suppress(KeyError, IndexError):
            return self._by_server[server].pop()[1]
        return None

    def put(self, server: _Server, connection: C) -> list[C]:
        """Keep a connection. Return those to close: it, if there are enough, and those idle for too long."""
        idle, now = self._by_server.setdefault(server, deque()), time.monotonic()
        surplus: list[C] = []
        # Another thread may take the last one meanwhile.
        with suppress(IndexError):
            while idle[0][0] + self._longest < now:
                surplus.append(idle.popleft()[1])
        if len(idle) < self._most:
            idle.append((now, connection))
        else:
            surplus.append(connection)
        return surplus

    def empty(self) -> Iterator[C]:
        """Yield all connections, which are not kept any more."""
        # A call that still runs may add another server meanwhile.
        for connections in list(self._by_server.values()):
            with suppress(IndexError):
                while True:
                    yield connections.pop()[1]


def _seconds(timeout: float | None) -> float | None:
    return None if timeout is None else min(timeout, threading.TIMEOUT_MAX)


def _encoded(headers: Mapping[str, str]) -> dict[bytes, tuple[bytes, bytes]]:
    encoded = ((name.encode("ascii"), value.encode("ascii")) for name, value in headers.items())
    return {name.lower(): (name, value) for name, value in encoded}


def _framing(request: HTTPRequest) -> tuple[bytes, bytes] | None:
    """Return the header that says how long the body is; None where there is none, or its headers say it."""
    if isinstance(request.content, bytes):
        return b"Content-Length", b"%d" % len(request.content)
    return (b"Content-Length", b"0") if request.content is None and request.method in _WITH_BODY else None


# ---- Deadlines


def _left(timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    left = shortened(timeout, _DEADLINE.get())
    if left == 0:
        # A socket would take it for a request not to wait at all.
        raise late
    return left


# A limit for each read or write does not end: a server may send one byte after the other, just in time.
class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            left = _left(timeout, httpcore.ConnectTimeout)
            return _Stream(self._stream.start_tls(ssl_context, server_hostname, left))
        except BaseException:
            # No connection has it yet that would close it.
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.SyncBackend):
    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(super().connect_tcp(host, port, left, *args, **kwargs))


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        try:
            left = _left(timeout, httpcore.ConnectTimeout)
            return _AsyncStream(await self._stream.start_tls(ssl_context, server_hostname, left))
        except BaseException:
            # No connection has it yet that would close it, also when the task is cancelled.
            with anyio.CancelScope(shield=True):
                await self.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _AsyncBackend(httpcore.AsyncNetworkBackend):
    def __init__(self) -> None:
        # Of asyncio and of Trio. httpcore has none of it where anyio is missing, says its type.
        self._backend: Any = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # as httpcore has it
        *args: Any,
        **kwargs: Any,
    ) -> httpcore.AsyncNetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _AsyncStream(await self._backend.connect_tcp(host, port, left, *args, **kwargs))
