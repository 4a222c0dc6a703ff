"""Calls the clients of one operation, sync and async, over a transport that answers as it is told."""

from __future__ import annotations

import asyncio
import base64
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, TypeAlias
from urllib.parse import unquote_plus

import httpx

from openapi_fuzz.cases import allowed_arguments
from openapi_fuzz.credentials import FixedSupplier
from openapi_fuzz.endpoints import plain_name
from openapi_fuzz.exchange import FLAVOURS, Flavour
from openapi_fuzz.server import IN_PROCESS
from openapi_fuzz.sessions import Half, Session
from openapi_fuzz.target import Target
from openapi_runtime.client import Supplier

from .drawing import DrawnResponse
from .transport import Respond, RespondingTransport

MAX_SIZE: Final = 2**18
"""The most bytes that the client under test takes."""

Open: TypeAlias = Callable[[Target, str, RespondingTransport], tuple[Any, Any]]
"""Returns a sync and an async client for an operation, over a transport, that do not repeat a request."""

_UNDOCUMENTED: Final = 599
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


def generated(supplied: Mapping[str, Any]) -> Clients:
    """Return the generated client, with values for arguments that are left out by their `x-from-client`."""
    return asking(FixedSupplier(supplied), fills_in=False)


def asking(supplier: Supplier, *, fills_in: bool = True) -> Clients:
    """Return the generated client; if its supplier fills arguments in, calls leave these out."""

    def open_clients(target: Target, _operation_id: str, transport: RespondingTransport) -> tuple[Any, Any]:
        client = target.package.AuthenticatedClient(
            IN_PROCESS,
            token=_TOKEN,
            supplier=supplier,
            max_retries=0,
            max_response_size=MAX_SIZE,
            httpx_args={"transport": transport},
        )
        return target.package.Api(client), target.package.AsyncApi(client)

    return Clients(open_clients, (_TOKEN,), fills_in=fills_in)


GENERATED: Final = generated({})
"""The generated client, which gets all arguments."""


class Caller:
    """The clients of one operation, over a transport that answers as it is told.

    Args:
        target: The target.
        operation_id: The operation.
        clients: The clients.

    Attributes:
        endpoint: What they offer for the operation.
        arguments: Arguments that the document allows: one for each that is required, and that they lack.
    """

    def __init__(self, target: Target, operation_id: str, clients: Clients) -> None:
        operation = target.document.operations[operation_id]
        self.endpoint = target.endpoints[operation_id]
        self._pagination = operation.pagination or {}
        filled_in = {plain_name(name) for name in operation.from_client if clients.fills_in}
        self.arguments = {
            name: each
            for name, each in allowed_arguments(target, operation_id).items()
            if plain_name(name) not in filled_in
        }
        self._respond: Respond = _fail
        self._transport = RespondingTransport(lambda request: self._respond(request))  # noqa: PLW0108
        self._session = Session(*clients.open(target, operation_id, self._transport))
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close(self._runner.run)
        self._runner.close()

    def call(
        self, flavour: Flavour, respond: Respond | None = None, arguments: Mapping[str, Any] | None = None
    ) -> Outcome:
        """Return what one way of calling makes of a response, with other arguments if any are given."""
        self._respond = respond or _fail
        method = self.endpoint.method_of(self._session.facade(flavour.half), raw=flavour.raw)
        try:
            value = method(**(self.arguments if arguments is None else arguments))
            return Outcome(flavour, self._runner.run(value) if flavour.half == "async" else value)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is judged)
            return Outcome(flavour, error=error)

    def iterate(self, half: Half, respond: Respond | None = None, **further: Any) -> Exception | None:
        """Return what an iterator over all pages ends with; None if it comes to the last page."""
        self._respond = respond or _fail
        iterator = self.endpoint.method_of(self._session.facade(half), name=self.endpoint.iterator)
        positions = self._pagination.values()
        left_out = {found[0] for each in positions if (found := self.endpoint.facade.find(each, "query"))}
        kept = {name: value for name, value in self.arguments.items() if name not in left_out}
        items = iterator(**kept, **further)
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
        self.call(FLAVOURS[0])
        (request,) = self.take_requests()
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        basic = base64.b64decode(credentials).decode() if scheme == "Basic" else ""
        return unquote_plus(f"{request.url} {request.headers.multi_items()} {basic} {request.content!r}")


def _fail(request: httpx.Request) -> DrawnResponse:
    return DrawnResponse(request.extensions["operation"].id, _UNDOCUMENTED)


async def _exhaust(items: AsyncIterator[Any]) -> None:
    async for _ in items:
        pass
