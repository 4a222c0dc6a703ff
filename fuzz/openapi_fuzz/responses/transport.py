"""A transport of httpx that answers by itself, for sync and for async clients."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeAlias

import httpx

from .drawing import DrawnResponse

Respond: TypeAlias = Callable[[httpx.Request], DrawnResponse]


class RespondingTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers each request with what a function returns for it.

    Args:
        respond: Returns the response to a request.

    Attributes:
        answered: Every request with its response, in order.
    """

    def __init__(self, respond: Respond) -> None:
        self._respond = respond
        self.answered: list[tuple[httpx.Request, DrawnResponse]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request of a sync client."""
        request.read()
        return self._answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request of an async client."""
        await request.aread()
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        response = self._respond(request)
        self.answered.append((request, response))
        if response.fault is not None and not response.content:
            raise response.fault("made up", request=request)
        return httpx.Response(
            response.status,
            headers=[(name.encode(), value.encode("latin-1", "replace")) for name, value in response.headers],
            stream=_Stream(response, request),
        )


class _Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, response: DrawnResponse, request: httpx.Request) -> None:
        self._response = response
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        yield self._response.content
        if self._response.fault is not None:
            raise self._response.fault("made up", request=self._request)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk
