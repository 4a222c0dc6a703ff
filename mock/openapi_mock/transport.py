"""An httpx transport that calls a mock in the same process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Protocol

import httpx

from .messages import Delivery, Request, Response


class Handles(Protocol):
    """Anything that handles requests like a mock."""

    def handle(self, request: Request, /) -> Response:
        """Respond to a request."""
        ...


class MockTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport for `httpx.Client` and `httpx.AsyncClient`. Requests to any host reach the mock."""

    def __init__(self, mock: Handles) -> None:
        self.mock = mock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._handle(request, request.read())
        # To sleep for no time would still let other programs of the machine go first.
        if delay_s := _delay(request, response):
            time.sleep(delay_s)
        return _received(request, response)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = self._handle(request, await request.aread())
        if delay_s := _delay(request, response):
            await asyncio.sleep(delay_s)
        return _received(request, response)

    def _handle(self, request: httpx.Request, body: bytes) -> Response:
        return self.mock.handle(
            Request(
                method=request.method,
                target=request.url.raw_path,
                headers=dict(request.headers),
                body=body,
                client_host="127.0.0.1",
            )
        )


def _delay(request: httpx.Request, response: Response) -> float:
    """Return the seconds to wait for the response. Raises httpx.ReadTimeout at once if that is too long."""
    delay_s = response.delivery.delay_s if response.delivery else 0.0
    longest = request.extensions.get("timeout", {}).get("read")
    if longest is not None and delay_s > longest:
        raise httpx.ReadTimeout(f"no response within {longest} seconds", request=request)
    return delay_s


def _received(request: httpx.Request, response: Response) -> httpx.Response:
    if response.delivery and response.delivery.cut is not None and response.delivery.cut < 0:
        raise httpx.ReadError("the connection was reset", request=request)
    # With content= in place of stream=, a response would have no elapsed time.
    stream = _Broken(response) if response.delivery else httpx.ByteStream(response.content)
    return httpx.Response(
        response.status, headers=list(response.encoded_headers), stream=stream, request=request
    )


class _Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that arrives in pieces, or not whole."""

    def __init__(self, response: Response) -> None:
        delivery = response.delivery or Delivery()
        self._drip_s = delivery.drip_s
        self._is_cut = delivery.cut is not None
        content = response.content[: delivery.cut]
        size = 1 if self._drip_s else max(len(content), 1)
        self._pieces = [content[start : start + size] for start in range(0, len(content), size)]

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            time.sleep(self._drip_s)
            yield piece
        self._end()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            await asyncio.sleep(self._drip_s)
            yield piece
        self._end()

    def _end(self) -> None:
        if self._is_cut:
            raise httpx.RemoteProtocolError("the connection was closed in the middle of the body")
