"""Mocks as an ASGI application: one at the root, or several under their names."""

from __future__ import annotations

import asyncio
import base64
import hmac
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Protocol, cast
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response as PageResponse
from starlette.routing import Match

from openapi_mock.engine import Mock
from openapi_mock.messages import Delivery, Problem, Request, Response
from openapi_mock.pages.places import PREFIX, PrivateRoute
from openapi_mock.pages.routes import page_routes, show_overview

from .hosts import HostNames, is_from_elsewhere, is_loopback, refuse_plainly

if TYPE_CHECKING:
    from starlette.requests import Request as PageRequest
    from starlette.routing import BaseRoute
    from starlette.types import Receive, Scope, Send

HEALTH: Final = "/health"
ABORT: Final = "openapi_mock.abort"
"""The ASGI extension of our server whose `abort` cuts the connection."""

_MAX_HEADERS: Final = 100
_MAX_LENGTH_DIGITS: Final = 18
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HOW_TO_CONTROL: Final = "start it with --control-token, or set OPENAPI_MOCK_CONTROL_TOKEN"
_NO_STORE: Final = {"cache-control": "no-store"}

logger = logging.getLogger("openapi_mock")


def asgi_app(
    mocks: Mock[Any] | Mapping[str, Mock[Any]],
    routes: Sequence[BaseRoute] | None = None,
    *,
    control: bool | None = None,
    token: str | None = None,
    allowed_hosts: Collection[str] = (),
) -> App:
    """Return an application that serves the operations and the pages of mocks.

    Several mocks by name are served under `/NAME` each, one alone at the root. `routes` are for pages of the
    one mock that are no operations, and come first; by default the behaviour's own. The console, the document
    and its reference are pages of every mock.

    What controls a mock is under `/_mock`: by default for clients on this machine only, which have to ask for
    it by a name of this machine or one of `allowed_hosts`; with a `token` for all who send it, as a bearer
    token or as the password of HTTP Basic. `control` says that anybody may, or nobody. Pages of other
    websites never do.
    """
    access = _Access(HostNames(allowed_hosts), control=control, token=token)
    if isinstance(mocks, Mock):
        return App({"": _Site(mocks, routes, access)})
    if routes is not None:
        raise TypeError("routes are for one mock: with several, each has those of its behaviour")
    if unusable := [name for name in mocks if not name or "/" in name or f"/{name}" in {PREFIX, HEALTH}]:
        raise ValueError(f"a mock cannot be served under the name {unusable[0]!r}: give it another one")
    return App({f"/{name}": _Site(mock, None, access) for name, mock in mocks.items()})


class App:
    """The application that `asgi_app` makes. It finds who answers a request, with no framework in between."""

    def __init__(self, sites: Mapping[str, _Site]) -> None:
        self._sites = sites
        self._only = sites.get("")
        self._names = [place.removeprefix("/") for place in sites if place]
        mocks = {place.removeprefix("/") or site.mock.name: site.mock for place, site in sites.items()}
        # An API may have an operation of its own there.
        is_free = self._only is None or not self._only.mock.has_path(HEALTH)
        self._health = _Health(mocks) if is_free else None

    @property
    def has_private_pages(self) -> bool:
        """Whether there are pages that need the access of what controls a mock, beyond this machine."""
        return any(site.has_private_pages for site in self._sites.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _answer_lifespan(receive, send)
            return
        path: str = scope["path"]
        if root := scope.get("root_path", ""):
            path = path.removeprefix(root)
        if path == HEALTH and self._health and scope["type"] == "http":
            await self._health(scope, receive, send)
        elif self._only:
            await self._only.serve(path, scope, receive, send)
        else:
            await self._serve_one(path, scope, receive, send)

    def is_control(self, path: str) -> bool:
        """Return whether a path controls a mock."""
        if self._only:
            return is_control(path)
        place = "/" + path[1:].partition("/")[0]
        return place in self._sites and is_control(path[len(place) :])

    async def _serve_one(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        place = "/" + path[1:].partition("/")[0]
        site = self._sites.get(place)
        if site is not None:
            mounted = {**scope, "root_path": scope.get("root_path", "") + place}
            inner = path[len(place) :]
            if not inner:
                # What is at the root of a mock is also at its name.
                inner, mounted["path"] = "/", scope["path"] + "/"
            await site.serve(inner, mounted, receive, send)
        elif scope["type"] == "http":
            mocks = {place: site.mock for place, site in self._sites.items()}
            if path != "/" or not await show_overview(mocks, scope, receive, send):
                await write(self._overview(path), scope, send)
        else:
            await refuse_websocket(send)

    def _overview(self, path: str) -> Response:
        """Return what is where: for the root a success, for any other path an error."""
        places = {name: f"/{name}" for name in self._names}
        if path == "/":
            return Response(HTTPStatus.OK, {"apis": places}, _NO_STORE)
        message = f"there is nothing at this path; the APIs are under {', '.join(places.values())}"
        return Response(HTTPStatus.NOT_FOUND, {"error": "route-not-found", "message": message})


class _Access:
    """Decides who may control mocks."""

    def __init__(self, names: HostNames, *, control: bool | None, token: str | None) -> None:
        self._names = names
        self._control = control
        self._token = token

    def refusal(self, scope: Scope) -> Problem | None:
        """Return why a request may not control a mock, or None if it may."""
        is_local = _is_local(scope)
        if self._control is False and is_local:
            return Problem(404, "no-control", f"nothing controls this mock: {_HOW_TO_CONTROL}")
        if self._control is False or not (self._token or self._control or is_local):
            message = f"nothing controls this mock from another machine: {_HOW_TO_CONTROL}"
            return Problem(404, "no-control", message)
        changes = scope["type"] == "http" and scope["method"] not in _SAFE_METHODS
        if changes and is_from_elsewhere(Headers(scope=scope)):
            return Problem(403, "foreign-website", "pages of other websites do not control this mock")
        if self._token:
            return None if self._has_token(scope) else _without_token()
        # Any website can have a name that means this machine (DNS rebinding).
        return None if self._control else self._names.refusal(scope)

    def refusal_of_page(self, scope: Scope) -> Problem | None:
        """Return why a request may not have a private page, or None if it may."""
        if _is_local(scope) and self._names.refusal(scope) is None:
            return None
        return self.refusal(scope)

    def _has_token(self, scope: Scope) -> bool:
        sent = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        kind, _, value = sent.partition(b" ")
        if kind.lower() == b"basic":
            try:
                value = base64.b64decode(value.strip()).partition(b":")[2]
            except ValueError:
                return False
        return hmac.compare_digest(value.strip(), (self._token or "").encode())


def is_control(path: str) -> bool:
    """Return whether a path, relative to the root of a mock, controls the mock."""
    return path.startswith(PREFIX) and path[len(PREFIX) : len(PREFIX) + 1] in {"", "/"}


def _is_local(scope: Scope) -> bool:
    """Return whether a request comes from this machine."""
    client = scope.get("client")
    return bool(client and is_loopback(client[0]))


def _without_token() -> Problem:
    message = "the control token is required: send it as Authorization: Bearer …"
    challenge = {"www-authenticate": 'Basic realm="mock", charset="UTF-8"'}
    return Problem(401, "unauthenticated", message, headers=challenge)


class _Site:
    """One mock: its pages by a router of Starlette, everything else straight to the operations."""

    def __init__(self, mock: Mock[Any], routes: Sequence[BaseRoute] | None, access: _Access) -> None:
        self.mock = mock
        self._access = access
        self._endpoint = _Endpoint(mock)
        own = mock.behaviour.routes() if routes is None else routes
        pages = [*own, *page_routes(mock)]
        self._exact, self._prefixes = _places(pages)
        self._private = [each for each in pages if isinstance(each, PrivateRoute)]
        self._pages = Starlette(routes=pages, exception_handlers={Problem: self._refuse_page})
        self._pages.router.redirect_slashes = False
        # What only looks like a page is an operation, or nothing.
        self._pages.router.default = self._serve_rest

    @property
    def has_private_pages(self) -> bool:
        return bool(self._private)

    async def _refuse_page(self, _request: PageRequest, problem: Exception) -> PageResponse:
        """Return the response to what no page handles itself, such as a database that is not available."""
        refused = self.mock.refuse(cast("Problem", problem))
        headers = {**refused.headers, "content-type": refused.media_type}
        return PageResponse(refused.content, refused.status, headers)

    async def serve(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; `path` is decoded, and relative to the root of this mock."""
        refusal: Problem | None = None
        if is_control(path):
            refusal = self._access.refusal(scope)
        elif not (path in self._exact or (self._prefixes and path.startswith(self._prefixes))):
            await self._endpoint(scope, receive, send)
            return
        elif self._private and any(each.matches(scope)[0] is Match.FULL for each in self._private):
            refusal = self._access.refusal_of_page(scope)
        if refusal is None:
            await self._pages(scope, receive, send)
        else:
            await _refuse_access(refusal, scope, send)

    async def _serve_rest(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        endpoint = self._control if path.startswith(f"{PREFIX}/") else self._endpoint
        await endpoint(scope, receive, send)

    @cached_property
    def _control(self) -> _Endpoint:
        # Made when it is asked for, since most mocks are not.
        from openapi_mock.control.api import control_mock  # noqa: PLC0415  # it takes as long as a whole mock

        return _Endpoint(control_mock(self.mock))


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


class _Turn(Protocol):
    """The lock of a mock that handles one request at a time. Who has it may take it again."""

    def acquire(self, *, blocking: bool) -> bool: ...

    def release(self) -> None: ...


class _Endpoint:
    """Reads a request up to the size limit, and sends the mock's response.

    A mock that handles one request at a time does so in the event loop, which is faster than in a thread,
    unless it would have to wait: for its turn, or for a database that others use as well.
    """

    def __init__(self, mock: Mock[Any]) -> None:
        self._mock = mock
        store = mock.behaviour.store
        never_waits = mock.behaviour.serial and (store is None or store.is_in_memory)
        self._turn = cast("_Turn", mock.turn) if never_waits else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await refuse_websocket(send)
            return
        mock = self._mock
        headers: Mapping[str, str] = {}
        try:
            headers = _headers(scope)
            body = await self._read(headers.get("content-length", ""), receive)
        except Problem as problem:
            # The rest of the request stays unread, so the connection cannot be used again.
            refused = mock.refuse(problem, _request(scope, headers, b""))
            await write(refused, scope, send, ((b"connection", b"close"),))
            return
        except _Disconnected:
            return
        request = _request(scope, headers, body)
        if self._turn is not None and self._turn.acquire(blocking=False):
            try:
                response = mock.handle(request)
            finally:
                self._turn.release()
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


async def _refuse_access(problem: Problem, scope: Scope, send: Send) -> None:
    if scope["type"] == "http":
        await refuse_plainly(problem, send)
    else:
        await refuse_websocket(send)


async def write(
    response: Response, scope: Scope, send: Send, extra: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    """Send a response, as its `delivery` says."""
    headers = [*response.encoded_headers, *extra]
    start = {"type": "http.response.start", "status": response.status, "headers": headers}
    if response.delivery is not None:
        await _deliver(response.delivery, start, response.content, scope, send)
        return
    await send(start)
    await send({"type": "http.response.body", "body": response.content})


async def _deliver(
    delivery: Delivery, start: dict[str, Any], content: bytes, scope: Scope, send: Send
) -> None:
    """Send a response late, in pieces, or not whole."""
    await asyncio.sleep(delivery.delay_s)
    is_reset = delivery.cut is not None and delivery.cut < 0
    if not is_reset:
        await send(start)
        sent = content[: delivery.cut]
        size = 1 if delivery.drip_s else max(len(sent), 1)
        for offset in range(0, len(sent), size):
            await asyncio.sleep(delivery.drip_s)
            await send(
                {"type": "http.response.body", "body": sent[offset : offset + size], "more_body": True}
            )
    if delivery.cut is None:
        await send({"type": "http.response.body", "body": b""})
        return
    extensions: dict[str, dict[str, Callable[[], object]]] = scope.get("extensions") or {}
    end = extensions.get(ABORT, {}).get("abort" if is_reset else "close")
    if end is None:
        raise ConnectionAbortedError("this fault needs the mock's own server, which can cut a connection")
    end()


async def refuse_websocket(send: Send) -> None:
    await send({"type": "websocket.close"})


async def _answer_lifespan(receive: Receive, send: Send) -> None:
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

    def __init__(self, mocks: Mapping[str, Mock[Any]]) -> None:
        self._mocks = {name or mock.name: mock for name, mock in mocks.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            refusal = {"error": "method-not-allowed", "message": "allowed here: GET, HEAD"}
            await write(Response(HTTPStatus.METHOD_NOT_ALLOWED, refusal, {"allow": "GET, HEAD"}), scope, send)
            return
        found = {name: await run_in_threadpool(_is_available, mock) for name, mock in self._mocks.items()}
        is_available = all(found.values())
        apis = {name: "ok" if is_one else "unavailable" for name, is_one in found.items()}
        body = {"status": "ok" if is_available else "unavailable", "apis": apis}
        status = HTTPStatus.OK if is_available else HTTPStatus.SERVICE_UNAVAILABLE
        await write(Response(status, body, _NO_STORE), scope, send)


def _is_available(mock: Mock[Any]) -> bool:
    try:
        mock.behaviour.check()
    except Exception as error:  # noqa: BLE001  # whatever it is, the mock cannot serve
        # Its text may hold the URL of a database.
        logger.error("%s is unavailable: %s", mock.name, type(error).__name__)  # noqa: TRY400
        return False
    return True
