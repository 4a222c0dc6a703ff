"""Documents and behaviours by name: `NAME` is `openapi/NAME.yaml` and, if it exists, `NAME_mock`."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, cast

from ._known import Load
from .behaviour import Behaviour
from .document import Document
from .engine import Mock
from .settings import Settings

_HERE = Path(__file__).resolve().parent
_SUFFIXES = (".yaml", ".yml", ".json")


class UnknownNameError(Exception):
    """Raised for an unknown name. The message lists the known ones."""


def _load(
    name: str | os.PathLike[str], database: str | None = None, *, settings: Settings | None = None
) -> Mock[Any]:
    """Return the mock of an API, given by name or by the path of its document.

    `database` is an SQLAlchemy URL for the state, which otherwise is in memory; in `settings` it stands, too.
    Raises UnknownNameError, UnusableDatabaseError, SpecificationError, SeedError.
    """
    settings = settings or Settings(database=database)
    path = find_document(os.fspath(name))
    create = find_factory(path.stem)
    for what, given in (("a database", settings.database), ("a seed", settings.seed)):
        if create is None and given:
            raise UnknownNameError(
                f"{path.stem} has no behaviour that keeps state, so {what} means nothing: leave it out"
            )
    behaviour = create(settings) if create else Behaviour()
    behaviour.settings = behaviour.settings or settings
    return Mock(Document.load(path), behaviour)


load: Final[Load] = _load


def folders() -> Sequence[Path]:
    """Return the folders of documents: of the checkout, of the installation, and of the working directory."""
    return _HERE.parents[1] / "openapi", _HERE / "specs", Path.cwd() / "openapi"


def available(places: Sequence[Path] | None = None) -> dict[str, Path]:
    """Return the documents by name. The first folder that has a name takes precedence."""
    found: dict[str, Path] = {}
    for folder in folders() if places is None else places:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix in _SUFFIXES:
                found.setdefault(path.stem, path)
    return found


def find_document(name: str, places: Sequence[Path] | None = None) -> Path:
    """Return the file for a name or a path. Raises UnknownNameError."""
    if name.endswith(_SUFFIXES):
        return Path(name)
    documents = available(places)
    if name in documents:
        return documents[name]
    there = ", ".join(documents) or "nothing"
    raise UnknownNameError(f"no API is called {name!r}; there is: {there}; or give the path of a YAML file")


def find_factory(name: str) -> Callable[[Settings], Behaviour] | None:
    """Return `create(settings)` of the package `NAME_mock`; None if there is no such package.

    `create` may raise UnusableDatabaseError.
    """
    package = f"{name.replace('-', '_')}_mock"
    # For `openapi.yaml` there is no behaviour: `openapi_mock` is the engine.
    if not package.isidentifier() or package == __package__ or importlib.util.find_spec(package) is None:
        return None
    create = getattr(importlib.import_module(package), "create", None)
    if not callable(create):
        raise UnknownNameError(f"the package {package} has no function create(settings)")
    return cast("Callable[[Settings], Behaviour]", create)
