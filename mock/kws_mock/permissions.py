"""Permissions that parents grant to apps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from openapi_mock.state import upsert

from .access import Subject, is_activated
from .errors import conflict, missing, not_found, wrong
from .schema import permissions, users

NAMES: Final = (
    "accessEmail",
    "accessAddress",
    "accessFirstName",
    "accessLastName",
    "accessStreetAddress",
    "accessCity",
    "accessPostalCode",
    "accessCountry",
    "sendPushNotification",
    "sendNewsletter",
    "enterCompetitions",
)


def decisions(connection: Connection, subject: Subject) -> dict[str, bool | None]:
    """Return each permission by name: granted, refused, or None while the parent has not decided."""
    query = select(permissions.c.name, permissions.c.granted).where(
        permissions.c.app_id == subject.app_id, permissions.c.user_id == subject.user_id
    )
    known = {row.name: row.granted for row in connection.execute(query)}
    return {name: known.get(name) for name in NAMES}


def request(connection: Connection, subject: Subject, names: Sequence[str], now_ms: int) -> None:
    """Record a request to the parent. An earlier decision holds until they make another.

    The subject has to be locked. Raises Problem (404, 409).
    """
    unknown = [index for index, name in enumerate(names) if name not in NAMES]
    if unknown:
        raise not_found("permission", *(wrong(f"permissions.{index}", "is not known") for index in unknown))
    parent_email = connection.execute(
        select(users.c.parent_email).where(users.c.id == subject.user_id)
    ).scalar()
    if parent_email is None:
        raise conflict("the user has no parent email", missing("parentEmail"))
    for name in dict.fromkeys(names):
        key = {"app_id": subject.app_id, "user_id": subject.user_id, "name": name}
        upsert(connection, permissions, key, requested_ms=now_ms)


def decide(
    connection: Connection,
    subject: Subject,
    name: str,
    granted: bool,  # noqa: FBT001  # named like its column
    now_ms: int,
) -> None:
    """Record what the parent decides, asked or not. Raises Problem (404)."""
    if name not in NAMES:
        raise not_found("permission", wrong("permission", "is not known"))
    if not is_activated(connection, subject, lock=True):
        raise not_found("user in this app")
    key = {"app_id": subject.app_id, "user_id": subject.user_id, "name": name}
    upsert(connection, permissions, key, granted=granted, decided_ms=now_ms)
