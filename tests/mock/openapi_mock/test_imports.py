import ast
import graphlib
from pathlib import Path

import openapi_mock


def imported(path):
    for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(each, ast.ImportFrom) and each.level:
            # `from . import a, b` names modules.
            yield from [each.module] if each.module else (name.name for name in each.names)


def test_the_engines_modules_import_each_other_in_no_circle():
    modules = Path(openapi_mock.__file__).parent.glob("*.py")
    imports = {path.stem: {*imported(path)} for path in modules}
    assert {*graphlib.TopologicalSorter(imports).static_order()} == imports.keys()
