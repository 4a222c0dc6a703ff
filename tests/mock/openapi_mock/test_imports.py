import ast
import graphlib
from pathlib import Path

import openapi_mock


def test_the_engines_modules_import_each_other_in_no_circle():
    imports = {}
    for path in Path(openapi_mock.__file__).parent.glob("*.py"):
        found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        imports[path.stem] = {
            each.module for each in found if isinstance(each, ast.ImportFrom) and each.level
        }
    assert {*graphlib.TopologicalSorter(imports).static_order()} == imports.keys()
