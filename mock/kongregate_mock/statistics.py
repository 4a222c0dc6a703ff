"""Statistics of players, and the high scores of a day, of a week and of all time.

Days and weeks are those of UTC; a week begins on Monday.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select, union

from openapi_mock.state import Rows
from openapi_mock.state.statements import Statement, Upsert, replacing

from .days import day_of
from .errors import not_found
from .paging import page_count
from .schema import GREATEST_INTEGER, friendships, games, score_counts, scores, statistics, users

LIFETIME: Final = "lifetime"
SCOPES: Final = ("daily", "weekly", LIFETIME)
# 1970-01-01 was a Thursday, three days after a Monday.
_DAYS_BEFORE_EPOCH: Final = 3
# As many digits as the largest number has.
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,18}")
_LOWEST_FIRST: Final = "Min"
_RULES: Final[Mapping[str, Callable[[int, int], int]]] = {
    "Max": max,
    "Min": min,
    "Add": lambda before, value: min(before + value, GREATEST_INTEGER),
    "Replace": lambda _, value: value,
}

_NAMES: Final = Statement(
    select(statistics.c.name).join_from(statistics, games).where(games.c.api_key == bindparam("api_key"))
)
_BEFORE: Final = {scope: scores.alias(scope) for scope in SCOPES}


def _of(scope: str) -> ColumnElement[bool]:
    """Return the condition for the score of a player in the scope's period."""
    score = _BEFORE[scope].c
    return and_(
        score.statistic_id == statistics.c.id,
        score.scope == scope,
        score.period == bindparam(f"{scope}_period"),
        score.user_id == bindparam("player"),
    )


# All statistics of a game with the values of a player: a lookup for each, however many scores there are.
_KNOWN: Final = Statement(
    select(
        statistics.c.id,
        statistics.c.name,
        statistics.c.type,
        *(_BEFORE[scope].c.value.label(scope) for scope in SCOPES),
    )
    .select_from(
        statistics.outerjoin(_BEFORE["daily"], _of("daily"))
        .outerjoin(_BEFORE["weekly"], _of("weekly"))
        .outerjoin(_BEFORE[LIFETIME], _of(LIFETIME))
    )
    .where(statistics.c.game_id == bindparam("game"))
)
_SAVE: Final = replacing(scores, ("value", "place"))
_COUNT: Final = Upsert(score_counts, lambda row: {"players": score_counts.c.players + row.excluded.players})


def submission(connection: Connection, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body without fields that name no statistic, and with the player's number as an integer.

    Everything else is left to validation.
    """
    names = _NAMES.scalars(connection, {"api_key": str(body.get("api_key"))})
    known = {name: body[name] for name in ("api_key", "user_id", *names) if name in body}
    user_id = known.get("user_id")
    if isinstance(user_id, str) and _NUMBER.fullmatch(user_id):
        known["user_id"] = int(user_id)
    return known


def submit(
    connection: Connection, game_id: int, user_id: int, values: Mapping[str, Any], now_ms: int
) -> None:
    """Record integers by the names of statistics, for today, this week and all time, as `record` does."""
    record(connection, game_id, user_id, values, periods(now_ms))


def record(
    connection: Connection, game_id: int, user_id: int, values: Mapping[str, Any], when: Mapping[str, int]
) -> None:
    """Record integers by the names of statistics, in periods by their scopes. All scores are written here.

    A value is combined with an earlier one as the statistic's type says. Names that are no statistic of the
    game are ignored. The player has to be locked.
    """
    wanted = {f"{scope}_period": when.get(scope, -1) for scope in SCOPES}
    known = _KNOWN.all(connection, {**wanted, "game": game_id, "player": user_id})
    submitted = [row._asdict() for row in known if row.name in values]
    found = [
        _score(row, scope, period, user_id, int(values[row["name"]]))
        for row in submitted
        for scope, period in when.items()
    ]
    _SAVE.run_all(connection, [score for score, before in found if score["value"] != before])
    new = [score for score, before in found if before is None]
    counted = ("statistic_id", "scope", "period")
    _COUNT.run_all(connection, [{**{name: each[name] for name in counted}, "players": 1} for each in new])


def _score(
    row: Mapping[str, Any], scope: str, period: int, user_id: int, value: int
) -> tuple[dict[str, Any], int | None]:
    """Return the row of a score, and the value that it had before."""
    before = row[scope]
    result = value if before is None else _RULES[row["type"]](before, value)
    key = {"statistic_id": row["id"], "scope": scope, "period": period, "user_id": user_id}
    place = result if row["type"] == _LOWEST_FIRST else -result
    return {**key, "value": result, "place": place}, before


def count_scores(rows: Rows) -> Rows:
    """Return the rows that say how many players have a score, of all scores of a state that is loaded."""
    counted = ("statistic_id", "scope", "period")
    found = Counter(tuple(each[name] for name in counted) for each in rows["scores"])
    return {
        score_counts.name: [
            {**dict(zip(counted, key, strict=True)), "players": players} for key, players in found.items()
        ]
    }


# ---- High scores

_PLAYERS: Final = Statement(
    select(statistics.c.id, score_counts.c.players)
    .select_from(
        statistics.outerjoin(
            score_counts,
            and_(
                score_counts.c.statistic_id == statistics.c.id,
                score_counts.c.scope == bindparam("scope"),
                score_counts.c.period == bindparam("period"),
            ),
        )
    )
    .where(statistics.c.id == bindparam("statistic"))
)
_of_table: Final = (
    scores.c.statistic_id == bindparam("statistic"),
    scores.c.scope == bindparam("scope"),
    scores.c.period == bindparam("period"),
)
# Before players are looked up, so that those of earlier pages are only counted.
_best: Final = (
    select(scores.c.user_id, scores.c.value, scores.c.place)
    .where(*_of_table)
    .order_by(scores.c.place, scores.c.user_id)
    .offset(bindparam("skipped"))
    .limit(bindparam("size"))
    .subquery()
)
_PAGE: Final = Statement(
    select(users.c.username, users.c.level, _best.c.value.label("score"), users.c.avatar_url)
    .join_from(_best, users, users.c.id == _best.c.user_id)
    .order_by(_best.c.place, _best.c.user_id)
)
_PRIVATE: Final = Statement(select(users.c.private).where(users.c.id == bindparam("user")))
_CIRCLE: Final = union(
    select(friendships.c.other_id.label("id")).where(friendships.c.user_id == bindparam("user")),
    select(users.c.id).where(users.c.id == bindparam("user")),
)
# Sorted by whoever asks: a database that is to sort them reads the scores of all players in order.
_AMONG_FRIENDS: Final = Statement(
    select(
        users.c.username,
        users.c.level,
        scores.c.value.label("score"),
        users.c.avatar_url,
        scores.c.place,
        scores.c.user_id,
    )
    .join_from(scores, users, users.c.id == scores.c.user_id)
    .where(*_of_table, scores.c.user_id.in_(_CIRCLE))
)


def high_scores(
    connection: Connection, statistic_id: int, scope: str, page: int, page_size: int, now_ms: int
) -> dict[str, Any]:
    """Return one page of the current day, the current week or of all time. Raises Problem (404)."""
    wanted = {"statistic": statistic_id, "scope": scope, "period": periods(now_ms)[scope]}
    total = _players(connection, wanted)
    part = {"skipped": (page - 1) * page_size, "size": page_size}
    return _page(_PAGE.all(connection, {**wanted, **part}), total, page_size)


def friends_high_scores(
    connection: Connection, statistic_id: int, user_id: int, page_size: int, now_ms: int
) -> dict[str, Any]:
    """Return the first page of a player and their friends, empty for a private profile.

    Raises Problem (404).
    """
    private = _PRIVATE.scalar(connection, {"user": user_id})
    if private is None:
        raise not_found("User")
    wanted = {"statistic": statistic_id, "scope": LIFETIME, "period": periods(now_ms)[LIFETIME]}
    _players(connection, wanted)
    if private:
        return _page([], 0, page_size)
    found = _AMONG_FRIENDS.all(connection, {**wanted, "user": user_id})
    best = sorted(found, key=lambda row: (row.place, row.user_id))[:page_size]
    return _page(best, len(found), page_size)


def _players(connection: Connection, wanted: Mapping[str, Any]) -> int:
    """Return how many players have a score. Raises Problem (404) for an unknown statistic."""
    row = _PLAYERS.first(connection, wanted)
    if row is None:
        raise not_found("Statistic")
    return row.players or 0


def _page(rows: Iterable[Any], total: int, page_size: int) -> dict[str, Any]:
    found = [
        {"username": username, "level": level, "score": score, "avatar_url": avatar_url}
        for username, level, score, avatar_url, *_ in rows
    ]
    return {"scores": found, "page_count": page_count(total, page_size), "per_page": page_size}


def periods(now_ms: int) -> dict[str, int]:
    """Return the current day and week, counted from 1970, and 0 for all time."""
    day = day_of(now_ms)
    return {"daily": day, "weekly": (day + _DAYS_BEFORE_EPOCH) // 7, LIFETIME: 0}
