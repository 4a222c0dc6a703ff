"""Who may act on what: a token reaches its own app, and the users activated there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from .errors import forbidden, not_found
from .schema import activations, apps, users
from .tokens import Claims


@dataclass(frozen=True, slots=True)
class Subject:
    """The user that a call is about, in the app that makes it."""

    app_id: int
    user_id: int


def check_app(connection: Connection, claims: Claims, app_id: int) -> None:
    """Raises Problem (403, 404) unless it is the token's app."""
    check_exists(connection, apps, app_id, "app")
    if app_id != claims.app_id:
        raise forbidden("operation not supported for this client")


def find_subject(connection: Connection, claims: Claims, user_id: int, *, lock: bool = False) -> Subject:
    """The user, if the token may act for them. Raises Problem (403, 404).

    With `lock`, whoever else wants to write for the same user in the same app waits until this
    transaction ends.
    """
    check_exists(connection, users, user_id, "user")
    if claims.user_id not in (None, user_id):
        raise forbidden("operation not supported for this user")
    subject = Subject(claims.app_id, user_id)
    if not is_activated(connection, subject, lock=lock):
        raise forbidden("operation not supported for this user")
    return subject


def is_activated(connection: Connection, subject: Subject, *, lock: bool = False) -> bool:
    """Whether the user has joined the app. `lock` as in `find_subject`."""
    activation = select(activations.c.user_id).where(
        activations.c.app_id == subject.app_id, activations.c.user_id == subject.user_id
    )
    return connection.execute(activation.with_for_update() if lock else activation).first() is not None


def check_exists(connection: Connection, table: Table, row_id: int, what: str) -> None:
    """Raises Problem (404) unless the table has a row with that id."""
    if connection.execute(select(table.c.id).where(table.c.id == row_id)).first() is None:
        raise not_found(what)
