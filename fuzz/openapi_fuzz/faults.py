"""Faults to plant, to see that the fuzzing finds them: in what a server answers or remembers, in a client."""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import httpx
import pytest

from openapi_runtime import Client
from openapi_runtime.operation import Request

from .endpoints import Endpoint
from .server import Intercept, Send

Plant: TypeAlias = Callable[[Endpoint, pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class ServerFault:
    """A server that does something else for one operation.

    Attributes:
        name: What it does.
        shows: A pattern of what the fuzzing says about it.
        operation_id: The operation.
        change: What becomes of its requests.
    """

    name: str
    shows: str
    operation_id: str
    change: Intercept

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        """Respond to a request as the faulty server."""
        operation = request.extensions.get("operation")
        if operation is None or operation.id != self.operation_id:
            return send(request)
        return self.change(request, send)


@dataclass(frozen=True)
class ClientFault:
    """A client that does something else for one operation.

    Attributes:
        name: What it does.
        shows: A pattern of what the fuzzing says about it.
        operation_id: The operation.
        plant: Changes the client.
    """

    name: str
    shows: str
    operation_id: str
    plant: Plant


# ---- In a server


def with_json(change: Callable[[Any], Any]) -> Intercept:
    """Change the JSON of a success."""

    def faulty(request: httpx.Request, send: Send) -> httpx.Response:
        response = send(request)
        response.read()
        if not response.is_success or not response.content:
            return changed(response)
        return changed(response, content=json.dumps(change(json.loads(response.content))).encode())

    return faulty


def with_other(status: int | None = None, media_type: str | None = None) -> Intercept:
    """Change the status or the media type of a success."""

    def faulty(request: httpx.Request, send: Send) -> httpx.Response:
        response = send(request)
        response.read()
        if not response.is_success:
            return changed(response)
        return changed(response, status=status, media_type=media_type)

    return faulty


def as_if_asked(change: Callable[[httpx.Request], httpx.Request]) -> Intercept:
    """Respond as if another request had come."""
    return lambda request, send: send(change(request))


def lost(status: int, path: str = "") -> Intercept:
    """Respond with a status and do nothing, to every request with this text in its path."""

    def faulty(request: httpx.Request, send: Send) -> httpx.Response:
        return _response(status, b"") if path in request.url.path else send(request)

    return faulty


def always(body: Any, *texts: str) -> Intercept:
    """Respond with the same JSON and do nothing, to every request with all these texts in its body."""
    content = json.dumps(body).encode()

    def faulty(request: httpx.Request, send: Send) -> httpx.Response:
        if not all(text.encode() in request.read() for text in texts):
            return send(request)
        return _response(200, content, {"content-type": "application/json"})

    return faulty


def twice(request: httpx.Request, send: Send) -> httpx.Response:
    """Do it all a second time."""
    send(request).read()
    return send(request)


def without_query(name: str) -> Intercept:
    """Ignore one query parameter."""
    return as_if_asked(lambda request: redirected(request, request.url.copy_remove_param(name)))


def with_query(name: str, value: str) -> Intercept:
    """Respond as if a query parameter had this value."""
    return as_if_asked(lambda request: redirected(request, request.url.copy_set_param(name, value)))


def redirected(request: httpx.Request, url: httpx.URL) -> httpx.Request:
    """Return the same request to another URL."""
    return httpx.Request(
        request.method, url, headers=request.headers, content=request.read(), extensions=request.extensions
    )


def changed(
    response: httpx.Response,
    *,
    content: bytes | None = None,
    status: int | None = None,
    media_type: str | None = None,
) -> httpx.Response:
    """Return a response that was read, with something about it changed."""
    body = response.content if content is None else content
    headers = {**response.headers, "content-length": str(len(body))}
    if media_type is not None:
        headers["content-type"] = media_type
    return _response(status or response.status_code, body, headers)


def _response(status: int, content: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))


# ---- In a client


def in_requests(change: Callable[[Request], Request]) -> Plant:
    """Change what every flavour of calling an operation sends."""

    def plant(endpoint: Endpoint, patch: pytest.MonkeyPatch) -> None:
        sound = endpoint.module.request

        @functools.wraps(sound)
        def faulty(**arguments: Any) -> Request:
            return change(sound(**arguments))

        patch.setattr(endpoint.module, "request", faulty)

    return plant


def in_results(resource: str, change: Callable[[Callable[[], Any]], Any]) -> Plant:
    """Change what one flavour of calling an operation returns.

    Args:
        resource: Name of the façade's class, with `{}` for its plain name, such as `Async{}WithRawResponse`.
        change: Returns the result; it is given a function that makes the sound call.
    """

    def plant(endpoint: Endpoint, patch: pytest.MonkeyPatch) -> None:
        package = importlib.import_module(endpoint.module.__name__.rpartition(".")[0])
        owner = getattr(package, resource.format(endpoint.resource))
        sound_init = owner.__init__

        # Not the class is replaced, since an overlay may have made one of its own of it.
        def faulty_init(self: Any, client: Client, **options: bool) -> None:
            sound_init(self, client, **options)
            # What serves another class stays as it is.
            if not options:
                call = getattr(self, endpoint.method)

                def faulty(**arguments: Any) -> Any:
                    return change(lambda: call(**arguments))

                setattr(self, endpoint.method, faulty)

        patch.setattr(owner, "__init__", faulty_init)

    return plant
