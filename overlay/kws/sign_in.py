"""The single sign-on: where users are sent, and what they bring back."""

from __future__ import annotations

import hmac
import secrets
from typing import Self
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from attrs import field, frozen

from .errors import ConfigurationError, SignInError, SignInRefused, StateMismatch

_STATE_BYTES = 24
_OF_THE_CALLBACK = frozenset({"code", "state"})


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
        given = urlsplit(redirect_uri)
        if not given.scheme or given.fragment:
            raise ConfigurationError(
                "redirect_uri has to be the whole callback URL as registered with KWS, without a fragment"
            )
        state = secrets.token_urlsafe(_STATE_BYTES) if state is None else state
        query = {"clientId": client_id, "redirectUri": redirect_uri, "state": state}
        if language is not None:
            query["language"] = language
        url = cls(f"{sso_url.rstrip('/')}/oauth?{urlencode(query)}")
        url.state = state
        return url


@frozen
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
        SignInError: There is no code.
    """
    parts = _split(url)
    query = _fields(parts.query)
    return _read(parts, query, query.get("code"), "code", state)


def read_implicit_callback(url: str, *, state: str) -> Callback:
    """Take the token out of the fragment of a callback URL. Raises as `read_callback` does."""
    parts = _split(url)
    fragment = _fields(parts.fragment)
    return _read(parts, {**fragment, **_fields(parts.query)}, fragment.get("token"), "token", state)


def _read(parts: SplitResult, fields: dict[str, str], secret: str | None, name: str, state: str) -> Callback:
    if not hmac.compare_digest(fields.get("state", "").encode(), state.encode()) or not state:
        raise StateMismatch(
            "the callback's state is not the one this sign-in was started with: start the sign-in again"
        )
    if "error" in fields:
        raise SignInRefused(f"the single sign-on refused the sign-in: {_plain(fields['error'])}")
    if not secret:
        raise SignInError(f"the callback holds no {name}")
    kept = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in _OF_THE_CALLBACK
    ]
    return Callback(secret, urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), "")))


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise SignInError("the callback is not a URL") from None


def _fields(text: str) -> dict[str, str]:
    """The first value of each field, so that nothing appended to a URL can replace it."""
    return dict(reversed(parse_qsl(text, keep_blank_values=True)))


def _plain(text: str) -> str:
    """An error code as a message can carry it: a few characters of the kind OAuth allows."""
    return "".join(char for char in text[:60] if char.isalnum() or char in "_-. ")
