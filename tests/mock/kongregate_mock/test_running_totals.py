"""Counts and pages of high scores against the values submitted, over random operations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from kongregate_mock import Settings, create, schema
from kongregate_mock.statistics import high_scores, record

GAME = 1001
STATISTICS = {
    "coins": (31, "Add"),
    "best-time": (32, "Min"),
    "high-score": (33, "Max"),
    "rank": (34, "Replace"),
}
NOW_MS = 1_750_032_000_000
WHEN = ({"lifetime": 0}, {"daily": 20255, "weekly": 2894, "lifetime": 0}, {"daily": 20255})
RULES = {"Add": int.__add__, "Min": min, "Max": max, "Replace": lambda _, value: value}

submissions = st.lists(
    st.tuples(
        st.integers(765, 775),
        st.dictionaries(st.sampled_from([*STATISTICS, "nothing"]), st.integers(0, 9), max_size=3),
        st.sampled_from(WHEN),
    ),
    max_size=20,
)


@pytest.fixture(scope="module")
def store():
    behaviour = create(Settings())
    yield behaviour._store
    behaviour.close()


@settings(max_examples=60, deadline=None)
@given(submissions)
def test_counts_and_pages_are_those_of_the_values_submitted(store, steps):
    held = {}
    with store.transaction() as connection:
        for table in (schema.scores, schema.score_counts):
            connection.execute(delete(table))
        names = dict(connection.execute(select(schema.users.c.id, schema.users.c.username)).all())
        for user, values, when in steps:
            record(connection, GAME, user, values, when)
            for name in values.keys() & STATISTICS:
                for scope in when:
                    players = held.setdefault((name, scope), {})
                    rule, value = RULES[STATISTICS[name][1]], values[name]
                    players[user] = rule(players[user], value) if user in players else value
        for (name, scope), players in held.items():
            number, kind = STATISTICS[name]
            sign = 1 if kind == "Min" else -1
            best = sorted(players.items(), key=lambda each: (sign * each[1], each[0]))
            page = high_scores(connection, number, scope, 1, 3, NOW_MS)
            found = [(each["username"], each["score"]) for each in page["scores"]]
            assert found == [(names[user], value) for user, value in best[:3]]
            assert page["page_count"] == -(-len(players) // 3)
        rows = connection.execute(select(func.count()).select_from(schema.scores)).scalar_one()
        assert rows == sum(map(len, held.values()))
