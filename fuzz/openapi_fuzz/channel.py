"""Two ways to a server: through the generated client, and raw.

A case goes through the client where the typed client can express it. One flavour of calling it (sync or
async, the value or the whole response) reaches the server; the others get the same response replayed. So each
case exercises all of them, and what they send and return is compared, without a second effect on the server.
"""

from __future__ import annotations

import asyncio
import types
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Self, TypeVar

import httpx
from schemathesis import Case

from openapi_runtime.operation import Operation

from ._schemathesis import left_empty
from .binding import Arguments, bind
from .credentials import Alternative, CredentialsAuth, FixedSupplier
from .document import Document
from .endpoints import Endpoint, plain_name
from .exchange import FLAVOURS, Call, Exchange, Flavour, Via, is_positive
from .serialization import RequestParts, differences, parts_of, reference_request
from .server import Intercept, Received, RecordingTransport, Server
from .values import InexpressibleError

T = TypeVar("T")


class Channel:
    """Sends cases to one server.

    Args:
        package: The generated client.
        endpoints: What it offers, by operation id.
        document: What the API is documented to be.
        server: The server, which is closed with the channel.
        auth: Gives requests their credentials.
        supplied: What the client fills in for arguments that are left out, by the name in `x-from-client`.
        intercept: What stands between the client and the server, if anything.

    Attributes:
        client: The client that all calls share.
        recording: What went through.
    """

    def __init__(
        self,
        package: types.ModuleType,
        endpoints: Mapping[str, Endpoint],
        document: Document,
        server: Server,
        auth: CredentialsAuth,
        supplied: Mapping[str, Any],
        intercept: Intercept | None = None,
    ) -> None:
        self.package = package
        self.endpoints = endpoints
        self.document = document
        self.server = server
        send = server.send
        self.recording = RecordingTransport(
            send if intercept is None else lambda request: intercept(request, send)
        )
        self._auth = auth
        self._supplied = supplied
        self.client = package.Client(
            base_url=server.base_url,
            auth=auth,
            supplier=FixedSupplier(supplied),
            # A response is judged as it is, and a failure comes again each time.
            max_retries=0,
            httpx_args={"transport": self.recording},
        )
        self._runner = asyncio.Runner()
        self.choose(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the clients and the server."""
        self.client.close()
        self._runner.run(self.client.aclose())
        self._runner.close()
        self.server.close()

    @property
    def secrets(self) -> set[str]:
        """The credentials that are sent."""
        return self._auth.secrets

    def choose(self, number: int) -> None:
        """Choose flavour, credentials and arguments to leave out for the next case, each by itself."""
        number, self._first = divmod(number, len(FLAVOURS))
        self._leaves_out, self._auth.choice = number % 2 == 0, number // 2

    @property
    def via(self) -> Via:
        """The way of the next case, if the client can express it."""
        return FLAVOURS[self._first].via

    def alternative(self, operation_id: str) -> Alternative:
        """Return the security alternative whose credentials the next case gets."""
        return self._auth.alternative(self.endpoints[operation_id].operation)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Wait for an asynchronous call."""
        return self._runner.run(coroutine)

    def call(self, operation_id: str, **arguments: Any) -> Any:
        """Return the value of one call through the client, with the first of the operation's credentials."""
        self.recording.replayed, self._auth.choice = None, 0
        return self.method(self.endpoints[operation_id], "sync")(**arguments)

    def iterate(self, operation_id: str, **arguments: Any) -> list[Any]:
        """Return the items of all pages, through the client, as `call` does."""
        self.recording.replayed, self._auth.choice = None, 0
        endpoint = self.endpoints[operation_id]
        return [*self.method(endpoint, "sync", name=endpoint.iterator)(**arguments)]

    def method(
        self, endpoint: Endpoint, via: Via, *, raw: bool = False, name: str = ""
    ) -> Callable[..., Any]:
        """Return the façade's method for an endpoint, or the one called `name` beside it."""
        # A façade of its own for each call: one that is kept would not see a planted fault.
        api = (self.package.AsyncApi if via == "async" else self.package.Api)(self.client)
        resource = getattr(api.with_raw_response if raw else api, endpoint.tag)
        method: Callable[..., Any] = getattr(resource, name or endpoint.method)
        return method

    def send(self, case: Case[Any], operation_id: str) -> Exchange:
        """Send a case, through the client if it can express it.

        Raises:
            InexpressibleError: It cannot, although the document allows the case.
        """
        endpoint = self.endpoints[operation_id]
        expected = parts_of(self._signed(case, endpoint.operation))
        arguments = self._arguments(case, endpoint, expected)
        if arguments is None:
            return self.send_raw(case, operation_id)
        return self._send_through_client(case, endpoint, arguments, expected)

    def send_raw(self, case: Case[Any], operation_id: str) -> Exchange:
        """Send a case without the client."""
        operation = self.endpoints[operation_id].operation
        request = self._signed(case, operation)
        # Not by a client of httpx, whose log would show secrets of the URL.
        received = self.recording.send(request)
        alternative = self._auth.alternative(operation)
        return Exchange(case, "raw", alternative, parts_of(request), received.read(request))

    def _signed(self, case: Case[Any], operation: Operation[Any, Any]) -> httpx.Request:
        """Return the request that a case stands for, with the chosen credentials."""
        request = reference_request(case, self.server.base_url, operation)
        return next(self._auth.auth_flow(request))

    def _arguments(self, case: Case[Any], endpoint: Endpoint, expected: RequestParts) -> Arguments | None:
        """Return the client's arguments for a case; None for one that it cannot express, and need not."""
        # Of several media types, the client has one; and it leaves out what others may leave empty.
        is_expressible = is_positive(case) and len(case.operation.body) <= 1 and not left_empty(case)
        try:
            arguments = bind(case, endpoint)
        except InexpressibleError:
            if is_expressible:
                raise
            return None
        if is_expressible:
            return arguments
        # A model may drop what it does not know, and a negative case would become a positive one unseen.
        sent = self._rehearse(endpoint, arguments)
        if sent is not None and is_positive(case) and sent.media_type == expected.media_type:
            return arguments
        return None if sent is None or differences(sent, expected) else arguments

    def _rehearse(self, endpoint: Endpoint, arguments: Arguments) -> RequestParts | None:
        """Return what the client would send, without sending it; None if it refuses to."""
        self.recording.replayed = Received(500, httpx.Headers(), b"")
        call = self._call(FLAVOURS[0], endpoint, Arguments(arguments.builder, None))
        self.recording.replayed = None
        return parts_of(call.request) if call.request is not None else None

    def _send_through_client(
        self, case: Case[Any], endpoint: Endpoint, arguments: Arguments, expected: RequestParts
    ) -> Exchange:
        first, *others = (*FLAVOURS[self._first :], *FLAVOURS[: self._first])
        self.recording.clear()
        calls = [self._call(first, endpoint, arguments)]
        if calls[0].is_refused and not is_positive(case):
            # The façade sees for itself that the case is wrong; the builder, which does not look, sends it.
            arguments = Arguments(arguments.builder, None)
            calls = [self._call(first, endpoint, arguments)]
        received = self.recording.received
        sent = calls[0].request
        if received is None or sent is None:
            raise AssertionError(f"{first} sent nothing") from calls[0].error
        self.recording.replayed = received
        calls += [self._call(each, endpoint, arguments) for each in others]
        self.recording.replayed = None
        alternative = self._auth.alternative(endpoint.operation)
        return Exchange(case, first.via, alternative, expected, received.read(sent), calls)

    def _call(self, flavour: Flavour, endpoint: Endpoint, arguments: Arguments) -> Call:
        self.recording.request = None
        try:
            value = self._result(flavour, endpoint, arguments)
        except Exception as error:  # noqa: BLE001 (whatever it is, an oracle judges it)
            return Call(flavour, self.recording.request, error=error)
        return Call(flavour, self.recording.request, value)

    def _result(self, flavour: Flavour, endpoint: Endpoint, arguments: Arguments) -> Any:
        if arguments.facade is None:
            result = self._without_facade(flavour, endpoint, arguments.builder)
        else:
            given = self._left_out(endpoint, arguments.facade)
            result = self.method(endpoint, flavour.via, raw=flavour.raw)(**given)
        return self.run(result) if flavour.via == "async" else result

    def _without_facade(self, flavour: Flavour, endpoint: Endpoint, arguments: dict[str, Any]) -> Any:
        operation, request = endpoint.operation, endpoint.module.request(**arguments)
        if flavour.via == "async":
            send = operation.send_async if flavour.raw else operation.call_async
            return send(self.client, request)
        return (operation.send if flavour.raw else operation.call)(self.client, request)

    def _left_out(self, endpoint: Endpoint, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments, every other time without those that the client has the same value for."""
        if not self._leaves_out:
            return arguments
        from_client = self.document.operations[endpoint.operation.id].from_client
        values = {plain_name(name): self._supplied.get(key) for name, key in from_client.items()}
        return {
            name: value
            for name, value in arguments.items()
            if plain_name(name) not in values or values[plain_name(name)] != value
        }
