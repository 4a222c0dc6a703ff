"""OAuth clients: the credentials of apps, and their redirect URIs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select

from openapi_mock.state.statements import Statement

from .passwords import digest, is_digest_of
from .schema import apps, redirect_uris

# An allowlist, because browsers and parsers disagree on backslashes, white space and user names.
_LOOPBACK: Final = re.compile(
    r"http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?([/?][-A-Za-z0-9._~%!$&'()*+,;=:@/?]*)?", re.ASCII
)
_CLIENT: Final = Statement(
    select(
        apps.c.id,
        apps.c.client_id,
        apps.c.name,
        apps.c.implicit_flow,
        apps.c.loopback_redirects,
        apps.c.client_secret_digest,
    ).where(apps.c.client_id == bindparam("client"))
)
_REGISTERED: Final = Statement(
    select(redirect_uris.c.uri).where(
        redirect_uris.c.app_id == bindparam("app"), redirect_uris.c.uri == bindparam("wanted")
    )
)


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """An app as a client of the sign-in service."""

    app_id: int
    client_id: str
    app_name: str
    implicit_flow: bool
    loopback_redirects: bool


def find_client(connection: Connection, client_id: str) -> OAuthClient | None:
    row = _CLIENT.first(connection, {"client": client_id})
    return OAuthClient(*row[:-1]) if row else None


def authenticate(connection: Connection, client_id: str, secret: str) -> OAuthClient | None:
    """Return the client with these credentials, or None if they are wrong."""
    row = _CLIENT.first(connection, {"client": client_id})
    # Compared for unknown clients, too, so that the time does not tell which ones there are.
    matches = is_digest_of(secret, row.client_secret_digest if row else digest(""))
    return OAuthClient(*row[:-1]) if row and matches else None


def may_redirect_to(connection: Connection, client: OAuthClient, uri: str) -> bool:
    """Return whether the app has registered exactly this URI, or may use any on this machine."""
    if client.loopback_redirects and _LOOPBACK.fullmatch(uri):
        return True
    return _REGISTERED.first(connection, {"app": client.app_id, "wanted": uri}) is not None
