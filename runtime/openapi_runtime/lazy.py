"""Module attributes that are imported when they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_attributes(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package that imports each name from its module on first use.

    Args:
        package: Name of the package.
        modules: Relative module, such as `.profile`, of each name.
    """

    def __getattr__(name: str) -> Any:  # noqa: N807
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(modules[name], package), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__


def lazy_names(package: str, *modules: str) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package that imports the names of its `__all__` on first use.

    Args:
        package: Name of the package.
        modules: Modules such as `.profile` or `other.profile`; the first one that has a name provides it.
    """

    def __getattr__(name: str) -> Any:  # noqa: N807
        if name in sys.modules[package].__all__:
            for module in modules:
                found = import_module(module, package)
                if hasattr(found, name):
                    value = getattr(found, name)
                    setattr(sys.modules[package], name, value)
                    return value
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return __getattr__
