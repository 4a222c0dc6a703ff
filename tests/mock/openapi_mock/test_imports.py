import ast
import graphlib
from pathlib import Path

import openapi_mock

ROOT = Path(openapi_mock.__file__).parent


def module(path):
    """Return the dotted name of a module of the engine."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path, modules):
    """Yield the modules of the engine that a module imports, also those for type checkers only."""
    package = path.relative_to(ROOT.parent).parent.parts
    for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(each, ast.ImportFrom):
            above = package[: len(package) + 1 - each.level] if each.level else ()
            base = ".".join([*above, *filter(None, [each.module])])
            # `from .package import name` may name a module.
            named = {f"{base}.{name.name}" for name in each.names}
            yield from (named & modules) or ({base} & modules)


def test_the_engines_modules_import_each_other_in_no_circle():
    paths = {module(path): path for path in ROOT.rglob("*.py")}
    imports = {name: {*imported(path, paths.keys())} for name, path in paths.items()}
    assert sum(map(len, imports.values())) > len(paths)
    assert {*graphlib.TopologicalSorter(imports).static_order()} == imports.keys()
