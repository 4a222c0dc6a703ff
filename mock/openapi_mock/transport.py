"""An httpx transport that calls a mock in the same process."""

from __future__ import annotations

from typing import Protocol

import httpx

from .messages import Request, Response


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
        return self._respond(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._respond(request, await request.aread())

    def _respond(self, request: httpx.Request, body: bytes) -> httpx.Response:
        response = self.mock.handle(
            Request(
                method=request.method,
                target=request.url.raw_path,
                headers=dict(request.headers),
                body=body,
                client_host="127.0.0.1",
            )
        )
        # With content= in place of stream=, a response would have no elapsed time.
        stream = httpx.ByteStream(response.content)
        return httpx.Response(
            response.status, headers=list(response.encoded_headers), stream=stream, request=request
        )
