"""The mock as an ASGI application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from .engine import Mock
from .messages import Problem, Request, Response
from .pages import page_routes

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import Receive, Scope, Send

_MAX_LENGTH_DIGITS = 18


def asgi_app(mock: Mock, routes: Sequence[BaseRoute] | None = None) -> Starlette:
    """Return an application that serves the mock's operations.

    `routes` are for pages that are no operations, and come first; by default the behaviour's own. The console,
    the document and its reference are pages of every mock.
    """
    own = mock.behaviour.routes() if routes is None else routes
    app = Starlette(routes=[*own, *page_routes(mock)])
    app.router.redirect_slashes = False
    app.router.default = _Endpoint(mock)
    return app


class _Disconnected(Exception):
    """Raised when the client disconnects before its request is complete."""


class _Endpoint:
    """Reads a request up to the size limit, and sends the mock's response."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        try:
            body = await self._read(scope, receive)
        except Problem as problem:
            # The rest of the body stays unread, so the connection cannot be reused.
            await _write(self._mock.refuse(problem), send, ((b"connection", b"close"),))
            return
        except _Disconnected:
            return
        request = _request(scope, body)
        if self._mock.behaviour.serial:
            response = self._mock.handle(request)
        else:
            response = await run_in_threadpool(self._mock.handle, request)
        await _write(response, send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        limit = self._mock.max_body_size
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if announced.isdigit() and (len(announced) > _MAX_LENGTH_DIGITS or int(announced) > limit):
            raise self._mock.too_large()
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Disconnected
            body += message.get("body", b"")
            if len(body) > limit:
                raise self._mock.too_large()
            more = message.get("more_body", False)
        return bytes(body)


def _request(scope: Scope, body: bytes) -> Request:
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = (
            f"{headers[name]}{'; ' if name == 'cookie' else ', '}{value}" if name in headers else value
        )
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    query: bytes = scope.get("query_string", b"")
    client = scope.get("client")
    return Request(
        method=scope["method"],
        target=path + b"?" + query if query else path,
        headers=headers,
        body=body,
        client_host=client[0] if client else None,
    )


async def _write(response: Response, send: Send, extra: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    headers = [*response.encoded_headers, *extra]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
