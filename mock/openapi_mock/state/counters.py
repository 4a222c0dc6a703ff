"""Where PostgreSQL counts ids. SQLite takes the next one after the largest in the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Connection, MetaData, func, select, text

Counters = dict[str, tuple[int, bool]]
"""The last value of each sequence, and whether it was given out."""


def read(connection: Connection, metadata: MetaData) -> Counters:
    found: Counters = {}
    for sequence, _ in _sequences(connection, metadata):
        # The name is quoted, as PostgreSQL has returned it.
        state = text(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
        row = connection.execute(state).one()
        found[sequence] = row.last_value, row.is_called
    return found


def write(connection: Connection, found: Mapping[str, tuple[int, bool]]) -> None:
    """Set sequences, which takes effect at once: call it last in a transaction."""
    for sequence, (value, is_called) in found.items():
        connection.execute(select(func.setval(sequence, value, is_called)))


def advance(connection: Connection, metadata: MetaData) -> None:
    """Let sequences go on after the ids that there are, but not below where they start."""
    for sequence, column in _sequences(connection, metadata):
        begins = text("SELECT seqstart FROM pg_sequence WHERE seqrelid = CAST(:name AS regclass)")
        start: int = connection.execute(begins, {"name": sequence}).scalar_one()
        largest: int | None = connection.execute(select(func.max(column))).scalar()
        connection.execute(select(func.setval(sequence, max(start, (largest or 0) + 1), False)))


def _sequences(connection: Connection, metadata: MetaData) -> Iterator[tuple[str, Column[Any]]]:
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        for column in table.primary_key.columns:
            sequence = connection.execute(
                select(func.pg_get_serial_sequence(table.name, column.name))
            ).scalar()
            if sequence is not None:
                yield sequence, column
