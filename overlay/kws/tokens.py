"""Where a session's access token comes from, and when the next one is due."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from copy import copy
from typing import Literal, Protocol

import httpx
from attrs import field, frozen

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
# Longer than any server means; a number without bounds would overflow.
_LONGEST_S = 1e9


@frozen
class AccessToken:
    """A token, what it says of itself, and when it should be replaced (seconds since 1970; None: never)."""

    value: str = field(repr=False)
    claims: Claims
    due: float | None = None

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
        self._failures = 0
        self._failure: APIError | None = None
        self._thread_turn = threading.Lock()
        self._task_turn = asyncio.Lock()

    @property
    def scope(self) -> str:
        """See `TokenSource.scope`."""
        return self._scope if self._token is None else self._token.claims.scope

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """See `TokenSource.get`."""
        failures = self._failures
        if token := self._usable(refused):
            return token
        with self._thread_turn:
            if token := self._usable(refused):
                return token
            self._raise_if_failed_since(failures)
            with self._failures_noted():
                return self._keep(issue_token.sync(client=self._client, body=self._request))

    async def get_async(self, refused: AccessToken | None = None) -> AccessToken:
        """See `TokenSource.get_async`."""
        failures = self._failures
        if token := self._usable(refused):
            return token
        async with self._task_turn:
            if token := self._usable(refused):
                return token
            self._raise_if_failed_since(failures)
            with self._failures_noted():
                return self._keep(await issue_token.asyncio(client=self._client, body=self._request))

    def _usable(self, refused: AccessToken | None) -> AccessToken | None:
        token = self._token
        if token is None or token is refused or (token.due is not None and self._clock() >= token.due):
            return None
        return token

    def _keep(self, answer: Token) -> AccessToken:
        claims = decode_claims(answer.access_token)
        lifetime = _lifetime_s(answer, claims)
        due = None
        if lifetime is not None:
            due = self._clock() + lifetime - min(_EARLY_S, lifetime * _EARLY_SHARE)
        token = self._token = AccessToken(answer.access_token, claims, due)
        self._failure = None
        return token

    @contextmanager
    def _failures_noted(self) -> Generator[None]:
        try:
            yield
        except APIError as error:
            self._failures += 1
            self._failure = error
            raise

    def _raise_if_failed_since(self, failures: int) -> None:
        """Whoever waited while another's request failed gets its error, instead of asking once more."""
        failure = self._failure
        if failure is not None and self._failures > failures:
            # Each gets a copy: a traceback belongs to one thread.
            raise copy(failure) from failure.__cause__


def _lifetime_s(answer: Token, claims: Claims) -> float | None:
    """Seconds that a fresh token has left, by the server's word: never by comparing two clocks."""
    if isinstance(answer.expires_in, int):
        return min(answer.expires_in, _LONGEST_S)
    if claims.issued_at is not None and claims.expires_at is not None:
        return (claims.expires_at - claims.issued_at).total_seconds()
    return None
