"""The table in README.md that names the test of each point."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEADING = "## Each point, and the test that pins it\n"


def named_tests() -> dict[str, list[tuple[str, str]]]:
    """Return the tests in each row, as file and function."""
    text = (ROOT / "openapi" / "README.md").read_text(encoding="utf-8").partition(HEADING)[2]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return {point: re.findall(r"`([\w/]+\.py)::(test_\w+)`", tests) for point, tests in rows[2:]}


def functions(file: str) -> set[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_point_names_tests_that_exist() -> None:
    found = named_tests()
    assert found
    assert [point for point, tests in found.items() if not tests] == []
    named = [each for tests in found.values() for each in tests]
    assert [f"{file}::{name}" for file, name in named if name not in functions(file)] == []
