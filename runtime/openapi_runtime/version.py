"""The version of what is installed, and how a client names itself to servers."""

from __future__ import annotations

import platform
import tomllib
from importlib import metadata
from pathlib import Path

from .settings import check_header


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


def products(product: str | None, distribution: str) -> str:
    """Return what a `User-Agent` begins with: a program's own product, if it has one, and a distribution."""
    if product is not None:
        check_header("user_agent", product)
    own = f"{distribution}/{version_of(distribution)}"
    return f"{product} {own}" if product else own


def user_agent(product: str | None) -> str:
    """Return the `User-Agent` of a program with this product, such as `my-game/1.2`."""
    return f"{product or 'openapi-runtime'} python/{platform.python_version()}"
