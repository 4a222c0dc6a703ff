"""The single sign-on: where users are sent, and what they bring back."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urlencode, urlsplit

from kws_client.errors import ConfigurationError

from .errors import SignInError, SignInRefused, StateMismatch

_STATE_BYTES: Final = 24
# What the single sign-on adds to a redirect URI. OAuth allows each of them once.
_ADDED: Final = frozenset({"code", "token", "state", "error"})
_ADDED_TO_QUERY: Final = frozenset({"code", "state"})


class SignInURL(str):
    """A URL that starts a sign-in. It is a string, and knows the state that the callback must bring back.

    Attributes:
        state: Keep it in the user's own web session, and give it to `complete_sign_in`.
    """

    __slots__ = ("state",)
    state: str

    @classmethod
    def build(
        cls, sso_url: str, *, client_id: str, redirect_uri: str, state: str | None, language: str | None
    ) -> Self:
        """The sign-in page of a single sign-on, with a new unguessable state where none is given."""
        given = _split(redirect_uri)
        if given is None or not given.scheme or given.fragment:
            raise ConfigurationError(
                "redirect_uri has to be the whole callback URL as registered with KWS, without a fragment"
            )
        if state is not None and not state:
            raise ConfigurationError("state is empty: give an unguessable one, or leave it out for a new one")
        state = secrets.token_urlsafe(_STATE_BYTES) if state is None else state
        query = {"clientId": client_id, "redirectUri": redirect_uri, "state": state}
        if language is not None:
            query["language"] = language
        url = cls(f"{sso_url.rstrip('/')}/oauth?{urlencode(query)}")
        url.state = state
        return url


@dataclass(frozen=True, slots=True)
class Callback:
    """What a user brought back from the sign-in.

    Attributes:
        secret: The authorization code, or the token of the implicit flow.
        redirect_uri: Where the single sign-on had sent the user.
    """

    secret: str = field(repr=False)
    redirect_uri: str


def read_callback(url: str, *, state: str) -> Callback:
    """Take the authorization code out of a callback URL.

    Raises:
        StateMismatch: The state is not the one that the sign-in was started with.
        SignInRefused: The single sign-on reports an error.
        SignInError: There is no code, or the callback contradicts itself.
    """
    return _read(url, _added(_callback(url).query), "code", state)


def read_implicit_callback(url: str, *, state: str) -> Callback:
    """Take the token out of the fragment of a callback URL. Raises as `read_callback` does."""
    parts = _callback(url)
    # KWS brings the state back in the query. A token there has been through logs, and does not count.
    from_query = [pair for pair in _added(parts.query) if pair[0] != "token"]
    return _read(url, [*_added(parts.fragment), *from_query], "token", state)


def _read(url: str, added: list[tuple[str, str]], name: str, state: str) -> Callback:
    fields = dict(added)
    if "state" not in fields:
        raise StateMismatch(
            "the callback holds no state: pass the whole URL that the user came back to, or start the "
            "sign-in again"
        )
    # A web session that lost its state gives None or "", which no callback can match.
    if not state or not hmac.compare_digest(_bytes(fields.get("state", "")), _bytes(state)):
        raise StateMismatch(
            "the callback's state is not the one this sign-in was started with: start the sign-in again"
        )
    if len(fields) < len(set(added)):
        raise SignInError("the callback contradicts itself: start the sign-in again")
    if "error" in fields:
        raise SignInRefused(f"the single sign-on refused the sign-in: {_plain(fields['error'])}")
    if not fields.get(name):
        raise SignInError(f"the callback holds no {name}")
    return Callback(fields[name], _redirect_uri(url))


def _redirect_uri(url: str) -> str:
    """A callback URL without what was added to it. The rest stays as written, since KWS compares text."""
    place, _, query = url.partition("#")[0].partition("?")
    own = "&".join(part for part in query.split("&") if _name(part) not in _ADDED_TO_QUERY)
    return f"{place}?{own}" if own else place


def _callback(url: str) -> SplitResult:
    parts = _split(url)
    if parts is None:
        raise SignInError("the callback is not a URL")
    return parts


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _added(text: str) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(text, keep_blank_values=True) if pair[0] in _ADDED]


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0])


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _plain(text: str) -> str:
    """An error code as a message can carry it: a few characters of the kind OAuth allows."""
    return "".join(char for char in text[:60] if char.isalnum() or char in "_-. ")
