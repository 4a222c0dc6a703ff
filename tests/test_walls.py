"""Rules that `.importlinter` cannot express: no engine names an API, and every package has a contract."""

import ast
import re
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# The name of a document without an overlay may be any word.
DOCUMENTS = sorted(path.stem for path in (ROOT / "openapi").glob("*.yaml"))
APIS = [name for name in DOCUMENTS if (ROOT / "overlay" / name).is_dir()]
SOURCES = (".py", ".jinja", ".toml", "")
# For type checkers only: which control object `load` of a known name gives.
SPECIAL = {ROOT / "mock" / "openapi_mock" / "_known.py"}


def sources(*parts: str) -> list[Path]:
    place = ROOT.joinpath(*parts)
    found = [path for path in (place, *place.rglob("*")) if path.is_file() and path.suffix in SOURCES]
    found = [path for path in found if "__pycache__" not in path.parts and path not in SPECIAL]
    assert found
    return found


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


GENERAL = [
    ("runtime",),
    ("scripts",),
    ("mock", "openapi_mock"),
    ("fuzz",),
    ("reader",),
    # What fuzzes every API. The other tests there take one of ours as an example, or are about one alone.
    ("tests", "fuzz", "conftest.py"),
    ("tests", "fuzz", "test_apis.py"),
    ("tests", "fuzz", "test_any_api.py"),
    ("tests", "runtime"),
]


@pytest.mark.parametrize("place", GENERAL, ids="/".join)
def test_what_is_for_every_api_names_none(place):
    for path in sources(*place):
        found = re.search("|".join(APIS), path.read_text(encoding="utf-8"), re.IGNORECASE)
        assert not found, f"{path.relative_to(ROOT)} names {found}"


def test_a_generated_client_leans_on_the_runtime_alone():
    allowed = {"openapi_runtime", "attrs", *sys.stdlib_module_names}
    for path in sources("generated"):
        if path.suffix == ".py":
            assert set(imported(path)) <= allowed, path.relative_to(ROOT)


def test_every_handwritten_package_has_a_contract():
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter")
    named = set(contracts["importlinter"]["root_packages"].split())
    folders = ("runtime", "overlay", "mock", "fuzz", "reader", "testing", "scripts")
    packages = {path.parent.name for folder in folders for path in ROOT.glob(f"{folder}/*/__init__.py")}
    assert packages <= named
