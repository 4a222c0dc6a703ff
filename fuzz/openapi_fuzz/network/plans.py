"""What a network in memory does with each attempt: which response comes, or where it fails and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

Phase: TypeAlias = Literal["connect", "tls", "write", "head", "body"]
"""Where an attempt fails."""
How: TypeAlias = Literal["broken", "late", "closed", "garbage"]
"""The network reports an error, nothing comes, the server hangs up, or it sends what is no HTTP."""
Framing: TypeAlias = Literal["length", "chunked", "close"]

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
