"""Events: actions of users that award points, each up to a limit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from . import points
from .access import Subject
from .errors import forbidden, not_found
from .schema import events, transactions


def has_reached_limit(connection: Connection, subject: Subject, event_id: int) -> bool:
    """Return whether the user has reached the limit of an event. Raises Problem (404)."""
    return _is_exhausted(connection, subject, _find(connection, subject, events.c.id == event_id))


def trigger(
    connection: Connection,
    subject: Subject,
    code: str,
    *,
    amount: int | None,
    message: str | None,
    now_ms: int,
) -> None:
    """Award the event's points, or `amount` instead. Raises Problem (403, 404, 409).

    The subject has to be locked, or two calls could take the last award twice.
    """
    event = _find(connection, subject, events.c.code == code)
    if _is_exhausted(connection, subject, event):
        raise forbidden("event limit reached")
    awarded = event.points if amount is None else amount
    points.receive(
        connection,
        subject,
        event.currency_id,
        awarded,
        now_ms=now_ms,
        event_id=event.id,
        message=None if message is None else message.replace("{{POINTS}}", str(awarded)),
    )


def _find(connection: Connection, subject: Subject, wanted: ColumnElement[bool]) -> Row[Any]:
    event = connection.execute(select(events).where(events.c.app_id == subject.app_id, wanted)).first()
    if event is None:
        raise not_found("event")
    return event


def _is_exhausted(connection: Connection, subject: Subject, event: Row[Any]) -> bool:
    if event.limit_per_user is None:
        return False
    triggered = (
        select(func.count())
        .select_from(transactions)
        .where(transactions.c.event_id == event.id, transactions.c.user_id == subject.user_id)
    )
    limit: int = event.limit_per_user
    return connection.execute(triggered).scalar_one() >= limit
