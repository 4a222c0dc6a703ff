from collections import Counter

import pytest
from sqlalchemy import func, select

from benchmarking import growth
from kws_mock import schema


@pytest.fixture
def a_few(monkeypatch):
    monkeypatch.setattr(growth, "USERS", 20)
    monkeypatch.setattr(growth, "TRANSACTIONS", 200)


@pytest.mark.usefixtures("a_few")
@pytest.mark.parametrize("size", ["seeded", "full"])
@pytest.mark.parametrize("api", ["kws", "kongregate"])
def test_every_operation_succeeds_as_often_as_it_is_asked_for(api, size):
    tasks = growth.tasks(api, size)
    assert {f"growth-{api}-{name}" for name in tasks} <= {row.name for row in growth.ROWS}
    for task in tasks.values():
        assert task(2) == 2


@pytest.mark.usefixtures("a_few")
def test_what_is_filled_in_has_the_totals_that_the_mock_would_have_written():
    mock, _ = growth._make_kws(growth._clock(), is_full=True)
    with mock.behaviour.store.transaction() as connection:
        received = Counter()
        for row in connection.execute(select(schema.transactions).where(schema.transactions.c.number > 0)):
            received[row.user_id, row.currency_id, row.app_id] += row.amount
        balances = connection.execute(select(schema.balances)).mappings()
        keys = ("user_id", "currency_id", "app_id")
        assert {tuple(each[key] for key in keys): each["received"] for each in balances} == dict(received)
        board = (
            schema.boards.c.version
            == select(func.max(schema.transactions.c.number))
            .where(
                schema.transactions.c.app_id == schema.boards.c.app_id,
                schema.transactions.c.currency_id == schema.boards.c.currency_id,
            )
            .scalar_subquery()
        )
        assert set(connection.execute(select(board)).scalars()) == {True}
        members = connection.execute(select(func.count()).where(schema.activations.c.app_id == 355)).scalar()
        roster = select(schema.rosters.c.members).where(schema.rosters.c.app_id == 355)
        assert connection.execute(roster).scalar() == members
    mock.close()
