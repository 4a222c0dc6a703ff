"""The walls of the house, as CONTRIBUTING has them: who may import whom, and where no API is named."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# A document alone names no module by hand, and its name may be any word.
DOCUMENTS = sorted(path.stem for path in (ROOT / "openapi").glob("*.yaml"))
APIS = [name for name in DOCUMENTS if (ROOT / "overlay" / name).is_dir()]
SOURCES = (".py", ".jinja", ".toml", "")
# What only one API needs is found by its name.
SPECIAL = {ROOT / "tests" / "fuzz" / f"{api}.py" for api in APIS}

CLIENTS = {f"{api}_client" for api in APIS}
OVERLAYS = set(APIS)
MOCKS = {f"{api}_mock" for api in APIS}


def sources(*parts: str) -> list[Path]:
    found = [path for path in ROOT.joinpath(*parts).rglob("*") if path.is_file() and path.suffix in SOURCES]
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
    ("tests", "fuzz"),
    ("tests", "runtime"),
]


@pytest.mark.parametrize("place", GENERAL, ids="/".join)
def test_what_is_for_every_api_names_none(place):
    for path in sources(*place):
        found = re.search("|".join(APIS), path.read_text(encoding="utf-8"), re.IGNORECASE)
        assert not found, f"{path.relative_to(ROOT)} names {found}"


@pytest.mark.parametrize(
    ("place", "strangers"),
    [
        ("runtime", CLIENTS | OVERLAYS | MOCKS | {"openapi_mock", "openapi_fuzz"}),
        ("generated", OVERLAYS | MOCKS | {"openapi_mock", "openapi_fuzz"}),
        ("overlay", MOCKS | {"openapi_mock", "openapi_fuzz"}),
        ("mock", CLIENTS | OVERLAYS | {"openapi_runtime", "openapi_fuzz"}),
        ("fuzz", CLIENTS | OVERLAYS | MOCKS | {"openapi_mock"}),
    ],
)
def test_client_and_mock_share_nothing_but_the_contract(place, strangers):
    for path in sources(place):
        if path.suffix == ".py":
            assert not strangers & set(imported(path)), path.relative_to(ROOT)


def test_a_generated_client_leans_on_the_runtime_alone():
    allowed = {"openapi_runtime", "attrs", *sys.stdlib_module_names}
    for path in sources("generated"):
        if path.suffix == ".py":
            assert set(imported(path)) <= allowed, path.relative_to(ROOT)


@pytest.mark.parametrize("api", APIS)
def test_no_api_leans_on_another(api):
    others = {name for other in APIS if other != api for name in (other, f"{other}_client", f"{other}_mock")}
    for place in (("generated", f"{api}_client"), ("overlay", api), ("mock", f"{api}_mock")):
        for path in sources(*place):
            if path.suffix == ".py":
                assert not others & set(imported(path)), path.relative_to(ROOT)
