"""Sources of a session's access token."""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING, Any, Final, Literal

from kws_client.api.oauth import AsyncOauth, Oauth
from kws_client.errors import TimedOut
from openapi_runtime.client import Client
from openapi_runtime.deadlines import left
from openapi_runtime.options import Options

from .errors import MissingCredentials

if TYPE_CHECKING:
    import asyncio

    from kws_client.models.token import Token

    from .access_token import AccessToken

Scope = Literal["app", "frontend"]

# A second token does no harm if the first one was lost on its way.
_REPEATABLE: Final = Options(idempotent=True)
_LATE: Final = "no token in time: raise the deadline, or see what keeps the token request"


class TokenSource:
    """Source of a session's tokens. This one has none: only operations that need no token can be called.

    Attributes:
        basic: The header with client id and secret, for the operations that take them.
        renews: Whether a token that the server refused can be replaced.
    """

    basic: str | None = None
    renews = False

    @property
    def scope(self) -> str | None:
        """Scope of the token that `get` returns next; None if there is none."""
        return None

    def get(self, refused: str | None = None, deadline: float | None = None) -> AccessToken:
        """Return a token that is not due, and not the one that the server refused.

        Args:
            refused: The text of the token that the server refused.
            deadline: When the token has to be there, in seconds of `time.monotonic()`; None for no limit.

        Raises:
            APIError: There is none.
        """
        del refused, deadline
        raise MissingCredentials("this session has no token: give it client_id and client_secret, or a token")

    async def get_async(self, refused: str | None = None, deadline: float | None = None) -> AccessToken:
        """Return a token, as `get` does."""
        return self.get(refused, deadline)


class KnownToken(TokenSource):
    """One token, until it expires; then the user signs in again."""

    def __init__(self, token: AccessToken, basic: str | None = None) -> None:
        self.basic = basic
        self._token = token

    @property
    def scope(self) -> str:
        """Scope of the token."""
        return self._token.claims.scope

    def get(self, refused: str | None = None, deadline: float | None = None) -> AccessToken:
        """Return the token, whether the server refused it or not."""
        del refused, deadline
        return self._token


class ClientCredentials(TokenSource):
    """Tokens for the app itself: fetched on first use, renewed before expiry and after a refusal.

    However many threads or tasks wait, one request is sent, and all of them get its token or its error.
    """

    renews = True

    def __init__(self, client: Client, basic: str, scope: Scope, clock: Callable[[], float]) -> None:
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

    def get(self, refused: str | None = None, deadline: float | None = None) -> AccessToken:
        """Return the current token, or fetch one."""
        seen = self._outcome
        if token := self._usable(refused):
            return token
        if not self._lock.acquire(timeout=-1 if deadline is None else left(deadline)):
            raise TimedOut(_LATE)
        try:
            _refuse_reentry(within=self._is_fetching)
            if self._outcome is seen:
                self._fetch_token(refused, deadline)
            return _settled(self._outcome)
        finally:
            self._lock.release()

    def _fetch_token(self, refused: str | None, deadline: float | None) -> None:
        self._is_fetching = True
        options = _REPEATABLE
        try:
            if deadline is not None:
                options = Options(deadline=_left(deadline)).over(options)
            self._keep(Oauth(self._client).issue_token(**self._request, options=options))
        except Exception as error:
            before = self._outcome
            self._keep_old(error, refused)
            if isinstance(self._outcome, TimedOut) and deadline is not None and not left(deadline):
                # Only the time of this caller is over: one that still waits sends a request of its own.
                self._outcome = before
                raise
        finally:
            self._is_fetching = False

    async def get_async(self, refused: str | None = None, deadline: float | None = None) -> AccessToken:
        """Return the current token, or fetch one."""
        import asyncio  # noqa: PLC0415  # programs without async calls start faster without it

        if token := self._usable(refused):
            return token
        _refuse_reentry(within=self._fetch is asyncio.current_task())
        # Another event loop could not wait for the fetch of this one.
        self._client.check_event_loop()
        if self._fetch is None or self._fetch.done():
            self._fetch = asyncio.create_task(self._fetch_token_async(refused))
        try:
            async with asyncio.timeout(None if deadline is None else left(deadline)):
                # Shielded, so that the cancellation of one caller does not take the token from the others.
                await asyncio.shield(self._fetch)
        except TimeoutError:
            raise TimedOut(_LATE) from None
        return _settled(self._outcome)

    async def _fetch_token_async(self, refused: str | None) -> None:
        try:
            self._keep(await AsyncOauth(self._client).issue_token(**self._request, options=_REPEATABLE))
        except Exception as error:  # noqa: BLE001  # kept, and raised for each caller
            self._keep_old(error, refused)

    @property
    def _request(self) -> dict[str, Any]:
        return {"grant_type": "client_credentials", "scope": self._scope}

    def _usable(self, refused: str | None) -> AccessToken | None:
        token = self._token
        if token is None or token.value == refused:
            return None
        return None if self._clock() >= token.due else token

    def _keep(self, response: Token) -> None:
        from .access_token import AccessToken  # noqa: PLC0415  # programs start faster without it

        self._outcome = self._token = AccessToken.issued(response, self._clock())

    def _keep_old(self, error: Exception, refused: str | None) -> None:
        """Keep the old token if it is still valid, or else the error for all who wait."""
        token = self._token
        kept = None if token is None or token.value == refused else token.kept(self._clock())
        self._token = kept or token
        self._outcome = kept or _without_traceback(error)


def _refuse_reentry(*, within: bool) -> None:
    """Refuse the token to a hook of the request that fetches it, which would wait for itself."""
    if within:
        raise MissingCredentials("the token is being fetched: a hook of the token request cannot use it")


def _left(deadline: float) -> float:
    if seconds := left(deadline):
        return seconds
    raise TimedOut(_LATE)


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
