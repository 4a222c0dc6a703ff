"""The version of what is installed, and how a client names itself to servers."""

from __future__ import annotations

import platform
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

DISTRIBUTION: Final = "kws-clients"


def version_of(distribution: str) -> str:
    """Return the version of a distribution that is installed, or else of the checkout around this file.

    It is `unknown` where there is neither, as in a folder of copied packages.
    """
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return _version_of_checkout(distribution, Path(__file__).parents[2] / "pyproject.toml")


def _version_of_checkout(distribution: str, file: Path) -> str:
    if not file.is_file():
        return "unknown"
    project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
    return str(project["version"]) if project.get("name") == distribution else "unknown"


@cache
def user_agent(product: str | None) -> str:
    """Return the `User-Agent`: a program's own product, if it has one, and what it is made with."""
    own = f"{DISTRIBUTION}/{version_of(DISTRIBUTION)} python/{platform.python_version()}"
    return f"{product} {own}" if product else own
