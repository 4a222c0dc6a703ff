"""A server on loopback that sends exactly the bytes it is told to."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Final

SECONDS: Final = 20.0


class Connection:
    """One connection, as a script sees it."""

    def __init__(self, socket: socket.socket) -> None:
        self.socket = socket
        self.head = b""
        self.body = b""

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def respond(self, body: bytes = b"{}", status: str = "200 OK", *headers: str) -> None:
        """Send a response with its length."""
        lines = [
            f"HTTP/1.1 {status}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            *headers,
        ]
        self.send("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def reset(self) -> None:
        """Close the connection the hard way, so that the client's next read fails."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.socket.close()

    def receive(self) -> bool:
        """Receive one request; return False if there is no other."""
        received = b""
        while b"\r\n\r\n" not in received:
            if not (chunk := self.socket.recv(65_536)):
                return False
            received += chunk
        self.head, _, self.body = received.partition(b"\r\n\r\n")
        while len(self.body) < self._length():
            self.body += self.socket.recv(65_536)
        return True

    def _length(self) -> int:
        for line in self.head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                return int(line.partition(b":")[2])
        return 0


Script = Callable[[Connection, int], None]
"""What is done with a request, given its connection and its number, from 1."""


class ScriptedServer:
    """Runs a script for each request, one thread for each connection.

    Attributes:
        heads: What was received, request by request.
        connected: How many connections were made.
    """

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        self.heads: list[bytes] = []
        self.connected = 0
        self._script = script
        self._tls = tls
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._is_closed = False

    @property
    def url(self) -> str:
        return f"{'http' if self._tls is None else 'https'}://127.0.0.1:{self._listener.getsockname()[1]}"

    @contextmanager
    def serving(self) -> Generator[ScriptedServer]:
        accepting = threading.Thread(target=self._accept, daemon=True)
        accepting.start()
        try:
            yield self
        finally:
            self._is_closed = True
            # Wakes up the thread that accepts.
            with suppress(OSError), socket.create_connection(self._listener.getsockname(), 1):
                pass
            accepting.join(SECONDS)
            self._listener.close()
            for each in [*self._open]:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            for thread in self._threads:
                thread.join(SECONDS)

    def _accept(self) -> None:
        while True:
            accepted, _ = self._listener.accept()
            if self._is_closed:
                accepted.close()
                return
            accepted.settimeout(SECONDS)
            self.connected += 1
            self._open.add(accepted)
            thread = threading.Thread(target=self._serve, args=(accepted,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, accepted: socket.socket) -> None:
        with accepted, suppress(OSError):
            if self._tls is None:
                self._answer(accepted)
            else:
                with self._tls.wrap_socket(accepted, server_side=True) as encrypted:
                    self._open.add(encrypted)
                    self._answer(encrypted)
                    self._open.discard(encrypted)
        self._open.discard(accepted)

    def _answer(self, accepted: socket.socket) -> None:
        connection = Connection(accepted)
        while connection.receive():
            with self._lock:
                self.heads.append(connection.head)
                number = len(self.heads)
            self._script(connection, number)
