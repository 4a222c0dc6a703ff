"""The tables of the mocks are those that states kept by users have: in files, in databases and in exports.

A table that changes makes those states unreadable, so that a change has to be meant. The new text of one that
is stands in the message of the test, and belongs into `tests/fuzz/<API>/tables.sql`, which is of PostgreSQL.
What SQLite has in its place belongs into `tables.sqlite.diff`.
"""

from __future__ import annotations

import importlib
from difflib import unified_diff
from pathlib import Path

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

FOLDER = Path(__file__).parent


def statements(api: str, dialect: Dialect) -> str:
    metadata = importlib.import_module(f"{api}_mock.schema").metadata
    made = [
        str(each.compile(dialect=dialect)).strip().replace("\t", "    ").replace(" \n", "\n")
        for table in sorted(metadata.tables.values(), key=lambda table: table.name)
        for each in (
            CreateTable(table),
            *(CreateIndex(index) for index in sorted(table.indexes, key=lambda index: str(index.name))),
        )
    ]
    return ";\n\n".join(made) + ";\n"


@pytest.mark.parametrize("api", ["kws", "kongregate"])
def test_tables_are_those_of_kept_states(api: str) -> None:
    made = statements(api, postgresql.dialect())
    assert made == (FOLDER / api / "tables.sql").read_text(encoding="utf-8")
    others = statements(api, sqlite.dialect()).splitlines(keepends=True)
    found = unified_diff(made.splitlines(keepends=True), others, "postgresql", "sqlite", n=0)
    assert "".join(found) == (FOLDER / api / "tables.sqlite.diff").read_text(encoding="utf-8")
