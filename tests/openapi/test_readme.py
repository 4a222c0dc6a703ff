"""What `openapi/README.md` says of the tests is so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "openapi" / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+) \| (.+) \|$", README.partition("| Point | Test |\n|---|---|\n")[2], re.MULTILINE)


def test_the_table_of_points_is_found() -> None:
    assert ROWS


@pytest.mark.parametrize(("point", "tests"), ROWS, ids=[point for point, _ in ROWS])
def test_each_point_names_tests_that_there_are(point: str, tests: str) -> None:
    names = [each.strip("`").partition("::")[::2] for each in tests.split(", ")]
    missing = [name for file, name in names if name not in functions(ROOT / file)]
    assert not missing, point


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
