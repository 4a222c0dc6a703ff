"""Points received, pending and spent, by user, app and currency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Label, case, func, insert, select

from .access import Subject
from .errors import conflict
from .schema import apps, currencies, transactions

RECEIVED: Final = "received"
PENDING: Final = "pending"
SPENT: Final = "spent"
MOST_POINTS: Final = 2**53 - 1
"""The most that a user can receive in one currency: the largest sum that every JSON reader keeps exact."""


def in_app(connection: Connection, subject: Subject) -> dict[str, Any]:
    return _sums(connection, subject.user_id, [subject.app_id])


def everywhere(connection: Connection, subject: Subject) -> dict[str, Any]:
    """Return the points in all apps of the owner of the subject's app."""
    owner = select(apps.c.owner).where(apps.c.id == subject.app_id).scalar_subquery()
    app_ids = connection.execute(select(apps.c.id).where(apps.c.owner == owner)).scalars().all()
    return _sums(connection, subject.user_id, app_ids)


def receive(
    connection: Connection,
    subject: Subject,
    currency_id: int,
    amount: int,
    *,
    now_ms: int,
    event_id: int | None = None,
    message: str | None = None,
) -> None:
    """Award points. The subject has to be locked. Raises Problem (409) above `MOST_POINTS`."""
    before = select(_sum_of(RECEIVED)).where(
        transactions.c.user_id == subject.user_id, transactions.c.currency_id == currency_id
    )
    if int(connection.execute(before).scalar_one()) + amount > MOST_POINTS:
        raise conflict("the user cannot hold that many points")
    row = {
        "app_id": subject.app_id,
        "user_id": subject.user_id,
        "currency_id": currency_id,
        "kind": RECEIVED,
        "amount": amount,
        "at_ms": now_ms,
        "event_id": event_id,
        "message": message,
    }
    connection.execute(insert(transactions).values(row))


def _sums(connection: Connection, user_id: int, app_ids: Sequence[int]) -> dict[str, Any]:
    columns = (currencies.c.id, currencies.c.singular_name, currencies.c.plural_name)
    query = (
        select(*columns, *(_sum_of(kind) for kind in (RECEIVED, PENDING, SPENT)))
        .join_from(currencies, transactions, transactions.c.currency_id == currencies.c.id)
        .where(transactions.c.user_id == user_id, transactions.c.app_id.in_(app_ids))
        .group_by(*columns)
        .order_by(currencies.c.id)
    )
    found: dict[str, list[dict[str, Any]]] = {"total": [], "pending": [], "totalReceived": []}
    for row in connection.execute(query):
        received, pending, spent = int(row.received), int(row.pending), int(row.spent)
        names = {"currencyId": row.id, "singularName": row.singular_name, "pluralName": row.plural_name}
        found["total"].append({"sum": received - pending - spent, **names})
        found["totalReceived"].append({"sum": received, **names})
        if pending:
            found["pending"].append({"sum": pending, **names})
    return found


def _sum_of(kind: str) -> Label[Any]:
    amounts = case((transactions.c.kind == kind, transactions.c.amount), else_=0)
    return func.coalesce(func.sum(amounts), 0).label(kind)
