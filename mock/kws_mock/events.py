"""Events: actions of users that award points, each up to a limit."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from openapi_mock.state.statements import Statement

from . import points
from .access import Subject
from .errors import forbidden, not_found
from .schema import events, transactions

_TRIGGERED: Final = (
    select(func.max(transactions.c.event_number))
    .where(transactions.c.event_id == events.c.id, transactions.c.user_id == bindparam("user"))
    .scalar_subquery()
)
_OF_APP: Final = select(events, _TRIGGERED.label("triggered")).where(events.c.app_id == bindparam("app"))
_BY_ID: Final = Statement(_OF_APP.where(events.c.id == bindparam("event")))
_BY_CODE: Final = Statement(_OF_APP.where(events.c.code == bindparam("event")))


def has_reached_limit(connection: Connection, subject: Subject, event_id: int) -> bool:
    """Return whether the user has reached the limit of an event. Raises Problem (404)."""
    return _is_exhausted(_find(connection, subject, _BY_ID, event_id))


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
    event = _find(connection, subject, _BY_CODE, code)
    if _is_exhausted(event):
        raise forbidden("event limit reached")
    awarded = event.points if amount is None else amount
    points.record(
        connection,
        subject,
        event.currency_id,
        points.RECEIVED,
        awarded,
        now_ms=now_ms,
        event_id=event.id,
        message=None if message is None else message.replace("{{POINTS}}", str(awarded)),
    )


def _find(connection: Connection, subject: Subject, statement: Statement, wanted: int | str) -> Any:
    key = {"app": subject.app_id, "user": subject.user_id, "event": wanted}
    event = statement.first(connection, key)
    if event is None:
        raise not_found("event")
    return event


def _is_exhausted(event: Any) -> bool:
    return event.limit_per_user is not None and (event.triggered or 0) >= event.limit_per_user
