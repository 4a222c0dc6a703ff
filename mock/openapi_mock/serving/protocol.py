"""HTTP/1.1 of uvicorn, within limits of time, of memory and of connections, and closed without a loss.

uvicorn trusts whoever connects: it waits for the rest of a request for ever, queues whatever is pipelined,
and resets a connection that it closes while something is unread. Programs under test do all of that.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from .asgi import ABORT

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
except ImportError:  # Not every platform has httptools.
    HttpToolsProtocol = None  # type: ignore[assignment,misc]

if TYPE_CHECKING:
    from uvicorn.server import ServerState


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a connection, and all of them together, may take of a server. Times are in seconds."""

    connections: int = 1000
    head_bytes: int = 64 * 1024
    head_seconds: float = 10.0
    request_seconds: float = 30.0
    write_seconds: float = 30.0
    linger_seconds: float = 1.0
    last_call_seconds: float = 0.1


LIMITS: Final = Limits()

# How much is parsed at once: it may hold many requests, each of which takes some hundred times its size.
_SLICE: Final = 2048


class _Transport:
    """A transport whose `close` lets the client read what was sent, which a reset would discard.

    It says that nothing more comes, and discards what still arrives until the client closes, too.
    """

    def __init__(
        self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop, linger_seconds: float
    ) -> None:
        self.linger_seconds = linger_seconds
        self.write = transport.write
        self.abort = transport.abort
        self.get_extra_info = transport.get_extra_info
        self.pause_reading = transport.pause_reading
        self.can_half_close = transport.can_write_eof()
        self.is_held = False
        self.has_ended = False
        self._inner = transport
        self._loop = loop
        self._end: asyncio.TimerHandle | None = None

    def is_closing(self) -> bool:
        return self._end is not None or self._inner.is_closing()

    def resume_reading(self) -> None:
        """Resume, unless what was read before waits to be parsed."""
        if not self.is_held:
            self._inner.resume_reading()

    def close(self) -> None:
        if self.is_closing():
            return
        if self.has_ended or not self.can_half_close:
            self._inner.close()
            return
        self._end = self._loop.call_later(self.linger_seconds, self._inner.close)
        try:
            self._inner.write_eof()
            self._inner.resume_reading()
        except (OSError, RuntimeError):
            self._inner.close()

    def reset(self) -> None:
        """Reset the connection, so that the client sees an error and no end."""
        if (connection := self.get_extra_info("socket")) is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.abort()

    def cut(self) -> None:
        """Close the connection in the middle of a response, once what was written is sent."""
        self.close()

    def forget(self) -> None:
        """Leave a connection that is closed."""
        if self._end is not None:
            self._end.cancel()


class _Bounded(asyncio.Protocol):
    """What both of uvicorn's protocols get. A subclass may have other `limits`."""

    limits: Limits = LIMITS

    # What they have themselves.
    app: Callable[..., Awaitable[None]]
    cycle: Any
    flow: Any
    loop: asyncio.AbstractEventLoop
    server_state: ServerState

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._application = self.app
        self.app = self._call
        self._transport: _Transport = cast("_Transport", None)
        self._extensions: dict[str, dict[str, Any]] = {}
        self.last_read = 0.0
        # Since when a request is incomplete, and since when the client does not read.
        self._reads_since: float | None = None
        self._blocked_since: float | None = None
        self._has_head = False
        # How many bytes have come since the last that were of use, such as those of a head without end.
        self._useless_bytes = 0
        self._unparsed = bytearray()
        self._is_ending = False
        self._discards_input = False

    def _call(self, scope: dict[str, Any], receive: object, send: object) -> Awaitable[None]:
        scope["extensions"] = self._extensions
        return self._application(scope, receive, send)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        ours = _Transport(cast("asyncio.Transport", transport), self.loop, self.limits.linger_seconds)
        self._transport = ours
        self._extensions = {ABORT: {"abort": ours.reset, "close": ours.cut}}
        self.last_read = self._reads_since = self.loop.time()
        super().connection_made(cast("asyncio.Transport", ours))
        if len(self.server_state.connections) > self.limits.connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport.forget()
        self._unparsed.clear()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._discards_input or self._transport.is_closing():
            return
        self.last_read = self.loop.time()
        if len(data) <= _SLICE and not self._unparsed and not self._is_full():
            self._parse(data)
            return
        self._unparsed += data
        self._parse_more()

    def eof_received(self) -> bool:
        """Return whether the transport stays open: a client that asked for something still gets it."""
        self._transport.has_ended = True
        if not self._is_answering() or not self._transport.can_half_close or self._transport.is_closing():
            return False
        self._end_after_last()
        return True

    def pause_writing(self) -> None:
        self._blocked_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        self._blocked_since = None
        super().resume_writing()

    def shutdown(self) -> None:
        """Answer what was read and what is on its way, then close."""
        self._end_after_last()
        self._transport.linger_seconds = self.limits.last_call_seconds
        if not self._is_answering():
            self.loop.call_later(self.limits.last_call_seconds, self._end_if_idle)

    def sweep(self, now: float) -> None:
        """Close the connection if the client takes too long."""
        limits = self.limits
        if self._blocked_since is not None and now - self._blocked_since > limits.write_seconds:
            self._transport.abort()
        elif self._reads_since is not None and not self._transport.is_closing():
            allowed = limits.request_seconds if self._has_head else limits.head_seconds
            # While an earlier request is answered, the next one may wait.
            is_next = self._is_answering() and not self._has_head
            if now - self._reads_since > allowed and not is_next:
                self.refuse(b"408 Request Timeout", b"the request took too long")

    def cut(self) -> None:
        self._transport.abort()

    def is_silent(self) -> bool:
        """Return whether nobody waits for an answer to a complete request."""
        return not self._is_answering() or self._reads_since is not None

    def refuse(self, status: bytes, why: bytes) -> None:
        """Answer a request that is not complete, unless an answer has begun, and close."""
        if not self._is_answering() or not self.cycle.response_started:
            lines = (
                b"HTTP/1.1 " + status,
                b"content-type: text/plain; charset=utf-8",
                b"content-length: %d" % len(why),
                b"connection: close",
            )
            self._transport.write(b"\r\n".join((*lines, b"", why)))
        if self._is_answering():
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._unparsed.clear()
        self._transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, after the answers to what came before it."""
        if self._is_answering() and not self.cycle.more_body:
            self._discards_input = True
            self._unparsed.clear()
            self._end_after_last()
        else:
            self.refuse(b"400 Bad Request", msg.encode())

    def answered(self) -> None:
        """Go on after a response."""
        if self._unparsed:
            self.loop.call_soon(self._parse_more)
        elif self._is_ending and not self._is_answering():
            self._transport.close()

    def _make_room(self) -> None:
        """Close the connection that is silent for longest; this one, if all others wait for answers."""
        others = [each for each in _bounded(self.server_state) if each is not self and each.is_silent()]
        min(others, key=lambda each: each.last_read, default=self).cut()

    def _parse_more(self) -> None:
        """Parse what was read, until enough requests wait for their answers."""
        while self._unparsed and not self._is_full() and not self._transport.is_closing():
            piece = bytes(self._unparsed[:_SLICE])
            del self._unparsed[:_SLICE]
            self._parse(piece)
        if self._transport.is_closing():
            return
        self._transport.is_held = bool(self._unparsed)
        if self._unparsed:
            self._transport.pause_reading()
        elif not self.flow.read_paused:
            self._transport.resume_reading()

    def _parse(self, data: bytes) -> None:
        self._useless_bytes += len(data)
        super().data_received(data)
        if self._useless_bytes > self.limits.head_bytes and not self._transport.is_closing():
            self.refuse(b"431 Request Header Fields Too Large", b"the head of a request is too large")
        elif self._is_ending:
            self._end_after_last()

    def _end_after_last(self) -> None:
        self._is_ending = True
        if self._is_answering() and not self._unparsed:
            self.cycle.keep_alive = False

    def _end_if_idle(self) -> None:
        if not self._is_answering() and self._reads_since is None:
            self._transport.close()

    def _is_answering(self) -> bool:
        """Return whether a request is with the application."""
        return self.cycle is not None and not self.cycle.response_complete

    def _is_full(self) -> bool:
        """Return whether a complete request is with the application: what follows has to wait."""
        return self._is_answering() and (self._reads_since is None or not self._has_head)


class BoundedH11(_Bounded, H11Protocol):  # type: ignore[misc]  # uvicorn closes half-closed connections
    """What is used where httptools is missing."""

    def handle_events(self) -> None:
        super().handle_events()
        state = self.conn.their_state
        self._has_head = state is h11.SEND_BODY
        waits = state is h11.IDLE and not self.conn.trailing_data[0]
        if waits or state not in {h11.IDLE, h11.SEND_BODY}:
            self._reads_since = None
        elif self._reads_since is None:
            self._reads_since = self.last_read
        # h11 bounds heads by itself.
        self._useless_bytes = 0

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self.answered()


if HttpToolsProtocol is None:
    BoundedProtocol: type[_Bounded] = BoundedH11
else:

    class BoundedHttpTools(_Bounded, HttpToolsProtocol):  # type: ignore[misc]  # as above
        """What is used by default."""

        def on_message_begin(self) -> None:
            self._reads_since = self.last_read
            self._has_head = False
            self._useless_bytes = 0
            super().on_message_begin()

        def on_headers_complete(self) -> None:
            super().on_headers_complete()
            self._has_head = True
            # Trailers, which follow a body in chunks, are no headers of the request.
            self.headers = []

        def on_body(self, body: bytes) -> None:
            self._useless_bytes = 0
            super().on_body(body)

        def on_message_complete(self) -> None:
            self._reads_since = None
            super().on_message_complete()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self.answered()

        def _is_full(self) -> bool:
            return super()._is_full() or bool(self.pipeline)

    BoundedProtocol = BoundedHttpTools


def sweep(state: ServerState, now: float) -> None:
    """Close the connections of clients that take too long. Called every second."""
    for each in _bounded(state):
        each.sweep(now)


def cut(state: ServerState) -> None:
    """Close the connections that are left at the end."""
    for each in _bounded(state):
        each.cut()


def _bounded(state: ServerState) -> list[_Bounded]:
    return [each for each in state.connections if isinstance(each, _Bounded)]
