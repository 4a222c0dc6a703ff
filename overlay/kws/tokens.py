"""Where a session's access token comes from, and when the next one is due."""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import httpx

from kws_client.api.oauth import AsyncOauth, Oauth
from openapi_runtime.client import Client

from .claims import Claims, decode_claims
from .errors import MissingCredentials

if TYPE_CHECKING:
    import asyncio

    from kws_client.models.token import Token

Scope = Literal["app", "frontend"]

_EARLY_S = 60.0
_EARLY_SHARE = 0.1
# How long a token that could not be replaced early is kept before the next try.
_AGAIN_S = 5.0
# Longer than any server means; a number without bounds would overflow.
_LONGEST_S = 1e9


@dataclass(frozen=True, slots=True)
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


class TokenSource:
    """Source of a session's tokens. This one has none: only operations that need no token can be called.

    Attributes:
        basic: Client id and secret, for the operations that take these.
        renews: Whether a token that the server refused can be replaced.
    """

    basic: httpx.BasicAuth | None = None
    renews = False

    @property
    def scope(self) -> str | None:
        """Scope of the token that `get` returns next; None if there is none."""
        return None

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """Return a token that is not due, and not the one that the server refused.

        Raises:
            MissingCredentials: There is no token, and no way to get one.
            APIError: The token could not be fetched.
        """
        del refused
        raise MissingCredentials("this session has no token: give it client_id and client_secret, or a token")

    async def get_async(self, refused: AccessToken | None = None) -> AccessToken:
        """Return a token, as `get` does."""
        return self.get(refused)


class KnownToken(TokenSource):
    """One token, until it expires; then the user signs in again."""

    def __init__(self, token: AccessToken, basic: httpx.BasicAuth | None = None) -> None:
        self.basic = basic
        self._token = token

    @property
    def scope(self) -> str:
        """Scope of the token."""
        return self._token.claims.scope

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """Return the token, whether the server refused it or not."""
        del refused
        return self._token


class ClientCredentials(TokenSource):
    """Tokens for the app itself: fetched on first use, renewed ahead of expiry and after a refusal.

    However many threads or tasks wait, one request is made, and all of them get its token or its error.
    """

    renews = True

    def __init__(
        self, client: Client, basic: httpx.BasicAuth, scope: Scope, clock: Callable[[], float]
    ) -> None:
        self.basic = basic
        self._client = client
        self._scope: Scope = scope
        self._clock = clock
        self._token: AccessToken | None = None
        # Result of the latest request: whoever waited for it makes none.
        self._outcome: AccessToken | Exception = MissingCredentials("no token was fetched yet")
        self._lock = threading.Lock()
        self._fetching_thread: int | None = None
        self._fetch: asyncio.Task[None] | None = None

    @property
    def scope(self) -> str:
        """Scope of the current token, or else the one to be asked for."""
        return self._scope if self._token is None else self._token.claims.scope

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """Return the current token, or fetch one."""
        seen = self._outcome
        if token := self._usable(refused):
            return token
        _refuse_reentry(within=self._fetching_thread == threading.get_ident())
        with self._lock:
            if self._outcome is not seen:
                return _settled(self._outcome)
            self._fetching_thread = threading.get_ident()
            try:
                response = Oauth(self._client).issue_token(grant_type="client_credentials", scope=self._scope)
                return self._keep(response)
            except Exception as error:
                if token := self._keep_old(error, refused):
                    return token
                raise
            finally:
                self._fetching_thread = None

    async def get_async(self, refused: AccessToken | None = None) -> AccessToken:
        """Return the current token, or fetch one."""
        import asyncio  # noqa: PLC0415  # programs without async calls start faster without it

        if token := self._usable(refused):
            return token
        _refuse_reentry(within=self._fetch is asyncio.current_task())
        # Refuses another event loop, which could not wait for the fetch of this one.
        self._client.get_async_httpx_client()
        if self._fetch is None or self._fetch.done():
            self._fetch = asyncio.create_task(self._fetch_token(refused))
        # Shielded, so that the cancellation of one caller does not take the token from the others.
        await asyncio.shield(self._fetch)
        return _settled(self._outcome)

    async def _fetch_token(self, refused: AccessToken | None) -> None:
        oauth = AsyncOauth(self._client)
        try:
            self._keep(await oauth.issue_token(grant_type="client_credentials", scope=self._scope))
        except Exception as error:  # noqa: BLE001  # it is kept, and raised for each caller
            self._keep_old(error, refused)

    def _usable(self, refused: AccessToken | None) -> AccessToken | None:
        token = self._token
        if token is None or _same(token, refused):
            return None
        return token if token.due is None or self._clock() < token.due else None

    def _keep(self, response: Token) -> AccessToken:
        claims = decode_claims(response.access_token)
        now = self._clock()
        lifetime = _lifetime_s(response, claims, now)
        expires = None if lifetime is None else now + lifetime
        due = None if lifetime is None else now + lifetime - min(_EARLY_S, lifetime * _EARLY_SHARE)
        token = self._outcome = self._token = AccessToken(response.access_token, claims, due, expires)
        return token

    def _keep_old(self, error: Exception, refused: AccessToken | None) -> AccessToken | None:
        """Return the old token if it still works; otherwise None, and share the error with all who wait."""
        token, now = self._token, self._clock()
        if token is None or _same(token, refused) or token.expires is None or now >= token.expires:
            self._outcome = _without_traceback(error)
            return None
        self._token = self._outcome = replace(token, due=min(now + _AGAIN_S, token.expires))
        return self._token


def _same(token: AccessToken, refused: AccessToken | None) -> bool:
    return refused is not None and token.value == refused.value


def _refuse_reentry(*, within: bool) -> None:
    """Refuse the token to a hook of the very request that fetches it, which would wait for ever."""
    if within:
        raise MissingCredentials(
            "the token is being fetched: a hook of the token request itself cannot use it"
        )


def _settled(outcome: AccessToken | Exception) -> AccessToken:
    """Return the token that another caller fetched, or raise its error."""
    if isinstance(outcome, AccessToken):
        return outcome
    raise _without_traceback(outcome)


def _without_traceback(error: Exception) -> Exception:
    """Copy an error and its cause: a traceback belongs to one thread, and keeps its local variables alive."""
    copied = copy(error)
    copied.__cause__ = copy(error.__cause__)
    return copied


def _lifetime_s(response: Token, claims: Claims, now: float) -> float | None:
    """Seconds that a fresh token has left, by the server's word; two clocks are compared only if need be."""
    if isinstance(response.expires_in, int):
        return min(response.expires_in, _LONGEST_S)
    if claims.expires_at is None:
        return None
    return claims.expires_at.timestamp() - (claims.issued_at.timestamp() if claims.issued_at else now)
