"""Who may reach a server on this machine through a browser: pages of its own, under its own names.

Any website can send requests to a port of this machine, and by a name of its own that suddenly means
127.0.0.1 it can even read the responses (DNS rebinding). It cannot change the `Host` and the `Origin` that
the browser sends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware

from openapi_mock.messages import Problem, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_OWN_SITES: Final = frozenset({"none", "same-origin"})
_MOST_KNOWN: Final = 100


def is_loopback(host: str) -> bool:
    """Return whether a name or an address is this machine's own, for this machine only."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class HostNames:
    """The names under which a server may be asked: those of this machine, and the allowed ones."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = frozenset(each.strip("[]").rstrip(".").lower() for each in allowed)
        self._known: set[bytes] = set()

    def refusal(self, scope: Scope) -> Problem | None:
        """Return why the `Host` of a request is refused, or None if it is one of the names.

        A request without a `Host` is a program's: a browser always sends one.
        """
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1:
            return Problem(400, "unknown-host", "a request has one Host")
        if hosts and not self._is_known(hosts[0]):
            message = "this host is not served here: use localhost, or name it with --allowed-host"
            return Problem(421, "unknown-host", message)
        return None

    def _is_known(self, host: bytes) -> bool:
        if host in self._known:
            return True
        name = hostname(host.decode("latin-1"))
        if name is None or not (name in self._allowed or is_loopback(name)):
            return False
        if len(self._known) < _MOST_KNOWN:
            self._known.add(host)
        return True


def guard_host(app: ASGIApp, bound: str, allowed: Collection[str] = ()) -> ASGIApp:
    """Return an application that refuses requests to other hosts than the bound and the allowed ones.

    Where others reach it anyway, and no host is named, only what controls a mock is guarded, by `asgi_app`.
    """
    if not is_loopback(bound) and not allowed:
        return app
    return _HostGuard(app, HostNames({bound, *allowed}))


class _HostGuard:
    """Lets requests through whose `Host` is this machine or an allowed name."""

    def __init__(self, app: ASGIApp, names: HostNames) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._names.refusal(scope) if scope["type"] == "http" else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await refuse_plainly(refusal, send)


def hostname(host: str) -> str | None:
    """Return the name in a `Host`, in lower case; None if it is not one."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    if parts.path or parts.query or parts.fragment or "@" in host:
        return None
    return parts.hostname.rstrip(".") if parts.hostname else None


async def refuse_plainly(problem: Problem, send: Send) -> None:
    """Refuse a request in a shape that is the server's, not that of an API. Its body stays unread."""
    body = {"error": problem.kind, "message": problem.message}
    response = Response(problem.status, body, problem.headers)
    headers = [*response.encoded_headers, (b"connection", b"close")]
    await send({"type": "http.response.start", "status": int(problem.status), "headers": headers})
    await send({"type": "http.response.body", "body": response.content})


def cross_origin(app: ASGIApp, origins: Sequence[str], is_private: Callable[[str], bool]) -> ASGIApp:
    """Return an application that lets the scripts of some websites call it, or of all: `*`.

    They never reach the paths of which `is_private` is true: a browser does not let them read the responses.
    """
    shared = CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["*"],
    )

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        chosen = app if scope["type"] == "http" and is_private(scope["path"]) else shared
        await chosen(scope, receive, send)

    return serve


def is_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Return whether a browser sent a request for another website. Names of headers are in lower case.

    What does something refuses such requests: the user did not ask for them. Programs send neither of the
    headers, so they are let through.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in _OWN_SITES
    if origin is None:
        return False
    # A page without an origin, such as a file or a sandboxed frame, sends "null".
    sender = origin.partition("://")[2].lower()
    return not sender or sender != headers.get("host", "").lower()
