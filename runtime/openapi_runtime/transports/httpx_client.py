"""Requests through a client of httpx, or of httpx2, with everything that was set up in it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import httpx

from openapi_runtime.content import ACCEPTED, Body
from openapi_runtime.deadlines import left, shortened
from openapi_runtime.errors import ConfigurationError
from openapi_runtime.messages import HTTPRequest, HTTPResponse, Parts, TransportError, joined_headers
from openapi_runtime.redaction import logging_as
from openapi_runtime.types import Unset

if TYPE_CHECKING:
    from types import ModuleType

C = TypeVar("C", httpx.Client, httpx.AsyncClient)

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class _HttpxTransport(Generic[C]):
    """What the sync and the async transport share.

    Args:
        client: The client of httpx, or of a library with the same classes.
    """

    def __init__(self, client: C) -> None:
        self.client: C = client
        # httpx2 is httpx under another name, whose errors have classes of their own.
        self._library: Any = _library_of(client)

    @property
    def is_closed(self) -> bool:
        """Whether the client is closed."""
        return self.client.is_closed

    def _build(self, request: HTTPRequest) -> Any:
        return self.client.build_request(
            request.method,
            request.url,
            headers=joined_headers({"Accept-Encoding": ACCEPTED}, request.headers),
            content=self._content(request.content),
            extensions={"operation": request.operation},
            timeout=self._timeout(request),
        )

    @staticmethod
    def _content(content: bytes | Parts | None) -> Any:
        return content

    def _timeout(self, request: HTTPRequest) -> Any:
        """Return the limits of the phases, none of which is later than the deadline."""
        if request.deadline is not None and not left(request.deadline):
            # A socket would take a limit of 0 for a request not to wait at all.
            raise TransportError("ConnectTimeout", timed_out=True, is_unsent=True)
        phases = request.phases
        if isinstance(phases, Unset):
            phases = self.client.timeout.as_dict()
        return self._library.Timeout(
            **{name: shortened(limit, request.deadline) for name, limit in phases.items()}
        )

    def _auth(self, request: HTTPRequest) -> Any:
        return request.auth if request.auth is not None else self._library.USE_CLIENT_DEFAULT

    def _received(self, response: httpx.Response, body: Body | None) -> HTTPResponse:
        return HTTPResponse(
            response.status_code,
            [(name.lower(), value) for name, value in response.headers.raw],
            response.content if body is None else body.content,
            sent_headers=response.request.headers,
            path=response.request.url.raw_path.decode("ascii").partition("?")[0],
            is_packed=body is not None,
        )

    @contextmanager
    def _translated(self, request: HTTPRequest) -> Generator[None]:
        """Log the URL without secrets, and raise `TransportError` for errors of the library."""
        library = self._library
        try:
            with logging_as(request.logged):
                yield
        except TransportError as error:
            error.origin = _origin_of(self.client.base_url)
            raise
        except library.RequestError as error:
            raise self._transport_error(error) from _redacted(error, request, library)
        except library.InvalidURL as error:
            raise TransportError(type(error).__name__) from error
        except UnicodeEncodeError as error:
            # A cookie of the server that no header can carry, which the error shows.
            raise TransportError(type(error).__name__) from None

    def _transport_error(self, error: Any) -> TransportError:
        library = self._library
        return TransportError(
            type(error).__name__,
            str(error) if isinstance(error, library.ConnectError) else "",
            origin=_origin(error),
            timed_out=isinstance(error, library.TimeoutException),
            is_unsent=isinstance(error, library.ConnectError | library.ConnectTimeout | library.PoolTimeout),
            sent_headers=_sent_headers(error),
        )


class HttpxTransport(_HttpxTransport[httpx.Client]):
    """Sends requests through an `httpx.Client`."""

    def send(self, request: HTTPRequest) -> HTTPResponse:
        """Send a request and receive the whole response, as `Transport.send` does."""
        with self._translated(request):
            response = self.client.send(self._build(request), auth=self._auth(request), stream=True)
            try:
                return self._received(response, self._read(response, request))
            finally:
                response.close()

    @staticmethod
    def _read(response: httpx.Response, request: HTTPRequest) -> Body | None:
        """Return the body as it is sent; None if a hook has read it already."""
        if response.is_stream_consumed:
            return None
        body = Body(request.max_size, request.deadline)
        for chunk in response.iter_raw():
            body.add(chunk)
        return body

    def close(self) -> None:
        """Close the client."""
        self.client.close()


class AsyncHttpxTransport(_HttpxTransport[httpx.AsyncClient]):
    """Sends requests through an `httpx.AsyncClient`."""

    @staticmethod
    def _content(content: bytes | Parts | None) -> Any:
        # httpx would take what can be read in both ways for something to be read without waiting.
        return content if content is None or isinstance(content, bytes) else _parts(content)

    async def send(self, request: HTTPRequest) -> HTTPResponse:
        """Send a request and receive the whole response, as `Transport.send` does."""
        with self._translated(request), _limited(request.deadline):
            response = await self.client.send(self._build(request), auth=self._auth(request), stream=True)
            try:
                return self._received(response, await self._read(response, request))
            finally:
                await response.aclose()

    @staticmethod
    async def _read(response: httpx.Response, request: HTTPRequest) -> Body | None:
        """Return the body as it is sent; None if a hook has read it already."""
        if response.is_stream_consumed:
            return None
        body = Body(request.max_size, request.deadline)
        async for chunk in response.aiter_raw():
            body.add(chunk)
        return body

    async def aclose(self) -> None:
        """Close the client."""
        await self.client.aclose()


@contextmanager
def _limited(deadline: float | None) -> Generator[None]:
    """End what a task does at a deadline: a head may come byte by byte, each of them just in time."""
    if deadline is None:
        yield
        return
    import anyio  # noqa: PLC0415  # only async calls need it

    try:
        with anyio.fail_after(shortened(None, deadline)):
            yield
    except TimeoutError:
        raise TransportError("ReadTimeout", timed_out=True) from None


async def _parts(content: Parts) -> AsyncIterator[bytes]:
    async for part in content:
        yield part


def make_client(kind: type[C], arguments: Mapping[str, Any]) -> C:
    """Return a client of httpx.

    Raises:
        ConfigurationError: An argument is unknown, or needs a package that is not installed.
    """
    try:
        return kind(**arguments)
    except ImportError as error:
        why = str(error)
    except TypeError as error:
        why = str(error)
    raise ConfigurationError(f"httpx_args: {why}")


def _library_of(client: object) -> ModuleType:
    for each in type(client).__mro__:
        name = each.__module__.partition(".")[0]
        if name in {"httpx", "httpx2"}:
            return sys.modules[name]
    raise ConfigurationError(f"expected a client of httpx or httpx2, got {type(client).__name__}")


def _origin(error: Any) -> str:
    """Name the server by host and port: the other parts of the URL may hold secrets."""
    with suppress(RuntimeError):
        return _origin_of(error.request.url)
    return ""


def _origin_of(url: httpx.URL) -> str:
    port = url.port or _DEFAULT_PORTS.get(url.scheme)
    if not url.host or port is None:
        return ""
    return f"{url.copy_with(port=None).netloc.decode('ascii')}:{port}"


def _sent_headers(error: Any) -> Mapping[str, str]:
    with suppress(RuntimeError):
        headers: Mapping[str, str] = error.request.headers
        return headers
    return {}


def _redacted(error: Any, request: HTTPRequest, library: Any) -> Exception:
    """Return the library's own error with a request that shows no secret."""
    error.request = library.Request(request.method, request.logged.shown)
    redacted: Exception = error
    return redacted
