"""Mocks as an ASGI application: one at the root, or several under their names."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from .engine import Mock
from .messages import Problem, Request, Response
from .pages import page_routes

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

CONTROL_PREFIX: Final = "/_mock"
"""Where the application that controls mocks is, if there is one."""
HEALTH_PATH: Final = "/health"
ABORT: Final = "openapi_mock.abort"
"""The ASGI extension of our server whose `abort` cuts the connection."""

_MAX_HEADERS: Final = 100
_MAX_LENGTH_DIGITS: Final = 18
_NO_STORE: Final = {"cache-control": "no-store"}

logger = logging.getLogger("openapi_mock")


def asgi_app(
    mocks: Mock | Mapping[str, Mock],
    routes: Sequence[BaseRoute] | None = None,
    *,
    control: ASGIApp | None = None,
) -> App:
    """Return an application that serves the operations and the pages of mocks.

    Several mocks by name are served under `/NAME` each, one alone at the root. `routes` are for pages of the
    one mock that are no operations, and come first; by default the behaviour's own. `control` is served under
    `/_mock`, and is asked before anything else.
    """
    if isinstance(mocks, Mock):
        return App({"": mocks}, {"": routes} if routes is not None else {}, control)
    if routes is not None:
        raise TypeError("routes are for one mock: with several, each has those of its behaviour")
    if unusable := [name for name in mocks if not name or "/" in name or f"/{name}" in _RESERVED]:
        raise ValueError(f"a mock cannot be served under the name {unusable[0]!r}: give it another one")
    return App({f"/{name}": mock for name, mock in mocks.items()}, {}, control)


_RESERVED: Final = {CONTROL_PREFIX, HEALTH_PATH}


class App:
    """The application that `asgi_app` makes. It finds who answers a request, with no framework in between."""

    def __init__(
        self,
        mocks: Mapping[str, Mock],
        routes: Mapping[str, Sequence[BaseRoute] | None],
        control: ASGIApp | None,
    ) -> None:
        self.mocks: Final = {place.removeprefix("/"): mock for place, mock in mocks.items()}
        self._sites = {place: _Site(mock, routes.get(place)) for place, mock in mocks.items()}
        self._only = self._sites.get("")
        self._control = control
        self._health: ASGIApp | None = _Health(self.mocks)
        if self._only and _documents(self._only.mock, HEALTH_PATH):
            self._health = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await _live(receive, send)
            return
        root: str = scope.get("root_path", "")
        path: str = scope["path"]
        if root:
            path = path.removeprefix(root)
        if path == HEALTH_PATH and self._health and kind == "http":
            await self._health(scope, receive, send)
        elif self._control and _is_under(CONTROL_PREFIX, path):
            await self._control({**scope, "root_path": root + CONTROL_PREFIX}, receive, send)
        elif self._only:
            await self._only.serve(path, scope, receive, send)
        else:
            await self._serve_one(path, scope, receive, send)

    async def _serve_one(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        place = "/" + path[1:].partition("/")[0]
        site = self._sites.get(place)
        if site is None:
            await refuse_websocket(scope, send)
            if scope["type"] == "http":
                await write(self._overview(path), scope, send)
            return
        mounted = {**scope, "root_path": scope.get("root_path", "") + place}
        await site.serve(path[len(place) :] or "/", mounted, receive, send)

    def _overview(self, path: str) -> Response:
        """Return what is where: for the root a success, for any other path an error."""
        places = {name: f"/{name}" for name in self.mocks}
        if path == "/":
            return Response(HTTPStatus.OK, {"apis": places}, _NO_STORE)
        message = f"there is nothing at this path; the APIs are under {', '.join(places.values())}"
        return Response(HTTPStatus.NOT_FOUND, {"error": "route-not-found", "message": message})


class _Site:
    """One mock: its pages by a router of Starlette, everything else straight to the operations."""

    def __init__(self, mock: Mock, routes: Sequence[BaseRoute] | None) -> None:
        self.mock = mock
        self._endpoint = _Endpoint(mock)
        own = mock.behaviour.routes() if routes is None else routes
        pages = [*own, *page_routes(mock)]
        self._exact, self._prefixes = _places(pages)
        self._pages = Starlette(routes=pages)
        self._pages.router.redirect_slashes = False
        # What only looks like a page is an operation, or nothing.
        self._pages.router.default = self._endpoint

    async def serve(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; `path` is decoded, and relative to the root of this mock."""
        if path in self._exact or (self._prefixes and path.startswith(self._prefixes)):
            await self._pages(scope, receive, send)
        else:
            await self._endpoint(scope, receive, send)


def _places(routes: Iterable[BaseRoute]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the paths of the routes that have one, and the beginnings of all others."""
    exact: set[str] = set()
    prefixes: set[str] = set()
    for route in routes:
        path: str = getattr(route, "path", "")
        # A mount has what is below it; a route of another kind may match anything.
        if "{" in path or not path or hasattr(route, "routes"):
            prefixes.add(path.partition("{")[0])
        else:
            exact.add(path)
    return frozenset(exact), tuple(sorted(prefixes))


class _Disconnected(Exception):
    """Raised when the client disconnects before its request is complete."""


class _Endpoint:
    """Reads a request up to the size limit, and sends the mock's response."""

    def __init__(self, mock: Mock) -> None:
        self._mock = mock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await refuse_websocket(scope, send)
            return
        mock = self._mock
        try:
            headers = _headers(scope)
            body = await self._read(headers.get("content-length", ""), receive)
        except Problem as problem:
            # The rest of the request stays unread, so the connection cannot be reused.
            await write(mock.refuse(problem), scope, send, ((b"connection", b"close"),))
            return
        except _Disconnected:
            return
        request = _request(scope, headers, body)
        if mock.behaviour.serial:
            response = mock.handle(request)
        else:
            response = await run_in_threadpool(mock.handle, request)
        await write(response, scope, send)

    async def _read(self, announced: str, receive: Receive) -> bytes:
        limit = self._mock.max_body_size
        is_length = announced.isascii() and announced.isdecimal()
        if is_length and (len(announced) > _MAX_LENGTH_DIGITS or int(announced) > limit):
            raise self._mock.too_large()
        chunks: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Disconnected
            chunk: bytes = message.get("body", b"")
            size += len(chunk)
            if size > limit:
                raise self._mock.too_large()
            chunks.append(chunk)
            if not message.get("more_body", False):
                return chunk if len(chunks) == 1 else b"".join(chunks)


def _headers(scope: Scope) -> dict[str, str]:
    """Return the headers by name in lower case. Raises Problem (431)."""
    raw: Sequence[tuple[bytes, bytes]] = scope["headers"]
    if len(raw) > _MAX_HEADERS:
        raise Problem(431, "too-many-headers", f"a request may have {_MAX_HEADERS} headers at most")
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name in headers:
            value = f"{headers[name]}{'; ' if name == 'cookie' else ', '}{value}"
        headers[name] = value
    return headers


def _request(scope: Scope, headers: Mapping[str, str], body: bytes) -> Request:
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    if root := scope.get("root_path", ""):
        path = path.removeprefix(quote(root).encode())
    query: bytes = scope.get("query_string", b"")
    client = scope.get("client")
    return Request(
        method=scope["method"],
        target=path + b"?" + query if query else path,
        headers=headers,
        body=body,
        client_host=client[0] if client else None,
    )


async def write(
    response: Response, scope: Scope, send: Send, extra: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    """Send a response.

    How it is delivered is decided here alone: `abort_of(scope)` is for one that is cut off.
    """
    headers = [*response.encoded_headers, *extra]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})


def abort_of(scope: Scope) -> Callable[[], object] | None:
    """Return what cuts the connection of a request at once, where the server has that: ours does."""
    extension: dict[str, Any] = (scope.get("extensions") or {}).get(ABORT, {})
    return extension.get("abort")


async def refuse_websocket(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})


async def _live(receive: Receive, send: Send) -> None:
    """Take part in the start and the end of a server, where nothing is to be done."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return


class _Health:
    """Says whether each mock can serve, as its behaviour finds by `check`."""

    def __init__(self, mocks: Mapping[str, Mock]) -> None:
        self._mocks = {name or mock.name: mock for name, mock in mocks.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            refusal = {"error": "method-not-allowed", "message": "allowed here: GET, HEAD"}
            await write(
                Response(HTTPStatus.METHOD_NOT_ALLOWED, refusal, {"allow": "GET, HEAD"}), scope, send
            )
            return
        found = {name: await run_in_threadpool(_is_well, mock) for name, mock in self._mocks.items()}
        is_well = all(found.values())
        apis = {name: "ok" if well else "unavailable" for name, well in found.items()}
        body = {"status": "ok" if is_well else "unavailable", "apis": apis}
        status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
        await write(Response(status, body, _NO_STORE), scope, send)


def _is_well(mock: Mock) -> bool:
    try:
        mock.behaviour.check()
    except Exception as error:  # noqa: BLE001  # whatever it is, the mock cannot serve
        # Its text may hold the URL of a database.
        logger.error("%s is unavailable: %s", mock.name, type(error).__name__)  # noqa: TRY400
        return False
    return True


def _is_under(prefix: str, path: str) -> bool:
    return path.startswith(prefix) and path[len(prefix) : len(prefix) + 1] in {"", "/"}


def _documents(mock: Mock, path: str) -> bool:
    """Return whether an operation of the document is at a path, whatever its method."""
    return any(base + each.path == path for each in mock.operations for base in each.bases)
