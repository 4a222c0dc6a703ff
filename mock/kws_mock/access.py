"""Access checks: a token reaches its own app, and the users who have joined that app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, and_, bindparam, select

from openapi_mock.state.statements import Statement

from .errors import forbidden, not_found
from .schema import activations, apps, users
from .tokens import Claims

# Built once, because nearly every call runs it. One row for a user, with nulls if they have not joined.
_activation: Final = (
    select(activations.c.user_id)
    .select_from(
        users.outerjoin(
            activations,
            and_(activations.c.user_id == users.c.id, activations.c.app_id == bindparam("wanted_app")),
        )
    )
    .where(users.c.id == bindparam("wanted_user"))
)
_ACTIVATION: Final = Statement(_activation)
_LOCKED_ACTIVATION: Final = Statement(_activation.with_for_update(of=users))
_APP: Final = Statement(select(apps.c.id).where(apps.c.id == bindparam("app")))


@dataclass(frozen=True, slots=True)
class Subject:
    """A user, in the app that makes the call."""

    app_id: int
    user_id: int


def check_app(connection: Connection, claims: Claims, app_id: int) -> None:
    """Check that an app is the token's. Raises Problem (403, 404)."""
    if app_id != claims.app_id:
        check_exists(connection, app_id)
        raise forbidden("operation not supported for this client")


def check_exists(connection: Connection, app_id: int) -> None:
    """Check that an app exists. Raises Problem (404)."""
    if _APP.first(connection, {"app": app_id}) is None:
        raise not_found("app")


def find_subject(connection: Connection, claims: Claims, user_id: int, *, lock: bool = False) -> Subject:
    """Return the user if the token may act for them. Raises Problem (403, 404).

    `lock` as in `is_activated`.
    """
    subject = Subject(claims.app_id, user_id)
    activated = is_activated(connection, subject, lock=lock)
    if not activated or claims.user_id not in (None, user_id):
        raise forbidden("operation not supported for this user")
    return subject


def is_activated(connection: Connection, subject: Subject, *, lock: bool = False) -> bool:
    """Return whether a user has joined an app. Raises Problem (404) for an unknown user.

    With `lock`, other transactions that write for the same user wait until this one ends.
    """
    wanted = {"wanted_app": subject.app_id, "wanted_user": subject.user_id}
    row = (_LOCKED_ACTIVATION if lock else _ACTIVATION).first(connection, wanted)
    if row is None:
        raise not_found("user")
    return row.user_id is not None
