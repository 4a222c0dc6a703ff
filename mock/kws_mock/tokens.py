"""Access tokens: JSON Web Tokens (HS256) signed with a key that the database keeps."""

from __future__ import annotations

import threading
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
MOST_KNOWN_TOKENS: Final = 1024
"""How many verified tokens an issuer remembers, which takes about half a megabyte."""
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
    """Issues and verifies tokens. Those that were verified before are known until many others were."""

    def __init__(self, key: str, clock: Clock) -> None:
        self._key = key
        self._clock = clock
        self._turn = threading.Lock()
        # By token: its claims, and when it expires. Valid signatures only.
        self._verified: dict[str, tuple[Claims, int]] = {}

    def use_key(self, key: str) -> None:
        """Sign and verify with another key from now on."""
        # In this order: what is verified with the earlier key is never known with the new one.
        self._key = key
        self._verified = {}

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
        token: str = _jwt.encode(payload, self._key, algorithm=_ALGORITHM)
        return token

    def verify(self, token: str) -> Claims:
        """Return the claims of a token. Raises Problem (401) if it is forged or expired."""
        known = self._verified.get(token) or self._decode(token)
        claims, expires_ms = known
        if expires_ms <= self._clock():
            raise invalid_token("The access token provided has expired.")
        return claims

    def _decode(self, token: str) -> tuple[Claims, int]:
        verified = self._verified
        # The expiry is checked by the mock's clock, each time.
        options = {"verify_exp": False, "verify_iat": False, "require": ["exp", "iss"]}
        try:
            payload = _jwt.decode(token, self._key, algorithms=[_ALGORITHM], issuer=ISSUER, options=options)
        except (jwt.InvalidTokenError, ValueError, RecursionError):  # Any text may be sent as a token.
            raise invalid_token() from None
        claims = Claims(payload["appId"], payload["clientId"], payload["scope"], payload.get("userId"))
        with self._turn:
            found = verified[token] = claims, payload["exp"] * 1000
            while len(verified) > MOST_KNOWN_TOKENS:
                del verified[next(iter(verified))]
        return found


def signing_key(connection: Connection, clock: Clock, random: Random) -> str:
    """Return the key in the database; create it if there is none yet. The transaction has to be exclusive."""
    known = select(signing_keys.c.key).order_by(signing_keys.c.id.desc()).limit(1)
    key: str | None = connection.execute(known).scalar()
    if key is None:
        key = random.randbytes(_KEY_BYTES).hex()
        connection.execute(insert(signing_keys).values(key=key, created_ms=clock()))
    return key
