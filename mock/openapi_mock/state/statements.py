"""Statements that are built once and run often.

Each is SQLAlchemy's own expression, so it fits every database. On SQLite it goes straight to the driver once
it is compiled: in memory, what SQLAlchemy does for each execution takes ten times as long as the statement.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import BindParameter, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.visitors import iterate

from .databases import check_keys, check_values, text_keys

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Dialect
    from sqlalchemy.sql.selectable import SelectBase
    from sqlalchemy.types import TypeEngine

    Clause: TypeAlias = "SelectBase | UpdateBase"
    Convert: TypeAlias = Callable[[Any], Any]

Insert: TypeAlias = postgresql.Insert | sqlite.Insert
Changes: TypeAlias = Callable[[Insert], Mapping[str, Any]]
"""Returns the new values of columns; `excluded` of the statement has the row that was to be inserted."""
Values: TypeAlias = Mapping[str, Any]

_SQLITE: Final = "sqlite"
_INSERTS: Final[Mapping[str, Callable[[Table], Insert]]] = {
    "postgresql": postgresql.insert,
    _SQLITE: sqlite.insert,
}


class Statement:
    """A statement whose values are given by the names of its parameters, or columns, each time that it runs.

    Rows are tuples with names. Made once, at import. Raises ValueError for a value that is missing, and
    for one that the row of a table has no place for.
    """

    def __init__(self, clause: Clause) -> None:
        self._clause = clause
        self._lists = _lists_of(clause)
        # For SQLite, by the names of the values, and by the lengths of lists.
        self._prepared: dict[tuple[object, ...], _Prepared] = {}

    def first(self, connection: Connection, values: Values) -> Any:
        """Return the first row; None if there is none."""
        if connection.dialect.name != _SQLITE:
            return self._execute(connection, values).first()
        prepared = self._prepare(connection, values)
        row = _driver(connection).execute(prepared.text, prepared.arguments(values)).fetchone()
        return None if row is None else prepared.row(row)

    def all(self, connection: Connection, values: Values) -> Sequence[Any]:
        """Return all rows."""
        if connection.dialect.name != _SQLITE:
            found: Sequence[Any] = self._execute(connection, values).all()
            return found
        prepared = self._prepare(connection, values)
        rows = _driver(connection).execute(prepared.text, prepared.arguments(values)).fetchall()
        return [*map(prepared.row, rows)]

    def scalars(self, connection: Connection, values: Values) -> list[Any]:
        """Return the first column of all rows."""
        return [row[0] for row in self.all(connection, values)]

    def scalar(self, connection: Connection, values: Values) -> Any:
        """Return the first column of the first row; None if there is none."""
        row = self.first(connection, values)
        return None if row is None else row[0]

    def run(self, connection: Connection, values: Values) -> int:
        """Return how many rows were changed."""
        if connection.dialect.name != _SQLITE:
            count: int = self._execute(connection, values).rowcount
            return count
        prepared = self._prepare(connection, values)
        changed: int = _driver(connection).execute(prepared.text, prepared.arguments(values)).rowcount
        return changed

    def run_all(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run once for each of the rows. Raises ValueError unless they have the same names."""
        if not rows:
            return
        if any(each.keys() != rows[0].keys() for each in rows):
            raise ValueError("rows that are written at once have the same names")
        if connection.dialect.name != _SQLITE:
            self._execute(connection, rows)
        else:
            prepared = self._prepare(connection, rows[0])
            _driver(connection).executemany(prepared.text, [*map(prepared.arguments, rows)])

    def clause(self, _connection: Connection) -> Clause:
        """Return the statement in the words of the connection's database."""
        return self._clause

    def _execute(self, connection: Connection, values: Values | Sequence[Values]) -> Any:
        clause: Any = self.clause(connection)
        return connection.execute(clause, values)

    def _prepare(self, connection: Connection, values: Values) -> _Prepared:
        lengths = {name: _room(len(values.get(name, ()))) for name in self._lists}
        key = (*values, *lengths.values())
        prepared = self._prepared.get(key)
        if prepared is None:
            prepared = _Prepared(self.clause(connection), connection.dialect, tuple(values), lengths)
            self._prepared[key] = prepared
        return prepared


class Upsert(Statement):
    """Inserts rows of a table, or changes those that are there already by the same primary key.

    `changes` returns the new values of a row that is there; an empty mapping leaves it as it is.
    """

    def __init__(self, table: Table, changes: Changes, *returning: ColumnElement[Any]) -> None:
        self._clauses = {
            name: _build(make(table), table, changes, returning) for name, make in _INSERTS.items()
        }
        super().__init__(self._clauses[_SQLITE])

    def clause(self, connection: Connection) -> Clause:
        return self._clauses[connection.dialect.name]


@lru_cache(maxsize=256)
def replacing(table: Table, names: tuple[str, ...]) -> Upsert:
    """Return an upsert that replaces the columns with these names."""
    return Upsert(table, lambda row: {name: row.excluded[name] for name in names})


def _build(
    statement: Insert, table: Table, changes: Changes, returning: Collection[ColumnElement[Any]]
) -> Clause:
    values, key = dict(changes(statement)), list(table.primary_key.columns)
    upserting = (
        statement.on_conflict_do_update(index_elements=key, set_=values)
        if values
        else statement.on_conflict_do_nothing(index_elements=key)
    )
    return upserting.returning(*returning) if returning else upserting


def _lists_of(clause: Clause) -> tuple[str, ...]:
    """Return the names of parameters that are lists, as in `column IN :names`."""
    found: list[BindParameter[Any]] = [each for each in iterate(clause) if isinstance(each, BindParameter)]
    return tuple(dict.fromkeys(each.key for each in found if each.expanding and each.required))


def _room(length: int) -> int:
    """Return a length to prepare for, so that there are few of them."""
    return 1 << max(length - 1, 0).bit_length()


class _Prepared:
    """A statement as text, with what makes arguments of its values and rows of its results.

    `lengths` are those of lists.
    """

    def __init__(
        self, clause: Clause, dialect: Dialect, names: Sequence[str], lengths: Mapping[str, int]
    ) -> None:
        self._lists = [(name, _items(name, length)) for name, length in lengths.items()]
        table: Any = clause.table if isinstance(clause, UpdateBase) else None
        columns = () if table is None else table.columns.keys()
        self._keys = () if table is None else text_keys(table)
        keys = [name for name in names if name in columns]
        compiled: Any = clause.compile(dialect=dialect, column_keys=keys)
        self.text = str(compiled)
        for name, length in lengths.items():
            self.text = self.text.replace(f"__[POSTCOMPILE_{name}]", ", ".join("?" * length))
        # For each place in the text: the name of its value, or None for a constant, and the constant.
        self._places: list[tuple[str | None, Any]] = []
        self._conversions: list[tuple[str, Convert]] = []
        for name in compiled.positiontup:
            bound = compiled.binds[name]
            convert = _from_python(bound.type, dialect)
            if bound.required:
                items = _items(name, lengths.get(name))
                self._places += [(each, None) for each in items]
                self._conversions += [(each, convert) for each in items if convert]
            else:
                constant = compiled.params[name]
                self._places.append((None, convert(constant) if convert else constant))
        self._check_names(names, lengths, is_change=table is not None)
        results = list(clause.exported_columns)
        titles = [str(getattr(each, "name", "")) for each in results]
        make: Any = namedtuple  # noqa: PYI024  # for types the names would have to be known
        kind = make("Row", titles, rename=True)
        self._row = kind._make
        readings = [_to_python(each.type, dialect) for each in results]
        self._readings = [(place, read) for place, read in enumerate(readings) if read]

    def _check_names(self, names: Sequence[str], lists: Collection[str], *, is_change: bool) -> None:
        """Raise ValueError for values that are missing, and in a change for those that have no place."""
        single = {name for name, _ in self._places if name is not None}
        items = {item for _, found in self._lists for item in found}
        wanted = (single - items) | {*lists}
        if missing := sorted(wanted - {*names}):
            raise ValueError(f"the statement needs {', '.join(missing)}")
        if is_change and (unknown := sorted({*names} - wanted)):
            raise ValueError(f"the statement has no {', '.join(unknown)}")

    def arguments(self, values: Values) -> Sequence[Any]:
        for name, items in self._lists:
            given = values[name]
            # The last one again does no harm, and no row is equal to None.
            filled = [*given, *[given[-1] if given else None] * (len(items) - len(given))]
            values = {**values, **dict(zip(items, filled, strict=True))}
        if self._conversions:
            values = {**values, **{name: convert(values[name]) for name, convert in self._conversions}}
        found = [constant if name is None else values[name] for name, constant in self._places]
        check_values(found)
        check_keys(self._keys, values)
        return found

    def row(self, found: Sequence[Any]) -> Any:
        if self._readings:
            converted = list(found)
            for place, read in self._readings:
                converted[place] = read(converted[place])
            found = converted
        return self._row(found)


def _items(name: str, length: int | None) -> list[str]:
    """Return the names of the items of a list; only the name itself if it is none."""
    return [name] if length is None else [f"{name}_{place}" for place in range(length)]


def _from_python(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _to_python(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
