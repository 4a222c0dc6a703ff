"""What an access token says about itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from .errors import InvalidToken

T = TypeVar("T")

_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_KNOWN: Final = frozenset({"appId", "clientId", "scope", "userId", "iat", "exp", "iss"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """The payload of an access token. Read, not verified: only KWS holds the key.

    Good for filling in arguments; no ground to decide what somebody may do.

    Attributes:
        scope: `app`, `frontend` or `user`; servers may know others.
        app_id: The app's number.
        client_id: The app's client id.
        user_id: The signed-in user's number; only with scope `user`.
        issued_at: When the token was made, in UTC.
        expires_at: When it ceases to work, in UTC.
        issuer: Who made it.
        extra: Every other claim, as it came. Not in the repr, since nobody knows what they hold.
    """

    scope: str
    app_id: int | None = None
    client_id: str | None = None
    user_id: int | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    issuer: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, hash=False)

    def value_of(self, claim: str) -> Any:
        """The value of a claim by the name it has in the token; None where it is absent."""
        return {"appId": self.app_id, "userId": self.user_id, **self.extra}.get(claim)


def decode_claims(token: str) -> Claims:
    """Read the payload of an access token, **without verifying its signature**: a client has no key to do so.

    An expired token is read like any other.

    Raises:
        InvalidToken: It is not a JSON Web Token, or a claim has the wrong type.
    """
    payload = _payload(token)
    if payload is None:
        raise InvalidToken(
            "the access token is not a JSON Web Token: expected three parts of base64url, separated by dots"
        )
    scope = _claim(payload, "scope", str)
    if scope is None:
        raise InvalidToken("the access token has no claim scope")
    return Claims(
        scope=scope,
        app_id=_claim(payload, "appId", int),
        client_id=_claim(payload, "clientId", str),
        user_id=_claim(payload, "userId", int),
        issued_at=_moment(payload, "iat"),
        expires_at=_moment(payload, "exp"),
        issuer=_claim(payload, "iss", str),
        extra={name: value for name, value in payload.items() if name not in _KNOWN},
    )


def _payload(token: object) -> dict[str, Any] | None:
    """Return the payload; None if it is not a token: an error of PyJWT may hold what it read."""
    import jwt  # noqa: PLC0415  # programs without tokens start faster without it

    # PyJWT may pass over characters that are not base64url, such as line breaks, which no header can carry.
    if not isinstance(token, str) or not _SHAPE.fullmatch(token):
        return None
    try:
        payload: dict[str, Any] = jwt.decode(  # pyright: ignore[reportUnknownMemberType]  # its key is untyped
            token, options={"verify_signature": False}
        )
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    return payload


def _claim(payload: Mapping[str, Any], name: str, kind: type[T]) -> T | None:
    value = payload.get(name)
    if value is None:
        return None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise InvalidToken(
            f"the access token's claim {name} is of type {type(value).__name__}, not {kind.__name__}"
        )
    return value


def _moment(payload: Mapping[str, Any], name: str) -> datetime | None:
    """A claim in seconds since 1970; fractions are allowed."""
    value = payload.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidToken(f"the access token's claim {name} is of type {type(value).__name__}, not a number")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        raise InvalidToken(f"the access token's claim {name} is not a time") from None
