"""Where a session's access token comes from, and when the next one is due."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Final, Literal, Protocol

import httpx
from attrs import evolve, field, frozen

from kws_client.api.oauth import issue_token
from kws_client.client import Client
from kws_client.errors import APIError
from kws_client.models.token import Token
from kws_client.models.token_request import TokenRequest
from kws_client.models.token_request_grant_type import TokenRequestGrantType
from kws_client.models.token_request_scope import TokenRequestScope

from .claims import Claims, decode_claims
from .errors import MissingCredentials

Scope = Literal["app", "frontend"]

_EARLY_S = 60.0
_EARLY_SHARE = 0.1
# How long a token that could not be replaced early is kept before the next try.
_AGAIN_S = 5.0
# Longer than any server means; a number without bounds would overflow.
_LONGEST_S = 1e9
# Whose token request is under way in this thread or task: a hook of httpx runs within it.
_FETCHING: Final[ContextVar[object]] = ContextVar("_FETCHING", default=None)


@frozen
class AccessToken:
    """A token and what it says of itself.

    Attributes:
        due: When it should be replaced, in seconds since 1970; None: never.
        expires: When it ceases to work, in the same seconds.
    """

    value: str = field(repr=False)
    claims: Claims
    due: float | None = None
    expires: float | None = None

    @classmethod
    def read(cls, value: str) -> AccessToken:
        """A token that somebody else obtained. Raises InvalidToken."""
        return cls(value, decode_claims(value))


class TokenSource(Protocol):
    """Gives the token to call with: `get` to threads, `get_async` to tasks."""

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """A token that is good for now, and is not the one that the server refused.

        Raises:
            MissingCredentials: There is no token, and no way to get one.
            APIError: The token could not be fetched.
        """
        ...

    async def get_async(self, refused: AccessToken | None = None) -> AccessToken:
        """The same, awaited."""
        ...

    @property
    def scope(self) -> str | None:
        """Scope of the token that `get` is about to give; None where there is none."""
        ...

    @property
    def renews(self) -> bool:
        """Whether a refused token can be replaced."""
        ...

    @property
    def basic(self) -> httpx.BasicAuth | None:
        """The client id and secret, for the operations that take these."""
        ...


class NoToken:
    """A session without credentials: only operations that need none can be called."""

    scope = None
    renews = False
    basic = None

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """See `TokenSource.get`."""
        del refused
        raise MissingCredentials("this session has no token: give it client_id and client_secret, or a token")

    async def get_async(self, refused: AccessToken | None = None) -> AccessToken:
        """See `TokenSource.get_async`."""
        return self.get(refused)


@frozen
class KnownToken:
    """One token, until it expires; then the user signs in anew."""

    token: AccessToken
    basic: httpx.BasicAuth | None = field(default=None, repr=False)
    renews = False

    @property
    def scope(self) -> str:
        """See `TokenSource.scope`."""
        return self.token.claims.scope

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """See `TokenSource.get`."""
        del refused
        return self.token

    async def get_async(self, refused: AccessToken | None = None) -> AccessToken:
        """See `TokenSource.get_async`."""
        return self.get(refused)


class ClientCredentials:
    """Tokens for the app itself: fetched on first use, replaced ahead of expiry and after a refusal.

    However many threads or tasks wait, one request is made, and its failure reaches all who waited for it.
    """

    renews = True

    def __init__(
        self, client: Client, basic: httpx.BasicAuth, scope: Scope, clock: Callable[[], float]
    ) -> None:
        self.basic = basic
        self._client = client
        self._scope = scope
        self._request = TokenRequest(
            grant_type=TokenRequestGrantType.CLIENT_CREDENTIALS, scope=TokenRequestScope(scope)
        )
        self._clock = clock
        self._token: AccessToken | None = None
        # What the latest request came to. Who finds another one after waiting makes no request.
        self._outcome: AccessToken | APIError | None = None
        self._thread_turn = threading.Lock()
        self._task_turn: tuple[asyncio.AbstractEventLoop | None, asyncio.Lock] = (None, asyncio.Lock())

    @property
    def scope(self) -> str:
        """See `TokenSource.scope`."""
        return self._scope if self._token is None else self._token.claims.scope

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """See `TokenSource.get`."""
        seen = self._outcome
        if token := self._usable(refused):
            return token
        with self._only_fetch(), self._thread_turn:
            if token := self._settled_since(seen):
                return token
            try:
                return self._keep(issue_token.sync(client=self._client, body=self._request))
            except APIError as error:
                return self._spared(error, refused)

    async def get_async(self, refused: AccessToken | None = None) -> AccessToken:
        """See `TokenSource.get_async`."""
        seen = self._outcome
        if token := self._usable(refused):
            return token
        with self._only_fetch():
            async with self._turn_of_this_loop():
                if token := self._settled_since(seen):
                    return token
                try:
                    return self._keep(await issue_token.asyncio(client=self._client, body=self._request))
                except APIError as error:
                    return self._spared(error, refused)

    @contextmanager
    def _only_fetch(self) -> Generator[None]:
        """Refuses to wait for a turn within that turn, which would never end."""
        if _FETCHING.get() is self:
            raise MissingCredentials(
                "the token is being fetched: what runs within that request cannot have it"
            )
        outer = _FETCHING.set(self)
        try:
            yield
        finally:
            _FETCHING.reset(outer)

    def _turn_of_this_loop(self) -> asyncio.Lock:
        """A lock that another event loop has waited for cannot be waited for in this one."""
        loop, turn = self._task_turn
        running = asyncio.get_running_loop()
        if loop is not running:
            turn = asyncio.Lock()
            self._task_turn = running, turn
        return turn

    def _usable(self, refused: AccessToken | None) -> AccessToken | None:
        token = self._token
        if token is None or _same(token, refused):
            return None
        return token if token.due is None or self._clock() < token.due else None

    def _keep(self, answer: Token) -> AccessToken:
        claims = decode_claims(answer.access_token)
        now = self._clock()
        lifetime = _lifetime_s(answer, claims, now)
        expires = None if lifetime is None else now + lifetime
        due = None if lifetime is None else now + lifetime - min(_EARLY_S, lifetime * _EARLY_SHARE)
        token = self._outcome = self._token = AccessToken(answer.access_token, claims, due, expires)
        return token

    def _settled_since(self, seen: AccessToken | APIError | None) -> AccessToken | None:
        """What another's request came to meanwhile, for those who waited for it: its token, or its error."""
        outcome = self._outcome
        if outcome is seen:
            return None
        if isinstance(outcome, APIError):
            raise _twin(outcome)
        return outcome

    def _spared(self, error: APIError, refused: AccessToken | None) -> AccessToken:
        """The old token, if it was to be replaced ahead of its expiry only. Raises the error otherwise."""
        token, now = self._token, self._clock()
        if token is None or _same(token, refused) or token.expires is None or now >= token.expires:
            self._outcome = _twin(error)
            raise error
        self._token = self._outcome = evolve(token, due=min(now + _AGAIN_S, token.expires))
        return self._token


def _same(token: AccessToken, refused: AccessToken | None) -> bool:
    return refused is not None and token.value == refused.value


def _twin(error: APIError) -> APIError:
    """The same error and cause without their tracebacks, which are one thread's and keep its values alive."""
    twin = copy(error)
    twin.__cause__ = copy(error.__cause__)
    return twin


def _lifetime_s(answer: Token, claims: Claims, now: float) -> float | None:
    """Seconds that a fresh token has left, by the server's word; two clocks are compared only if need be."""
    if isinstance(answer.expires_in, int):
        return min(answer.expires_in, _LONGEST_S)
    if claims.expires_at is None:
        return None
    return claims.expires_at.timestamp() - (claims.issued_at.timestamp() if claims.issued_at else now)
