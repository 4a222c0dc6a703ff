"""Access tokens: JSON Web Tokens (HS256) signed with a key that the database keeps."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Final

import jwt
from sqlalchemy import Connection, insert, select

from openapi_mock.clock import Clock

from .errors import invalid_token
from .schema import signing_keys

TOKEN_LIFETIME_S: Final = 86_400
ISSUER: Final = "superawesome"
_ALGORITHM: Final = "HS256"
_KEY_BYTES: Final = 32
# Its types need a package that may not be installed.
_jwt: Any = jwt


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a token. `user_id` is set for the scope `user` only."""

    app_id: int
    client_id: str
    scope: str
    user_id: int | None = None


class TokenIssuer:
    """Issues and verifies tokens."""

    def __init__(self, key: str, clock: Clock) -> None:
        self.key = key
        self._clock = clock

    def issue(self, claims: Claims) -> str:
        now_s = self._clock() // 1000
        payload: dict[str, Any] = {
            "appId": claims.app_id,
            "clientId": claims.client_id,
            "scope": claims.scope,
            "iat": now_s,
            "exp": now_s + TOKEN_LIFETIME_S,
            "iss": ISSUER,
        }
        if claims.user_id is not None:
            payload["userId"] = claims.user_id
        token: str = _jwt.encode(payload, self.key, algorithm=_ALGORITHM)
        return token

    def verify(self, token: str) -> Claims:
        """Return the claims of a token. Raises Problem (401) if it is forged or expired."""
        # Checked below, by the mock's clock.
        options = {"verify_exp": False, "verify_iat": False, "require": ["exp", "iss"]}
        try:
            payload = _jwt.decode(token, self.key, algorithms=[_ALGORITHM], issuer=ISSUER, options=options)
        except (jwt.InvalidTokenError, ValueError, RecursionError):  # Any text may be sent as a token.
            raise invalid_token() from None
        if payload["exp"] * 1000 <= self._clock():
            raise invalid_token("The access token provided has expired.")
        return Claims(payload["appId"], payload["clientId"], payload["scope"], payload.get("userId"))


def signing_key(connection: Connection, clock: Clock, random: Random) -> str:
    """Return the key in the database; create it if there is none yet. The transaction has to be exclusive."""
    known = select(signing_keys.c.key).order_by(signing_keys.c.id.desc()).limit(1)
    key: str | None = connection.execute(known).scalar()
    if key is None:
        key = random.randbytes(_KEY_BYTES).hex()
        connection.execute(insert(signing_keys).values(key=key, created_ms=clock()))
    return key
