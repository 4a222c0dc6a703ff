"""`KWS` and `AsyncKWS`: the generated client with tokens that are fetched and renewed as needed."""

from __future__ import annotations

import base64
import os
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict, Unpack, get_args, overload

import httpx

from kws_client.api import Api, AsyncApi
from kws_client.errors import ConfigurationError
from openapi_runtime.client import Client, TransportName
from openapi_runtime.options import MIB
from openapi_runtime.settings import check_callable, check_flag, check_text, check_url

from .authorization import Authorization
from .errors import ScopeError, SignInError
from .tokens import ClientCredentials, KnownToken, Scope, TokenSource

if TYPE_CHECKING:
    from openapi_runtime.exchange import Hook

    from .access_token import AccessToken, Claims
    from .sign_in import SignIn, SignInURL

    class Settings(TypedDict, total=False):
        """Arguments of a session, as `from_env` takes them."""

        base_url: str
        client_id: str | None
        client_secret: str | None
        token: str | None
        scope: Scope
        sso_url: str | None
        allow_http: bool
        timeout: httpx.Timeout | float | None
        deadline: float | None
        max_retries: int
        max_response_size: int
        user_agent: str | None
        on_attempt: Hook | None
        transport: TransportName
        httpx_args: Mapping[str, Any] | None
        clock: Callable[[], float]


_VARIABLES: Final = {
    "base_url": "KWS_BASE_URL",
    "client_id": "KWS_CLIENT_ID",
    "client_secret": "KWS_CLIENT_SECRET",
    "token": "KWS_TOKEN",
    "sso_url": "KWS_SSO_URL",
}


class _Session:
    """What the sync and the async session share."""

    client: Client
    _source: TokenSource
    _over: Callable[[Client], Self]

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
        deadline: float | None = None,
        max_retries: int = 2,
        max_response_size: int = 8 * MIB,
        user_agent: str | None = None,
        on_attempt: Hook | None = None,
        transport: TransportName = "httpx",
        httpx_args: Mapping[str, Any] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        check_flag("allow_http", allow_http)
        check_callable("clock", clock)
        check_url("base_url", base_url, allow_http=allow_http)
        if sso_url is not None:
            check_url("sso_url", sso_url, allow_http=allow_http)
        if scope not in get_args(Scope):
            raise ConfigurationError('scope has to be "app" or "frontend"; users get theirs by signing in')
        basic = _basic(client_id, client_secret)
        from openapi_runtime.version import products  # noqa: PLC0415  # programs start faster without it

        client = Client(
            base_url,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            max_response_size=max_response_size,
            user_agent=products(user_agent, "kws-clients"),
            on_attempt=on_attempt,
            transport=transport,
            httpx_args=httpx_args,
        )
        source = TokenSource() if basic is None else ClientCredentials(client, basic, scope, clock)
        self._authorize(client, source if token is None else _known(token, basic))
        self._client_id = client_id
        self._sso_url = sso_url
        self._allow_http = allow_http

    @classmethod
    def from_env(cls, **settings: Unpack[Settings]) -> Self:
        """Return a session with the settings of the environment.

        It reads `KWS_BASE_URL`, and either `KWS_CLIENT_ID` with `KWS_CLIENT_SECRET`, or `KWS_TOKEN`; also
        `KWS_SSO_URL`, if that is set. A variable that is empty counts as one that is not set.

        Args:
            **settings: Arguments of the session, which count before the environment. With a client id or
                secret among them, `KWS_TOKEN` is not read.

        Raises:
            ConfigurationError: A variable is missing (the message names all that are), or a setting cannot
                work.
            InvalidToken: The token is not an access token.
        """
        from openapi_runtime.environment import settings_of_environment  # noqa: PLC0415  # starts faster

        variables = dict(_VARIABLES)
        if settings.keys() & {"client_id", "client_secret"}:
            del variables["token"]
        in_environment = os.environ.get(variables["token"]) if "token" in variables else None
        has_token = settings.get("token", in_environment)
        found: Any = settings_of_environment(
            variables,
            settings,
            required=["base_url"] if has_token else ["base_url", "client_id", "client_secret"],
            advice="" if has_token else "; a token can take the place of client id and secret: KWS_TOKEN",
        )
        return cls(**found)

    def _authorize(self, client: Client, source: TokenSource) -> None:
        client.auth = client.supplier = Authorization(source)
        self.client = client
        self._source = source

    def with_token(self, token: str) -> Self:
        """Return a session with a token obtained elsewhere, such as a user's, over the same connections.

        Closing it leaves the connections open; they are closed with this session.

        Raises:
            InvalidToken: It is not an access token.
        """
        session = self._over(self.client.with_auth(None))
        session._authorize(session.client, _known(token))  # noqa: SLF001  # of the same class
        return session

    def start_sign_in(
        self,
        *,
        redirect_uri: str,
        state: str | None = None,
        language: str | None = None,
        sso_url: str | None = None,
        pkce: bool = True,
    ) -> SignIn:
        """Start a sign-in: send the user to the result's `url`, and keep the rest in their web session.

        Its `to_dict()` goes into the web session; when the user is back, `SignIn.from_dict` takes it out, and
        `complete_sign_in` ends the sign-in with it.

        Args:
            redirect_uri: The callback, exactly as registered with KWS.
            state: Returned by the callback; a new one when left out.
            language: Language of the page, such as `en`; English when left out.
            sso_url: The single sign-on's website, if the session was not given one.
            pkce: Whether the code is bound to this sign-in by PKCE (RFC 7636). A server that does not know
                PKCE passes over what is sent for it; False is for one that refuses it.

        Raises:
            ConfigurationError: As `sign_in_url` raises.
        """
        from .sign_in import SignIn  # noqa: PLC0415  # programs start faster without it

        check_flag("pkce", pkce)
        sso_url, client_id = self._sign_in_at(sso_url)
        return SignIn.start(
            sso_url, client_id=client_id, redirect_uri=redirect_uri, state=state, language=language, pkce=pkce
        )

    def sign_in_url(
        self,
        *,
        redirect_uri: str,
        state: str | None = None,
        language: str | None = None,
        sso_url: str | None = None,
    ) -> SignInURL:
        """Return the URL where a user signs in. The app's settings at KWS decide which flow it starts.

        `start_sign_in` does the same with PKCE, which keeps a stolen code from being used.

        Args:
            redirect_uri: The callback, exactly as registered with KWS.
            state: Returned by the callback; a new one when left out, in the result's `.state`.
            language: Language of the page, such as `en`; English when left out.
            sso_url: The single sign-on's website, if the session was not given one.

        Raises:
            ConfigurationError: `sso_url` or the client id is missing, `state` is empty, a URL is wrong, or an
                argument is not text.
        """
        from .sign_in import SignInURL  # noqa: PLC0415  # programs start faster without it

        sso_url, client_id = self._sign_in_at(sso_url)
        return SignInURL.build(
            sso_url, client_id=client_id, redirect_uri=redirect_uri, state=state, language=language
        )

    def _sign_in_at(self, sso_url: str | None) -> tuple[str, str]:
        if not (sso_url := sso_url or self._sso_url) or not self._client_id:
            raise ConfigurationError("a sign-in needs client_id and sso_url: give both to the session")
        check_url("sso_url", sso_url, allow_http=self._allow_http)
        return sso_url, self._client_id

    def complete_implicit_sign_in(self, callback_url: str, *, state: str) -> Self:
        """Return the session of a user whose callback has the token in its fragment. Nothing is sent.

        Raises:
            SignInError: There is no token, or KWS refused the sign-in; StateMismatch: the state is another.
            InvalidToken: The token is not an access token.
        """
        from .sign_in import read_implicit_callback  # noqa: PLC0415  # programs start faster without it

        return self._user_session(read_implicit_callback(callback_url, state=state).secret)

    def _user_session(self, token: str) -> Self:
        session = self.with_token(token)
        claims = session._source.get().claims  # noqa: SLF001  # of the same class
        if claims.scope in get_args(Scope):
            raise SignInError(f"the sign-in gave a token of scope {claims.scope}, which is not a user's")
        if claims.client_id not in (None, self._client_id):
            raise SignInError("the sign-in gave a token that was issued for another client")
        return session

    def _exchange(
        self, callback_url: str, sign_in: SignIn | None, state: str, redirect_uri: str | None
    ) -> dict[str, Any]:
        """Return the arguments that exchange the code of a callback for a token."""
        from .sign_in import check_sign_in, read_callback  # noqa: PLC0415  # programs start faster without it

        further: dict[str, Any] = {}
        if sign_in is not None:
            check_sign_in(sign_in)
            state, redirect_uri = sign_in.state, redirect_uri or sign_in.redirect_uri
            if sign_in.code_verifier is not None:
                further["code_verifier"] = sign_in.code_verifier
        callback = read_callback(callback_url, state=state)
        if redirect_uri is not None:
            check_text("redirect_uri", redirect_uri)
        if self._source.basic is None:
            raise ConfigurationError("a code needs client_id and client_secret: give both to the session")
        uri = redirect_uri or callback.redirect_uri
        return {
            "grant_type": "authorization_code",
            "code": callback.secret,
            "redirect_uri": uri,
            **further,
        }


class KWS(_Session, Api):
    """Synchronous client of Kids Web Services.

    Use it as a context manager, or call `close()`. Threads can share it.

    Args:
        base_url: The API host that KWS assigned to the app. https, or http on loopback.
        client_id: The app's client id.
        client_secret: The app's client secret, for back ends only.
        token: An access token obtained elsewhere, such as a user's, in place of client id and secret.
        scope: Scope of the tokens fetched with client id and secret: `app` or `frontend`.
        sso_url: The single sign-on's website, where users sign in.
        allow_http: Whether http is allowed beyond loopback, for a mock in your own network. Anybody on the
            way can read the secrets.
        timeout: Seconds for each attempt of a call, or an `httpx.Timeout`; None is no limit.
        deadline: Seconds for a whole call, with its retries and the wait for a token; None is no limit.
        max_retries: How often an attempt that failed is repeated, where that is safe.
        max_response_size: The most bytes that the body of a response may have, unpacked.
        user_agent: Stands before `kws-clients/…` in the header `User-Agent`, such as `my-game/1.2`.
        on_attempt: Called with each `Attempt`, when it is over. What it raises ends the call.
        transport: `fast` for that of the extra of this name; `httpx` for the default.
        httpx_args: Further arguments of the httpx client: `transport`, `proxy`, `limits` and so on.
            `fast` takes `limits`, `timeout` and `trust_env` alone.
        clock: Returns seconds since 1970; decides when a token is renewed.

    Raises:
        ConfigurationError: The settings contradict each other, or would send secrets unencrypted.
        InvalidToken: `token` is not an access token.
    """

    @property
    def claims(self) -> Claims:
        """Claims of the current token, which is fetched if there is none. Raises APIError."""
        return self._source.get().claims

    def token_for_frontend(self) -> str:
        """Return the current token if a front end may have it: one of scope `frontend` or `user`.

        Raises:
            ScopeError: It has another scope. A token of scope `app` must never leave the back end.
            APIError: The token could not be fetched.
        """
        return _for_frontend(self._source.get())

    @overload
    def complete_sign_in(self, callback_url: str, sign_in: SignIn) -> Self: ...
    @overload
    def complete_sign_in(self, callback_url: str, *, state: str, redirect_uri: str | None = None) -> Self: ...
    def complete_sign_in(
        self,
        callback_url: str,
        sign_in: SignIn | None = None,
        *,
        state: str = "",
        redirect_uri: str | None = None,
    ) -> Self:
        """Exchange the code of a callback for the user's token, and return the user's session.

        Args:
            callback_url: The URL of the callback, with its query.
            sign_in: What `start_sign_in` returned.
            state: In place of it: the state of the URL that `sign_in_url` returned.
            redirect_uri: The redirect URI that goes with it; taken from the callback when left out.

        Raises:
            StateMismatch: The callback belongs to another sign-in.
            SignInError: There is no code, or KWS refused the sign-in.
            BadRequest: The code was used before, has expired, or is another client's or redirect URI's.
            Unauthorized: The client id or the client secret is wrong.
            APIError: Anything else that issueToken raises.
        """
        exchange = self._exchange(callback_url, sign_in, state, redirect_uri)
        return self._user_session(self.oauth.issue_token(**exchange).access_token)


class AsyncKWS(_Session, AsyncApi):
    """Asynchronous client of Kids Web Services; its arguments are those of `KWS`.

    Use it as an async context manager, or await `aclose()`. It belongs to one event loop of asyncio.
    """

    @property
    def claims(self) -> Awaitable[Claims]:
        """Claims of the current token, to be awaited: `(await session.claims).app_id`. Raises APIError."""
        return self._claims()

    async def _claims(self) -> Claims:
        return (await self._source.get_async()).claims

    async def token_for_frontend(self) -> str:
        """Return the current token, as `KWS.token_for_frontend` does."""
        return _for_frontend(await self._source.get_async())

    @overload
    async def complete_sign_in(self, callback_url: str, sign_in: SignIn) -> Self: ...
    @overload
    async def complete_sign_in(
        self, callback_url: str, *, state: str, redirect_uri: str | None = None
    ) -> Self: ...
    async def complete_sign_in(
        self,
        callback_url: str,
        sign_in: SignIn | None = None,
        *,
        state: str = "",
        redirect_uri: str | None = None,
    ) -> Self:
        """Exchange the code of a callback, as `KWS.complete_sign_in` does."""
        token = await self.oauth.issue_token(**self._exchange(callback_url, sign_in, state, redirect_uri))
        return self._user_session(token.access_token)


def _basic(client_id: str | None, client_secret: str | None) -> str | None:
    if not {type(client_id), type(client_secret)} <= {str, type(None)}:
        raise ConfigurationError("client_id and client_secret have to be text")
    if client_secret is not None and not (client_id and client_secret):
        raise ConfigurationError("client_secret goes with client_id, and neither can be empty")
    for name, value in (("client_id", client_id), ("client_secret", client_secret)):
        if value:
            check_text(name, value)
            if re.search(r"[\x00-\x1f\x7f]", value):
                raise ConfigurationError(f"{name}: expected text without line breaks and control characters")
    if client_id and client_secret and ":" in client_id:
        # Basic separates the two by the first colon, so the server would read another id and another secret.
        raise ConfigurationError("client_id: expected text without a colon, which no client id can have")
    if not client_id or not client_secret:
        return None
    return f"Basic {base64.b64encode(f'{client_id}:{client_secret}'.encode()).decode('ascii')}"


def _known(token: str, basic: str | None = None) -> KnownToken:
    from .access_token import AccessToken, decode_claims  # noqa: PLC0415  # programs start faster without it

    return KnownToken(AccessToken(token, decode_claims(token)), basic)


def _for_frontend(token: AccessToken) -> str:
    if token.claims.scope in {"frontend", "user"}:
        return token.value
    why = (
        f"a token of scope {token.claims.scope} must not reach a front end: use one of scope frontend or user"
    )
    raise ScopeError(why)
