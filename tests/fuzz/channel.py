"""Two ways to the mock: through the generated client, and raw.

A case goes through the client where the typed client can express it. One of its four flavours (sync or async,
the value or the whole response) makes the call; the others are shown the same answer. So every case exercises
all of them, and what they send and understand is compared, without a second effect on the server.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import types
from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, Self, TypeVar

import httpx
from binding import Arguments, Endpoint, Inexpressible, bind, plain
from wire import Wire, differences, reference, taken_apart, to_httpx

from openapi_mock import Mock
from openapi_runtime.errors import InvalidArgument

if TYPE_CHECKING:
    import requests
    from failures import Failure
    from schemathesis import Case

T = TypeVar("T")
Via = Literal["sync", "async", "raw"]
Grant = Mapping[str, tuple[str, ...]]
"""One alternative of an operation's security: scheme names with their scopes."""


class Tap(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Passes requests on to the mock and keeps what went through; or answers what the mock said before."""

    def __init__(self, mock: Any) -> None:
        self.mock = mock
        self.canned: httpx.Response | None = None
        self.request: httpx.Request | None = None
        self.response: httpx.Response | None = None

    def forget(self) -> None:
        """Nothing has gone through yet."""
        self.canned = self.request = self.response = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        if self.canned is None:
            live = self.mock.handle_request(request)
            return self._kept(request, live, b"".join(live.iter_raw()))
        return self._kept(request, self.canned, self.canned.content)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        if self.canned is None:
            live = await self.mock.handle_async_request(request)
            return self._kept(request, live, b"".join([part async for part in live.aiter_raw()]))
        return self._kept(request, self.canned, self.canned.content)

    def _kept(self, request: httpx.Request, response: httpx.Response, content: bytes) -> httpx.Response:
        """Keep a response that can be read whatever the client does, and give the client one of its own."""
        status, headers = response.status_code, response.headers
        self.request = request
        self.response = httpx.Response(status, headers=headers, content=content, request=request)
        # schemathesis wants to know, and only httpx's own clients measure it.
        self.response.elapsed = timedelta()
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content), request=request)


class Signature(httpx.Auth):
    """Gives each request the credentials that its operation asks for; where there are alternatives, in turn.

    Args:
        credentials: What to send for a scheme and a scope; `(scheme, "")` serves every scope.
        schemes: The spec's `securitySchemes`.
    """

    def __init__(self, credentials: Mapping[tuple[str, str], str], schemes: Mapping[str, Any]) -> None:
        self._credentials = credentials
        self._schemes = schemes
        self.turn = 0

    def grant(self, operation: Any) -> Grant:
        """The alternative whose turn it is; empty where no credentials are needed."""
        alternatives = operation.security
        return alternatives[self.turn % len(alternatives)] if alternatives else {}

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        operation = request.extensions.get("operation")
        if operation is not None:
            for scheme, scopes in self.grant(operation).items():
                self._sign(request, self._schemes[scheme], self._secret(scheme, scopes))
        yield request

    def _secret(self, scheme: str, scopes: tuple[str, ...]) -> str:
        found = (self._credentials.get((scheme, scope)) for scope in (*scopes, ""))
        return next((secret for secret in found if secret), "made-up-credentials")

    def _sign(self, request: httpx.Request, scheme: Mapping[str, Any], secret: str) -> None:
        if scheme["type"] == "apiKey":
            if scheme["in"] == "query":
                request.url = request.url.copy_add_param(scheme["name"], secret)
            elif scheme["in"] == "cookie":
                request.headers["cookie"] = f"{scheme['name']}={secret}"
            else:
                request.headers[scheme["name"]] = secret
        elif scheme.get("scheme") == "basic":
            pair = secret if ":" in secret else f"{secret}:{secret}"
            request.headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            request.headers["authorization"] = f"Bearer {secret}"


class Supplier:
    """What the client fills in by itself when an argument is left out."""

    def __init__(self, values: Mapping[str, Any], unset: Any) -> None:
        self._values = values
        self._unset = unset

    def supply(self, name: str, operation: Any) -> Any:
        return self._values.get(name, self._unset)

    async def supply_async(self, name: str, operation: Any) -> Any:
        return self.supply(name, operation)


@dataclass(frozen=True)
class Flavour:
    """One of the ways to call an operation through the generated client: `raw` gives the whole response."""

    via: Via
    raw: bool

    def __str__(self) -> str:
        return f"{self.via} with_raw_response" if self.raw else self.via


FLAVOURS: Final = (
    Flavour("sync", raw=True),
    Flavour("async", raw=False),
    Flavour("sync", raw=False),
    Flavour("async", raw=True),
)


@dataclass
class Outcome:
    """What a caller got out of one call: the value, or the whole response if its flavour is a raw one."""

    flavour: Flavour
    request: httpx.Request | None
    value: Any = None
    error: Exception | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether the client itself refused the arguments (`x-checked`), and sent nothing."""
        return self.request is None and isinstance(self.error, InvalidArgument)


@dataclass
class Exchange:
    """A case, what the mock answered, and what the client made of both."""

    case: Case[Any]
    via: Via
    grant: Grant
    expected: Wire
    response: httpx.Response
    outcomes: list[Outcome] = field(default_factory=list)
    failure: Failure | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the answer is a success, by its status and by its body."""
        return self.response.is_success and self.failure is None

    @property
    def answer(self) -> int | str:
        """The status; or what the client raises for a failure that is told under a status of success."""
        status = self.response.status_code
        return self.failure.error if self.failure and self.response.is_success else status


class Channel(AbstractContextManager["Channel"]):
    """Sends cases to one mock."""

    def __init__(
        self,
        package: types.ModuleType,
        base_url: str,
        endpoints: Mapping[str, Endpoint],
        mock: Mock,
        transport: Any,
        signature: Signature,
        supplies: Mapping[str, Any],
        from_client: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.package = package
        self.mock = mock
        self.endpoints = endpoints
        self.signature = signature
        self.tap = Tap(transport)
        self._supplies = supplies
        self._from_client = from_client
        self.client = package.Client(
            base_url=base_url,
            auth=signature,
            supplier=Supplier(supplies, package.UNSET),
            httpx_args={"transport": self.tap},
        )
        self._raw = httpx.Client(transport=self.tap, auth=signature)
        self._runner = asyncio.Runner()
        self.take_turn(0)

    def __exit__(self, *exc_info: object) -> None:
        self._raw.close()
        self.client.close()
        self._runner.run(self.client.aclose())
        self._runner.close()
        # A behaviour with state in a database has something to let go of.
        close = getattr(self.mock.behaviour, "close", None)
        if close is not None:
            close()

    def __enter__(self) -> Self:
        return self

    def take_turn(self, number: int) -> None:
        """Choose flavour, credentials and left-out arguments for the next case, each by itself."""
        number, self._first = divmod(number, len(FLAVOURS))
        self._leaves_out, self.signature.turn = number % 2 == 0, number // 2

    def send(self, case: Case[Any], operation_id: str) -> Exchange:
        """Send a case, through the client if it can. Raises Inexpressible for a positive one it cannot."""
        endpoint = self.endpoints[operation_id]
        request = reference(case)
        expected = self._signed(request, endpoint.operation)
        arguments = self._arguments(case, endpoint, expected)
        if arguments is None:
            return self.send_raw(case, operation_id, request)
        return self._through_client(case, endpoint, arguments, expected)

    def _arguments(self, case: Case[Any], endpoint: Endpoint, expected: Wire) -> Arguments | None:
        """What the client takes for the case; None for one that it cannot express, and need not."""
        # Of several media types, the client has one; and it leaves out what others may leave empty.
        expressible = is_positive(case) and len(case.operation.body) <= 1 and not left_empty(case)
        try:
            arguments = bind(case, endpoint)
        except Inexpressible:
            if expressible:
                raise
            return None
        # A decoder may drop what it does not know, and a negative case would turn positive unseen.
        if expressible:
            return arguments
        sent = self._rehearsed(endpoint, arguments)
        if sent is not None and is_positive(case) and sent.media_type == expected.media_type:
            return arguments
        return None if sent is None or differences(sent, expected) else arguments

    def send_raw(
        self, case: Case[Any], operation_id: str, request: requests.PreparedRequest | None = None
    ) -> Exchange:
        """Send a case without the client."""
        operation = self.endpoints[operation_id].operation
        prepared = to_httpx(request or reference(case), operation)
        self.tap.canned = None
        with _unlogged():
            response = self._raw.send(prepared)
        return Exchange(case, "raw", self.signature.grant(operation), taken_apart(prepared), response)

    def ask(self, operation_id: str, **arguments: Any) -> Any:
        """The value of one call through the client, with the first of the operation's credentials."""
        self.tap.canned, self.signature.turn = None, 0
        return self._method(self.endpoints[operation_id], "sync")(**arguments)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Wait for an asynchronous call."""
        return self._runner.run(coroutine)

    def _through_client(
        self, case: Case[Any], endpoint: Endpoint, arguments: Arguments, expected: Wire
    ) -> Exchange:
        self.tap.forget()
        flavours = [*FLAVOURS[self._first :], *FLAVOURS[: self._first]]
        outcomes = [self._outcome(flavours[0], endpoint, arguments)]
        # A façade may see for itself that a case is wrong; then the builder, which does not look, has to put
        # it to the mock.
        if outcomes[0].is_refusal and not is_positive(case):
            arguments = Arguments(arguments.builder, None)
            outcomes = [self._outcome(flavours[0], endpoint, arguments)]
        if self.tap.response is None:
            raise AssertionError(f"{outcomes[0].flavour} sent nothing") from outcomes[0].error
        live: httpx.Response = self.tap.response
        self.tap.canned = live
        outcomes += [self._outcome(each, endpoint, arguments) for each in flavours[1:]]
        self.tap.canned = None
        grant = self.signature.grant(endpoint.operation)
        return Exchange(case, flavours[0].via, grant, expected, live, outcomes)

    def _outcome(self, flavour: Flavour, endpoint: Endpoint, arguments: Arguments) -> Outcome:
        self.tap.request = None
        try:
            value = self._called(flavour, endpoint, arguments)
        except Exception as error:  # noqa: BLE001 (whatever it is, an oracle has to judge it)
            return Outcome(flavour, self.tap.request, error=error)
        return Outcome(flavour, self.tap.request, value)

    def _called(self, flavour: Flavour, endpoint: Endpoint, arguments: Arguments) -> Any:
        """What a flavour gives back: through the façade, or without it where it cannot express the case."""
        if arguments.facade is None:
            result = self._without_facade(flavour, endpoint, arguments.builder)
        else:
            given = self._left_out(endpoint, arguments.facade)
            result = self._method(endpoint, flavour.via, raw=flavour.raw)(**given)
        return self.run(result) if flavour.via == "async" else result

    def _without_facade(self, flavour: Flavour, endpoint: Endpoint, arguments: dict[str, Any]) -> Any:
        operation, request = endpoint.operation, endpoint.module.request(**arguments)
        if flavour.via == "async":
            send = operation.send_async if flavour.raw else operation.call_async
            return send(self.client, request)
        return (operation.send if flavour.raw else operation.call)(self.client, request)

    def _method(self, endpoint: Endpoint, via: Via, *, raw: bool = False) -> Callable[..., Any]:
        """The façade's method, from a façade of its own: one that is kept would keep out a planted fault."""
        api = (self.package.AsyncApi if via == "async" else self.package.Api)(self.client)
        method: Callable[..., Any] = getattr(
            getattr(api.with_raw_response if raw else api, endpoint.tag), endpoint.method
        )
        return method

    def _left_out(self, endpoint: Endpoint, arguments: dict[str, Any]) -> dict[str, Any]:
        """Every other time, the arguments that the client can fill in with the same value are left to it."""
        if not self._leaves_out:
            return arguments
        names = {plain(name): value for name, value in self._from_client[endpoint.operation.id].items()}
        return {
            name: value
            for name, value in arguments.items()
            if plain(name) not in names or self._supplies.get(names[plain(name)]) != value
        }

    def _rehearsed(self, endpoint: Endpoint, arguments: Arguments) -> Wire | None:
        """What the client would send, without sending it; None if it refuses to."""
        self.tap.canned, self.tap.request = httpx.Response(500), None
        outcome = self._outcome(FLAVOURS[0], endpoint, Arguments(arguments.builder, None))
        self.tap.canned = None
        return taken_apart(outcome.request) if outcome.request is not None else None

    def _signed(self, request: requests.PreparedRequest, operation: Any) -> Wire:
        """What the client has to send: the case as schemathesis writes it, with this turn's credentials."""
        return taken_apart(next(self.signature.auth_flow(to_httpx(request, operation))))


@contextmanager
def _unlogged() -> Generator[None]:
    """Keep httpx from logging the whole URL: what is judged is the log of the client and of the mock."""
    logger = logging.getLogger("httpx")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def is_positive(case: Case[Any]) -> bool:
    """Whether the case is what the spec allows."""
    return case.meta is None or case.meta.generation.mode.is_positive


def left_empty(case: Case[Any]) -> list[str]:
    """The query parameters whose empty value means that they are left out (`allowEmptyValue`)."""
    return [
        each.name
        for each in case.operation.query
        if each.definition.get("allowEmptyValue") and case.query.get(each.name) == ""
    ]
