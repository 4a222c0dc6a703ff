"""What is not public of schemathesis is used in one module, which was checked with the version in use."""

import ast
from collections.abc import Iterator
from pathlib import Path

import schemathesis

import openapi_fuzz
from openapi_fuzz._schemathesis import CHECKED_VERSION


def imported(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module, each.name) for each in node.names)
        elif isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names)


def test_one_module_imports_what_is_not_public() -> None:
    [folder] = openapi_fuzz.__path__
    private = {
        path.name
        for path in Path(folder).glob("*.py")
        for module, name in imported(path)
        if module.partition(".")[0] == "schemathesis"
        and (module != "schemathesis" or name not in {"", *schemathesis.__all__})
    }
    assert private == {"_schemathesis.py"}


def test_that_module_was_checked_with_the_version_in_use() -> None:
    assert schemathesis.__version__ == CHECKED_VERSION
