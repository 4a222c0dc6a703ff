"""Who may reach a server on this machine through a browser: pages of its own, under its own names.

Any website can send requests to a port of this machine, and by a name of its own that suddenly means
127.0.0.1 it can even read the responses (DNS rebinding). It cannot change the `Host` and the `Origin` that
the browser sends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware

from openapi_mock.messages import Response

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


def guard_host(app: ASGIApp, bound: str, allowed: Collection[str] = ()) -> ASGIApp:
    """Return an application that refuses requests to other hosts than the bound and the allowed ones.

    Where others reach it anyway, and no host is named, there is nothing to guard.
    """
    if not is_loopback(bound) and not allowed:
        return app
    return _HostGuard(app, {bound, *allowed})


class _HostGuard:
    """Lets requests through whose `Host` is this machine or an allowed name."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(each.strip("[]").rstrip(".").lower() for each in names)
        self._known: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            hosts = [value for name, value in scope["headers"] if name == b"host"]
            # A browser always sends one.
            if hosts and not (len(hosts) == 1 and (hosts[0] in self._known or self._learn(hosts[0]))):
                await _refuse(hosts, send)
                return
        await self._app(scope, receive, send)

    def _learn(self, host: bytes) -> bool:
        """Return whether a host is allowed, and remember it then."""
        name = hostname(host.decode("latin-1"))
        if name is None or not (name in self._names or is_loopback(name)):
            return False
        if len(self._known) < _MOST_KNOWN:
            self._known.add(host)
        return True


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


async def _refuse(hosts: list[bytes], send: Send) -> None:
    if len(hosts) > 1:
        status, message = HTTPStatus.BAD_REQUEST, "a request has one Host"
    else:
        status = HTTPStatus.MISDIRECTED_REQUEST
        message = "this host is not served here: use localhost, or name it with --allowed-host"
    response = Response(status, {"error": "unknown-host", "message": message})
    headers = [*response.encoded_headers, (b"connection", b"close")]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": response.content})


def cross_origin(app: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    """Return an application that lets the scripts of some websites call it, or of all: `*`."""
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["*"],
    )


def is_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Return whether a browser sent a request for another website. Names of headers are in lower case.

    Pages that do something refuse such requests: the user did not ask for them. Programs send neither of the
    headers, so they are let through.
    """
    if headers.get("sec-fetch-site", "none") not in _OWN_SITES:
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    # A page without an origin, such as a file or a sandboxed frame, sends "null".
    return origin.partition("://")[2].lower() != headers.get("host", "").lower() or origin == "null"
