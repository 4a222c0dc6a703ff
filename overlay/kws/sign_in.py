"""Sign-in at the single sign-on: the URL that starts it, and the callback that ends it."""

from __future__ import annotations

import hmac
import re
import secrets
from typing import Final, Self
from urllib.parse import parse_qsl, unquote_plus, urlencode

from attrs import field, frozen

from kws_client.errors import ConfigurationError, InvalidArgument
from openapi_runtime.settings import check_text

from .errors import SignInError, SignInRefused, StateMismatch

_STATE_BYTES: Final = 24
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
        cls, sso_url: str, *, client_id: str, redirect_uri: str, state: str | None, language: str | None
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
        url = cls(f"{sso_url.rstrip('/')}/oauth?{urlencode(query)}")
        url.state = state
        return url


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


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
