"""The state of a behaviour in a database, with one transaction at a time per thread."""

from __future__ import annotations

import logging
import sqlite3
import threading
import weakref
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, MetaData, Table, exists, inspect, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from . import counters, rows
from .databases import (
    UnusableDatabaseError,
    begin_immediately,
    is_in_memory,
    make_engine,
    parse_url,
    problem_of,
    reason_of,
    shown,
)
from .rows import LoadError, Rows
from .statements import replacing

# PostgreSQL's advisory locks: any numbers, as long as all processes have the same. Whoever needs both takes
# the one of the set-up first.
_SET_UP_LOCK: Final = 0x6F70656E617069
_STATE_LOCK: Final = _SET_UP_LOCK + 1
_WAIT: Final = "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '60s'"

logger = logging.getLogger("openapi_mock.state")


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The state of a store at one moment."""

    metadata: MetaData = field(repr=False)
    image: bytes | None = field(default=None, repr=False)
    rows: Rows = field(default_factory=dict[str, list[dict[str, Any]]], repr=False)
    counters: counters.Counters = field(default_factory=dict[str, tuple[int, bool]], repr=False)


class Store:
    """A database with the tables of `metadata`, at an SQLAlchemy URL or in memory.

    Safe to share between threads. Raises UnusableDatabaseError.
    """

    def __init__(self, metadata: MetaData, url: str | None = None) -> None:
        self._metadata = metadata
        self._url = parse_url(url or "sqlite://")
        self.is_in_memory = is_in_memory(self._url)
        self._listeners: list[Callable[[Connection], object]] = []
        self._derivations: list[Callable[[Rows], Rows]] = []
        # Drivers raise TypeError and ValueError for invalid URLs.
        with self._usable(TypeError, ValueError):
            self._engine = make_engine(self._url)
            self._engine.connect().close()
        # A database in memory belongs to one connection, which all threads share and which stays checked out:
        # to get it from the pool each time would take longer than most statements.
        self._only = self._engine.connect() if self.is_in_memory else None
        self._turn: AbstractContextManager[object] = threading.RLock() if self.is_in_memory else nullcontext()
        self._current = threading.local()
        self._finalizer = weakref.finalize(self, self._engine.dispose)

    @property
    def is_concurrent(self) -> bool:
        """Whether transactions run at once, as they lock rows. SQLite has one lock for the whole database."""
        return self._engine.dialect.name != "sqlite"

    @contextmanager
    def transaction(self) -> Generator[Connection]:
        """Run the block in a transaction, which is rolled back if the block raises.

        Raises Problem (400, 503) for values that cannot be stored, and while the database is not available.
        """
        with self._translated(), self._begin() as connection:
            if self._is_postgresql:
                # Not while the whole state is replaced.
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({_STATE_LOCK})")
            yield connection

    def check(self) -> None:
        """Ask the database for something, which raises if it cannot answer."""
        with self.transaction() as connection:
            connection.execute(select(1))

    @contextmanager
    def exclusive(self) -> Generator[Connection]:
        """Run the block like `transaction`, while no other process runs an exclusive one."""
        with self._translated(), self._begin() as connection:
            self._lock_set_up(connection)
            yield connection

    def set_up(self, fill: Callable[[Connection], object]) -> None:
        """Create missing tables, and fill an empty database, once for all processes that start at once.

        Raises UnusableDatabaseError; then nothing has changed.
        """
        with self._usable(), self._begin() as connection:
            self._lock_set_up(connection)
            is_known = self._check_tables(connection)
            self._metadata.create_all(connection, checkfirst=is_known)
            if not is_known or not self._holds_anything(connection):
                fill(connection)
                counters.advance(connection, self._metadata)

    @property
    def connection(self) -> Connection:
        """The connection of this thread's transaction. Raises AttributeError outside of one."""
        connection: Connection = self._current.connection
        return connection

    def when_restored(self, listener: Callable[[Connection], object]) -> None:
        """Call a function whenever `restore` or `load` has replaced the state, before others see it."""
        self._listeners.append(listener)

    def derive_with(self, derivation: Callable[[Rows], Rows]) -> None:
        """Have `load` replace some tables by what a function makes of the rows of all others.

        It raises LoadError for rows that nothing can be made of.
        """
        self._derivations.append(derivation)

    def snapshot(self) -> Snapshot:
        """Return the state, to restore it later. Raises Problem (503)."""
        if self.is_in_memory:
            with self._driver() as driver:
                return Snapshot(self._metadata, driver.serialize())
        with self._translated(), self._begin() as connection:
            self._fix_view(connection)
            found = rows.read(connection, self._metadata)
            return Snapshot(self._metadata, None, found, counters.read(connection, self._metadata))

    def restore(self, snapshot: Snapshot) -> None:
        """Replace the state by that of a snapshot, which may be of another store of the same kind.

        Raises ValueError for one of other tables, or from another kind of database. Raises Problem (503).
        """
        if snapshot.metadata is not self._metadata or (snapshot.image is not None) != self.is_in_memory:
            raise ValueError("the snapshot is of another kind of store: use export() and load() between them")
        if snapshot.image is None:
            self._replace(snapshot.rows, lambda each: counters.write(each, snapshot.counters))
            return
        with self._turn:
            with self._driver() as driver:
                driver.deserialize(snapshot.image)
            with self.transaction() as connection:
                self._announce(connection)

    def export(self) -> Rows:
        """Return the rows of all tables as JSON values, by the names of the tables."""
        with self._translated(), self._begin() as connection:
            self._fix_view(connection)
            return rows.to_json(rows.read(connection, self._metadata))

    def load(self, values: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Replace the state by rows as `export` returns them. A table that is left out becomes empty.

        What is counted of other rows is counted anew. Raises LoadError, which names every mistake, and
        Problem (503); then nothing has changed.
        """
        found = rows.from_json(self._metadata, values)
        for derivation in self._derivations:
            found |= derivation(found)
        try:
            self._replace(found, lambda each: counters.advance(each, self._metadata))
        except IntegrityError as error:
            raise LoadError([_broken(error)]) from None

    def refill(self, fill: Callable[[Connection], object]) -> None:
        """Replace the state by what `fill` writes to empty tables. Raises Problem (503)."""

        def write(connection: Connection) -> None:
            fill(connection)
            counters.advance(connection, self._metadata)

        self._replace({}, write)

    def close(self) -> None:
        """Close all connections. Otherwise that happens when the store is garbage-collected."""
        self._finalizer()

    @property
    def _is_postgresql(self) -> bool:
        return self._engine.dialect.name == "postgresql"

    @contextmanager
    def _translated(self) -> Generator[None]:
        """Turn failures of the database into problems for the client."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            problem = problem_of(error)
            if problem is None:
                raise
            # Without the statement, and above all without its values.
            logger.warning("%s: %s", shown(self._url), reason_of(error))
            raise problem from None

    @contextmanager
    def _begin(self) -> Generator[Connection]:
        pooled = nullcontext(self._only) if self._only else self._engine.connect()
        with self._turn, pooled as connection, connection.begin():
            if not self.is_concurrent:
                begin_immediately(connection)
            self._current.connection = connection
            try:
                yield connection
            finally:
                del self._current.connection

    @contextmanager
    def _driver(self) -> Generator[sqlite3.Connection]:
        """Yield the one connection of a database in memory. Raises RuntimeError within a transaction."""
        with self._turn:
            if hasattr(self._current, "connection"):
                raise RuntimeError("a snapshot is taken and restored outside of transactions")
            pooled = self._engine.raw_connection()
            try:
                driver: Any = pooled.driver_connection
                yield driver
            finally:
                pooled.close()

    def _replace(self, values: Rows, count: Callable[[Connection], object]) -> None:
        with self._translated(), self._begin() as connection:
            self._lock_state(connection)
            rows.write(connection, self._metadata, values)
            self._announce(connection)
            count(connection)

    def _announce(self, connection: Connection) -> None:
        for listener in self._listeners:
            listener(connection)

    def _lock_set_up(self, connection: Connection) -> None:
        """Wait until this transaction is the only exclusive one. SQLite's always are."""
        if self._is_postgresql:
            connection.exec_driver_sql(_WAIT)
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SET_UP_LOCK})")

    def _lock_state(self, connection: Connection) -> None:
        """Let all other transactions end, and new ones wait, so that they see either state whole."""
        self._lock_set_up(connection)
        if self._is_postgresql:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_STATE_LOCK})")

    def _fix_view(self, connection: Connection) -> None:
        """Let all statements of a new transaction see the same moment, as SQLite's always do."""
        if self._is_postgresql:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    def _check_tables(self, connection: Connection) -> bool:
        """Return whether any table exists, and check its columns: it may be another mock's."""
        there = inspect(connection)
        known = sorted(self._metadata.tables.keys() & there.get_table_names())
        for name in known:
            found = {column["name"] for column in there.get_columns(name)}
            if missing := sorted({*self._metadata.tables[name].columns.keys()} - found):
                lacking = f"its table {name} has no {', '.join(missing[:3])}"
                advice = "it is another mock's, or an older one's: this one needs a database of its own"
                raise UnusableDatabaseError(f"{shown(self._url)}: {lacking}; {advice}")
        return bool(known)

    def _holds_anything(self, connection: Connection) -> bool:
        tables = self._metadata.sorted_tables
        return any(connection.execute(select(exists(select(each)))).scalar() for each in tables)

    @contextmanager
    def _usable(self, *further: type[Exception]) -> Generator[None]:
        refusals: tuple[type[Exception], ...] = (SQLAlchemyError, sqlite3.Error, ImportError, *further)
        try:
            yield
        except refusals as error:
            raise UnusableDatabaseError(f"{shown(self._url)}: {reason_of(error)}") from None


def upsert(connection: Connection, table: Table, key: Mapping[str, Any], **values: Any) -> None:
    """Update the row with this primary key, or insert one."""
    replacing(table, tuple(values)).run(connection, {**key, **values})


def _broken(error: IntegrityError) -> str:
    """Return which constraint does not hold, without the values that PostgreSQL quotes."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is None:
        return reason_of(error)
    return f"{diagnosis.table_name}: {diagnosis.constraint_name} does not hold"


__all__ = ["LoadError", "Rows", "Snapshot", "Store", "upsert"]
