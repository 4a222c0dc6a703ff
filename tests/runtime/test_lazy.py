from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = "lazy_package_of_a_test"


@pytest.fixture(
    params=[
        "__getattr__ = lazy_attributes(__name__, {'Profile': '.profile'})",
        "__all__ = ['Profile', 'nothing']\n__getattr__ = lazy_names(__name__, '.other', '.profile')",
    ]
)
def package(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ModuleType]:
    """A package with one attribute in a module of its own, by each of the two ways."""
    folder = tmp_path / PACKAGE
    folder.mkdir()
    (folder / "__init__.py").write_text(
        "from openapi_runtime.lazy import lazy_attributes, lazy_names\n" + request.param
    )
    (folder / "other.py").write_text("")
    (folder / "profile.py").write_text("class Profile: ...\nclass Private: ...\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    yield importlib.import_module(PACKAGE)
    for name in (PACKAGE, f"{PACKAGE}.profile", f"{PACKAGE}.other"):
        sys.modules.pop(name, None)


def test_a_module_is_imported_when_its_attribute_is_first_used(package: ModuleType) -> None:
    assert f"{PACKAGE}.profile" not in sys.modules
    found = package.Profile
    assert found is sys.modules[f"{PACKAGE}.profile"].Profile
    assert vars(package)["Profile"] is found


def test_an_attribute_that_a_package_does_not_have_is_named(package: ModuleType) -> None:
    for name in ("nothing", "Private"):
        with pytest.raises(AttributeError, match=rf"^module '{PACKAGE}' has no attribute '{name}'$"):
            getattr(package, name)
