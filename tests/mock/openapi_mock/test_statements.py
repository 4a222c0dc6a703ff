import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, select
from sqlalchemy.dialects import postgresql

from openapi_mock.statements import Upsert, replacing

TALLIES = Table(
    "tallies",
    MetaData(),
    Column("shop", String, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("note", String),
)


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    with engine.begin() as opened:
        TALLIES.create(opened)
        yield opened
    engine.dispose()


def row(day, count, note=None):
    return {"shop": "corner", "day": day, "count": count, "note": note}


def test_a_row_is_inserted_or_changed_in_one_statement(connection):
    adding = Upsert(TALLIES, lambda new: {"count": TALLIES.c.count + new.excluded.count}, TALLIES.c.count)
    counts = [connection.execute(adding.on(connection), row(1, each)).scalar_one() for each in (3, 4)]
    assert counts == [3, 7]


def test_several_rows_are_written_at_once(connection):
    connection.execute(replacing(TALLIES, ("count",)).on(connection), [row(1, 1), row(2, 2)])
    connection.execute(replacing(TALLIES, ("count",)).on(connection), [row(2, 5, "new"), row(3, 3)])
    # Columns that are not named keep what they had.
    found = connection.execute(select(TALLIES.c.day, TALLIES.c.count, TALLIES.c.note)).all()
    assert found == [(1, 1, None), (2, 5, None), (3, 3, None)]


def test_without_changes_a_row_that_is_there_stays(connection):
    keeping = Upsert(TALLIES, lambda _: {})
    for count in (1, 2):
        connection.execute(keeping.on(connection), row(1, count))
    assert connection.execute(select(TALLIES.c.count)).scalars().all() == [1]


def test_a_statement_is_built_once():
    assert replacing(TALLIES, ("count",)) is replacing(TALLIES, ("count",))


def test_postgresql_is_spoken_to_in_its_own_words():
    class Connection:
        dialect = postgresql.dialect()

    statement = replacing(TALLIES, ("note",)).on(Connection())
    assert "ON CONFLICT (shop, day) DO UPDATE SET note = excluded.note" in str(
        statement.compile(dialect=Connection.dialect)
    )
