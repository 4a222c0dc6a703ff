from datetime import date

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    create_engine,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects import postgresql

from openapi_mock.state.statements import Statement, Upsert, replacing

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
    counts = [adding.scalar(connection, row(1, each)) for each in (3, 4)]
    assert counts == [3, 7]


def test_several_rows_are_written_at_once(connection):
    replacing(TALLIES, ("count",)).run_all(connection, [row(1, 1), row(2, 2)])
    replacing(TALLIES, ("count",)).run_all(connection, [row(2, 5, "new"), row(3, 3)])
    # Columns that are not named keep what they had.
    found = connection.execute(select(TALLIES.c.day, TALLIES.c.count, TALLIES.c.note)).all()
    assert found == [(1, 1, None), (2, 5, None), (3, 3, None)]


def test_without_changes_a_row_that_is_there_stays(connection):
    keeping = Upsert(TALLIES, lambda _: {})
    for count in (1, 2):
        keeping.run(connection, row(1, count))
    assert connection.execute(select(TALLIES.c.count)).scalars().all() == [1]


@pytest.mark.parametrize("days", [[], [2], [2, 3], [1, 2, 3, 4, 5]])
def test_a_parameter_may_be_a_list_of_any_length(connection, days):
    replacing(TALLIES, ("count",)).run_all(connection, [row(day, day) for day in range(1, 5)])
    among = TALLIES.c.day.in_(bindparam("days", expanding=True))
    found = Statement(select(TALLIES.c.day).where(among, TALLIES.c.shop == bindparam("shop")))
    assert found.scalars(connection, {"days": days, "shop": "corner"}) == sorted({*days} - {5})


def test_values_and_results_are_those_of_python(connection):
    lengths = (
        literal(date(2014, 3, 9), Date),
        literal(value=True, type_=Boolean),
        bindparam("day", type_=Date),
    )
    found = Statement(select(*lengths)).first(connection, {"day": date(2015, 1, 2)})
    assert tuple(found) == (date(2014, 3, 9), True, date(2015, 1, 2))


def test_rows_have_the_names_of_their_columns(connection):
    replacing(TALLIES, ("count",)).run(connection, row(1, 7))
    found = Statement(select(TALLIES.c.day, TALLIES.c.count.label("counted"), func.count().over()))
    (only,) = found.all(connection, {})
    assert (only.day, only.counted, only[2]) == (1, 7, 1)
    assert found.first(connection, {})._asdict()["counted"] == 7


def test_how_many_rows_were_changed_is_returned(connection):
    replacing(TALLIES, ("count",)).run_all(connection, [row(day, day) for day in (1, 2)])
    changing = Statement(update(TALLIES).where(TALLIES.c.day == bindparam("which")).values(note="seen"))
    assert [changing.run(connection, {"which": day}) for day in (1, 9)] == [1, 0]


def test_a_value_that_is_missing_is_an_error(connection):
    with pytest.raises(ValueError, match="which"):
        Statement(select(TALLIES.c.day).where(TALLIES.c.day == bindparam("which"))).all(connection, {})


def test_a_statement_is_built_once():
    assert replacing(TALLIES, ("count",)) is replacing(TALLIES, ("count",))


def test_postgresql_is_spoken_to_in_its_own_words():
    class Connection:
        dialect = postgresql.dialect()

    statement = replacing(TALLIES, ("note",)).clause(Connection())
    assert "ON CONFLICT (shop, day) DO UPDATE SET note = excluded.note" in str(
        statement.compile(dialect=Connection.dialect)
    )


def test_rows_with_different_names_are_not_written_at_once(connection):
    rows = [row(1, 1), {"shop": "corner", "day": 2, "count": 2}]
    for each in (rows, rows[::-1]):
        with pytest.raises(ValueError, match="the same names"):
            Statement(insert(TALLIES)).run_all(connection, each)


def test_a_misspelt_name_is_an_error_and_so_is_a_missing_one(connection):
    with pytest.raises(ValueError, match="the statement has no notes"):
        Statement(insert(TALLIES)).run(connection, {**row(1, 1), "notes": "x"})
    changing = Statement(update(TALLIES).where(TALLIES.c.day == bindparam("which")).values(count=1))
    with pytest.raises(ValueError, match="the statement needs which"):
        changing.run(connection, {"witch": 1})
    listed = Statement(select(TALLIES.c.day).where(TALLIES.c.day.in_(bindparam("days", expanding=True))))
    with pytest.raises(ValueError, match="the statement needs days"):
        listed.all(connection, {})
    assert connection.execute(select(TALLIES)).all() == []
