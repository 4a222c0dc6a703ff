"""Running totals and ranks against the rows that they are made of, over random operations."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from kws_mock import Settings, create, points, rankings, schema
from kws_mock.access import Subject
from kws_mock.activations import join
from kws_mock.events import trigger
from kws_mock.paging import Page
from kws_mock.rankings import Interval, Ranking, Standing
from kws_mock.scores import leaderboard, score
from openapi_mock import Problem

APP, STARS, SHELLS = 355, 2, 3
MEMBERS = (5073, 5074, 5076, 5077)
NEWCOMERS = (5075, 5086, 5087)
START_MS, END_MS = 10, 20

users = st.sampled_from(MEMBERS)
times = st.integers(0, 30)
amounts = st.integers(1, 50)
operations = st.lists(
    st.one_of(
        st.tuples(
            st.just("record"),
            users,
            st.sampled_from([STARS, SHELLS]),
            st.sampled_from(["received", "pending", "spent"]),
            amounts,
            times,
        ),
        st.tuples(st.just("trigger"), users, amounts, times),
        st.tuples(st.just("join"), st.sampled_from(NEWCOMERS), times),
        st.tuples(st.just("fail"), users, amounts, times),
        st.tuples(st.just("look"), st.integers(0, 1)),
        st.tuples(st.just("replace"), users),
    ),
    max_size=25,
)


class RolledBack(Exception):
    """Raised to roll a transaction back."""


class Machine:
    """Two mocks on one database, as in two processes."""

    def __init__(self, database):
        self.mocks = [create(Settings(database=database)) for _ in range(2)]
        self.joined = []
        with self.mocks[0]._store.transaction() as connection:
            row = (
                connection.execute(select(schema.users).where(schema.users.c.id == MEMBERS[0]))
                .mappings()
                .one()
            )
            unique = {"email_key": None, "sign_in_name": None}
            new = [{**row, **unique, "id": each} for each in NEWCOMERS if each != 5075]
            connection.execute(schema.users.insert(), new)

    def clear(self):
        """Leave nobody but the first members, without points."""
        others = (schema.activations.c.app_id != APP) | schema.activations.c.user_id.not_in(MEMBERS)
        with self.mocks[0]._store.transaction() as connection:
            for table in (schema.transactions, schema.balances, schema.boards, schema.app_data):
                connection.execute(delete(table))
            for table in (schema.device_tokens, schema.permissions, schema.invitations):
                connection.execute(delete(table))
            connection.execute(delete(schema.activations).where(others))
            connection.execute(delete(schema.rosters))
            last = connection.execute(select(func.max(schema.activations.c.number))).scalar_one()
            connection.execute(schema.rosters.insert().values(app_id=APP, members=last))
            self.mocks[0].restored(connection)
        self.joined = list(MEMBERS)

    def run(self, name, *arguments):
        getattr(self, name)(*arguments)

    def record(self, user, currency, kind, amount, at_ms):
        with self.mocks[0]._store.transaction() as connection:
            points.record(connection, Subject(APP, user), currency, kind, amount, now_ms=at_ms)

    def trigger(self, user, amount, at_ms):
        with suppress(Problem), self.mocks[1]._store.transaction() as connection:
            code, subject = "finished-level", Subject(APP, user)
            trigger(connection, subject, code, amount=amount, message=None, now_ms=at_ms)

    def join(self, user, at_ms):
        if user not in self.joined:
            self.joined.append(user)
            with self.mocks[1]._store.transaction() as connection:
                join(connection, Subject(APP, user), display_name=f"Made{user}", now_ms=at_ms)

    def fail(self, user, amount, at_ms):
        with suppress(RolledBack), self.mocks[0]._store.transaction() as connection:
            points.record(connection, Subject(APP, user), STARS, "received", amount, now_ms=at_ms)
            raise RolledBack

    def look(self, which):
        mock = self.mocks[which]
        with mock._store.transaction() as connection:
            received = connection.execute(
                select(schema.transactions).where(schema.transactions.c.kind == "received")
            ).all()
            for interval in (Interval(), Interval(START_MS, END_MS), Interval(None, START_MS)):
                expected = self.ranked(received, interval)
                page = leaderboard(connection, mock._rankings, APP, interval, Page(0, 100))
                assert [each["score"] for each in page["results"]] == [held for held, _ in expected]
                for rank, (held, user) in enumerate(expected, start=1):
                    found = score(connection, mock._rankings, Subject(APP, user), interval, STARS)
                    assert found == {"score": held, "rank": rank}

    def ranked(self, received, interval):
        start, end = interval.bounds_ms
        sums = Counter(dict.fromkeys(self.joined, 0))
        for row in received:
            if row.currency_id == STARS and start <= row.at_ms < end:
                sums[row.user_id] += row.amount
        return sorted(((held, user) for user, held in sums.items()), key=lambda each: (-each[0], each[1]))

    def replace(self, user):
        """Take a user's points away, as restoring an earlier state may do."""
        with self.mocks[1]._store.transaction() as connection:
            connection.execute(delete(schema.transactions).where(schema.transactions.c.user_id == user))
            connection.execute(delete(schema.balances).where(schema.balances.c.user_id == user))
            self.mocks[1].restored(connection)

    def check_totals(self):
        with self.mocks[0]._store.transaction() as connection:
            table = schema.transactions
            sums = Counter()
            for row in connection.execute(select(table)):
                sums[row.user_id, row.currency_id, row.app_id, row.kind] += row.amount
            held = Counter()
            for row in connection.execute(select(schema.balances)).mappings():
                for kind in ("received", "pending", "spent"):
                    held[row["user_id"], row["currency_id"], row["app_id"], kind] += row[kind]
            assert +held == +sums
            awarded = func.max(table.c.event_number) == func.count()
            numbered = select(awarded).where(table.c.event_id.is_not(None)).group_by(table.c.user_id)
            assert set(connection.execute(numbered).scalars()) <= {True}


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    made = Machine(f"sqlite:///{tmp_path_factory.mktemp('totals') / 'kws.db'}")
    yield made
    for each in made.mocks:
        each.close()


@settings(max_examples=60, deadline=None)
@given(operations)
def test_totals_and_ranks_are_those_of_the_transactions_whatever_happens(machine, steps):
    machine.clear()
    for step in steps:
        machine.run(*step)
    machine.check_totals()
    for which in (0, 1):
        machine.look(which)


def received(kws, user, amount, at_ms=0):
    with kws.behaviour._store.transaction() as connection:
        points.record(connection, Subject(APP, user), STARS, "received", amount, now_ms=at_ms)


def test_a_ranking_that_is_far_behind_is_read_anew(kws, app, monkeypatch):
    app.call("getScore")
    monkeypatch.setattr(rankings, "_MOST_STEPS", 2)
    # Nothing is caught up with, step by step.
    monkeypatch.setattr(Ranking, "add", None)
    for _ in range(3):
        received(kws, 5073, 10_000)
    assert app.call("getScore").json() == {"score": 30_020, "rank": 1}


def test_what_was_not_asked_for_for_the_longest_time_is_forgotten(kws, app, monkeypatch):
    monkeypatch.setattr(rankings, "MOST_ENTRIES", 30)
    for start in (1, 2, 3, 2, 4):
        assert app.call("getScore", start=start).json()["score"] == 20
    kept = [interval.start_ms for _, _, interval in kws.behaviour._rankings._kept]
    assert kept == [2, 4]


def test_one_ranking_is_kept_however_many_users_it_has(kws, app, monkeypatch):
    monkeypatch.setattr(rankings, "MOST_ENTRIES", 1)
    app.call("getScore")
    assert len(kws.behaviour._rankings._kept) == 1


def test_an_interval_beyond_what_a_database_holds_is_an_open_one():
    assert Interval(-(2**70), 2**70).bounds_ms == Interval().bounds_ms


def test_users_of_equal_scores_stand_in_the_order_of_their_ids():
    ranking = Ranking(Standing(APP, STARS, "one", 3, 0), [(3, 5), (1, 5), (2, 7)])
    ranking.add(4, 0)
    ranking.add(4, 5)
    assert ranking.part(0, 9) == [(2, 7), (1, 5), (3, 5), (4, 5)]
    assert [ranking.rank(user) for user in (2, 1, 3, 4)] == [1, 2, 3, 4]
    assert ranking.part(1, 2) == [(1, 5), (3, 5)]


def test_a_page_may_have_more_users_than_a_statement_has_parameters(app, monkeypatch):
    monkeypatch.setattr("kws_mock.scores._NAMES_AT_ONCE", 5)
    names = [each["user"] for each in app.call("getLeaderboard").json()["results"]]
    assert (len(names), names[0], names[-1]) == (12, "SunnySeal3", "HappyHeron404")
