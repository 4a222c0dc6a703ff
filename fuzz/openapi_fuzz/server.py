"""The server under test: a mock in this process, or whatever answers at a base URL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol, Self, TypeAlias, runtime_checkable

import httpx
from anyio.from_thread import start_blocking_portal

IN_PROCESS: Final = "http://server.example"
"""Origin of a mock in this process."""

LOCAL: Final = "http://127.0.0.1:8080"
"""Where the command serves that mock, for those who reproduce a finding."""

_TIMEOUT: Final = httpx.Timeout(30).as_dict()

Send: TypeAlias = Callable[[httpx.Request], httpx.Response]
Intercept: TypeAlias = Callable[[httpx.Request, Send], httpx.Response]
"""Stands between client and server: may send a request, or not, or another one, and change the response."""


@runtime_checkable
class MockServer(Protocol):
    """A mock that knows which operations it only makes up responses for, as those of `openapi_mock` do."""

    def transport(self) -> httpx.BaseTransport:
        """Return a transport that leads to it."""
        ...

    def is_handled(self, operation_id: str) -> bool:
        """Return whether an operation does something, as opposed to a response made from its schema."""
        ...

    def close(self) -> None:
        """Release what it has open."""
        ...


Application: TypeAlias = MockServer | httpx.BaseTransport | Callable[..., Any]
"""A mock in this process: one of `openapi_mock`, an httpx transport, or an ASGI application."""


class Server:
    """A server under test, while it is open.

    Args:
        app: What the target's `mock` returned; None for what answers at the base URL.
        base_url: Root of the API.

    Attributes:
        http: A plain client, for what has to be done before the fuzzing, such as fetching a token.
    """

    def __init__(self, app: Application | None, base_url: str) -> None:
        self.app = app
        self.base_url = base_url
        self._transport = self._transport_to(app)
        self.http = httpx.Client(transport=self._transport, base_url=base_url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, and the mock if it is one that can be closed."""
        self.http.close()
        if isinstance(self.app, MockServer):
            self.app.close()

    def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request as it is."""
        # Clients of httpx set it; a raw request would wait for ever.
        request.extensions.setdefault("timeout", _TIMEOUT)
        return self._transport.handle_request(request)

    def is_handled(self, operation_id: str) -> bool:
        """Return whether an operation does something; False where responses are made from its schema."""
        return not isinstance(self.app, MockServer) or self.app.is_handled(operation_id)

    def _transport_to(self, app: Application | None) -> httpx.BaseTransport:
        if app is None:
            return httpx.HTTPTransport()
        if isinstance(app, httpx.BaseTransport):
            return app
        if isinstance(app, MockServer):
            return app.transport()
        if callable(app):
            return _ASGITransport(app)
        raise TypeError(
            "mock: has to return a mock of openapi_mock, an httpx transport or an ASGI application, "
            f"and returned {type(app).__name__}"
        )


class _ASGITransport(httpx.BaseTransport):
    """A transport to an ASGI application, which runs in an event loop of its own in another thread."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._asgi = httpx.ASGITransport(app)
        self._open = ExitStack()
        self._portal = self._open.enter_context(start_blocking_portal())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._portal.call(self._respond, request)

    async def _respond(self, request: httpx.Request) -> httpx.Response:
        response = await self._asgi.handle_async_request(request)
        content = b"".join([part async for part in response.aiter_raw()])
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(content)
        )

    def close(self) -> None:
        self._open.close()


@dataclass(frozen=True)
class Received:
    """A response as it came, from which any number of equal ones can be made."""

    status: int
    headers: httpx.Headers
    raw: bytes

    def unread(self, request: httpx.Request) -> httpx.Response:
        """Return a response for a client to read."""
        return httpx.Response(
            self.status, headers=self.headers, stream=httpx.ByteStream(self.raw), request=request
        )

    def read(self, request: httpx.Request) -> httpx.Response:
        """Return a response that is read already."""
        response = httpx.Response(self.status, headers=self.headers, content=self.raw, request=request)
        # Only httpx's own clients measure it, and schemathesis asks for it.
        response.elapsed = timedelta()
        return response


class RecordingTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Records what goes through. With `replayed` set, the server is not asked.

    Args:
        server: The server.
        intercept: What stands before it, if anything.

    Attributes:
        operation_id: The operation that is called, whose requests are recorded.
        request: The latest request.
        received: The latest response of the server, whatever a client makes of it.
        replayed: What clients get in its place.
    """

    def __init__(self, server: Server, intercept: Intercept | None = None) -> None:
        self._server = server
        self._intercept = intercept
        self.operation_id: str | None = None
        self.request: httpx.Request | None = None
        self.received: Received | None = None
        self.replayed: Received | None = None

    def clear(self) -> None:
        """Forget what went through."""
        self.request = self.received = self.replayed = None

    def send(self, request: httpx.Request) -> Received:
        """Send a request without a client."""
        send = self._server.send
        self.received = _received(self._intercept(request, send) if self._intercept else send(request))
        return self.received

    def pass_on(self, request: httpx.Request) -> Received:
        """Send a request straight to the server, without recording it."""
        return _received(self._server.send(request))

    def respond(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request that was read."""
        self.request = request
        return (self.replayed or self.send(request)).unread(request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request of a sync client."""
        request.read()
        return self.respond(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request of an async client."""
        await request.aread()
        return self.respond(request)


def _received(response: httpx.Response) -> Received:
    return Received(response.status_code, response.headers, b"".join(response.iter_raw()))
