from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path

import pytest

from openapi_runtime import version
from openapi_runtime.errors import ConfigurationError

PROJECT = '[project]\nname = "things"\nversion = "1.2.3"\n'


def test_the_version_is_that_of_what_is_installed() -> None:
    assert version.version_of("httpx") == metadata.version("httpx")


def test_what_is_not_installed_has_the_version_of_its_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(version, "__file__", str(tmp_path / "runtime" / "engine" / "version.py"))
    assert version.version_of("things") == "unknown"
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    assert version.version_of("things") == "1.2.3"
    assert version.version_of("others") == "unknown"


def test_a_program_names_itself_before_what_it_is_made_with() -> None:
    own = f"httpx/{metadata.version('httpx')}"
    assert version.products(None, "httpx") == own
    assert version.products("my-game/1.2", "httpx") == f"my-game/1.2 {own}"
    assert version.user_agent("my-game/1.2") == f"my-game/1.2 python/{platform.python_version()}"
    assert version.user_agent(None) == f"openapi-runtime python/{platform.python_version()}"


@pytest.mark.parametrize("product", ["made-up\r\nheader", "gäme"])
def test_a_name_that_no_header_can_carry_is_refused(product: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^user_agent: expected printable ASCII"):
        version.products(product, "httpx")
