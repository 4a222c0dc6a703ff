"""`KWS` and `AsyncKWS`: the API of the generated client, with credentials that look after themselves."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from typing import Any, Final, Literal, Self, TypedDict, get_args

import httpx

from kws_client.api import Api, AsyncApi
from kws_client.errors import ConfigurationError
from openapi_runtime.client import Client
from openapi_runtime.settings import check_url

from .authorization import Authorization
from .claims import Claims, decode_claims
from .errors import ScopeError, SignInError
from .sign_in import Callback, SignInURL, read_callback, read_implicit_callback
from .tokens import AccessToken, ClientCredentials, KnownToken, Scope, TokenSource

_FOR_FRONTENDS: Final = frozenset({"frontend", "user"})


class _Exchange(TypedDict):
    """Arguments that exchange an authorization code for a token."""

    grant_type: Literal["authorization_code"]
    code: str
    redirect_uri: str


class _Session:
    """What `KWS` and `AsyncKWS` share: everything but waiting."""

    client: Client
    _source: TokenSource

    def __init__(
        self,
        base_url: str,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        token: str | None = None,
        scope: Scope = "app",
        sso_url: str | None = None,
        allow_http: bool = False,
        timeout: httpx.Timeout | float | None = 30.0,
        httpx_args: Mapping[str, Any] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        check_url("base_url", base_url, allow_http=allow_http)
        if sso_url is not None:
            check_url("sso_url", sso_url, allow_http=allow_http)
        authorization = Authorization(TokenSource())
        client = Client(
            base_url,
            auth=authorization,
            supplier=authorization,
            timeout=timeout,
            httpx_args=httpx_args or {},
        )
        authorization.source = _source(client, client_id, client_secret, token, scope, clock)
        self.client = client
        self._source = authorization.source
        self._client_id = client_id
        self._sso_url = sso_url
        self._allow_http = allow_http
        self._owns_connections = True

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.client!r}, client_id={self._client_id!r})"

    def with_token(self, token: str) -> Self:
        """A session on a token obtained elsewhere, such as a user's, over the connections of this session.

        Closing it leaves the connections open; they are closed with this session.

        Raises:
            InvalidToken: It is not an access token.
        """
        source = KnownToken(AccessToken.read(token))
        authorization = Authorization(source)
        session = object.__new__(type(self))
        # Attributes of a subclass come along; the parts of the API do not, as they call with the old token.
        session.__dict__.update(
            (name, value)
            for name, value in vars(self).items()
            if not isinstance(getattr(type(self), name, None), cached_property)
        )
        session.client = self.client.with_auth(authorization, authorization)
        session._source = source
        session._owns_connections = False
        return session

    def sign_in_url(
        self,
        *,
        redirect_uri: str,
        state: str | None = None,
        language: str | None = None,
        sso_url: str | None = None,
    ) -> SignInURL:
        """Where to send a user who wants to sign in. The app's settings at KWS decide which flow it is.

        Args:
            redirect_uri: The callback, exactly as registered with KWS.
            state: Brought back by the callback; a new one when left out, in the result's `.state`.
            language: Language of the page, such as `en`; English when left out.
            sso_url: The single sign-on's website, if the session was not given one.

        Raises:
            ConfigurationError: `sso_url` or the client id is missing, `state` is empty, or a URL is none.
        """
        sso_url = sso_url or self._sso_url
        if not sso_url or not self._client_id:
            raise ConfigurationError("a sign-in needs client_id and sso_url: give both to the session")
        check_url("sso_url", sso_url, allow_http=self._allow_http)
        return SignInURL.build(
            sso_url, client_id=self._client_id, redirect_uri=redirect_uri, state=state, language=language
        )

    def complete_implicit_sign_in(self, callback_url: str, *, state: str) -> Self:
        """The session of a user who came back from the implicit flow, with the token in the URL's fragment.

        Nothing is sent. See `with_token` for who closes what.

        Raises:
            SignInError: There is no token, or KWS refused the sign-in; StateMismatch: the state is another.
            InvalidToken: What the callback holds is not an access token.
        """
        return self._user_session(read_implicit_callback(callback_url, state=state).secret)

    def _user_session(self, token: str) -> Self:
        """A session on a token that a sign-in gave. Its signature stays unverified: only KWS has the key."""
        session = self.with_token(token)
        claims = decode_claims(token)
        if claims.scope in get_args(Scope):
            raise SignInError(f"the sign-in gave a token of scope {claims.scope}, which is no user's")
        if claims.client_id not in (None, self._client_id):
            raise SignInError("the sign-in gave a token that was made for another client")
        return session

    def _exchange(self, callback: Callback, redirect_uri: str | None) -> _Exchange:
        if self._source.basic is None:
            raise ConfigurationError(
                "exchanging a code needs client_id and client_secret: give both to the session"
            )
        return {
            "grant_type": "authorization_code",
            "code": callback.secret,
            "redirect_uri": redirect_uri or callback.redirect_uri,
        }


class KWS(_Session, Api):
    """A session with Kids Web Services. Its calls wait; `AsyncKWS` has the same ones to be awaited.

    Use it as a context manager, or call `close()`. Safe to share between threads.

    Args:
        base_url: The API host that KWS assigned to the app. https, or http on loopback.
        client_id: The app's client id.
        client_secret: Its secret. Back ends only.
        token: An access token obtained elsewhere, such as a user's, in place of client id and secret.
        scope: Scope of the tokens fetched with client id and secret: `app` or `frontend`.
        sso_url: The single sign-on's website, where users are sent to sign in.
        allow_http: Whether http may go to other machines, for a mock in a network of your own. Anybody on the
            way can read the secrets.
        timeout: Seconds for connecting, sending and receiving each, or an `httpx.Timeout`.
        httpx_args: Further arguments of the httpx client: `transport`, `proxy`, `limits` and so on.
        clock: Seconds since 1970; decides when a token is due.

    Raises:
        ConfigurationError: The arguments contradict each other, or would send secrets in the clear.
        InvalidToken: `token` is not an access token.
    """

    @property
    def claims(self) -> Claims:
        """What the current token says; fetches one if there is none yet. Raises APIError."""
        return self._source.get().claims

    def token_for_frontend(self) -> str:
        """The current token, if a front end may have it: one of scope `frontend` or `user`.

        Raises:
            ScopeError: It has another scope. A token of scope `app` must never leave the back end.
            APIError: The token could not be fetched.
        """
        return _for_frontend(self._source.get())

    def complete_sign_in(self, callback_url: str, *, state: str, redirect_uri: str | None = None) -> Self:
        """Exchange the code of a callback for the user's token (issueToken, `POST /oauth/token`).

        Args:
            callback_url: The URL that the user came back to, with its query.
            state: The state that the sign-in was started with.
            redirect_uri: The redirect URI it was started with; taken from the callback when left out.

        Returns:
            A session of scope `user`. See `with_token` for who closes what.

        Raises:
            StateMismatch: The callback belongs to another sign-in.
            SignInError: There is no code, or KWS refused the sign-in.
            BadRequest: The code was used before, has expired, or was made for another client or redirect URI.
            Unauthorized: The client id or the client secret is wrong.
            APIError: Anything else.
        """
        arguments = self._exchange(read_callback(callback_url, state=state), redirect_uri)
        return self._user_session(self.oauth.issue_token(**arguments).access_token)

    def close(self) -> None:
        """Close the connections, if they are this session's own."""
        if self._owns_connections:
            self.client.close()


class AsyncKWS(_Session, AsyncApi):
    """A session with Kids Web Services whose calls are awaited; its arguments are those of `KWS`.

    Use it as an asynchronous context manager, or await `aclose()`. It belongs to one event loop of asyncio.
    """

    @property
    def claims(self) -> Awaitable[Claims]:
        """What the current token says: `(await kws.claims).app_id`. Raises APIError."""
        return self._claims()

    async def _claims(self) -> Claims:
        return (await self._source.get_async()).claims

    async def token_for_frontend(self) -> str:
        """See `KWS.token_for_frontend`."""
        return _for_frontend(await self._source.get_async())

    async def complete_sign_in(
        self, callback_url: str, *, state: str, redirect_uri: str | None = None
    ) -> Self:
        """See `KWS.complete_sign_in`."""
        arguments = self._exchange(read_callback(callback_url, state=state), redirect_uri)
        return self._user_session((await self.oauth.issue_token(**arguments)).access_token)

    async def aclose(self) -> None:
        """Close the connections, if they are this session's own."""
        if self._owns_connections:
            await self.client.aclose()


def _source(
    client: Client,
    client_id: str | None,
    client_secret: str | None,
    token: str | None,
    scope: Scope,
    clock: Callable[[], float],
) -> TokenSource:
    if scope not in get_args(Scope):
        raise ConfigurationError('scope has to be "app" or "frontend"; users get their own by signing in')
    for name, value in (("client_id", client_id), ("client_secret", client_secret)):
        if value is not None and type(value) is not str:
            raise ConfigurationError(f"{name} has to be text, not {type(value).__name__}")
    if client_secret is not None and not (client_id and client_secret):
        raise ConfigurationError("client_secret goes with client_id, and neither can be empty")
    basic = httpx.BasicAuth(client_id, client_secret) if client_id and client_secret else None
    if token is not None:
        return KnownToken(AccessToken.read(token), basic)
    return TokenSource() if basic is None else ClientCredentials(client, basic, scope, clock)


def _for_frontend(token: AccessToken) -> str:
    scope = token.claims.scope
    if scope in _FOR_FRONTENDS:
        return token.value
    raise ScopeError(
        f"a token of scope {scope} must not reach a front end: hand out one of a session with "
        "scope frontend, or of a signed-in user"
    )
