"""Mutants that change nothing that a test could see, each with the reason, in a file that is reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from openapi_reader import is_object

from .mutants import Mutant


@dataclass(frozen=True)
class Equivalent:
    """An entry of the file: each `*` in it stands for any text.

    It has no line number, so that it survives edits elsewhere.
    """

    file: str
    function: str
    operator: str
    before: str
    after: str
    reason: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        identity = (self.file, self.function, self.operator, self.before, self.after)
        return re.compile("\0".join(re.escape(each).replace(r"\*", "[^\0]*") for each in identity))

    def fits(self, mutant: Mutant) -> bool:
        """Return whether it is about a mutant."""
        return self._pattern.fullmatch("\0".join(mutant.identity)) is not None


class Equivalents:
    """The entries of the file."""

    def __init__(self, entries: Iterable[Equivalent]) -> None:
        self._entries = [*entries]

    def reason(self, mutant: Mutant) -> str | None:
        """Return why a mutant changes nothing, or None if it is not listed."""
        return next((each.reason for each in self._entries if each.fits(mutant)), None)

    def stale(self, mutants: Iterable[Mutant]) -> list[Equivalent]:
        """Return the entries that fit no mutant any more."""
        known = [*mutants]
        return [each for each in self._entries if not any(map(each.fits, known))]


def load(path: Path) -> Equivalents:
    """Read the file. Raises ValueError for an entry that lacks something."""
    entries: list[Any] = (yaml.safe_load(path.read_text(encoding="utf-8")) or []) if path.exists() else []
    names = {each.name for each in fields(Equivalent)}
    for each in entries:
        if (
            not is_object(each)
            or each.keys() != names
            or not all(str(text).strip() for text in each.values())
        ):
            raise ValueError(
                f"{path.name}: an entry has {', '.join(sorted(names))}, none of them empty; "
                f"this one is {each!r}"
            )
    return Equivalents(Equivalent(**each) for each in entries)
