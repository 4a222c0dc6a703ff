from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from openapi_runtime import version

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
