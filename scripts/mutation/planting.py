"""Puts a mutant into this process; nothing is written to the checkout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

from .groups import BOUNDARIES
from .mutants import Mutant
from .syntax import mutated


class Replacement(MetaPathFinder):
    """Finds one module, with other source than its file has."""

    def __init__(self, name: str, path: Path, source: bytes) -> None:
        self._name = name
        self._path = path
        self._source = source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the module if it is the one."""
        if fullname != self._name:
            return None
        loader = _Loader(fullname, str(self._path), self._source)
        search = [str(self._path.parent)] if self._path.name == "__init__.py" else None
        return spec_from_file_location(fullname, self._path, loader=loader, submodule_search_locations=search)


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, source: bytes) -> None:
        super().__init__(fullname, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec", dont_inherit=True)


def plant(mutant: Mutant, root: Path) -> None:
    """Plant a mutant. Its module must not have been imported."""
    path = root / mutant.file
    if mutant.group in BOUNDARIES:
        from . import faults  # noqa: PLC0415 (imports the mock, which may be what is mutated)

        faults.plant(mutant, path)
        return
    name = module_name(path, root)
    if name in sys.modules:
        raise RuntimeError(f"{name} was imported before it could be mutated")
    sys.meta_path.insert(0, Replacement(name, path, mutated(path.read_bytes(), mutant)))


def module_name(path: Path, root: Path) -> str:
    """Return the name under which a file is imported, whose top folder is on the path."""
    parts = path.relative_to(root).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
