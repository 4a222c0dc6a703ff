"""Sign-in at the single sign-on: the URL that starts it, and the callback that ends it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Final, Self, cast
from urllib.parse import parse_qsl, unquote_plus, urlencode

from attrs import field, frozen

from kws_client.errors import ConfigurationError, InvalidArgument
from openapi_runtime.settings import check_text

from .errors import SignInError, SignInRefused, StateMismatch

_STATE_BYTES: Final = 24
# Gives the 43 characters that RFC 7636 recommends.
_VERIFIER_BYTES: Final = 32
# Parameters that the single sign-on adds to a redirect URI, each at most once.
_ADDED: Final = frozenset({"code", "token", "state", "error"})
_ADDED_TO_QUERY: Final = frozenset({"code", "state"})


class SignInURL(str):
    """A URL that starts a sign-in, with the state that the callback must return.

    Attributes:
        state: Keep it in the user's web session, and pass it to `complete_sign_in`.
    """

    __slots__ = ("state",)
    state: str

    @classmethod
    def build(
        cls,
        sso_url: str,
        *,
        client_id: str,
        redirect_uri: str,
        state: str | None,
        language: str | None,
        code_verifier: str | None = None,
    ) -> Self:
        """Return the URL of a sign-in page, with a new unguessable state if none is given."""
        check_text("redirect_uri", redirect_uri)
        for name, value in (("state", state), ("language", language)):
            if value is not None:
                check_text(name, value)
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^#]*", redirect_uri):
            raise ConfigurationError(
                "redirect_uri has to be the whole callback URL as registered with KWS, without a fragment"
            )
        if state is not None and not state:
            raise ConfigurationError("state is empty: pass an unguessable one, or leave it out for a new one")
        state = secrets.token_urlsafe(_STATE_BYTES) if state is None else state
        query = {"clientId": client_id, "redirectUri": redirect_uri, "state": state}
        if language is not None:
            query["language"] = language
        if code_verifier is not None:
            query |= {"code_challenge": _s256(code_verifier), "code_challenge_method": "S256"}
        url = cls(f"{sso_url.rstrip('/')}/oauth?{urlencode(query)}")
        url.state = state
        return url


@frozen(kw_only=True)
class SignIn:
    """A sign-in that was started: where the user goes, and what to keep until they are back.

    Attributes:
        url: Where the user signs in.
        state: What the callback has to return.
        redirect_uri: The callback, as registered with KWS.
        code_verifier: The verifier of PKCE (RFC 7636), without which nobody can use the code; None if the
            sign-in was started without. A secret, left out of reprs.
    """

    url: str
    state: str
    redirect_uri: str
    code_verifier: str | None = field(default=None, repr=False)

    @classmethod
    def start(
        cls,
        sso_url: str,
        *,
        client_id: str,
        redirect_uri: str,
        state: str | None = None,
        language: str | None = None,
        pkce: bool = True,
    ) -> Self:
        """Return a sign-in with a new state, if none is given, and a new verifier. Sessions call this."""
        code_verifier = secrets.token_urlsafe(_VERIFIER_BYTES) if pkce else None
        url = SignInURL.build(
            sso_url,
            client_id=client_id,
            redirect_uri=redirect_uri,
            state=state,
            language=language,
            code_verifier=code_verifier,
        )
        return cls(url=str(url), state=url.state, redirect_uri=redirect_uri, code_verifier=code_verifier)

    def to_dict(self) -> dict[str, str]:
        """Return what a web session can keep, ready for JSON. It holds the verifier: do not log it."""
        kept = {"url": self.url, "state": self.state, "redirect_uri": self.redirect_uri}
        return kept if self.code_verifier is None else {**kept, "code_verifier": self.code_verifier}

    @classmethod
    def from_dict(cls, kept: object) -> Self:
        """Return the sign-in that `to_dict` was called on.

        Raises:
            StateMismatch: It is something else, such as the None of a web session that has expired.
        """
        fields: Mapping[object, object] = {}
        if isinstance(kept, Mapping):
            fields = cast("Mapping[object, object]", kept)
        match fields.get("url"), fields.get("state"), fields.get("redirect_uri"), fields.get("code_verifier"):
            case str(url), str(state), str(redirect_uri), str() | None as code_verifier:
                return cls(url=url, state=state, redirect_uri=redirect_uri, code_verifier=code_verifier)
            case _:
                raise StateMismatch("the web session has kept no sign-in: start the sign-in again")


def check_sign_in(sign_in: object) -> None:
    """Refuse what is not a `SignIn`. Raises InvalidArgument."""
    if not isinstance(sign_in, SignIn):
        kind = type(sign_in).__name__
        raise InvalidArgument(f"sign_in: expected what start_sign_in or SignIn.from_dict returns, got {kind}")


@frozen
class Callback:
    """Result of a sign-in.

    Attributes:
        secret: The authorization code, or the token of the implicit flow.
        redirect_uri: The redirect URI that the sign-in was started with.
    """

    secret: str = field(repr=False)
    redirect_uri: str


def read_callback(url: str, *, state: str) -> Callback:
    """Read the authorization code from a callback URL.

    Raises:
        StateMismatch: The state is not the one that the sign-in was started with.
        SignInRefused: The single sign-on reports an error.
        SignInError: There is no code, or a parameter occurs with several values.
        InvalidArgument: `url` or `state` is not text.
    """
    return _read(url, _added(_query_and_fragment(url)[0]), "code", state)


def read_implicit_callback(url: str, *, state: str) -> Callback:
    """Read the token from the fragment of a callback URL. Raises as `read_callback` does."""
    query, fragment = _query_and_fragment(url)
    # KWS returns the state in the query. A token there may have been logged, and is ignored.
    from_query = [pair for pair in _added(query) if pair[0] != "token"]
    return _read(url, [*_added(fragment), *from_query], "token", state)


def _read(url: str, added: list[tuple[str, str]], name: str, state: str) -> Callback:
    fields = dict(added)
    # A web session that lost its state gives None or "", which must match no callback.
    if state:
        _check_type("state", state)
    if not state or not hmac.compare_digest(_bytes(fields.get("state", "")), _bytes(state)):
        raise StateMismatch("the callback URL has no state or another one: start the sign-in again")
    if len(fields) < len(set(added)):
        raise SignInError("the callback has several values of one parameter: start the sign-in again")
    if "error" in fields:
        # Only the characters that OAuth allows in a code, so that a message can show it.
        code = re.sub(r"[^\w. -]", "", fields["error"])[:60]
        raise SignInRefused(f"the single sign-on refused the sign-in: {code}")
    if not fields.get(name):
        raise SignInError(f"the callback has no {name}")
    return Callback(fields[name], _redirect_uri(url))


def _redirect_uri(url: str) -> str:
    """Return a callback URL without what was added. The rest stays as written, since KWS compares text."""
    place, _, query = url.partition("#")[0].partition("?")
    parts = query.split("&")
    own = "&".join(part for part in parts if unquote_plus(part.partition("=")[0]) not in _ADDED_TO_QUERY)
    return f"{place}?{own}" if own else place


def _query_and_fragment(url: str) -> tuple[str, str]:
    _check_type("callback_url", url)
    before, _, fragment = url.partition("#")
    return before.partition("?")[2], fragment


def _check_type(argument: str, value: object) -> None:
    if not isinstance(value, str):
        raise InvalidArgument(f"{argument}: expected text, got {type(value).__name__}")


def _added(text: str) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(text, keep_blank_values=True) if pair[0] in _ADDED]


def _s256(code_verifier: str) -> str:
    digest = hashlib.sha256(code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
