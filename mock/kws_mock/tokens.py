"""Access tokens: JSON Web Tokens (HS256) signed with a key that the database keeps."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

import jwt
from sqlalchemy import Connection, insert, select

from openapi_mock.clock import Clock
from openapi_mock.state.statements import Statement

from .errors import invalid_token
from .schema import signing_keys

if TYPE_CHECKING:
    from .store import Store

TOKEN_LIFETIME_S: Final = 86_400
ISSUER: Final = "superawesome"
MOST_KNOWN_TOKENS: Final = 1024
"""How many verified tokens an issuer remembers, which takes about half a megabyte."""
_ALGORITHM: Final = "HS256"
_KEY_BYTES: Final = 32
_SECONDS_BETWEEN_READS: Final = 1.0
_KEY: Final = Statement(select(signing_keys.c.key).order_by(signing_keys.c.id.desc()).limit(1))
# Its types need a package that may not be installed.
_jwt: Any = jwt


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a token. `user_id` is set for the scope `user` only."""

    app_id: int
    client_id: str
    scope: str
    user_id: int | None = None


class _Known:
    """A key, with the tokens whose signatures were verified with it: their claims, and when they expire."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.tokens: dict[str, tuple[Claims, int]] = {}


class TokenIssuer:
    """Issues and verifies tokens. Those that were verified before are known until many others were.

    The key is always that of the database. Whoever replaces the state may replace it, and that may be another
    process. So it is read again when this process has replaced the state; and if others can, for every token
    that is issued, and once per second for those that are verified. Tokens that do not fit the key have it
    read once more per second, so that forged ones cost little.
    """

    def __init__(self, store: Store, clock: Clock, random: Random) -> None:
        self._store = store
        self._clock = clock
        self._turn = threading.Lock()
        self._is_shared = not store.is_in_memory
        self._replaced = 0
        self._is_outdated = False
        self._read_s = self._failed_s = time.monotonic() - _SECONDS_BETWEEN_READS
        with store.exclusive() as connection:
            self._known = _Known(_stored_key(connection) or _add_key(connection, _new_key(random), clock))

    def keep_key(self, connection: Connection) -> None:
        """Let the key outlast the state that was there before, unless the new state has one of its own.

        Called in the transaction that replaces the state. The key there is used once that has ended.
        """
        if _stored_key(connection) is None:
            _add_key(connection, self._known.key, self._clock)
        with self._turn:
            self._replaced += 1
            self._is_outdated = True

    def issue(self, claims: Claims, connection: Connection | None = None) -> str:
        """Return a token. Within a transaction, the connection is needed."""
        if connection is None:
            with self._store.transaction() as own:
                return self.issue(claims, own)
        if self._is_outdated or self._is_shared:
            self._read(connection)
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
        token: str = _jwt.encode(payload, self._known.key, algorithm=_ALGORITHM)
        return token

    def verify(self, token: str) -> Claims:
        """Return the claims of a token. Raises Problem (401) if it is forged or expired.

        Not within a transaction.
        """
        if self._is_outdated or (self._is_shared and _is_due(self._read_s)):
            self._read_apart()
        found = self._find(token)
        if found is None and self._is_shared and _is_due(self._failed_s):
            self._failed_s = time.monotonic()
            self._read_apart()
            found = self._find(token)
        if found is None:
            raise invalid_token()
        claims, expires_ms = found
        if expires_ms <= self._clock():
            raise invalid_token("The access token provided has expired.")
        return claims

    def _find(self, token: str) -> tuple[Claims, int] | None:
        """Return the claims of a token, and when it expires; None if its signature is not right."""
        known = self._known
        found = known.tokens.get(token)
        if found is not None:
            return found
        # The expiry is checked by the mock's clock, each time.
        options = {"verify_exp": False, "verify_iat": False, "require": ["exp", "iss"]}
        try:
            payload = _jwt.decode(token, known.key, algorithms=[_ALGORITHM], issuer=ISSUER, options=options)
        except (jwt.InvalidTokenError, ValueError, RecursionError):  # Any text may be sent as a token.
            return None
        claims = Claims(payload["appId"], payload["clientId"], payload["scope"], payload.get("userId"))
        with self._turn:
            found = known.tokens[token] = claims, payload["exp"] * 1000
            while len(known.tokens) > MOST_KNOWN_TOKENS:
                del known.tokens[next(iter(known.tokens))]
        return found

    def _read_apart(self) -> None:
        with self._store.transaction() as connection:
            self._read(connection)

    def _read(self, connection: Connection) -> None:
        """Use the key in the database from now on."""
        replaced = self._replaced
        key = _stored_key(connection)
        with self._turn:
            if key is not None and key != self._known.key:
                self._known = _Known(key)
            self._read_s = time.monotonic()
            # If the state was replaced meanwhile, this may be the earlier key.
            self._is_outdated = replaced != self._replaced


def _is_due(last_s: float) -> bool:
    return time.monotonic() - last_s >= _SECONDS_BETWEEN_READS


def _stored_key(connection: Connection) -> str | None:
    key: str | None = _KEY.scalar(connection, {})
    return key


def _new_key(random: Random) -> str:
    return random.randbytes(_KEY_BYTES).hex()


def _add_key(connection: Connection, key: str, clock: Clock) -> str:
    """Store a key, and return it. The transaction has to be exclusive."""
    connection.execute(insert(signing_keys).values(key=key, created_ms=clock()))
    return key
