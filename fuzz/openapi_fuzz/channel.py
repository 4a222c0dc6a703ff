"""Two ways to a server: through the client, as users have it, and raw.

A case goes through the client where the typed client can express it. One flavour of calling it (sync or
async, the value or the whole response) reaches the server; one of the other half gets the same response
replayed. So each case exercises both halves, and what they send and return is judged, without a second effect
on the server.

The client is called by sessions: those that the target makes, or else one of the plain generated client.
"""

from __future__ import annotations

import asyncio
import types
from collections.abc import Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self, TypeVar

import httpx
from schemathesis import Case

from ._schemathesis import left_empty
from .binding import Arguments, bind
from .credentials import CredentialsAuth, parts_of_secret
from .document import Alternative, Document
from .endpoints import Endpoint, plain_name
from .exchange import FLAVOURS, Call, Exchange, Flavour, Via, flavours_of, is_positive
from .serialization import RequestParts, differences, parts_of, reference_request
from .server import Intercept, Received, RecordingTransport, Server
from .sessions import (
    HALVES,
    Half,
    Opening,
    OpenSessions,
    Scheme,
    Session,
    alternative_of,
    plain_session,
    refusing_sessions,
    session_for,
)
from .styles import UnreadableError
from .values import InexpressibleError

T = TypeVar("T")

# One case in so many does each; the numbers have no common divisor, so that all combinations occur.
_LEAVE_OUT, _WITH_OPTIONS, _WRONG_SESSION = 2, 5, 7


@dataclass(frozen=True)
class _Sending:
    """How one case is sent: by which session, with which credentials, and what has to arrive of it."""

    case: Case[Any]
    endpoint: Endpoint
    alternative: Alternative
    session: Session
    request: httpx.Request
    unsigned: RequestParts


class Channel:
    """Sends cases to one server.

    Args:
        package: The generated client.
        endpoints: What it offers, by operation id.
        document: What the API is documented to be.
        server: The server, which is closed with the channel.
        auth: The credentials of raw requests, and of the plain client.
        supplied: What the client fills in for arguments that are left out, by the name in `x-from-client`.
        sessions: Makes the sessions; without it, the plain client is one.
        intercept: What stands between the client and the server, if anything.

    Attributes:
        recording: What went through.
        sessions: The sessions by what they send.
    """

    def __init__(
        self,
        package: types.ModuleType,
        endpoints: Mapping[str, Endpoint],
        document: Document,
        server: Server,
        auth: CredentialsAuth,
        supplied: Mapping[str, Any],
        sessions: OpenSessions | None = None,
        intercept: Intercept | None = None,
    ) -> None:
        self.package = package
        self.endpoints = endpoints
        self.document = document
        self.server = server
        self.recording = RecordingTransport(server, intercept)
        self._auth = auth
        self._open_sessions = sessions or plain_session(package, auth, supplied)
        self._runner = asyncio.Runner()
        self.choose(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the sessions and the server."""
        self.reopen()
        self._runner.close()
        self.server.close()

    @cached_property
    def sessions(self) -> Mapping[Scheme, Session]:
        """The sessions by what they send."""
        return self._open_sessions(self.opening)

    @property
    def opening(self) -> Opening:
        """What further sessions are made of."""
        return Opening(self.server, self._auth.credentials, self.recording)

    def reopen(self) -> None:
        """Close the sessions; the next call gets new ones, whose façades see a fault that was planted."""
        for session in self.__dict__.pop("sessions", {}).values():
            session.close(self.run)

    @property
    def secrets(self) -> set[str]:
        """The credentials that are sent."""
        held = (each.secret_of(half) for each in self.sessions.values() for half in HALVES)
        return {*self._auth.secrets, *(part for secret in held for part in parts_of_secret(secret))}

    def choose(self, number: int) -> None:
        """Choose flavour, session and arguments to leave out for the next case, each by itself."""
        self._flavours = flavours_of(number)
        number //= len(FLAVOURS)
        self._leaves_out = number % _LEAVE_OUT == 0
        self._with_options = number % _WITH_OPTIONS == 1
        self._in_wrong_session = number % _WRONG_SESSION == 1
        self._auth.choice = self._choice = number // 2

    @property
    def via(self) -> Via:
        """The way of the next case, if the client can express it."""
        return self._flavours[0].half

    def alternative(self, operation_id: str) -> Alternative:
        """Return the security alternative whose credentials the next case gets."""
        return self._auth.alternative(operation_id)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Wait for an asynchronous call."""
        # What `Runner.run` does beside it, such as taking over Ctrl-C, would cost as much as the call.
        return self._runner.get_loop().run_until_complete(coroutine)

    def call(self, operation_id: str, **arguments: Any) -> Any:
        """Return the value of one call through the client, in the first session that fits it.

        That is the first one of the operation's credentials that has a value for what is left out.
        """
        return self.method(self.endpoints[operation_id], "sync", given=arguments)(**arguments)

    def iterate(self, operation_id: str, **arguments: Any) -> list[Any]:
        """Return the items of all pages, through the client, as `call` does."""
        endpoint = self.endpoints[operation_id]
        return [*self.method(endpoint, "sync", name=endpoint.iterator, given=arguments)(**arguments)]

    def method(
        self, endpoint: Endpoint, half: Half, *, name: str = "", given: Collection[str] = ()
    ) -> Callable[..., Any]:
        """Return the method for an endpoint, or the one called `name` beside it, as `call` chooses it.

        Args:
            endpoint: The endpoint.
            half: The half of the client.
            name: Name of the method, if it is not the endpoint's own.
            given: Names of the arguments that it is going to be called with.
        """
        operation = self.document.operations[endpoint.operation.id]
        names = {plain_name(each) for each in given}
        wanted = {key for name, key in operation.from_client.items() if plain_name(name) not in names}
        found = [session_for(self.sessions, each) for each in operation.security or ({},)]
        session = next((each for each in found if wanted <= each.supplied.keys()), found[0])
        self.choose(0)
        self.recording.replayed, self.recording.operation_id = None, operation.id
        return self._method(session, endpoint, half, name=name)

    def _method(
        self, session: Session, endpoint: Endpoint, half: Half, *, raw: bool = False, name: str = ""
    ) -> Callable[..., Any]:
        api = session.facade(half)
        if self._with_options:
            api = api.with_options(max_retries=0)
        return endpoint.method_of(api, raw=raw, name=name)

    def send(self, case: Case[Any], operation_id: str) -> Exchange:
        """Send a case, through the client if it can express it.

        Raises:
            InexpressibleError: It cannot, although the document allows the case.
        """
        alternative = self._auth.alternative(operation_id)
        sending = self._sending(case, operation_id, alternative)
        arguments = self._arguments(sending)
        if arguments is None:
            return self._send_raw(sending)
        wrong = self._wrong_session(sending, arguments) if self._in_wrong_session else None
        if wrong is not None:
            return self._send_in_wrong_session(*wrong, arguments)
        return self._send_through_client(sending, arguments)

    def send_raw(self, case: Case[Any], operation_id: str) -> Exchange:
        """Send a case without the client."""
        alternative = self._auth.alternative(operation_id)
        return self._send_raw(self._sending(case, operation_id, alternative))

    def _send_raw(self, sending: _Sending) -> Exchange:
        request = sending.request
        self._auth.sign(request, sending.alternative)
        # Not by a client of httpx, whose log would show secrets of the URL.
        received = self.recording.send(request)
        expected = self._auth.signed(sending.unsigned, sending.alternative)
        return Exchange(sending.case, "raw", sending.alternative, expected, received.read(request))

    def signed_request(self, case: Case[Any], operation_id: str) -> httpx.Request:
        """Return the request that a case stands for, with the chosen credentials."""
        alternative = self._auth.alternative(operation_id)
        request = self._sending(case, operation_id, alternative).request
        self._auth.sign(request, alternative)
        return request

    def _sending(self, case: Case[Any], operation_id: str, alternative: Alternative) -> _Sending:
        endpoint, session = self.endpoints[operation_id], session_for(self.sessions, alternative)
        request = reference_request(case, self.server.base_url, endpoint.operation)
        return _Sending(case, endpoint, alternative, session, request, parts_of(request))

    def _arguments(self, sending: _Sending) -> Arguments | None:
        """Return the client's arguments for a case; None for one that it cannot express, and need not."""
        case = sending.case
        # Of several media types, the client has one; and it leaves out what others may leave empty.
        is_expressible = is_positive(case) and len(case.operation.body) <= 1 and not left_empty(case)
        try:
            arguments = bind(case, sending.endpoint)
        except UnreadableError:
            return None
        except InexpressibleError:
            if is_expressible:
                raise
            return None
        if is_expressible:
            return arguments
        # A model may drop what it does not know, and a negative case would become a positive one unseen.
        call = self._rehearse(sending, arguments)
        if call.request is None:
            return None
        sent = parts_of(call.request)
        if is_positive(case) and sent.media_type == call.expected.media_type:
            return arguments
        return None if differences(sent, call.expected) else arguments

    def _rehearse(self, sending: _Sending, arguments: Arguments) -> Call:
        """Return the call without sending anything."""
        self.recording.replayed = Received(500, httpx.Headers(), b"")
        call = self._call(FLAVOURS[0], sending, Arguments(arguments.builder, None))
        self.recording.replayed = None
        return call

    def _send_through_client(self, sending: _Sending, arguments: Arguments) -> Exchange:
        first, second = self._flavours
        self.recording.clear()
        calls = [self._call(first, sending, arguments)]
        if calls[0].is_refused and not is_positive(sending.case):
            # The façade sees for itself that the case is wrong; the builder, which does not look, sends it.
            arguments = Arguments(arguments.builder, None)
            calls = [self._call(first, sending, arguments)]
        received = self.recording.received
        sent = calls[0].request
        if received is None or sent is None:
            raise AssertionError(f"{first} sent nothing, but raised {calls[0].error!r}") from calls[0].error
        self.recording.replayed = received
        calls.append(self._call(second, sending, arguments))
        self.recording.replayed = None
        return Exchange(
            sending.case,
            first.half,
            sending.alternative,
            calls[0].expected,
            received.read(sent),
            calls,
            session=sending.session,
        )

    # ---- Sessions that do not admit an operation

    def _wrong_session(
        self, sending: _Sending, arguments: Arguments
    ) -> tuple[_Sending, type[Exception]] | None:
        """Return how to send a case in a session that refuses it, and with which error; None if none does."""
        if not is_positive(sending.case) or arguments.facade is None:
            return None
        refusing = refusing_sessions(self.sessions, self.document.operations[sending.endpoint.operation.id])
        if not refusing:
            return None
        key, session, error = refusing[self._choice % len(refusing)]
        return replace(sending, alternative=alternative_of(key), session=session), error

    def _send_in_wrong_session(
        self, sending: _Sending, refusal: type[Exception], arguments: Arguments
    ) -> Exchange:
        """Have the client refuse a case, which is then sent raw, so that the server refuses it, too."""
        self._leaves_out = False
        calls = [self._call(each, sending, arguments) for each in FLAVOURS]
        exchange = self._send_raw(sending)
        exchange.refused, exchange.refusal, exchange.session = calls, refusal, sending.session
        return exchange

    # ---- One call

    def _call(self, flavour: Flavour, sending: _Sending, arguments: Arguments) -> Call:
        self.recording.request = None
        self.recording.operation_id = sending.endpoint.operation.id
        value = error = None
        try:
            value = self._result(flavour, sending, arguments)
        except Exception as raised:  # noqa: BLE001 (whatever it is, an oracle judges it)
            error = raised
        # Only now: the call may have fetched what it sent.
        secret = sending.session.secret_of(flavour.half) or None
        expected = self._auth.signed(sending.unsigned, sending.alternative, secret)
        return Call(flavour, self.recording.request, expected, value, error)

    def _result(self, flavour: Flavour, sending: _Sending, arguments: Arguments) -> Any:
        endpoint, session = sending.endpoint, sending.session
        if arguments.facade is None:
            client = session.facade(flavour.half).client
            result = self._without_facade(flavour, endpoint, client, arguments.builder)
        else:
            given = self._left_out(sending, arguments.facade)
            result = self._method(session, endpoint, flavour.half, raw=flavour.raw)(**given)
        return self.run(result) if flavour.half == "async" else result

    @staticmethod
    def _without_facade(flavour: Flavour, endpoint: Endpoint, client: Any, arguments: dict[str, Any]) -> Any:
        operation, request = endpoint.operation, endpoint.module.request(**arguments)
        if flavour.half == "async":
            send = operation.send_async if flavour.raw else operation.call_async
            return send(client, request)
        return (operation.send if flavour.raw else operation.call)(client, request)

    def _left_out(self, sending: _Sending, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments, every other time without those that the client has the same value for."""
        from_client = self.document.operations[sending.endpoint.operation.id].from_client
        if not self._leaves_out or not from_client:
            return arguments
        values = {plain_name(name): sending.session.supplied.get(key) for name, key in from_client.items()}
        return {
            name: value
            for name, value in arguments.items()
            if plain_name(name) not in values or values[plain_name(name)] != value
        }
