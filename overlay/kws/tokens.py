"""Sources of a session's access token."""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING, Literal

import httpx

from kws_client.api.oauth import AsyncOauth, Oauth
from openapi_runtime.client import Client

from .errors import MissingCredentials

if TYPE_CHECKING:
    import asyncio

    from kws_client.models.token import Token

    from .access_token import AccessToken

Scope = Literal["app", "frontend"]


class TokenSource:
    """Source of a session's tokens. This one has none: only operations that need no token can be called.

    Attributes:
        basic: Client id and secret, for the operations that take them.
        renews: Whether a token that the server refused can be replaced.
    """

    basic: httpx.BasicAuth | None = None
    renews = False

    @property
    def scope(self) -> str | None:
        """Scope of the token that `get` returns next; None if there is none."""
        return None

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """Return a token that is not due, and not the one that the server refused. Raises APIError."""
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
    """Tokens for the app itself: fetched on first use, renewed before expiry and after a refusal.

    However many threads or tasks wait, one request is sent, and all of them get its token or its error.
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
        # Result of the latest request: those who waited for it send none.
        self._outcome: AccessToken | Exception = MissingCredentials("no token was fetched yet")
        self._lock = threading.RLock()
        self._is_fetching = False
        self._fetch: asyncio.Task[None] | None = None

    @property
    def scope(self) -> str:
        """Scope of the current token, or else the one to request."""
        return self._scope if self._token is None else self._token.claims.scope

    def get(self, refused: AccessToken | None = None) -> AccessToken:
        """Return the current token, or fetch one."""
        seen = self._outcome
        if token := self._usable(refused):
            return token
        with self._lock:
            _refuse_reentry(within=self._is_fetching)
            if self._outcome is seen:
                self._is_fetching = True
                try:
                    oauth = Oauth(self._client)
                    self._keep(oauth.issue_token(grant_type="client_credentials", scope=self._scope))
                except Exception as error:  # noqa: BLE001  # kept, and raised for each caller
                    self._keep_old(error, refused)
                finally:
                    self._is_fetching = False
            return _settled(self._outcome)

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
        except Exception as error:  # noqa: BLE001  # kept, and raised for each caller
            self._keep_old(error, refused)

    def _usable(self, refused: AccessToken | None) -> AccessToken | None:
        token = self._token
        return None if token is None or token == refused or self._clock() >= token.due else token

    def _keep(self, response: Token) -> None:
        from .access_token import AccessToken  # noqa: PLC0415  # programs start faster without it

        self._outcome = self._token = AccessToken.issued(response, self._clock())

    def _keep_old(self, error: Exception, refused: AccessToken | None) -> None:
        """Keep the old token if it is still valid, or else the error for all who wait."""
        token = self._token
        kept = None if token is None or token == refused else token.kept(self._clock())
        self._token = kept or token
        self._outcome = kept or _without_traceback(error)


def _refuse_reentry(*, within: bool) -> None:
    """Refuse the token to a hook of the request that fetches it, which would wait for itself."""
    if within:
        raise MissingCredentials("the token is being fetched: a hook of the token request cannot use it")


def _settled(outcome: AccessToken | Exception) -> AccessToken:
    """Return the token that was fetched, or raise the error."""
    if isinstance(outcome, Exception):
        raise _without_traceback(outcome)
    return outcome


def _without_traceback(error: Exception) -> Exception:
    """Copy an error and its cause: a traceback belongs to one thread, and keeps its local variables alive."""
    copied = copy(error)
    copied.__cause__ = copy(error.__cause__)
    return copied
