"""Statements that are built once and run often."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

Insert: TypeAlias = postgresql.Insert | sqlite.Insert
Changes: TypeAlias = Callable[[Insert], Mapping[str, Any]]
"""Returns the new values of columns; `excluded` of the statement has the row that was to be inserted."""

_INSERTS: Final[Mapping[str, Callable[[Table], Insert]]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


class Upsert:
    """Inserts rows of a table, or changes those that are there already by the same primary key.

    `changes` returns the new values of a row that is there; an empty mapping leaves it as it is. Made once,
    at import; `connection.execute(upsert.on(connection), rows)` runs it.
    """

    def __init__(self, table: Table, changes: Changes, *returning: ColumnElement[Any]) -> None:
        self._statements = {
            name: _build(make(table), table, changes, returning) for name, make in _INSERTS.items()
        }

    def on(self, connection: Connection) -> Insert:
        """Return the statement in the words of the connection's database."""
        return self._statements[connection.dialect.name]


def _build(
    statement: Insert, table: Table, changes: Changes, returning: Collection[ColumnElement[Any]]
) -> Any:
    values, key = dict(changes(statement)), list(table.primary_key.columns)
    upserting = (
        statement.on_conflict_do_update(index_elements=key, set_=values)
        if values
        else statement.on_conflict_do_nothing(index_elements=key)
    )
    return upserting.returning(*returning) if returning else upserting


@lru_cache(maxsize=256)
def replacing(table: Table, names: tuple[str, ...]) -> Upsert:
    """Return an upsert that replaces the columns with these names."""
    return Upsert(table, lambda row: {name: row.excluded[name] for name in names})
