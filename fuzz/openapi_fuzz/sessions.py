"""What a user calls an API with: a façade and the credentials that it sends, sync and async."""

from __future__ import annotations

import types
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import httpx

from .credentials import CredentialsAuth, FixedSupplier
from .document import Alternative, Operation
from .server import RecordingTransport, Server

Half: TypeAlias = Literal["sync", "async"]
"""One of the halves of a client."""

Scheme: TypeAlias = str | tuple[str, str]
"""Name of a security scheme, or that with a scope, for credentials of one scope only; empty for none."""

HALVES: tuple[Half, Half] = ("sync", "async")


def _refuses_nothing(_operation: Operation) -> None:
    """Send every operation."""


@dataclass(frozen=True, eq=False)
class Session:
    """A façade of each half, with the same kind of credentials.

    What a session is expected to send must not be asked of the façade, or a wrong one would be found right.

    Args:
        sync: The façade whose methods return values. It repeats no call (`max_retries=0`): a failure is
            judged as it came.
        asynchronous: The one whose methods are awaited.
        secret: The credentials that have to be sent (`user:password` for basic), or a function that returns
            those of one half at the moment; empty where the requests carry none.
        supplied: What the façades fill in for arguments that are left out, by the name in `x-from-client`.
        refuses: Returns the error that the façades raise for an operation, without sending anything, because
            its documented security does not admit these credentials; None if they send it.
    """

    sync: Any
    asynchronous: Any
    secret: str | Callable[[Half], str] = field(default="", repr=False, kw_only=True)
    supplied: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, kw_only=True)
    refuses: Callable[[Operation], type[Exception] | None] = field(
        default=_refuses_nothing, repr=False, kw_only=True
    )

    def facade(self, half: Half) -> Any:
        """Return the façade of one half."""
        return self.asynchronous if half == "async" else self.sync

    def secret_of(self, half: Half) -> str:
        """Return the credentials that one half has to send."""
        return self.secret(half) if callable(self.secret) else self.secret

    def close(self, wait: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        """Close both façades; `wait` waits for the asynchronous one."""
        self.sync.close()
        wait(self.asynchronous.aclose())


class SessionTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The transport of one session: it tells the calls of the fuzzing from what a session sends by itself.

    The latter, such as the request for a token, always reaches the server, and is no part of an exchange.

    Attributes:
        own: The latest response to what each half sent by itself, by the operation's id.
    """

    def __init__(self, recording: RecordingTransport) -> None:
        self._recording = recording
        self.own: dict[tuple[Half, str], httpx.Response] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request of the sync half."""
        request.read()
        return self._respond(request, "sync")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request of the async half."""
        await request.aread()
        return self._respond(request, "async")

    def _respond(self, request: httpx.Request, half: Half) -> httpx.Response:
        operation_id: str = request.extensions["operation"].id
        if operation_id == self._recording.operation_id:
            return self._recording.respond(request)
        received = self._recording.pass_on(request)
        self.own[half, operation_id] = received.read(request)
        return received.unread(request)


@dataclass(frozen=True)
class Opening:
    """What sessions are made of.

    Attributes:
        server: The server.
        credentials: The target's credentials on it, by scheme and scope.
        recording: What every request has to go through.
    """

    server: Server
    credentials: Mapping[tuple[str, str], str] = field(repr=False)
    recording: RecordingTransport = field(repr=False)

    @property
    def base_url(self) -> str:
        """Root of the API."""
        return self.server.base_url

    def transport(self) -> SessionTransport:
        """Return a transport for one session, to be passed on as `httpx_args={"transport": …}`."""
        return SessionTransport(self.recording)


OpenSessions: TypeAlias = Callable[[Opening], Mapping[Scheme, Session]]
"""Makes the sessions of a channel: one for each kind of credentials."""


def plain_session(
    package: types.ModuleType, auth: CredentialsAuth, supplied: Mapping[str, Any]
) -> OpenSessions:
    """Return what makes the only session of a generated client, which has all credentials."""

    def open_session(opening: Opening) -> Mapping[Scheme, Session]:
        client = package.Client(
            base_url=opening.base_url,
            auth=auth,
            supplier=FixedSupplier(supplied),
            # A response is judged as it is, and a failure comes again each time.
            max_retries=0,
            httpx_args={"transport": opening.transport()},
        )
        return {"": Session(package.Api(client), package.AsyncApi(client), supplied=supplied)}

    return open_session


def session_for(sessions: Mapping[Scheme, Session], alternative: Alternative) -> Session:
    """Return the session with the credentials of a security alternative, or else the one without any."""
    for scheme, scopes in alternative.items():
        keys: list[Scheme] = [*((scheme, scope) for scope in scopes), scheme]
        for key in keys:
            if key in sessions:
                return sessions[key]
    return sessions[""]


def refusing_sessions(
    sessions: Mapping[Scheme, Session], operation: Operation
) -> list[tuple[Scheme, Session, type[Exception]]]:
    """Return the sessions that refuse an operation, with their credentials and their errors."""
    return [
        (key, session, error)
        for key, session in sessions.items()
        if (error := session.refuses(operation)) is not None
    ]


def alternative_of(scheme: Scheme) -> Alternative:
    """Return the security alternative that credentials are for."""
    if isinstance(scheme, tuple):
        return {scheme[0]: (scheme[1],)}
    return {scheme: ()} if scheme else {}
