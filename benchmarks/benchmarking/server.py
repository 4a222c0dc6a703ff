"""Servers in processes of their own, which tell their CPU time; one that sends the same bytes each time."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import threading
import time
from typing import Any, Final

from .processes import Child, say

APP: Final = 355
USER: Final = 5073
PAGE_SIZE: Final = 50
PAGE_PATH: Final = f"/v1/apps/{APP}/leaders"
SCORE_PATH: Final = f"/v2/apps/{APP}/users/{USER}/score"
PAGE: Final = json.dumps(
    {
        "offset": 0,
        "limit": PAGE_SIZE,
        "count": 1200,
        "results": [
            {"rank": rank, "score": 100_000 - 137 * rank, "user": f"made-up-player-{rank}"}
            for rank in range(1, PAGE_SIZE + 1)
        ],
    }
).encode()
SCORE_RANK: Final = 3
SCORE: Final = json.dumps({"score": 4711, "rank": SCORE_RANK}).encode()


def access_token() -> str:
    """Return a token of scope `app` that nobody signed: clients cannot check that."""
    claims = {"appId": APP, "clientId": "example-client", "scope": "app", "exp": 4_102_444_800}
    parts = (json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), "bWFkZS11cA"])


class Served(Child):
    """A module of this package in a process of its own, which serves and calls `attend`.

    Args:
        module: The module.
        *arguments: Its arguments.

    Attributes:
        url: Where it listens.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        super().__init__(module, *arguments)
        self.url = self.listen()

    def cpu(self) -> float:
        """Return the seconds of CPU that the server has taken so far."""
        return float(self.ask("cpu"))


def attend(url: str) -> None:
    """Tell the URL, then the CPU time of this process whenever somebody asks, until nobody is there."""
    say(url)
    for _ in sys.stdin:
        say(f"{time.process_time()}")


class Canned(asyncio.Protocol):
    """Answers each GET with the bytes for its path, and reads no more of it than that."""

    _answers: Final = {
        path.encode(): b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
        % (len(body), body)
        for path, body in ((PAGE_PATH, PAGE), (SCORE_PATH, SCORE))
    }

    def __init__(self) -> None:
        self._received = b""

    def connection_made(self, transport: Any) -> None:
        """Keep the connection."""
        self._transport: asyncio.WriteTransport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].partition(b"?")[0]
            self._transport.write(self._answers[path])


def main() -> None:
    """Serve on a free port of loopback."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(Canned, "127.0.0.1", 0, backlog=512))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    host, port = server.sockets[0].getsockname()
    attend(f"http://{host}:{port}")


if __name__ == "__main__":
    main()
