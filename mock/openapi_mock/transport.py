"""The mock as an httpx transport: no socket, no thread, the same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from .messages import Request

if TYPE_CHECKING:
    from .engine import Mock


class MockTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """For `httpx.Client(transport=…)` and `httpx.AsyncClient(transport=…)` alike. Every host is the mock."""

    def __init__(self, mock: Mock) -> None:
        self.mock = mock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request, await request.aread())

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        reply = self.mock.handle(
            Request(
                method=request.method,
                target=request.url.raw_path,
                headers=dict(request.headers),
                body=body,
                client_host="127.0.0.1",
            )
        )
        # With content= instead of stream= a response would have no elapsed time.
        stream = httpx.ByteStream(reply.content)
        return httpx.Response(reply.status, headers=list(reply.wire_headers), stream=stream, request=request)
