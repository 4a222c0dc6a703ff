"""Statistics of players, and the high scores of a day, of a week and of all time.

Days and weeks are those of UTC; a week begins on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, false, func, or_, select

from openapi_mock.state import upsert

from .days import day_of
from .errors import not_found
from .paging import page_count
from .schema import GREATEST_INTEGER, friendships, games, scores, statistics, users

LIFETIME: Final = "lifetime"
# 1970-01-01 was a Thursday, three days after a Monday.
_DAYS_BEFORE_EPOCH: Final = 3
# As many digits as the largest number has.
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,18}")
_RULES: Final[Mapping[str, Callable[[int, int], int]]] = {
    "Max": max,
    "Min": min,
    "Add": lambda before, value: min(before + value, GREATEST_INTEGER),
    "Replace": lambda _, value: value,
}


def submission(connection: Connection, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body without fields that name no statistic, and with the player's number as an integer.

    Everything else is left to validation.
    """
    of_game = select(statistics.c.name).join_from(statistics, games)
    names = connection.execute(of_game.where(games.c.api_key == str(body.get("api_key")))).scalars()
    known = {name: body[name] for name in ("api_key", "user_id", *names) if name in body}
    user_id = known.get("user_id")
    if isinstance(user_id, str) and _NUMBER.fullmatch(user_id):
        known["user_id"] = int(user_id)
    return known


def submit(
    connection: Connection, game_id: int, user_id: int, values: Mapping[str, Any], now_ms: int
) -> None:
    """Record integers by the names of statistics. Names that are no statistic of the game are ignored.

    The player has to be locked.
    """
    for row in connection.execute(select(statistics).where(statistics.c.game_id == game_id)).all():
        if row.name in values:
            for scope, period in periods(now_ms).items():
                _score(connection, row.id, (scope, period), user_id, _RULES[row.type], int(values[row.name]))


def _score(
    connection: Connection,
    statistic_id: int,
    when: tuple[str, int],
    user_id: int,
    rule: Callable[[int, int], int],
    value: int,
) -> None:
    scope, period = when
    key: dict[str, Any] = {"statistic_id": statistic_id, "scope": scope, "period": period, "user_id": user_id}
    this = [scores.c[name] == part for name, part in key.items()]
    before = connection.execute(select(scores.c.value).where(*this)).scalar()
    upsert(connection, scores, key, value=value if before is None else rule(before, value))


def high_scores(
    connection: Connection, statistic_id: int, scope: str, page: int, page_size: int, now_ms: int
) -> dict[str, Any]:
    """Return one page of the current day, the current week or of all time. Raises Problem (404)."""
    return _page(connection, statistic_id, scope, now_ms, page, page_size)


def friends_high_scores(
    connection: Connection, statistic_id: int, user_id: int, page_size: int, now_ms: int
) -> dict[str, Any]:
    """Return the first page of a player and their friends, empty for a private profile.

    Raises Problem (404).
    """
    private = connection.execute(select(users.c.private).where(users.c.id == user_id)).scalar()
    if private is None:
        raise not_found("User")
    friends = select(friendships.c.other_id).where(friendships.c.user_id == user_id)
    among = false() if private else or_(users.c.id == user_id, users.c.id.in_(friends))
    return _page(connection, statistic_id, LIFETIME, now_ms, 1, page_size, among)


def _page(
    connection: Connection,
    statistic_id: int,
    scope: str,
    now_ms: int,
    page: int,
    page_size: int,
    *among: ColumnElement[bool],
) -> dict[str, Any]:
    """Return one page, best score first; of equal scores, the player with the lower number first."""
    kind = connection.execute(select(statistics.c.type).where(statistics.c.id == statistic_id)).scalar()
    if kind is None:
        raise not_found("Statistic")
    ranked = (
        select(users.c.username, users.c.level, scores.c.value.label("score"), users.c.avatar_url)
        .join_from(scores, users, users.c.id == scores.c.user_id)
        .where(
            scores.c.statistic_id == statistic_id,
            scores.c.scope == scope,
            scores.c.period == periods(now_ms)[scope],
            *among,
        )
    )
    total = connection.execute(select(func.count()).select_from(ranked.subquery())).scalar_one()
    best_first = scores.c.value.asc() if kind == "Min" else scores.c.value.desc()
    rows = connection.execute(
        ranked.order_by(best_first, users.c.id).offset((page - 1) * page_size).limit(page_size)
    )
    return {
        "scores": [
            {
                "username": row.username,
                "level": row.level,
                "score": row.score,
                "avatar_url": row.avatar_url,
            }
            for row in rows
        ],
        "page_count": page_count(total, page_size),
        "per_page": page_size,
    }


def periods(now_ms: int) -> dict[str, int]:
    """Return the current day and week, counted from 1970, and 0 for all time."""
    day = day_of(now_ms)
    return {"daily": day, "weekly": (day + _DAYS_BEFORE_EPOCH) // 7, LIFETIME: 0}
