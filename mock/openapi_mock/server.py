"""A server for mocks on a socket."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import uvicorn

from .asgi import asgi_app
from .engine import Mock

_START_SECONDS = 10.0


@contextmanager
def serve(app: Mock | Callable[..., Any], host: str = "127.0.0.1", port: int = 0) -> Generator[str]:
    """Serve a mock or any ASGI application in a thread until the end of the block, and yield its base URL.

    Port 0 takes a free one. The mock is not closed at the end. Raises OSError if the port is in use.
    """
    with listen(host, port) as bound:
        server = make_server(app)
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


def base_url(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """A uvicorn server that calls `when_started` once it listens, and stops at the first Ctrl-C."""

    def __init__(self, config: uvicorn.Config, when_started: Callable[[], object]) -> None:
        super().__init__(config)
        self._when_started = when_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._when_started()


def make_server(
    app: Mock | Callable[..., Any], when_started: Callable[[], object] = lambda: None
) -> uvicorn.Server:
    """Return a server that is not running yet. uvicorn's access log is off, since it would show queries."""
    target = asgi_app(app) if isinstance(app, Mock) else app
    config = uvicorn.Config(
        target,
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return Server(config, when_started)


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the server did not start")
        time.sleep(0.005)
