"""Calls the clients of one operation, over a transport that answers as it is told."""

from __future__ import annotations

import asyncio
import base64
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Self, TypeAlias
from urllib.parse import unquote_plus

import httpx

from openapi_fuzz.cases import allowed_arguments
from openapi_fuzz.endpoints import plain_name
from openapi_fuzz.exchange import FLAVOURS, Flavour
from openapi_fuzz.sessions import Half
from openapi_fuzz.target import Target

from .drawing import DrawnResponse
from .transport import Respond, RespondingTransport

MAX_SIZE: Final = 2**18
"""The most bytes that the client under test takes."""

Open: TypeAlias = Callable[[Target, str, RespondingTransport], tuple[Any, Any]]
"""Returns a sync and an async client for an operation, over a transport, that do not repeat a request."""

_TOKEN: Final = "made-up-token"  # noqa: S105


@dataclass(frozen=True)
class Outcome:
    """What one way of calling a client made of a response."""

    flavour: Flavour
    value: Any = None
    error: Exception | None = None

    @property
    def name(self) -> str:
        """`value`, or the class of the error."""
        return "value" if self.error is None else type(self.error).__name__


@dataclass(frozen=True)
class Clients:
    """Clients that are given responses.

    Attributes:
        open: Returns a sync and an async one for an operation, over a transport; neither repeats a request.
        secrets: What they may send, and nothing may show.
        fills_in: Whether they have values for the arguments that the document marks with `x-from-client`.
    """

    open: Open
    secrets: Sequence[str]
    fills_in: bool = True


def _open_generated(target: Target, _operation_id: str, transport: RespondingTransport) -> tuple[Any, Any]:
    client = target.package.AuthenticatedClient(
        "http://server.example",
        token=_TOKEN,
        max_retries=0,
        max_response_size=MAX_SIZE,
        httpx_args={"transport": transport},
    )
    return target.package.Api(client), target.package.AsyncApi(client)


GENERATED: Final = Clients(_open_generated, (_TOKEN,), fills_in=False)
"""The façades of the generated client."""


class Caller:
    """The clients of one operation, with arguments that the document allows.

    Args:
        target: The target.
        operation_id: The operation.
        clients: The clients.
    """

    def __init__(self, target: Target, operation_id: str, clients: Clients) -> None:
        operation = target.document.operations[operation_id]
        self._endpoint = target.endpoints[operation_id]
        self._pagination = operation.pagination or {}
        filled_in = {plain_name(name) for name in operation.from_client if clients.fills_in}
        arguments = allowed_arguments(target, operation_id)
        self._arguments = {
            name: each for name, each in arguments.items() if plain_name(name) not in filled_in
        }
        self._respond: Respond = _fail
        self._transport = RespondingTransport(lambda request: self._respond(request))  # noqa: PLW0108
        self._clients = clients.open(target, operation_id, self._transport)
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        sync, asynchronous = (each.client for each in self._clients)
        sync.close()
        self._runner.run(asynchronous.aclose())
        self._runner.close()

    def call(self, flavour: Flavour, respond: Respond) -> Outcome:
        """Return what one way of calling makes of a response."""
        self._respond = respond
        client = self._clients[flavour.via == "async"]
        resource = getattr(client.with_raw_response if flavour.raw else client, self._endpoint.tag)
        method = getattr(resource, self._endpoint.method)
        try:
            value = method(**self._arguments)
            return Outcome(flavour, self._runner.run(value) if flavour.via == "async" else value)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is judged)
            return Outcome(flavour, error=error)

    def iterate(self, half: Half, respond: Respond) -> Exception | None:
        """Return what an iterator over all pages ends with; None if it comes to the last page."""
        self._respond = respond
        resource = getattr(self._clients[half == "async"], self._endpoint.tag)
        positions = self._pagination.values()
        left_out = {found[0] for each in positions if (found := self._endpoint.facade.find(each, "query"))}
        items = getattr(resource, self._endpoint.iterator)(
            **{name: value for name, value in self._arguments.items() if name not in left_out}
        )
        try:
            if half == "async":
                self._runner.run(_exhaust(items))
            else:
                deque(items, maxlen=0)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is judged)
            return error
        return None

    def take_requests(self) -> list[httpx.Request]:
        """Return the requests since the last time."""
        requests = [request for request, _ in self._transport.answered]
        self._transport.answered.clear()
        return requests

    def sent_text(self) -> str:
        """Return everything that the request of a call says, with URL and Basic decoded."""
        self.call(FLAVOURS[0], _fail)
        (request,) = self.take_requests()
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        basic = base64.b64decode(credentials).decode() if scheme == "Basic" else ""
        return unquote_plus(f"{request.url} {request.headers.multi_items()} {basic} {request.content!r}")


def _fail(request: httpx.Request) -> DrawnResponse:
    return DrawnResponse(request.extensions["operation"].id, HTTPStatus.INTERNAL_SERVER_ERROR)


async def _exhaust(items: AsyncIterator[Any]) -> None:
    async for _ in items:
        pass
