"""Which files are mutated, and in which group each of them counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from . import boundary, syntax
from .mutants import Mutant

FOLDERS: Final = ("runtime", "generated", "overlay", "mock", "fuzz", "reader", "testing")
"""Folders that are searched for modules."""

EQUIVALENTS: Final = "tests/fuzz/equivalent_mutants.yaml"

BOUNDARIES: Final = ("responses", "requests", "state")
"""Groups of faults between mocks and their clients."""

LEFT_OUT: Final[Mapping[str, str]] = {
    "generated/*_client/__init__.py": "names of other modules",
    "generated/*_client/models/__init__.py": "names of other modules",
    "mock/openapi_mock/pages/*": "pages for people; the tests in tests/browser look at them",
    "mock/*_mock/*_page.py": "pages for people; the tests in tests/browser look at them",
    "mock/openapi_mock/__main__.py": "the command line, whose process no mutant gets into",
    "mock/openapi_mock/serving/terminal.py": "what the command line prints",
    "mock/openapi_mock/_known.py": "for type checkers only",
    "*/version.py": "the version of what is installed",
}
"""Modules without mutants, and why."""

_GROUP_OF_FOLDER: Final = {"runtime": "runtime", "generated": "client", "overlay": "overlay"}
_ENGINE: Final = "openapi_mock"


def groups(root: Path) -> tuple[str, ...]:
    """Return the names of all groups."""
    found = dict.fromkeys(_group(path, root) for path in modules(root))
    return (*found, *BOUNDARIES)


def modules(root: Path) -> list[Path]:
    """Return the modules that are mutated."""
    found = (path for folder in (*_GROUP_OF_FOLDER, "mock") for path in sorted((root / folder).rglob("*.py")))
    return [
        path
        for path in found
        if not any(fnmatch(path.relative_to(root).as_posix(), each) for each in LEFT_OUT)
    ]


def all_mutants(root: Path) -> Iterator[Mutant]:
    """Yield every mutant that there could be."""
    for path in modules(root):
        yield from syntax.mutants_of(path, root, _group(path, root))
    for path in sorted((root / "openapi").glob("*.yaml")):
        has_state = (root / "mock" / f"{path.stem}_mock").is_dir()
        yield from boundary.mutants_of(path, root, has_state=has_state)


def is_sound(root: Path, mutant: Mutant) -> bool:
    """Return whether a mutant can be planted."""
    return mutant.group in BOUNDARIES or syntax.is_sound(root, mutant)


def hash_of_sources(root: Path) -> str:
    """Return what changes with anything that decides what tests find, but not with the tool."""
    digest = hashlib.sha256()
    folders = (*FOLDERS, "openapi", "tests/fuzz")
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*")):
        if path.suffix in {".py", ".sql", ".yaml"} and path != root / EQUIVALENTS:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _group(path: Path, root: Path) -> str:
    folder, package, *_ = path.relative_to(root).parts
    if folder in _GROUP_OF_FOLDER:
        return _GROUP_OF_FOLDER[folder]
    return "engine" if package == _ENGINE else package
