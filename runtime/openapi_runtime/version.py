"""The version of the distribution, and how a client names itself to servers."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

_DISTRIBUTION: Final = "kws-clients"


@cache
def distribution_version() -> str:
    """Return the version of the installed distribution; `0` in a checkout that is not installed."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return "0"


def user_agent(product: str | None) -> str:
    """Return the `User-Agent`: a program's own product, if it has one, and what it is made with."""
    own = f"{_DISTRIBUTION}/{distribution_version()} python/{platform.python_version()}"
    return f"{product} {own}" if product else own
