"""Access tokens: their claims and their lifetime."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

import jwt
from attrs import evolve, field, frozen

from kws_client.errors import DecodeError
from openapi_runtime.decoding import integer, nullable, number, required, string

from .errors import InvalidToken

if TYPE_CHECKING:
    from kws_client.models.token import Token

_EARLY_S: Final = 60.0
_EARLY_SHARE: Final = 0.1
# How long a token that could not be renewed, or is expired from the start, is used before the next attempt.
_RETRY_S: Final = 5.0
# An unlimited number would overflow.
_LONGEST_S: Final = 1e9

_FORM: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_KNOWN: Final = ("appId", "clientId", "scope", "userId", "iat", "exp", "iss")


@frozen(kw_only=True)
class Claims:
    """Claims of an access token. They are not verified: only KWS holds the key.

    Use them to fill in arguments, not to decide what somebody may do.

    Attributes:
        scope: `app`, `frontend` or `user`; servers may know others.
        app_id: The app's number.
        client_id: The app's client id.
        user_id: The signed-in user's number; only with scope `user`.
        issued_at: When the token was issued, in UTC.
        expires_at: When it expires, in UTC.
        issuer: Who issued it.
        extra: Every other claim. Not in the repr, since it may hold a secret.
    """

    scope: str
    app_id: int | None = None
    client_id: str | None = None
    user_id: int | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    issuer: str | None = None
    extra: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, hash=False)

    def value_of(self, claim: str) -> Any:
        """Return the value of a claim by its name in the token; None if it is absent."""
        return {"appId": self.app_id, "userId": self.user_id, **self.extra}.get(claim)


def decode_claims(token: str) -> Claims:
    """Decode the claims of an access token, **without verifying its signature**: a client has no key for it.

    An expired token is decoded, too.

    Raises:
        InvalidToken: It is not a JSON Web Token, or a claim has a wrong type.
    """
    payload = _payload(token)
    if payload is None:
        raise InvalidToken("the access token is not a JSON Web Token: expected three parts between dots")
    claims = {**dict.fromkeys(_KNOWN), **payload}
    try:
        return Claims(
            scope=required(payload, "scope", string),
            app_id=required(claims, "appId", nullable(integer)),
            client_id=required(claims, "clientId", nullable(string)),
            user_id=required(claims, "userId", nullable(integer)),
            issued_at=required(claims, "iat", nullable(_time)),
            expires_at=required(claims, "exp", nullable(_time)),
            issuer=required(claims, "iss", nullable(string)),
            extra={name: value for name, value in payload.items() if name not in _KNOWN},
        )
    except DecodeError as error:
        raise InvalidToken(f"the access token's claim {error}") from None


@frozen
class AccessToken:
    """A token, its claims, and its lifetime in seconds since 1970. Two are equal if their values are.

    Attributes:
        due: When it should be renewed.
        expires: When it expires.
    """

    value: str = field(repr=False)
    claims: Claims = field(eq=False)
    due: float = field(default=math.inf, eq=False)
    expires: float = field(default=math.inf, eq=False)

    @classmethod
    def issued(cls, response: Token, now: float) -> Self:
        """Return the token of a response. Raises InvalidToken."""
        claims = decode_claims(response.access_token)
        lifetime = math.inf
        if isinstance(response.expires_in, int):
            lifetime = min(response.expires_in, _LONGEST_S)
        elif claims.expires_at is not None:
            # The server's clock and ours are compared only if need be.
            issued = claims.issued_at.timestamp() if claims.issued_at else now
            lifetime = claims.expires_at.timestamp() - issued
        if lifetime <= 0:
            # The server says that it has expired. It is used for a while, or each call would fetch another.
            lifetime = _RETRY_S
        due = now + lifetime - min(_EARLY_S, lifetime * _EARLY_SHARE)
        return cls(response.access_token, claims, due, now + lifetime)

    def kept(self, now: float) -> Self | None:
        """Return the token with a later renewal; None if it has expired."""
        return evolve(self, due=min(now + _RETRY_S, self.expires)) if now < self.expires else None


def _payload(token: object) -> dict[str, Any] | None:
    """Return the payload; None if it is no token, since an error of PyJWT may hold its text."""
    # PyJWT may ignore characters that are not base64url, such as line breaks, which no header can carry.
    if not isinstance(token, str) or not _FORM.fullmatch(token):
        return None
    try:
        payload: dict[str, Any] = jwt.decode(  # pyright: ignore[reportUnknownMemberType]  # its key is untyped
            token, options={"verify_signature": False}
        )
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    return payload


def _time(value: object) -> datetime:
    """Decode a time in seconds since 1970, which may have a fraction."""
    seconds = number(value)
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise DecodeError("a time", "a number out of range") from None
