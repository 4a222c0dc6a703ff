"""Permissions that parents grant to apps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, select

from openapi_mock.state.statements import Statement, replacing

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
_DECISIONS: Final = Statement(
    select(permissions.c.name, permissions.c.granted).where(
        permissions.c.app_id == bindparam("app"), permissions.c.user_id == bindparam("user")
    )
)
_PARENT: Final = Statement(select(users.c.parent_email).where(users.c.id == bindparam("user")))
_SAVE: Final = replacing(permissions, ("requested_ms",))
_DECIDE: Final = replacing(permissions, ("granted", "decided_ms"))


def decisions(connection: Connection, subject: Subject) -> dict[str, bool | None]:
    """Return each permission by name: granted, refused, or None while the parent has not decided."""
    wanted = {"app": subject.app_id, "user": subject.user_id}
    known = {row[0]: row[1] for row in _DECISIONS.all(connection, wanted)}
    return {name: known.get(name) for name in NAMES}


def request(connection: Connection, subject: Subject, names: Sequence[str], now_ms: int) -> None:
    """Record a request to the parent. An earlier decision holds until they make another.

    The subject has to be locked. Raises Problem (404, 409).
    """
    unknown = [index for index, name in enumerate(names) if name not in NAMES]
    if unknown:
        raise not_found("permission", *(wrong(f"permissions.{index}", "is not known") for index in unknown))
    if _PARENT.scalar(connection, {"user": subject.user_id}) is None:
        raise conflict("the user has no parent email", missing("parentEmail"))
    row = {"app_id": subject.app_id, "user_id": subject.user_id, "requested_ms": now_ms}
    _SAVE.run_all(connection, [{**row, "name": name} for name in dict.fromkeys(names)])


def decide(
    connection: Connection,
    subject: Subject,
    name: str,
    granted: bool,  # noqa: FBT001  # named like its column
    now_ms: int,
) -> None:
    """Record what the parent decides, asked or not. Raises Problem (404), which names known permissions."""
    if name not in NAMES:
        unknown = wrong("permission", "is not known")
        raise not_found(f"permission {name!r}", unknown, known=NAMES)
    if not is_activated(connection, subject, lock=True):
        raise not_found("user in this app")
    key = {"app_id": subject.app_id, "user_id": subject.user_id, "name": name}
    row = {**key, "granted": granted, "decided_ms": now_ms}
    _DECIDE.run(connection, row)
