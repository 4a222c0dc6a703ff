"""Scores and ranks: points received in one currency, over an interval or over all time.

Every user who has joined the app has a rank, with or without points. Of users with equal scores, the one with
the lower id ranks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, and_, func, or_, select

from .access import Subject
from .errors import invalid_field, not_found
from .paging import Page
from .points import RECEIVED
from .schema import activations, apps, currencies, transactions


@dataclass(frozen=True, slots=True)
class Interval:
    """The time from `start_ms`, inclusive, to `end_ms`, exclusive; None leaves an end open."""

    start_ms: int | None
    end_ms: int | None

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Interval:
        """Return the interval of a query. Raises Problem (400) if it ends before it starts."""
        start_ms, end_ms = query.get("start"), query.get("end")
        if start_ms is not None and end_ms is not None and start_ms > end_ms:
            raise invalid_field("start", "is after end")
        return cls(start_ms, end_ms)

    def holds(self, time_ms: ColumnElement[int]) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.start_ms is not None:
            conditions.append(time_ms >= self.start_ms)
        if self.end_ms is not None:
            conditions.append(time_ms < self.end_ms)
        return conditions


def leaderboard(connection: Connection, app_id: int, interval: Interval, page: Page) -> dict[str, Any]:
    """Return one page of the app's users, best score first, in the app's default currency."""
    scores = _scores(app_id, default_currency(connection, app_id), interval)
    everybody = select(func.count()).select_from(activations).where(activations.c.app_id == app_id)
    count = connection.execute(everybody).scalar_one()
    rows = connection.execute(
        select(scores).order_by(scores.c.score.desc(), scores.c.user_id).offset(page.offset).limit(page.limit)
    )
    results = [
        {"rank": rank, "score": int(row.score), "user": row.display_name}
        for rank, row in enumerate(rows, start=page.offset + 1)
    ]
    return page.envelope(count, results)


def score(
    connection: Connection, subject: Subject, interval: Interval, currency_id: int | None
) -> dict[str, Any]:
    """Return score and rank in the app's default currency, or in another one. Raises Problem (404)."""
    if currency_id is None:
        currency_id = default_currency(connection, subject.app_id)
    else:
        _check_currency(connection, subject.app_id, currency_id)
    scores = _scores(subject.app_id, currency_id, interval)
    own = connection.execute(select(scores.c.score).where(scores.c.user_id == subject.user_id)).scalar_one()
    better = or_(scores.c.score > own, and_(scores.c.score == own, scores.c.user_id < subject.user_id))
    ahead = connection.execute(select(func.count()).select_from(scores).where(better)).scalar_one()
    return {"score": int(own), "rank": ahead + 1}


def default_currency(connection: Connection, app_id: int) -> int:
    currency_id: int = connection.execute(
        select(apps.c.default_currency_id).where(apps.c.id == app_id)
    ).scalar_one()
    return currency_id


def _check_currency(connection: Connection, app_id: int, currency_id: int) -> None:
    """Check that a currency belongs to the owner of the app. Raises Problem (404)."""
    known = (
        select(currencies.c.id)
        .join_from(currencies, apps, apps.c.owner == currencies.c.owner)
        .where(currencies.c.id == currency_id, apps.c.id == app_id)
    )
    if connection.execute(known).first() is None:
        raise not_found("currency")


def _scores(app_id: int, currency_id: int, interval: Interval) -> Subquery:
    counted = and_(
        transactions.c.app_id == activations.c.app_id,
        transactions.c.user_id == activations.c.user_id,
        transactions.c.currency_id == currency_id,
        transactions.c.kind == RECEIVED,
        *interval.holds(transactions.c.at_ms),
    )
    return (
        select(
            activations.c.user_id,
            activations.c.display_name,
            func.coalesce(func.sum(transactions.c.amount), 0).label("score"),
        )
        .select_from(activations.outerjoin(transactions, counted))
        .where(activations.c.app_id == app_id)
        .group_by(activations.c.user_id, activations.c.display_name)
        .subquery()
    )
