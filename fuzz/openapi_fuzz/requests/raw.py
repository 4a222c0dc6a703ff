"""Requests byte by byte, as no HTTP library would send them, straight to an ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self, TypeAlias
from urllib.parse import unquote

import httpx

Application: TypeAlias = Callable[[Any, Any, Any], Coroutine[Any, Any, None]]
"""An ASGI application."""
Header: TypeAlias = tuple[bytes, bytes]

_LONGEST: Final = 500
_PATIENCE_S: Final = 10
_LOCAL: Final = ("127.0.0.1", 50_000)


@dataclass(frozen=True, repr=False)
class RawRequest:
    """A request as a server gets it: nothing in it has to be right.

    Attributes:
        method: The method.
        path: The path, percent-encoded as it was sent.
        query: What follows the question mark.
        headers: Names in lower case, as ASGI has them, and values.
        chunks: The body in the pieces in which it arrives.
        is_cut: Whether the client disconnects before the body is complete.
    """

    method: str
    path: bytes
    query: bytes
    headers: tuple[Header, ...]
    chunks: tuple[bytes, ...] = (b"",)
    is_cut: bool = False

    @classmethod
    def of(cls, request: httpx.Request) -> Self:
        """Return what a request of httpx says."""
        path, _, query = request.url.raw_path.partition(b"?")
        headers = tuple((name.lower(), value) for name, value in request.headers.raw)
        return cls(request.method, path, query, headers, (request.read(),))

    def __repr__(self) -> str:
        values = ((each.name, repr(getattr(self, each.name))) for each in fields(self))
        cut = (f"{name}={text[:_LONGEST]}{'…' * (len(text) > _LONGEST)}" for name, text in values)
        return f"RawRequest({', '.join(cut)})"

    @property
    def body(self) -> bytes:
        """The whole body."""
        return b"".join(self.chunks)

    def header(self, name: bytes) -> bytes:
        """Return the first header of this name; nothing if there is none."""
        return next((value for each, value in self.headers if each == name), b"")

    def with_headers(self, name: bytes, *values: bytes) -> Self:
        """Return the request with these headers in place of those of the same name."""
        kept = tuple(each for each in self.headers if each[0] != name)
        return replace(self, headers=(*kept, *((name, value) for value in values)))

    def with_body(self, *chunks: bytes) -> Self:
        """Return the request with another body, and its length."""
        length = b"%d" % sum(map(len, chunks))
        return replace(self, chunks=chunks).with_headers(b"content-length", length)

    @property
    def scope(self) -> dict[str, Any]:
        """The request as ASGI describes it."""
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": unquote(self.path.decode("latin-1")),
            "raw_path": self.path,
            "query_string": self.query,
            "root_path": "",
            "headers": [*self.headers],
            "client": _LOCAL,
            "server": ("127.0.0.1", 80),
        }


@dataclass(frozen=True)
class RawResponse:
    """A response as an ASGI application sent it. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, response: httpx.Response) -> Self:
        """Return what a response of httpx says."""
        return cls(response.status_code, {**response.headers}, response.read())

    @property
    def media_type(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


async def send(application: Application, request: RawRequest) -> RawResponse | None:
    """Return an application's response; None if there is none, as for a client that is gone."""
    waiting = iter(_events(request))
    sent: list[Mapping[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        if (event := next(waiting, None)) is not None:
            return event
        if not request.is_cut:
            # The client waits for the response.
            await asyncio.sleep(_PATIENCE_S)
        return {"type": "http.disconnect"}

    async def take(message: Mapping[str, Any]) -> None:
        sent.append(message)

    await application(request.scope, receive, take)
    return _assembled(sent) if sent else None


def _events(request: RawRequest) -> Iterable[Mapping[str, Any]]:
    for number, chunk in enumerate(request.chunks, 1):
        more = request.is_cut or number < len(request.chunks)
        yield {"type": "http.request", "body": chunk, "more_body": more}


def _assembled(sent: list[Mapping[str, Any]]) -> RawResponse:
    """Return the response that messages make up. Raises AssertionError if they are out of order."""
    start, *parts = sent
    if [each["type"] for each in sent] != ["http.response.start", *["http.response.body"] * len(parts)]:
        raise AssertionError("a response is not a start and then its body")
    if not parts or [each.get("more_body", False) for each in parts] != [True] * (len(parts) - 1) + [False]:
        raise AssertionError("a response has no end, or goes on after it")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    if len(headers) < len(start["headers"]) or any(name != name.lower() for name in headers):
        raise AssertionError("a header of a response is there twice, or its name is not in lower case")
    return RawResponse(start["status"], headers, b"".join(each.get("body", b"") for each in parts))
