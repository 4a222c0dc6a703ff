"""What is in tables comes out as it went in, on each kind of database, and what does not fit is named."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Self

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PickleType,
    String,
    Table,
    Text,
    event,
    exc,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql

from openapi_mock import Problem
from openapi_mock.state import counters, databases, rows, store
from openapi_mock.state.databases import UnusableDatabaseError, make_engine, parse_url
from openapi_mock.state.rows import LoadError
from openapi_mock.state.store import Store, upsert

METADATA = MetaData()
OWNERS = Table("owners", METADATA, Column("id", Integer, primary_key=True), Column("name", Text, unique=True))
THINGS = Table(
    "things",
    METADATA,
    Column("a", Integer, primary_key=True),
    Column("b", BigInteger, primary_key=True),
    Column("owner", Integer, ForeignKey("owners.id")),
    Column("flag", Boolean),
    Column("number", Float),
    Column("word", String(5)),
    Column("raw", LargeBinary),
    Column("day", Date),
    Column("time", DateTime),
    Column("kind", Text, nullable=False),
    Index("ix_word", "word", "owner", unique=True),
    Index("ix_day", "day"),
)
FULL = {
    "a": 1,
    "b": 2**63 - 1,
    "owner": 7,
    "flag": True,
    "number": 1.5,
    "word": "é✓abc",
    "raw": "AP8=",
    "day": "2014-03-09",
    "time": "2014-03-09T12:00:00",
    "kind": "k",
}
EMPTY = dict.fromkeys(FULL) | {"a": -(2**31), "b": -(2**63), "kind": ""}
STATE = {"owners": [{"id": 7, "name": "Robin"}], "things": [EMPTY, FULL]}


@pytest.fixture(params=["sqlite://", "sqlite:///{}/state.db"])
def made(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Store]:
    made = Store(METADATA, request.param.format(tmp_path))
    made.set_up(lambda _connection: None)
    yield made
    made.close()


def test_a_state_is_loaded_exported_kept_and_restored(made: Store) -> None:
    told: list[Any] = []
    made.when_restored(lambda connection: told.append(connection.scalar(select(OWNERS.c.name))))
    made.load(STATE)
    assert made.export() == STATE
    assert all(type(name) is str for row in (*made.export(), *made.export()["things"][0]) for name in [row])
    with made.transaction() as connection:
        row = connection.execute(select(THINGS).where(THINGS.c.a == 1)).one()
        assert (row.raw, row.day, row.time) == (b"\0\xff", date(2014, 3, 9), datetime(2014, 3, 9, 12))  # noqa: DTZ001
        assert made.connection is connection
    with pytest.raises(AttributeError):
        _ = made.connection
    kept = made.snapshot()
    made.load({"owners": [{"id": 8, "name": "Wren"}]})
    assert made.export() == {"owners": [{"id": 8, "name": "Wren"}], "things": []}
    made.restore(kept)
    assert made.export() == STATE
    made.refill(lambda connection: connection.execute(insert(OWNERS).values(id=9)))
    assert made.export() == {"owners": [{"id": 9, "name": None}], "things": []}
    assert told == ["Robin", "Wren", "Robin", None]
    made.check()


def test_a_snapshot_fits_only_a_store_of_its_kind(made: Store, tmp_path: Any) -> None:
    kept = made.snapshot()
    others = (
        Store(MetaData()),
        Store(METADATA, None if not made.is_in_memory else f"sqlite:///{tmp_path}/o.db"),
    )
    for other in others:
        with pytest.raises(ValueError, match="another kind of store: use export"):
            other.restore(kept)
        other.close()
    assert (repr(kept), made.is_concurrent) == ("Snapshot()", False)
    if made.is_in_memory:
        with made.transaction(), pytest.raises(RuntimeError, match="outside of transactions"):
            made.snapshot()


def test_what_is_derived_is_loaded_with_the_rest(made: Store) -> None:
    made.derive_with(lambda found: {"owners": [{"id": len(found["things"]), "name": "derived"}]})
    made.load({"owners": [{"id": 7, "name": "a"}, {"id": 2, "name": "b"}], "things": [EMPTY]})
    assert made.export()["owners"] == [{"id": 1, "name": "derived"}]
    made.derive_with(lambda _found: {"things": [{**EMPTY, "owner": 5}]})
    with pytest.raises(LoadError, match="FOREIGN KEY"):
        made.load({})
    assert made.export()["owners"] == [{"id": 1, "name": "derived"}]


def test_a_transaction_that_fails_has_not_been(made: Store) -> None:
    for run in (made.transaction, made.exclusive):
        with pytest.raises(KeyError), run() as connection:  # noqa: PT012  # the block is the transaction
            connection.execute(insert(OWNERS).values(id=1))
            raise KeyError
        assert made.export()["owners"] == []
    with made.exclusive() as connection:
        upsert(connection, OWNERS, {"id": 1}, name="a")
        upsert(connection, OWNERS, {"id": 1}, name="b")
    assert made.export()["owners"] == [{"id": 1, "name": "b"}]


def test_tables_are_filled_once_and_those_of_others_refused(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path}/state.db"
    filled: list[int] = []

    def fill(connection: Any) -> None:
        filled.append(1)
        connection.execute(insert(OWNERS).values(id=1))

    for _ in range(2):
        first = Store(METADATA, url)
        first.set_up(fill)
        first.close()
    assert filled == [1]
    other = MetaData()
    Table(
        "owners",
        other,
        *(Column(name, Integer, primary_key=name == "id") for name in ("id", "z", "y", "x", "w")),
    )
    Table("more", other, Column("id", Integer, primary_key=True))
    second = Store(other, url)
    with pytest.raises(UnusableDatabaseError) as refused:
        second.set_up(fill)
    second.close()
    advice = "it is another mock's, or an older one's: this one needs a database of its own"
    assert str(refused.value) == f"{url}: its table owners has no w, x, y; {advice}"
    with sqlite3.connect(tmp_path / "state.db") as found:
        assert {name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type='table'")} == {
            "owners",
            "things",
        }
    found.close()


FOUND_WRONG = [
    (5, "expected a mapping of tables to lists of rows"),
    ({"nobody": []}, "nobody: there is no such table; there are owners, things"),
    ({"owners": {}}, "owners: expected a list of rows"),
    ({"owners": [5]}, "owners[0]: expected a mapping of columns to values"),
    ({"owners": [{"id": 1, "x": 1}]}, "owners[0].x: there is no such column; there are id, name"),
    ({"owners": [{"name": "a"}]}, "owners[0].id: is missing"),
    ({"owners": [{"id": 1}, {"id": True}]}, "owners[1].id: expected an integer"),
    ({"owners": [{"id": "1"}]}, "owners[0].id: expected an integer"),
    ({"owners": [{"id": 2**31}]}, "owners[0].id: an integer has 32 bits at most"),
    ({"owners": [{"id": -(2**31) - 1}]}, "owners[0].id: an integer has 32 bits at most"),
    ({"things": [{**FULL, "b": 2**63}]}, "things[0].b: an integer has 64 bits at most"),
    ({"things": [{**FULL, "flag": 1}]}, "things[0].flag: expected true or false"),
    ({"things": [{**FULL, "number": True}]}, "things[0].number: expected a number"),
    ({"things": [{**FULL, "number": "1"}]}, "things[0].number: expected a number"),
    ({"things": [{**FULL, "word": 5}]}, "things[0].word: expected a text"),
    ({"things": [{**FULL, "word": "abcdef"}]}, "things[0].word: has more than 5 characters"),
    ({"things": [{**FULL, "word": "a\0"}]}, "things[0].word: holds a character that cannot be stored"),
    ({"things": [{**FULL, "kind": "\ud800"}]}, "things[0].kind: holds a character that cannot be stored"),
    ({"things": [{**FULL, "raw": "A"}]}, "things[0].raw: expected bytes in base64"),
    ({"things": [{**FULL, "raw": "A*P8="}]}, "things[0].raw: expected bytes in base64"),
    ({"things": [{**FULL, "raw": 5}]}, "things[0].raw: expected bytes in base64"),
    ({"things": [{**FULL, "day": "2014-3-9"}]}, "things[0].day: expected a date, such as 2014-03-09"),
    ({"things": [{**FULL, "day": 5}]}, "things[0].day: expected a date, such as 2014-03-09"),
    ({"things": [{**FULL, "time": "noon"}]}, "things[0].time: expected a time, such as 2014-03-09T12:00:00"),
    ({"things": [{**FULL, "time": 5}]}, "things[0].time: expected a time, such as 2014-03-09T12:00:00"),
    ({"things": [FULL]}, "things[0].owner: there is no such row in owners"),
    ({"owners": [{"id": 1}, {"id": 2}, {"id": 1}]}, "owners[2]: has the same id as owners[0]"),
    (
        {"owners": [{"id": 1, "name": "a"}, {"id": 2, "name": "a"}]},
        "owners[1]: has the same name as owners[0]",
    ),
    ({"things": [EMPTY, {**EMPTY, "word": "x"}]}, "things[1]: has the same a, b as things[0]"),
    (
        {"owners": [{"id": 7}], "things": [FULL, {**FULL, "a": 2}]},
        "things[1]: has the same word, owner as things[0]",
    ),
]


@pytest.mark.parametrize(("values", "told"), FOUND_WRONG)
def test_rows_that_do_not_fit_are_named_and_change_nothing(values: Any, told: str) -> None:
    with pytest.raises(LoadError) as refused:
        rows.from_json(METADATA, values)
    assert refused.value.errors == (told,)
    assert str(refused.value) == f"the rows do not fit:\n{told}"


def test_twenty_mistakes_are_shown_and_all_are_counted() -> None:
    for count, more in ((20, ""), (22, "\n… and 2 more")):
        with pytest.raises(LoadError) as refused:
            rows.from_json(METADATA, {"owners": [{"id": "x"}] * count})
        assert len(refused.value.errors) == count
        shown = "\n".join(f"owners[{place}].id: expected an integer" for place in range(20))
        assert str(refused.value) == f"the rows do not fit:\n{shown}{more}"


def test_rows_without_an_owner_or_a_name_may_be_several() -> None:
    found = rows.from_json(METADATA, {"owners": [{"id": 1}, {"id": 2}], "things": [EMPTY, {**EMPTY, "a": 1}]})
    assert [row["name"] for row in found["owners"]] == [None, None]
    odd = MetaData()
    Table("odd", odd, Column("id", Integer, primary_key=True), Column("it", PickleType))
    with pytest.raises(LoadError, match=r"odd\[0\]\.it: a column of object cannot be loaded"):
        rows.from_json(odd, {"odd": [{"id": 1, "it": 5}]})


# ---- What a database takes


def test_what_postgresql_cannot_store_is_stored_nowhere(made: Store) -> None:
    longest = "é" * 1000
    for value, told in (
        ("a\0", "text holds the character NUL"),
        (longest + "a", "a name or a key has more than 2000 bytes"),
        ("\ud800" * 667, "a name or a key has more than 2000 bytes"),
        (longest, None),
    ):
        for statement in (insert(OWNERS).values(id=1, name=value), update(OWNERS).values(name=value)):
            with refused_with(told), made.transaction() as connection:
                connection.execute(statement)
            if told is None:
                continue
            assert made.export()["owners"] == []
    for number, told in (
        (2**63, "a number has more than 64 bits"),
        (-(2**63) - 1, "a number has more than 64 bits"),
    ):
        for given in ({"n": number}, [{"n": 1}, {"n": number}]):
            with refused_with(told), made.transaction() as connection:
                connection.execute(update(OWNERS).where(text("id = :n")).values(name="x"), given)
    for number in (2**63 - 1, -(2**63)):
        with made.transaction() as connection:
            connection.execute(update(OWNERS).where(text("id = :n")).values(name="x"), {"n": number})


@contextmanager
def refused_with(told: str | None) -> Iterator[None]:
    """Expect a problem of this message, or none."""
    if told is None:
        yield
        return
    with pytest.raises(Problem) as refused:
        yield
    problem = refused.value
    assert (problem.status, problem.kind, problem.message) == (400, "unstorable", told)


@pytest.mark.parametrize(
    ("url", "shown", "is_in_memory"),
    [
        ("sqlite://", "sqlite://", True),
        ("sqlite:///:memory:", "sqlite:///%3Amemory%3A", True),
        ("sqlite:///a.db", "sqlite:///a.db", False),
        (
            "postgresql://me:made-up@host.example/db?password=made-up&sslpassword=made-up&x=1",
            "postgresql+psycopg://me:***@host.example/db?x=1",
            False,
        ),
        ("postgres://host.example/db", "postgresql+psycopg://host.example/db", False),
        ("mysql://host.example", "mysql://host.example", False),
    ],
)
def test_a_database_is_shown_without_its_passwords(url: str, shown: str, is_in_memory: bool) -> None:
    parsed = parse_url(url)
    assert (databases.shown(parsed), databases.is_in_memory(parsed)) == (shown, is_in_memory)


@pytest.mark.parametrize("url", ["", "nothing", "sqlite//x", "postgresql://a:b:c@d:e/f"])
def test_what_is_no_url_of_a_database_is_refused(url: str) -> None:
    with pytest.raises(
        UnusableDatabaseError, match=r"^a database is named by a URL, such as sqlite:///mock\.db$"
    ):
        parse_url(url)


def test_a_database_that_cannot_be_opened_is_named_on_one_line(tmp_path: Any) -> None:
    for url in (f"sqlite:///{tmp_path}/no/folder.db", f"sqlite:///{tmp_path}"):
        with pytest.raises(UnusableDatabaseError, match=rf"^{re.escape(url)}: unable to open database file$"):
            Store(METADATA, url)
    (tmp_path / "no.db").write_bytes(b"made up, and no database" * 100)
    with pytest.raises(UnusableDatabaseError, match=r"no\.db: file is not a database$"):
        Store(METADATA, f"sqlite:///{tmp_path}/no.db")
    missing = ModuleNotFoundError("No module named 'psycopg'", name="psycopg")
    assert re.fullmatch(
        r"PostgreSQL needs psycopg: pip install '.+\[postgresql\]'", databases.reason_of(missing)
    )
    assert databases.reason_of(ModuleNotFoundError("No module\nnamed 'x'", name="x")) == "No module named 'x'"


def test_a_database_in_a_file_is_shared_and_checks_references(tmp_path: Any) -> None:
    engine = make_engine(parse_url(f"sqlite:///{tmp_path}/a.db"))
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 30000}


class _Connecting(Exception):
    """Raised in place of a connection to a server."""


@pytest.mark.parametrize(
    ("query", "timeout", "options"),
    [
        ("", 5, ""),
        ("?connect_timeout=9", "9", ""),
        ("?options=-c%20a%3Db", 5, " -c a=b"),
        ("?options=-c%20a%3Db&options=-c%20c%3Dd", 5, " -c a=b -c c=d"),
    ],
)
def test_a_connection_to_postgresql_has_limits_of_time(query: str, timeout: Any, options: str) -> None:
    pytest.importorskip("psycopg")
    engine = make_engine(parse_url(f"postgresql://host.example/db{query}"))
    seen: dict[str, Any] = {}

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, _arguments: Any, named: dict[str, Any]) -> None:
        seen.update(named)
        raise _Connecting

    with pytest.raises(_Connecting):
        engine.connect()
    limits = "-c lock_timeout=5000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
    assert (seen["connect_timeout"], seen["options"]) == (timeout, limits + options)
    pool: Any = engine.pool
    assert (pool.size(), pool._max_overflow, pool._timeout, pool._pre_ping) == (20, 0, 10, True)
    assert engine.hide_parameters


# ---- What PostgreSQL is asked, by a connection that only writes it down


class Answers:
    """The result of a statement: whatever is asked of it."""

    def __init__(self, value: Any = None) -> None:
        self.value = value

    def mappings(self) -> list[Any]:
        return []

    def scalar(self) -> Any:
        return self.value

    scalar_one = one = scalar


class Written:
    """A connection to PostgreSQL that writes down what it is asked."""

    dialect = postgresql.dialect()

    def __init__(self, *answers: Any) -> None:
        self.answers = [*answers]
        self.asked: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    begin = connect = __enter__
    close = dispose = __exit__

    def exec_driver_sql(self, statement: str) -> None:
        self.asked.append(statement)

    def execute(self, statement: Any, values: Any = None) -> Answers:
        compiled = statement.compile(dialect=self.dialect)
        # Every value has the name of a parameter.
        assert values is None or values.keys() == compiled.params.keys()
        given = [*(values or compiled.params).values()]
        self.asked.append(
            " ".join(re.sub(r"%\(\w+\)s(::\w+)?", "?", f"{compiled}").split()) + f" {given}" * bool(given)
        )
        return Answers(self.answers.pop(0) if self.answers else None)


BEGINS = "SELECT seqstart FROM pg_sequence WHERE seqrelid = CAST(? AS regclass)"
FIND = "SELECT pg_get_serial_sequence(?, ?) AS pg_get_serial_sequence_1 ['owners', 'id']"
ONE = MetaData()
Table("owners", ONE, Column("id", Integer, primary_key=True), Column("name", Text))


@pytest.mark.parametrize(
    ("start", "largest", "following"), [(1, None, 1), (1, 7, 8), (100, 7, 100), (1, 1, 2)]
)
def test_numbers_go_on_after_the_largest_or_where_they_start(
    start: int, largest: Any, following: int
) -> None:
    asked = Written("public.owners_id_seq", start, largest)
    counters.advance(asked, ONE)  # type: ignore[arg-type]
    assert asked.asked == [
        FIND,
        f"{BEGINS} ['public.owners_id_seq']",
        "SELECT max(owners.id) AS max_1 FROM owners",
        f"SELECT setval(?, ?, ?) AS setval_1 ['public.owners_id_seq', {following}, False]",
    ]


def test_sequences_are_kept_and_set_again() -> None:
    class Row:
        last_value, is_called = 5, True

    asked = Written("owners_id_seq", Row)
    found = counters.read(asked, ONE)  # type: ignore[arg-type]
    assert found == {"owners_id_seq": (5, True)}
    assert asked.asked == [FIND, "SELECT last_value, is_called FROM owners_id_seq"]
    counters.write(asked, found)  # type: ignore[arg-type]
    assert asked.asked[2:] == ["SELECT setval(?, ?, ?) AS setval_1 ['owners_id_seq', 5, True]"]
    assert counters.read(Written(None), ONE) == {}  # type: ignore[arg-type]


WAIT = "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '60s'"
STEADY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> tuple[Store, Written]:
    asked = Written()
    monkeypatch.setattr(store, "make_engine", lambda _url: asked)
    return Store(ONE, "postgresql://host.example/db"), asked


def lock(name: int) -> str:
    return f"SELECT pg_advisory_xact_lock({name})"


def test_whoever_replaces_a_state_of_several_processes_waits_for_all_others(written: Any) -> None:
    made, asked = written
    assert made.is_concurrent
    with made.transaction():
        (shared,) = asked.asked
    state = int(re.fullmatch(r"SELECT pg_advisory_xact_lock_shared\((\d+)\)", shared)[1])  # type: ignore[index]
    asked.asked.clear()
    made.refill(lambda _connection: None)
    set_up = int(re.fullmatch(r"SELECT pg_advisory_xact_lock\((\d+)\)", asked.asked[1])[1])  # type: ignore[index]
    assert set_up != state
    assert asked.asked[:4] == [WAIT, lock(set_up), lock(state), "DELETE FROM owners"]
    asked.asked.clear()
    with made.exclusive():
        assert asked.asked == [WAIT, lock(set_up)]
    for read in (made.export, made.snapshot):
        asked.asked.clear()
        read()
        assert asked.asked[:2] == [STEADY, "SELECT owners.id, owners.name FROM owners ORDER BY owners.id"]
    made.check()
    assert asked.asked[-1] == "SELECT 1"
    asked.asked.clear()
    kept = made.snapshot()
    asked.asked.clear()
    made.restore(kept)
    assert asked.asked == [WAIT, lock(set_up), lock(state), "DELETE FROM owners"]


def test_tables_are_made_while_no_other_process_makes_them(
    written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, asked = written
    monkeypatch.setattr(store, "inspect", lambda _connection: SimpleNamespace(get_table_names=list))
    monkeypatch.setattr(ONE, "create_all", lambda *_, checkfirst: asked.asked.append(f"create {checkfirst}"))
    made.set_up(lambda connection: connection.asked.append("fill"))
    assert asked.asked[0] == WAIT
    assert asked.asked[1].startswith("SELECT pg_advisory_xact_lock(")
    assert asked.asked[2:5] == ["create False", "fill", FIND]


def test_a_constraint_that_does_not_hold_is_named_without_values(written: Any) -> None:
    made, asked = written

    class Broken(Exception):
        class diag:  # noqa: N801  # as psycopg calls it
            table_name, constraint_name = "owners", "owners_pkey"

    def refuse(*_: Any) -> Any:
        raise exc.IntegrityError("INSERT made-up", {}, Broken("made-up"))

    asked.execute = refuse
    with pytest.raises(LoadError) as refused:
        made.load({"owners": [{"id": 1}]})
    assert refused.value.errors == ("owners: owners_pkey does not hold",)
