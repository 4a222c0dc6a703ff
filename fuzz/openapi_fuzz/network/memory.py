"""A network in memory that fails as planned, and a clock that moves only when something takes time.

Beneath a client everything is real down to the bytes: the transports, their pools and httpcore's connections.
So thousands of calls with timeouts and waits take no time, and what they did is known exactly.
"""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias
from unittest.mock import patch

import anyio
import anyio.lowlevel
import h11
import httpcore

Phase: TypeAlias = Literal["connect", "tls", "write", "head", "body"]
"""Where an attempt fails."""
How: TypeAlias = Literal["broken", "late", "closed", "garbage"]
"""The network reports an error, nothing comes, the server hangs up, or it sends what is no HTTP."""
Framing: TypeAlias = Literal["length", "chunked", "close"]

START: Final = 1_000_000.0
"""When a clock begins, in seconds since 1970."""

_CONNECTING: Final = frozenset(("connect", "tls"))
_GARBAGE: Final = b"\0\xff no HTTP\r\n"
# More than a head may have, in pieces that a single read takes.
_ENDLESS: Final = (b"HTTP/1.1 200 OK\r\n", *[b"X-Filler: " + b"x" * 60_000 + b"\r\n"] * 3)


@dataclass(frozen=True)
class Answer:
    """A response as a server writes it.

    Attributes:
        status: Its status.
        headers: Its headers, beside those of the framing.
        body: Its body.
        media_type: Its media type; empty for none.
        framing: How the end of the body is told.
        pieces: In how many pieces the body comes.
        pace: Seconds before each piece; the head is one.
        interim: Whether a `100 Continue` comes first.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b"7"
    media_type: str = "application/json"
    framing: Framing = "length"
    pieces: int = 1
    pace: float = 0.0
    interim: bool = False

    @property
    def head(self) -> bytes:
        """Everything before the body."""
        framing = {"length": f"Content-Length: {len(self.body)}", "chunked": "Transfer-Encoding: chunked"}
        lines = [
            f"HTTP/1.1 {self.status} Made Up",
            *([f"Content-Type: {self.media_type}"] if self.media_type else ()),
            framing.get(self.framing, "Connection: close"),
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        interim = "HTTP/1.1 100 Continue\r\n\r\n" if self.interim else ""
        return (interim + "\r\n".join([*lines, "", ""])).encode("latin-1")

    @property
    def parts(self) -> list[bytes]:
        """The body, piece by piece as it is sent."""
        size = -(-len(self.body) // max(1, self.pieces)) or 1
        parts = [self.body[start : start + size] for start in range(0, len(self.body), size)]
        if self.framing != "chunked":
            return parts
        return [*(b"%x\r\n%b\r\n" % (len(each), each) for each in parts), b"0\r\n\r\n"]

    @property
    def keeps_connection(self) -> bool:
        """Whether another request may follow over the same connection."""
        return self.framing != "close" and ("Connection", "close") not in self.headers


@dataclass(frozen=True)
class Plan:
    """What the network does with one attempt.

    Attributes:
        answer: The response, as far as it comes.
        fails: Where it fails; None if it does not.
        how: How it fails there.
        hangs_up: Whether the server has closed the connections that are kept, before the attempt begins.
    """

    answer: Answer = field(default_factory=Answer)
    fails: Phase | None = None
    how: How = "broken"
    hangs_up: bool = False

    @property
    def needs_connection(self) -> bool:
        """Whether no connection that is kept can serve it."""
        return self.hangs_up or self.fails in _CONNECTING

    def response(self) -> Iterator[bytes]:
        """Yield what the server sends before the attempt fails, or is over."""
        answer = self.answer
        if self.fails == "head":
            yield from (
                ((_GARBAGE,), _ENDLESS)[answer.interim] if self.how == "garbage" else (answer.head[:9],)
            )
            return
        yield answer.head
        if self.fails != "body":
            yield from answer.parts
            return
        yield from answer.parts[:-1]
        if self.how == "garbage":
            yield _GARBAGE


class Clock:
    """What takes the place of the module `time`: it stands still until somebody waits.

    Attributes:
        now: The time, in seconds.
        waits: Every wait, in seconds.
    """

    def __init__(self) -> None:
        self.now = START
        self.waits: list[float] = []

    def monotonic(self) -> float:
        """Return the time."""
        return self.now

    def time(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Wait, which takes no time."""
        self.waits.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        """Wait, as `sleep` does."""
        self.sleep(seconds)

    def take(self, seconds: float, limit: float | None, late: type[Exception]) -> None:
        """Let time pass, until a limit at the most. Raises `late` if that is not enough."""
        if limit is not None and (limit <= 0 or seconds > limit):
            self.now += max(limit, 0.0)
            raise late
        if seconds == float("inf"):
            raise AssertionError("a client waits for ever")
        self.now += seconds


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


class Network:
    """Serves attempts one after the other, each as planned.

    Args:
        plans: What is done with each attempt; the last one is repeated.

    Attributes:
        clock: What tells the time meanwhile.
        arrivals: What was written, attempt by attempt, where a connection was made.
        connected: How many connections were made.
        open: How many of them are open.
        interrupt: Called before each read and write, to do something else meanwhile; awaited in a task.
    """

    def __init__(self, plans: Iterable[Plan] = (Plan(),)) -> None:
        self.clock = Clock()
        self.arrivals: list[Arrival] = []
        self.connected = 0
        self.open = 0
        self.interrupt: Callable[[], Any] = _nothing
        self._plans = list(plans)
        self._number = 0

    @property
    def attempts(self) -> int:
        """How many attempts have begun."""
        return self._number

    @property
    def plan(self) -> Plan:
        """What is planned for the next attempt."""
        return self._plans[min(self._number, len(self._plans) - 1)]

    def next(self) -> Plan:
        """Begin an attempt."""
        plan = self.plan
        self._number += 1
        return plan

    def connect(self, host: str, port: int, timeout: float | None) -> Stream:
        """Make a connection."""
        self.clock.take(0, timeout, httpcore.ConnectTimeout)
        self.fail("connect", timeout, httpcore.ConnectError, httpcore.ConnectTimeout)
        self.connected += 1
        self.open += 1
        return Stream(self, ("http", host, port))

    def fail(self, phase: Phase, limit: float | None, broken: type[Exception], late: type[Exception]) -> None:
        """Fail the attempt that begins, if that is planned for this phase."""
        plan = self.plan
        if plan.fails != phase:
            return
        self.next()
        if plan.how == "late":
            self.clock.take(float("inf"), limit, late)
        raise broken("made up")

    @contextmanager
    def serving(self) -> Generator[Network]:
        """Be the network of this process, and its clock that of the clients."""
        network = self

        def connect_tcp(
            _: Any, host: str, port: int, timeout: float | None = None, *__: Any, **___: Any
        ) -> httpcore.NetworkStream:
            return SyncStream(network.connect(host, port, timeout))

        async def connect_tcp_async(
            _: Any,
            host: str,
            port: int,
            timeout: float | None = None,  # noqa: ASYNC109  # as httpcore has it
            *__: Any,
            **___: Any,
        ) -> httpcore.AsyncNetworkStream:
            return AsyncStream(network.connect(host, port, timeout))

        with ExitStack() as patched:
            patched.enter_context(patch.object(httpcore.SyncBackend, "connect_tcp", connect_tcp))
            patched.enter_context(patch.object(httpcore.AnyIOBackend, "connect_tcp", connect_tcp_async))
            patched.enter_context(patch.object(anyio, "sleep", self.clock.sleep_async))
            for module in _modules_with_time():
                patched.enter_context(patch.object(module, "time", self.clock))
            yield self


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
        """Close the connection, unless the task is cancelled meanwhile."""
        await anyio.lowlevel.checkpoint()
        self._stream.close()

    async def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> AsyncStream:
        """Encrypt the connection; nothing is encrypted in fact."""
        del ssl_context, server_hostname
        await self._pause()
        self._stream.start_tls(timeout)
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return whether the server has closed the connection; None for anything else."""
        return self._stream.get_extra_info(info)


def _nothing() -> None:
    pass


def _modules_with_time() -> list[Any]:
    """Return the modules of the runtime and of httpcore that tell the time."""
    packages = ("openapi_runtime", "httpcore")
    return [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in packages and getattr(module, "time", None) is time
    ]
