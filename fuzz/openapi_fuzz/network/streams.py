"""Connections to a network in memory, as httpcore uses them in a thread and in a task."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import anyio.lowlevel
import h11
import httpcore

from .plans import Plan

if TYPE_CHECKING:
    from .memory import Network


@dataclass
class Arrival:
    """What a server got in one attempt.

    Attributes:
        origin: Scheme, host and port of the connection.
        connection: Number of the connection, from 1.
        written: Everything that was written.
    """

    origin: tuple[str, str, int]
    connection: int
    written: bytes = b""

    @property
    def request(self) -> tuple[str, str, Sequence[tuple[str, str]], bytes]:
        """Method, target, headers and body. Raises h11.RemoteProtocolError if that is no whole request."""
        server = h11.Connection(h11.SERVER)
        server.receive_data(self.written)
        head, body = server.next_event(), b""
        if not isinstance(head, h11.Request):
            raise AssertionError(f"no request: {self.written!r}")  # noqa: TRY004  # an oracle's
        while isinstance(event := server.next_event(), h11.Data):
            body += bytes(event.data)
        if not isinstance(event, h11.EndOfMessage):
            raise AssertionError(f"no whole request: {self.written!r}")  # noqa: TRY004  # an oracle's
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers]
        return head.method.decode(), head.target.decode(), headers, body


class Stream:
    """A connection to a network in memory."""

    def __init__(self, network: Network, origin: tuple[str, str, int]) -> None:
        self.network = network
        self._origin = origin
        self._number = network.connected
        self._plan = Plan()
        self._arrival: Arrival | None = None
        self._sent: Iterator[bytes] = iter(())
        self._unread = b""
        self._is_answered = False
        self._is_closed = False

    def start_tls(self, timeout: float | None) -> None:
        """Encrypt the connection; nothing is encrypted in fact."""
        try:
            self.network.clock.take(0, timeout, httpcore.ConnectTimeout)
            self.network.fail("tls", timeout, httpcore.ConnectError, httpcore.ConnectTimeout)
        except Exception:
            # As httpcore's own streams do.
            self.close()
            raise
        self._origin = ("https", *self._origin[1:])

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take a part of a request."""
        self.network.clock.take(0, timeout, httpcore.WriteTimeout)
        if self._arrival is None or self._is_answered:
            self._arrival = self._begin()
        self._arrival.written += buffer
        if self._plan.fails == "write":
            if self._plan.how == "late":
                self.network.clock.take(float("inf"), timeout, httpcore.WriteTimeout)
            raise httpcore.WriteError("made up")

    def _begin(self) -> Arrival:
        self._plan = self.network.next()
        self._sent = self._plan.response()
        self._is_answered = False
        arrival = Arrival(self._origin, self._number)
        self.network.arrivals.append(arrival)
        return arrival

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return a part of the response."""
        self._is_answered = True
        clock = self.network.clock
        if self._plan.fails == "write":
            raise httpcore.ReadError("made up")
        if not self._unread:
            if (piece := next(self._sent, None)) is None:
                return self._end(timeout)
            clock.take(self._plan.answer.pace, timeout, httpcore.ReadTimeout)
            self._unread = piece
        read, self._unread = self._unread[:max_bytes], self._unread[max_bytes:]
        return read

    def _end(self, timeout: float | None) -> bytes:
        """Do what happens after the last byte that comes."""
        if self._plan.fails is not None and self._plan.how == "broken":
            raise httpcore.ReadError("made up")
        if self._plan.fails is not None and self._plan.how == "late":
            self.network.clock.take(float("inf"), timeout, httpcore.ReadTimeout)
        return b""

    def close(self) -> None:
        """Close the connection."""
        if not self._is_closed:
            self._is_closed = True
            self.network.open -= 1

    def get_extra_info(self, info: str) -> Any:
        """Return whether the server has closed the connection; None for anything else."""
        return self.network.plan.needs_connection if info == "is_readable" else None


class SyncStream(httpcore.NetworkStream):
    """A connection to a network in memory, for a thread."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return a part of the response."""
        self._stream.network.interrupt()
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take a part of a request."""
        self._stream.network.interrupt()
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> SyncStream:
        """Encrypt the connection; nothing is encrypted in fact."""
        del ssl_context, server_hostname
        self._stream.start_tls(timeout)
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return whether the server has closed the connection; None for anything else."""
        return self._stream.get_extra_info(info)


class AsyncStream(httpcore.AsyncNetworkStream):
    """A connection to a network in memory, for a task."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Return a part of the response."""
        await self._pause()
        return self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Take a part of a request."""
        await self._pause()
        self._stream.write(buffer, timeout)

    async def _pause(self) -> None:
        if inspect.isawaitable(pause := self._stream.network.interrupt()):
            await pause
        await anyio.lowlevel.checkpoint()

    async def aclose(self) -> None:
        """Close the connection."""
        self._stream.close()

    async def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> AsyncStream:
        """Encrypt the connection; nothing is encrypted in fact."""
        del ssl_context, server_hostname
        self._stream.start_tls(timeout)
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return whether the server has closed the connection; None for anything else."""
        return self._stream.get_extra_info(info)
