"""Points received, pending and spent, by user, app and currency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from openapi_mock.state.statements import Statement, Upsert

from .access import Subject
from .errors import conflict, not_found
from .schema import apps, balances, boards, currencies, transactions

Kind: TypeAlias = Literal["received", "pending", "spent"]
RECEIVED: Final = "received"
PENDING: Final = "pending"
SPENT: Final = "spent"
MOST_POINTS: Final = 2**53 - 1
"""The most that a user can receive in one currency: the largest sum that every JSON reader keeps exact."""

_NOTHING: Final = {RECEIVED: 0, PENDING: 0, SPENT: 0}
_BALANCE: Final = Upsert(
    balances, lambda row: {kind: balances.c[kind] + row.excluded[kind] for kind in (RECEIVED, PENDING, SPENT)}
)
_HELD: Final = (
    select(func.coalesce(func.sum(balances.c.received), 0))
    .where(balances.c.user_id == bindparam("holder"), balances.c.currency_id == bindparam("held"))
    .scalar_subquery()
)
# First of all, so that what is received at once is numbered in the order in which it is committed.
_NEXT_NUMBER: Final = Upsert(
    boards, lambda _: {"version": boards.c.version + 1}, boards.c.version, _HELD.label("held")
)
_INSERT: Final = Statement(insert(transactions))
_earlier = transactions.alias()
_INSERT_OF_EVENT: Final = Statement(
    insert(transactions).values(
        event_number=select(func.coalesce(func.max(_earlier.c.event_number), 0) + 1)
        .where(_earlier.c.event_id == bindparam("event"), _earlier.c.user_id == bindparam("by"))
        .scalar_subquery()
    )
)
_KINDS: Final = (RECEIVED, PENDING, SPENT)
_names: Final = (currencies.c.id, currencies.c.singular_name, currencies.c.plural_name)
_of_user: Final = (
    select(*_names)
    .join_from(balances, currencies, currencies.c.id == balances.c.currency_id)
    .where(balances.c.user_id == bindparam("user"))
    .order_by(balances.c.currency_id)
)
_IN_APP: Final = Statement(
    _of_user.add_columns(*(balances.c[kind] for kind in _KINDS)).where(balances.c.app_id == bindparam("app"))
)
_DEFAULT_CURRENCY: Final = select(apps.c.default_currency_id).where(apps.c.id == bindparam("app"))
_OWN_CURRENCY: Final = (
    select(currencies.c.id)
    .join_from(currencies, apps, apps.c.owner == currencies.c.owner)
    .where(currencies.c.id == bindparam("wanted"), apps.c.id == bindparam("app"))
)
_owned, _own = apps.alias(), apps.alias()
_EVERYWHERE: Final = Statement(
    _of_user.add_columns(*(func.sum(balances.c[kind]).label(kind) for kind in _KINDS))
    .where(
        balances.c.app_id.in_(
            select(_owned.c.id)
            .join_from(_owned, _own, _own.c.owner == _owned.c.owner)
            .where(_own.c.id == bindparam("app"))
        )
    )
    .group_by(*_names, balances.c.currency_id)
)


def in_app(connection: Connection, subject: Subject) -> dict[str, Any]:
    return _sums(_IN_APP.all(connection, {"user": subject.user_id, "app": subject.app_id}))


def everywhere(connection: Connection, subject: Subject) -> dict[str, Any]:
    """Return the points in all apps of the owner of the subject's app."""
    return _sums(_EVERYWHERE.all(connection, {"user": subject.user_id, "app": subject.app_id}))


def currency_of(connection: Connection, app_id: int, currency_id: int | None) -> int:
    """Return a currency of the app's owner, by default that of the app. Raises Problem (404)."""
    if currency_id is None:
        default: int = connection.execute(_DEFAULT_CURRENCY, {"app": app_id}).scalar_one()
        return default
    if connection.execute(_OWN_CURRENCY, {"app": app_id, "wanted": currency_id}).first() is None:
        raise not_found(f"currency {currency_id} of the app's owner")
    return currency_id


def record(
    connection: Connection,
    subject: Subject,
    currency_id: int,
    kind: Kind,
    amount: int,
    *,
    now_ms: int,
    event_id: int | None = None,
    message: str | None = None,
) -> None:
    """Add a transaction, with everything that is counted of it. All transactions are written here.

    The subject has to be locked. Raises Problem (409) above `MOST_POINTS`.
    """
    key = {"app_id": subject.app_id, "user_id": subject.user_id, "currency_id": currency_id}
    number = _next_number(connection, subject, currency_id, amount) if kind == RECEIVED else None
    row = {**key, "kind": kind, "amount": amount, "at_ms": now_ms, "message": message, "number": number}
    if event_id is None:
        _INSERT.run(connection, row)
    else:
        count = {"event_id": event_id, "event": event_id, "by": subject.user_id}
        _INSERT_OF_EVENT.run(connection, {**row, **count})
    _BALANCE.run(connection, {**key, **_NOTHING, kind: amount})


def _next_number(connection: Connection, subject: Subject, currency_id: int, amount: int) -> int:
    """Return the number of the next amount that is received in the currency of the app."""
    first = {"app_id": subject.app_id, "currency_id": currency_id, "version": 1}
    holder = {"holder": subject.user_id, "held": currency_id}
    row = _NEXT_NUMBER.first(connection, {**first, **holder})
    if int(row.held) + amount > MOST_POINTS:
        raise conflict("the user cannot hold that many points")
    return int(row.version)


def _sums(rows: Iterable[Row[Any]]) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {"total": [], "pending": [], "totalReceived": []}
    for row in rows:
        received, pending, spent = int(row.received), int(row.pending), int(row.spent)
        names = {"currencyId": row.id, "singularName": row.singular_name, "pluralName": row.plural_name}
        found["total"].append({"sum": received - pending - spent, **names})
        found["totalReceived"].append({"sum": received, **names})
        if pending:
            found["pending"].append({"sum": pending, **names})
    return found
