"""A server for mocks on a socket."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from openapi_mock.engine import Mock

from .asgi import asgi_app
from .hosts import guard_host
from .protocol import LIMITS, BoundedProtocol, Limits, cut, sweep

_START_SECONDS = 10.0
# By the address that means all addresses, to which nothing can be sent.
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # nothing listens here
_KEEP_ALIVE_SECONDS = 30
_LAST_SECONDS = 3
_TICKS_PER_SECOND = 10


@contextmanager
def serve(
    app: Mock[Any] | Mapping[str, Mock[Any]] | Callable[..., Any],
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    allowed_hosts: Collection[str] = (),
) -> Generator[str]:
    """Serve a mock, several by name, or any ASGI application in a thread until the end of the block.

    Yields its base URL. Port 0 takes a free one. If only this machine can reach the server, it takes only
    names of this machine as a `Host`, and those of `allowed_hosts`; on other addresses it takes any, except
    for what controls a mock. The mock is not closed at the end. Raises OSError if the port is in use.
    """
    with listen(host, port) as bound:
        server = make_server(app, host=host, allowed_hosts=allowed_hosts)
        thread = threading.Thread(target=server.run, args=([bound],), name="openapi-mock", daemon=True)
        thread.start()
        try:
            _wait(server, thread)
            yield base_url(bound)
        finally:
            server.should_exit = True
            thread.join(_START_SECONDS)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises OSError if the address is not available."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only if the protocol is given.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except BaseException:
        bound.close()
        raise
    return bound


def base_url(bound: socket.socket, scheme: str = "http") -> str:
    """Return the URL of a server. If it listens on all addresses, that is the one for this machine."""
    address, port = bound.getsockname()[:2]
    host = str(_LOOPBACK.get(address) or address)
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


class Server(uvicorn.Server):
    """A uvicorn server that calls `when_started` once it listens, and stops at the first signal."""

    def __init__(self, config: uvicorn.Config, when_started: Callable[[], object]) -> None:
        super().__init__(config)
        self._when_started = when_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._when_started()

    async def on_tick(self, counter: int) -> bool:
        if counter % _TICKS_PER_SECOND == 0:
            sweep(self.server_state, asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets=sockets)
        cut(self.server_state)
        # Connections are gone once the loop has told their protocols.
        await asyncio.sleep(0)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End, at once if it is the second Ctrl-C. `run` returns, so that mocks are closed."""
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True


def make_server(
    app: Mock[Any] | Mapping[str, Mock[Any]] | Callable[..., Any],
    when_started: Callable[[], object] = lambda: None,
    *,
    host: str | None = None,
    allowed_hosts: Collection[str] = (),
    tls: ssl.SSLContext | None = None,
    limits: Limits = LIMITS,
) -> Server:
    """Return a server that is not running yet.

    `host` is the address that it listens on, which decides whether the `Host` of a request is checked.
    """
    names = {*allowed_hosts, host} if host else allowed_hosts
    target = app if callable(app) else asgi_app(app, allowed_hosts=names)
    if host is not None:
        target = guard_host(target, host, allowed_hosts)
    config = uvicorn.Config(
        target,
        http=type("Protocol", (BoundedProtocol,), {"limits": limits}),
        ws="none",
        log_config=None,
        # The access log would show queries, and whoever sends what is no HTTP could fill the log.
        access_log=False,
        log_level="error",
        lifespan="off",
        server_header=False,
        # `X-Forwarded-For` of anybody on this machine would be believed.
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_LAST_SECONDS,
        h11_max_incomplete_event_size=limits.head_bytes,
    )
    config.load()
    config.ssl = tls
    return Server(config, when_started)


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return what a server needs for HTTPS. Raises OSError, of which ssl.SSLError is one."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the server did not start")
        time.sleep(0.005)
