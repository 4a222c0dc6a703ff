"""Authorization codes: single-use, short-lived, and bound to a client and a redirect URI."""

from __future__ import annotations

import base64
import hashlib
import secrets
from random import Random, SystemRandom
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from openapi_mock.state.statements import Statement

from .access import Subject
from .errors import invalid_grant
from .passwords import digest
from .schema import authorization_codes

CODE_LIFETIME_MS: Final = 300_000
_CODE_BYTES: Final = 32
_ADDED_BY_CALLBACK: Final = frozenset({"state", "code"})

_DELETE_EXPIRED: Final = Statement(
    delete(authorization_codes).where(authorization_codes.c.expires_ms <= bindparam("now"))
)
_INSERT: Final = Statement(insert(authorization_codes))
_BY_DIGEST: Final = Statement(
    select(authorization_codes).where(authorization_codes.c.digest == bindparam("wanted"))
)
# One statement, so that only one of two concurrent calls succeeds.
_USE: Final = Statement(
    update(authorization_codes)
    .where(authorization_codes.c.digest == bindparam("wanted"), authorization_codes.c.used_ms.is_(None))
    .values(used_ms=bindparam("now"))
)


def issue_code(
    connection: Connection,
    subject: Subject,
    redirect_uri: str,
    code_challenge: str | None,
    now_ms: int,
    random: Random | None = None,
) -> str:
    """Return a new code for a user. `code_challenge` is that of PKCE (S256), if the sign-in had one."""
    _DELETE_EXPIRED.run(connection, {"now": now_ms})
    code = (random or SystemRandom()).randbytes(_CODE_BYTES).hex()
    row = {
        "digest": digest(code),
        "app_id": subject.app_id,
        "user_id": subject.user_id,
        "redirect_uri": redirect_uri,
        "code_challenge": code_challenge,
        "expires_ms": now_ms + CODE_LIFETIME_MS,
    }
    _INSERT.run(connection, row)
    return code


def redeem_code(
    connection: Connection,
    app_id: int,
    code: str,
    *,
    redirect_uri: str,
    code_verifier: str | None,
    now_ms: int,
) -> Subject:
    """Return whose code it is, and mark it as used. Raises Problem (400); the code is then still unused."""
    row = _BY_DIGEST.first(connection, {"wanted": digest(code)})
    # One message for codes that are unknown, used, expired or another client's: no hints for guessing.
    if row is None or row.app_id != app_id or row.expires_ms <= now_ms or not _use(connection, row, now_ms):
        raise invalid_grant("The authorization code is invalid, used or expired")
    if not _is_callback(redirect_uri, row.redirect_uri):
        raise invalid_grant("redirectUri is not the one of the sign-in")
    if row.code_challenge is not None and not _verifies(code_verifier, row.code_challenge):
        raise invalid_grant("code_verifier does not match the code_challenge of the sign-in")
    return Subject(row.app_id, row.user_id)


def s256(code_verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636)."""
    hashed = hashlib.sha256(code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


def _use(connection: Connection, row: Row[Any], now_ms: int) -> bool:
    """Mark a code as used, and return whether it was unused."""
    return _USE.run(connection, {"wanted": row.digest, "now": now_ms}) == 1


def _is_callback(uri: str, started_with: str) -> bool:
    """Return whether `uri` is the redirect URI or its path and query, with or without `code` and `state`."""
    return _before_callback(uri) in map(_before_callback, (started_with, _path_and_query(started_with)))


def _before_callback(uri: str) -> str:
    """Return a URI without the parameters that the callback adds. The rest stays as written."""
    place, _, query = uri.partition("?")
    own = "&".join(part for part in query.split("&") if part.partition("=")[0] not in _ADDED_BY_CALLBACK)
    return f"{place}?{own}" if own else place


def _path_and_query(uri: str) -> str:
    """Return path and query of a URI, as a server receives them."""
    parts = urlsplit(uri)
    return f"{parts.path or '/'}?{parts.query}"


def _verifies(code_verifier: str | None, code_challenge: str) -> bool:
    return code_verifier is not None and secrets.compare_digest(s256(code_verifier), code_challenge)
