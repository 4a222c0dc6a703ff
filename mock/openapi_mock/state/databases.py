"""Databases: their URLs, their connections, and what their failures mean for a request."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import packages_distributions
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    PrimaryKeyConstraint,
    StaticPool,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    InterfaceError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from openapi_mock.messages import Problem
from openapi_reader import is_object

LARGEST_INTEGER: Final = 2**63 - 1
LONGEST_KEY: Final = 2000
"""The most bytes of text in one index. PostgreSQL takes a little more, depending on the text."""

_BUSY_TIMEOUT_S: Final = 30
_RETRY_S: Final = 0.01
_CONNECT_TIMEOUT_S: Final = 5
_POOL_TIMEOUT_S: Final = 10
_CONNECTIONS: Final = 20
_SQLITE: Final = "sqlite"
_POSTGRESQL: Final = "postgresql"
_DRIVER: Final = "psycopg"
# In milliseconds. A transaction that its process has left open would otherwise hold its locks for ever.
_LIMITS: Final = {
    "lock_timeout": 5_000,
    "statement_timeout": 15_000,
    "idle_in_transaction_session_timeout": 30_000,
}
_SECRET_PARAMETERS: Final = ("password", "sslpassword")
# SQLSTATE 54000, which psycopg counts among the failures of the server.
_LIMIT_EXCEEDED: Final = "54"


class UnusableDatabaseError(ValueError):
    """Raised for a database that cannot be used. The message is one line and holds no password."""


def parse_url(url: str) -> URL:
    """Return the URL of a database, with the mock's own driver. Raises UnusableDatabaseError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise UnusableDatabaseError("a database is named by a URL, such as sqlite:///mock.db") from None
    if parsed.drivername in {_POSTGRESQL, "postgres"}:
        return parsed.set(drivername=f"{_POSTGRESQL}+{_DRIVER}")
    return parsed


def is_in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


def shown(url: URL) -> str:
    """Return a URL as text without its passwords."""
    return url.difference_update_query(_SECRET_PARAMETERS).render_as_string(hide_password=True)


def make_engine(url: URL) -> Engine:
    """Return an engine whose connections are configured. Raises what drivers raise for invalid URLs."""
    backend = url.get_backend_name()
    # The parameters of a failed statement may be secrets.
    if backend == _SQLITE:
        engine = _sqlite(url)
    elif backend == _POSTGRESQL:
        engine = _postgresql(url)
    else:
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    event.listen(engine, "before_cursor_execute", _check, retval=True)
    return engine


def begin_immediately(connection: Connection) -> None:
    """Take SQLite's write lock at once: a transaction that reads first may fail to get it later."""
    driver: Any = connection.connection.driver_connection
    # Neither in an event nor through SQLAlchemy, both of which take longer than the rest of a transaction.
    driver.execute("BEGIN IMMEDIATE")


def reason_of(error: Exception) -> str:
    """Return on one line why a database failed. It holds no parameters."""
    if isinstance(error, ModuleNotFoundError) and error.name == _DRIVER:
        # The name of the installed distribution; in a checkout its folder.
        package = packages_distributions().get(__package__ or "", ["."])[0]
        return f"PostgreSQL needs {_DRIVER}: pip install '{package}[{_POSTGRESQL}]'"
    return " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())


def problem_of(error: Exception) -> Problem | None:
    """Return the Problem that a failed statement is for the client; None for a mistake of the mock's own."""
    # SQLite's errors come with and without SQLAlchemy around them.
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = str(getattr(cause, "sqlstate", None) or "")
    if isinstance(error, DataError | sqlite3.DataError) or state.startswith(_LIMIT_EXCEEDED):
        return _unstorable("a value cannot be stored")
    if isinstance(cause, sqlite3.OperationalError):
        # By the same class it tells of a mistake in a statement.
        return None if cause.sqlite_errorcode == sqlite3.SQLITE_ERROR else _unavailable()
    is_failure = isinstance(error, OperationalError | InterfaceError | PoolTimeoutError)
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return _unavailable() if is_failure or is_lost else None


def _unavailable() -> Problem:
    message = "the database is not available: try again"
    return Problem(503, "unavailable", message, headers={"retry-after": "1"})


def _unstorable(message: str) -> Problem:
    return Problem(400, "unstorable", message)


def check_values(values: Iterable[Any]) -> None:
    """Refuse what PostgreSQL cannot store, so that every database takes the same. Raises Problem (400)."""
    for value in values:
        if type(value) is str:
            if "\0" in value:
                raise _unstorable("text holds the character NUL")
        elif type(value) is int and not -LARGEST_INTEGER - 1 <= value <= LARGEST_INTEGER:
            raise _unstorable("a number has more than 64 bits")


def check_keys(keys: Iterable[Iterable[str]], row: Mapping[str, Any]) -> None:
    """Refuse text that is too long for an index. `keys` are those of the table. Raises Problem (400)."""
    for names in keys:
        texts = [text for name in names if isinstance(text := row.get(name), str)]
        # A character has four bytes at most, so that short texts need not be encoded.
        if sum(map(len, texts)) * 4 > LONGEST_KEY and _size(texts) > LONGEST_KEY:
            raise _unstorable(f"a name or a key has more than {LONGEST_KEY} bytes")


@lru_cache(maxsize=256)
def text_keys(table: Table) -> Sequence[Sequence[str]]:
    """Return the columns of text in each index of a table."""
    indexes: list[list[Column[Any]]] = [
        [*each.columns]
        for each in table.constraints
        if isinstance(each, PrimaryKeyConstraint | UniqueConstraint)
    ]
    indexes += [[*each.columns] for each in table.indexes]
    texts = ([each.name for each in columns if isinstance(each.type, String)] for columns in indexes)
    return [names for names in texts if names]


def _check(
    _connection: Connection,
    _cursor: Any,
    statement: str,
    parameters: Any,
    context: Any,
    executemany: bool,  # noqa: FBT001  # as SQLAlchemy calls it
) -> tuple[str, Any]:
    """Check the parameters of a statement, and return both."""
    for row in parameters if executemany else (parameters,):
        check_values(row.values() if is_object(row) else row)
    if context is not None and (context.isinsert or context.isupdate) and context.compiled:
        table: Table = context.compiled.statement.table
        keys = text_keys(table)
        for row in context.compiled_parameters if keys else ():
            check_keys(keys, row)
    return statement, parameters


def _size(texts: Iterable[str]) -> int:
    return sum(len(each.encode("utf-8", "surrogatepass")) for each in texts)


def _postgresql(url: URL) -> Engine:
    own = " ".join(f"-c {name}={value}" for name, value in _LIMITS.items())
    given = url.query.get("options", ())
    # Those of the URL come last, and so take precedence.
    options = " ".join([own, *([given] if isinstance(given, str) else given)])
    arguments: dict[str, Any] = {"options": options}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = _CONNECT_TIMEOUT_S
    return create_engine(
        url,
        hide_parameters=True,
        connect_args=arguments,
        pool_pre_ping=True,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_POOL_TIMEOUT_S,
    )


def _sqlite(url: URL) -> Engine:
    # Store leaves no transaction open that the pool would have to roll back.
    options: dict[str, Any] = {"pool_reset_on_return": None}
    if is_in_memory(url):
        options["poolclass"] = StaticPool
    arguments = {"check_same_thread": False, "timeout": _BUSY_TIMEOUT_S}
    engine = create_engine(url, hide_parameters=True, connect_args=arguments, **options)
    event.listen(engine, "connect", _configure_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # begin_immediately sends BEGIN.
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
