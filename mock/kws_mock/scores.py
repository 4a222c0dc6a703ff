"""Scores and ranks: points received in one currency, over an interval or over all time.

Every user who has joined the app has a rank, with or without points. Of users with equal scores, the one with
the lower id ranks first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, and_, bindparam, func, select

from openapi_mock.state.statements import Statement

from .access import Subject
from .epochs import CURRENT
from .errors import invalid_field, not_found
from .paging import Page
from .rankings import Interval, Rankings, Standing
from .schema import activations, apps, boards, currencies, rosters

# Parameters of one statement, of which databases take some ten thousand.
_NAMES_AT_ONCE: Final = 1000
_wanted = func.coalesce(bindparam("currency", type_=BigInteger), apps.c.default_currency_id)
_STANDING: Final = Statement(
    select(currencies.c.id, CURRENT, rosters.c.members, boards.c.version)
    .select_from(
        apps.outerjoin(currencies, and_(currencies.c.id == _wanted, currencies.c.owner == apps.c.owner))
        .outerjoin(rosters, rosters.c.app_id == apps.c.id)
        .outerjoin(boards, and_(boards.c.app_id == apps.c.id, boards.c.currency_id == currencies.c.id))
    )
    .where(apps.c.id == bindparam("app"))
)
_NAMES: Final = Statement(
    select(activations.c.user_id, activations.c.display_name).where(
        activations.c.app_id == bindparam("app"),
        activations.c.user_id.in_(bindparam("users", expanding=True)),
    )
)


def interval_of(query: Mapping[str, Any]) -> Interval:
    """Return the interval of a query. Raises Problem (400) if it ends before it starts."""
    start_ms, end_ms = query.get("start"), query.get("end")
    if start_ms is not None and end_ms is not None and start_ms > end_ms:
        raise invalid_field("start", "is after end")
    return Interval(start_ms, end_ms)


def leaderboard(
    connection: Connection, rankings: Rankings, app_id: int, interval: Interval, page: Page
) -> dict[str, Any]:
    """Return one page of the app's users, best score first, in the app's default currency."""
    ranking = rankings.current(connection, _standing(connection, app_id), interval)
    part = ranking.part(page.offset, page.limit)
    names = _names(connection, app_id, [user_id for user_id, _ in part])
    results = [
        {"rank": rank, "score": score, "user": names[user_id]}
        for rank, (user_id, score) in enumerate(part, start=page.offset + 1)
    ]
    return page.envelope(len(ranking), results)


def score(
    connection: Connection,
    rankings: Rankings,
    subject: Subject,
    interval: Interval,
    currency_id: int | None,
) -> dict[str, Any]:
    """Return score and rank in the app's default currency, or in another one. Raises Problem (404)."""
    ranking = rankings.current(connection, _standing(connection, subject.app_id, currency_id), interval)
    return {"score": ranking.score(subject.user_id), "rank": ranking.rank(subject.user_id)}


def _standing(connection: Connection, app_id: int, currency_id: int | None = None) -> Standing:
    """Return the standing in a currency. Raises Problem (404) unless it is one of the app's owner."""
    wanted = {"app": app_id, "currency": currency_id}
    found, epoch, members, version = _STANDING.first(connection, wanted)
    if found is None:
        raise not_found("currency")
    return Standing(app_id, found, epoch, members or 0, version or 0)


def _names(connection: Connection, app_id: int, user_ids: Sequence[int]) -> dict[int, str | None]:
    names: dict[int, str | None] = {}
    for start in range(0, len(user_ids), _NAMES_AT_ONCE):
        wanted = {"app": app_id, "users": user_ids[start : start + _NAMES_AT_ONCE]}
        names.update((user_id, name) for user_id, name in _NAMES.all(connection, wanted))
    return names
