"""The state of a behaviour in a database, with one transaction at a time per thread."""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    StaticPool,
    Table,
    create_engine,
    event,
    exists,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from .behaviour import UnusableDatabaseError
from .statements import replacing

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_BUSY_TIMEOUT_S = 30
_RETRY_S = 0.01


class Store:
    """A database with the tables of `metadata`, at an SQLAlchemy URL or in memory.

    Safe to share between threads. Raises UnusableDatabaseError.
    """

    def __init__(self, metadata: MetaData, url: str | None = None) -> None:
        self._metadata = metadata
        self._url = _parse(url or "sqlite://")
        in_memory = self._url.get_backend_name() == "sqlite" and self._url.database in (None, "", ":memory:")
        # Drivers raise TypeError and ValueError for invalid URLs.
        with self._usable(TypeError, ValueError):
            self._engine = _make_engine(self._url, in_memory=in_memory)
            self._engine.connect().close()
        # A database in memory belongs to one connection, which all threads share and which stays checked out:
        # to get it from the pool each time would take longer than most statements.
        self._only = self._engine.connect() if in_memory else None
        self._turn: AbstractContextManager[object] = threading.RLock() if in_memory else nullcontext()
        self._current = threading.local()
        self._finalizer = weakref.finalize(self, self._engine.dispose)

    @contextmanager
    def transaction(self) -> Generator[Connection]:
        """Run the block in a transaction, which is rolled back if the block raises."""
        with self._turn, self._begin() as connection:
            self._current.connection = connection
            try:
                yield connection
            finally:
                del self._current.connection

    @contextmanager
    def _begin(self) -> Generator[Connection]:
        with (
            nullcontext(self._only) if self._only else self._engine.connect() as connection,
            connection.begin(),
        ):
            if connection.dialect.name == "sqlite":
                _begin_immediately(connection)
            yield connection

    def set_up(self, fill: Callable[[Connection], object]) -> None:
        """Create missing tables, and fill an empty database.

        Raises UnusableDatabaseError; then nothing has changed.
        """
        with self._usable(), self.transaction() as connection:
            self._check_tables(connection)
            self._metadata.create_all(connection)
            if not self._holds_anything(connection):
                fill(connection)

    @property
    def connection(self) -> Connection:
        """The connection of this thread's transaction. Raises AttributeError outside of one."""
        connection: Connection = self._current.connection
        return connection

    def close(self) -> None:
        """Close all connections. Otherwise that happens when the store is garbage-collected."""
        self._finalizer()

    def _check_tables(self, connection: Connection) -> None:
        """Check that existing tables have the expected columns: they may be another mock's."""
        there = inspect(connection)
        for name in sorted(self._metadata.tables.keys() & there.get_table_names()):
            found = {column["name"] for column in there.get_columns(name)}
            if missing := sorted({*self._metadata.tables[name].columns.keys()} - found):
                lacking = f"its table {name} has no {', '.join(missing[:3])}"
                advice = "it is another mock's, or an older one's: this one needs a database of its own"
                raise UnusableDatabaseError(f"{self._url.render_as_string()}: {lacking}; {advice}")

    def _holds_anything(self, connection: Connection) -> bool:
        tables = self._metadata.sorted_tables
        return any(connection.execute(select(exists(select(each)))).scalar() for each in tables)

    @contextmanager
    def _usable(self, *further: type[Exception]) -> Generator[None]:
        refusals: tuple[type[Exception], ...] = (SQLAlchemyError, sqlite3.Error, ImportError, *further)
        try:
            yield
        except refusals as error:
            reason = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
            raise UnusableDatabaseError(f"{self._url.render_as_string()}: {reason}") from None


def upsert(connection: Connection, table: Table, key: Mapping[str, Any], **values: Any) -> None:
    """Update the row with this primary key, or insert one."""
    replacing(table, tuple(values)).run(connection, {**key, **values})


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise UnusableDatabaseError("a database is named by a URL, such as sqlite:///mock.db") from None


def _make_engine(url: URL, *, in_memory: bool) -> Engine:
    # The parameters of a failed statement may be secrets.
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True)
    # Store.transaction leaves no transaction open that the pool would have to roll back.
    options: dict[str, Any] = {"pool_reset_on_return": None}
    if in_memory:
        options["poolclass"] = StaticPool
    arguments = {"check_same_thread": False, "timeout": _BUSY_TIMEOUT_S}
    engine = create_engine(url, hide_parameters=True, connect_args=arguments, **options)
    event.listen(engine, "connect", _configure_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # _begin_immediately sends BEGIN.
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        # SQLAlchemy before 2.1 does not close a connection that cannot be configured.
        connection.close()
        raise


def _write_ahead(connection: Any) -> None:
    """Switch SQLite to write-ahead logging, which ignores the timeout for busy databases."""
    deadline = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_S)
        else:
            return


def _begin_immediately(connection: Connection) -> None:
    """Take SQLite's write lock at once: a transaction that reads first may fail to get it later."""
    # Neither in an event nor through SQLAlchemy, both of which take longer than the rest of a transaction.
    connection.connection.driver_connection.execute("BEGIN IMMEDIATE")
