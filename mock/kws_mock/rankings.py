"""Rankings of the users of an app, kept in memory and brought up to date from the database.

What a ranking holds has been committed, so it stays right with several processes on one database, and when
a transaction is rolled back: the users of an app, and what they receive in a currency, are numbered in the
order in which they are committed, and a ranking reads what has a higher number than the last one that it has
seen. A new epoch of the state discards all rankings.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, and_, bindparam, func, select

from openapi_mock.state.statements import Statement

from .epochs import CURRENT
from .points import RECEIVED
from .schema import activations, balances, boards, rosters, transactions

MOST_ENTRIES: Final = 1_000_000
"""The most entries of all rankings together, unless a single one has more."""
_MOST_RANKINGS: Final = 64
# Further behind than that, a ranking is read anew, which then takes less.
_MOST_STEPS: Final = 1000
_FIRST_MS: Final = -(2**63)
_LAST_MS: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Interval:
    """The time from `start_ms`, inclusive, to `end_ms`, exclusive; None leaves an end open."""

    start_ms: int | None = None
    end_ms: int | None = None

    @property
    def is_all_time(self) -> bool:
        return self.start_ms is None and self.end_ms is None

    @property
    def bounds_ms(self) -> tuple[int, int]:
        """Both ends, within the range of the database."""
        start = _FIRST_MS if self.start_ms is None else max(self.start_ms, _FIRST_MS)
        return start, _LAST_MS if self.end_ms is None else min(self.end_ms, _LAST_MS)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the database is: the state of an app and a currency that a ranking has to be brought to."""

    app_id: int
    currency_id: int
    epoch: str | None
    members: int
    version: int


class Ranking:
    """Users in order: the highest score first; of equal scores, the user with the lower id.

    `members` and `version` tell how much of the database is in it.
    """

    def __init__(self, standing: Standing, scores: Iterable[tuple[int, int]]) -> None:
        self.epoch = standing.epoch
        self.members = standing.members
        self.version = standing.version
        self._scores = dict(scores)
        self._order = sorted((-score, user_id) for user_id, score in self._scores.items())

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, user_id: int) -> bool:
        return user_id in self._scores

    def score(self, user_id: int) -> int:
        return self._scores[user_id]

    def rank(self, user_id: int) -> int:
        """Return the user's place, from 1."""
        return bisect_left(self._order, (-self._scores[user_id], user_id)) + 1

    def part(self, offset: int, limit: int) -> list[tuple[int, int]]:
        """Return user ids with their scores."""
        return [(user_id, -negative) for negative, user_id in self._order[offset : offset + limit]]

    def add(self, user_id: int, amount: int) -> None:
        """Add to a user's score. A user who is new begins at 0."""
        before = self._scores.get(user_id)
        if before is not None:
            if amount == 0:
                return
            del self._order[bisect_left(self._order, (-before, user_id))]
        score = self._scores[user_id] = (before or 0) + amount
        insort(self._order, (-score, user_id))


_Key: TypeAlias = tuple[int, int, Interval]

_VERSION: Final = (
    select(boards.c.version)
    .where(boards.c.app_id == bindparam("app"), boards.c.currency_id == bindparam("currency"))
    .scalar_subquery()
)
_MEMBERS: Final = select(rosters.c.members).where(rosters.c.app_id == bindparam("app")).scalar_subquery()
# One statement each, so that scores and numbers are those of one moment.
_STATE: Final = (CURRENT.label("epoch"), _MEMBERS.label("members"), _VERSION.label("version"))
_ALL_TIME: Final = Statement(
    select(activations.c.user_id, func.coalesce(balances.c.received, 0), *_STATE)
    .select_from(
        activations.outerjoin(
            balances,
            and_(
                balances.c.app_id == activations.c.app_id,
                balances.c.user_id == activations.c.user_id,
                balances.c.currency_id == bindparam("currency"),
            ),
        )
    )
    .where(activations.c.app_id == bindparam("app"))
)
_sums = (
    select(transactions.c.user_id, func.sum(transactions.c.amount).label("received"))
    .where(
        transactions.c.app_id == bindparam("app"),
        transactions.c.currency_id == bindparam("currency"),
        transactions.c.kind == RECEIVED,
        transactions.c.at_ms >= bindparam("start_ms"),
        transactions.c.at_ms < bindparam("end_ms"),
    )
    .group_by(transactions.c.user_id)
    .subquery()
)
_WITHIN: Final = Statement(
    select(activations.c.user_id, func.coalesce(_sums.c.received, 0), *_STATE)
    .select_from(activations.outerjoin(_sums, _sums.c.user_id == activations.c.user_id))
    .where(activations.c.app_id == bindparam("app"))
)
_JOINED: Final = Statement(
    select(activations.c.user_id, activations.c.number).where(
        activations.c.app_id == bindparam("app"), activations.c.number > bindparam("members")
    )
)
_RECEIVED: Final = Statement(
    select(transactions.c.user_id, transactions.c.amount, transactions.c.at_ms, transactions.c.number).where(
        transactions.c.app_id == bindparam("app"),
        transactions.c.currency_id == bindparam("currency"),
        transactions.c.number > bindparam("version"),
    )
)


class Rankings:
    """The rankings of one database that were asked for last. Safe to share between threads.

    The first ranking of an app, a currency and an interval reads what every user received in it: for all time
    the balances, for an interval the transactions in it. With 100,000 users and a million transactions that
    takes most of a second. After that, what is new is read.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, Ranking] = OrderedDict()
        self._turn = threading.Lock()

    def current(self, connection: Connection, standing: Standing, interval: Interval) -> Ranking:
        """Return a ranking that is at least as new as the standing.

        Only for transactions that have not written what is ranked: they may be rolled back.
        """
        key = (standing.app_id, standing.currency_id, interval)
        with self._turn:
            ranking = self._kept.get(key)
            if ranking is None or _is_outdated(ranking, standing):
                ranking = self._kept[key] = _read(connection, standing, interval)
                self._forget_others(key)
            else:
                _catch_up(connection, ranking, standing, interval)
            self._kept.move_to_end(key)
            return ranking

    def clear(self) -> None:
        """Forget all rankings."""
        with self._turn:
            self._kept.clear()

    def _forget_others(self, key: _Key) -> None:
        """Forget those that were not asked for for the longest time, as long as there are too many."""
        self._kept.move_to_end(key)
        entries = sum(map(len, self._kept.values()))
        while len(self._kept) > 1 and (entries > MOST_ENTRIES or len(self._kept) > _MOST_RANKINGS):
            entries -= len(self._kept.popitem(last=False)[1])


def _is_outdated(ranking: Ranking, standing: Standing) -> bool:
    behind = standing.version - ranking.version + standing.members - ranking.members
    return ranking.epoch != standing.epoch or behind > _MOST_STEPS


def _read(connection: Connection, standing: Standing, interval: Interval) -> Ranking:
    wanted: dict[str, Any] = {"app": standing.app_id, "currency": standing.currency_id}
    if interval.is_all_time:
        rows = _ALL_TIME.all(connection, wanted)
    else:
        start_ms, end_ms = interval.bounds_ms
        rows = _WITHIN.all(connection, {**wanted, "start_ms": start_ms, "end_ms": end_ms})
    # The statement may have seen more than the standing.
    seen = (
        Standing(standing.app_id, standing.currency_id, rows[0].epoch, rows[0].members, rows[0].version or 0)
        if rows
        else Standing(standing.app_id, standing.currency_id, standing.epoch, 0, 0)
    )
    return Ranking(seen, ((row[0], int(row[1])) for row in rows))


def _catch_up(connection: Connection, ranking: Ranking, standing: Standing, interval: Interval) -> None:
    wanted = {"app": standing.app_id, "currency": standing.currency_id}
    received: Sequence[Any] = ()
    if standing.version > ranking.version:
        received = _RECEIVED.all(connection, {**wanted, "version": ranking.version})
    # Somebody may have joined since the standing was read, and received something.
    if standing.members > ranking.members or any(row.user_id not in ranking for row in received):
        for row in _JOINED.all(connection, {"app": standing.app_id, "members": ranking.members}):
            ranking.add(row.user_id, 0)
            ranking.members = max(ranking.members, row.number)
    start_ms, end_ms = interval.bounds_ms
    for row in received:
        ranking.version = max(ranking.version, row.number)
        if start_ms <= row.at_ms < end_ms:
            ranking.add(row.user_id, row.amount)
