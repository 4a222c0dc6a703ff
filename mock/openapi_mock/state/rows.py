"""The rows of all tables as JSON values, and back, with every mistake found."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKeyConstraint,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    insert,
    select,
)

from openapi_reader import is_array, is_object

Rows = dict[str, list[dict[str, Any]]]
"""The rows of each table, by its name."""

_MOST_SHOWN: Final = 20


class LoadError(ValueError):
    """Raised for rows that do not fit the tables. Neither message nor `errors` quote a value.

    Attributes:
        errors: What is wrong, each with its place, such as `users[3].id`.
    """

    def __init__(self, errors: Sequence[str]) -> None:
        more = f"\n… and {len(errors) - _MOST_SHOWN} more" if len(errors) > _MOST_SHOWN else ""
        super().__init__("the rows do not fit:\n" + "\n".join(errors[:_MOST_SHOWN]) + more)
        self.errors = tuple(errors)


def read(connection: Connection, metadata: MetaData) -> Rows:
    """Return the rows of all tables, in the order of their keys."""
    return {table.name: list(_read(connection, table)) for table in metadata.sorted_tables}


def write(
    connection: Connection, metadata: MetaData, rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Replace the rows of all tables."""
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())
    for table in metadata.sorted_tables:
        if found := rows.get(table.name):
            connection.execute(insert(table), list(found))


def to_json(rows: Rows) -> Rows:
    return {
        # SQLAlchemy's names are strings of a class of their own.
        str(table): [{str(name): _to_json(value) for name, value in row.items()} for row in found]
        for table, found in rows.items()
    }


def from_json(metadata: MetaData, values: Mapping[str, Any]) -> Rows:
    """Return rows as the tables take them. Raises LoadError, which names every mistake."""
    reader = _Reader(metadata)
    rows = reader.read(values)
    if reader.errors:
        raise LoadError(reader.errors)
    return rows


def _read(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        yield dict(row)


class _Unfit(Exception):
    """Raised for a value that does not fit its column."""


class _Reader:
    """Reads the rows of all tables, and collects errors."""

    def __init__(self, metadata: MetaData) -> None:
        self._tables = metadata.sorted_tables
        self.errors: list[str] = []

    def read(self, values: object) -> Rows:
        if not is_object(values):
            self.errors.append("expected a mapping of tables to lists of rows")
            return {}
        known = [table.name for table in self._tables]
        for name in values.keys() - known:
            self.errors.append(f"{name}: there is no such table; there are {', '.join(known)}")
        rows = {table.name: self._rows(table, values.get(table.name, [])) for table in self._tables}
        if not self.errors:
            for table in self._tables:
                self._check_keys(table, rows[table.name])
                self._check_references(table, rows)
        return rows

    def _rows(self, table: Table, values: object) -> list[dict[str, Any]]:
        if not is_array(values):
            self.errors.append(f"{table.name}: expected a list of rows")
            return []
        return [self._row(table, f"{table.name}[{index}]", value) for index, value in enumerate(values)]

    def _row(self, table: Table, place: str, value: object) -> dict[str, Any]:
        if not is_object(value):
            self.errors.append(f"{place}: expected a mapping of columns to values")
            return {}
        for name in value.keys() - table.columns.keys():
            known = ", ".join(table.columns.keys())
            self.errors.append(f"{place}.{name}: there is no such column; there are {known}")
        return {each.name: self._value(each, f"{place}.{each.name}", value) for each in table.columns}

    def _value(self, column: Column[Any], place: str, row: Mapping[str, Any]) -> Any:
        value = row.get(column.name)
        if value is None:
            if not column.nullable:
                self.errors.append(f"{place}: is missing")
            return None
        try:
            return _from_json(column, value)
        except _Unfit as error:
            self.errors.append(f"{place}: {error}")
            return None

    def _check_keys(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        for names in _unique_columns(table):
            first: dict[tuple[Any, ...], int] = {}
            for index, row in enumerate(rows):
                key = tuple(row[name] for name in names)
                if None not in key and first.setdefault(key, index) != index:
                    same = f"the same {', '.join(names)} as {table.name}[{first[key]}]"
                    self.errors.append(f"{table.name}[{index}]: has {same}")

    def _check_references(self, table: Table, rows: Rows) -> None:
        for constraint in table.foreign_key_constraints:
            self._check_reference(table, constraint, rows)

    def _check_reference(self, table: Table, constraint: ForeignKeyConstraint, rows: Rows) -> None:
        pairs = [(each.parent.name, each.column.name) for each in constraint.elements]
        target = constraint.referred_table.name
        there = {tuple(row[name] for _, name in pairs) for row in rows[target]}
        for index, row in enumerate(rows[table.name]):
            key = tuple(row[name] for name, _ in pairs)
            if None not in key and key not in there:
                names = ", ".join(name for name, _ in pairs)
                self.errors.append(f"{table.name}[{index}].{names}: there is no such row in {target}")


def _unique_columns(table: Table) -> Iterator[list[str]]:
    for constraint in table.constraints:
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
            yield [each.name for each in constraint.columns]
    yield from ([each.name for each in index.columns] for index in table.indexes if index.unique)


def _to_json(value: Any) -> Any:
    if isinstance(value, date):  # or a datetime, which is one
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _from_json(column: Column[Any], value: object) -> Any:
    """Return a value as the column takes it. Raises _Unfit."""
    kind = column.type.python_type
    reader = _READERS.get(kind)
    if reader is None:
        raise _Unfit(f"a column of {kind.__name__} cannot be loaded")
    return reader(column, value)


def _boolean(_column: Column[Any], value: object) -> bool:
    if not isinstance(value, bool):
        raise _Unfit("expected true or false")
    return value


def _integer(column: Column[Any], value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Unfit("expected an integer")
    bits = 64 if isinstance(column.type, BigInteger) else 32
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise _Unfit(f"an integer has {bits} bits at most")
    return value


def _number(_column: Column[Any], value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _Unfit("expected a number")
    return float(value)


def _text(column: Column[Any], value: object) -> str:
    if not isinstance(value, str):
        raise _Unfit("expected a text")
    if "\0" in value or not _is_encodable(value):
        raise _Unfit("holds a character that cannot be stored")
    length: int | None = getattr(column.type, "length", None)
    if length is not None and len(value) > length:
        raise _Unfit(f"has more than {length} characters")
    return value


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _bytes(_column: Column[Any], value: object) -> bytes:
    try:
        return base64.b64decode(value if isinstance(value, str) else "?", validate=True)
    except binascii.Error:
        raise _Unfit("expected bytes in base64") from None


def _date(_column: Column[Any], value: object) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _Unfit("expected a date, such as 2014-03-09") from None


def _time(_column: Column[Any], value: object) -> datetime:
    try:
        return datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _Unfit("expected a time, such as 2014-03-09T12:00:00") from None


_READERS: Final[Mapping[type, Callable[[Column[Any], object], Any]]] = {
    bool: _boolean,
    int: _integer,
    float: _number,
    str: _text,
    bytes: _bytes,
    date: _date,
    datetime: _time,
}
