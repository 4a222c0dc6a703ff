"""Faults to plant, to see that the suite finds them: in what the mock says or remembers, in the client."""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from openapi_runtime import Client
from openapi_runtime.operation import Request

if TYPE_CHECKING:
    import pytest
    from binding import Endpoint

Send = Callable[[httpx.Request], httpx.Response]
Change = Callable[[httpx.Request, Send], httpx.Response]
"""What a fault makes of a request: it may send it, or not, or send another, and change what comes back."""


@dataclass(frozen=True)
class MockFault:
    """A mock that does something else for one operation. `shows`: what the suite says to it, a pattern."""

    name: str
    shows: str
    operation_id: str
    change: Change

    def __call__(self, transport: Any) -> Faulty:
        return Faulty(transport, self)


@dataclass(frozen=True)
class ClientFault:
    """A client that does something else for one operation. `shows`: what the suite says to it, a pattern."""

    name: str
    shows: str
    operation_id: str
    plant: Callable[[Endpoint, pytest.MonkeyPatch], None]


class Faulty(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The mock's transport with a fault in it."""

    def __init__(self, transport: Any, fault: MockFault) -> None:
        self._send: Send = transport.handle_request
        self._fault = fault

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        operation = request.extensions.get("operation")
        if operation is None or operation.id != self._fault.operation_id:
            return self._send(request)
        return self._fault.change(request, self._send)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self.handle_request(request)


# ---- Faults in answers


def answering(change: Callable[[Any], Any]) -> Change:
    """Sends the request, and changes the JSON of a success."""

    def faulty(request: httpx.Request, send: Send) -> httpx.Response:
        response = send(request)
        response.read()
        if not response.is_success or not response.content:
            return again(response)
        return again(response, content=json.dumps(change(json.loads(response.content))).encode())

    return faulty


def replacing(status: int | None = None, media_type: str | None = None) -> Change:
    """Sends the request, and changes the status or the media type of a success."""

    def faulty(request: httpx.Request, send: Send) -> httpx.Response:
        response = send(request)
        response.read()
        return (
            again(response, status=status, media_type=media_type) if response.is_success else again(response)
        )

    return faulty


def sending(change: Callable[[httpx.Request], httpx.Request]) -> Change:
    """Answers as if another request had come."""
    return lambda request, send: send(change(request))


def losing(status: int, at: str = "") -> Change:
    """Says yes, and does nothing, if the path has `at` in it."""

    def faulty(request: httpx.Request, send: Send) -> httpx.Response:
        if at not in request.url.path:
            return send(request)
        return httpx.Response(status, stream=httpx.ByteStream(b""), request=request)

    return faulty


def replying(body: Any, *having: str) -> Change:
    """Says the same to every request that has all these texts in its body, and does nothing."""
    content = json.dumps(body).encode()
    headers = {"content-type": "application/json"}

    def faulty(request: httpx.Request, send: Send) -> httpx.Response:
        if not all(text.encode() in request.read() for text in having):
            return send(request)
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(content), request=request)

    return faulty


def twice(request: httpx.Request, send: Send) -> httpx.Response:
    """Does it all a second time."""
    send(request).read()
    return send(request)


def without_query(name: str) -> Change:
    """Does not see one query parameter."""

    def unseen(request: httpx.Request) -> httpx.Request:
        return rewritten(request, request.url.copy_remove_param(name))

    return sending(unseen)


def with_query(name: str, value: str) -> Change:
    """Sees one query parameter that was not sent, or not so."""
    return sending(lambda request: rewritten(request, request.url.copy_set_param(name, value)))


def rewritten(request: httpx.Request, url: httpx.URL) -> httpx.Request:
    """The same request to another URL."""
    return httpx.Request(
        request.method, url, headers=request.headers, content=request.read(), extensions=request.extensions
    )


def again(
    response: httpx.Response,
    *,
    content: bytes | None = None,
    status: int | None = None,
    media_type: str | None = None,
) -> httpx.Response:
    """The response with something about it changed."""
    body = response.content if content is None else content
    headers = {**response.headers, "content-length": str(len(body))}
    if media_type is not None:
        headers["content-type"] = media_type
    return httpx.Response(status or response.status_code, headers=headers, stream=httpx.ByteStream(body))


# ---- Faults in the client


def on_request(change: Callable[[Request], Request]) -> Callable[[Endpoint, pytest.MonkeyPatch], None]:
    """Changes what every way of calling the endpoint sends."""

    def plant(endpoint: Endpoint, patch: pytest.MonkeyPatch) -> None:
        sound = endpoint.module.request

        @functools.wraps(sound)
        def faulty(**arguments: Any) -> Request:
            return change(sound(**arguments))

        patch.setattr(endpoint.module, "request", faulty)

    return plant


def on_result(resource: str, change: Callable[[Any], Any]) -> Callable[[Endpoint, pytest.MonkeyPatch], None]:
    """Changes what one way of calling the endpoint gives back; `change` gets a way to make the sound call.

    `resource` names the façade's class, with `{}` for its plain name: `Async{}WithRawResponse`.
    """

    def plant(endpoint: Endpoint, patch: pytest.MonkeyPatch) -> None:
        package = importlib.import_module(endpoint.module.__name__.rpartition(".")[0])
        name = resource.format(endpoint.resource)

        class Faulty(getattr(package, name)):  # type: ignore[misc]  # its base is found at run time
            def __init__(self, client: Client, **options: bool) -> None:
                super().__init__(client, **options)
                # What serves another class stays as it is.
                if not options:
                    sound = getattr(self, endpoint.method)
                    setattr(self, endpoint.method, lambda **arguments: change(lambda: sound(**arguments)))

        patch.setattr(package, name, Faulty)

    return plant
