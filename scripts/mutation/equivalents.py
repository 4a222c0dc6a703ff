"""Mutants that change nothing that a test could see, each with the reason, in a file that is reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from .mutants import Mutant


@dataclass(frozen=True)
class Equivalent:
    """An entry of the file. It has no line number, so that it survives edits elsewhere."""

    file: str
    function: str
    operator: str
    before: str
    after: str
    reason: str

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What a mutant's identity is compared with."""
        return self.file, self.function, self.operator, self.before, self.after


class Equivalents:
    """The entries of the file."""

    def __init__(self, entries: Iterable[Equivalent]) -> None:
        self._by_identity = {each.identity: each for each in entries}

    def reason(self, mutant: Mutant) -> str | None:
        """Return why a mutant changes nothing, or None if it is not listed."""
        found = self._by_identity.get(mutant.identity)
        return found.reason if found else None

    def stale(self, mutants: Iterable[Mutant]) -> list[Equivalent]:
        """Return the entries that fit no mutant any more."""
        known = {each.identity for each in mutants}
        return [each for identity, each in self._by_identity.items() if identity not in known]


def load(path: Path) -> Equivalents:
    """Read the file. Raises ValueError for an entry that lacks something."""
    entries: list[Any] = (yaml.safe_load(path.read_text(encoding="utf-8")) or []) if path.exists() else []
    names = {each.name for each in fields(Equivalent)}
    for each in entries:
        if (
            not isinstance(each, dict)
            or each.keys() != names
            or not all(str(text).strip() for text in each.values())
        ):
            raise ValueError(
                f"{path.name}: an entry has {', '.join(sorted(names))}, and this one is {each!r}"
            )
    return Equivalents(Equivalent(**each) for each in entries)
