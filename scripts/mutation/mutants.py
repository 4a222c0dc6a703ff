"""What a mutant is, whatever kind of fault it has."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Mutant:
    """One small fault.

    Attributes:
        group: Which part of the project it is in.
        operator: Which kind of fault it is.
        file: The file it is in, relative to the project's root.
        function: The function, class or operation it is in.
        line: The line, from 1.
        before: What stands there.
        after: What stands there instead.
        site: The place; a sample has one mutant at most for each.
        reach: Lines, at least one of which a test has to run; the first of these that any test runs count.
        at_import: Whether the place itself runs when the module is imported.
        details: What is needed to plant it.
    """

    group: str
    operator: str
    file: str
    function: str
    line: int
    before: str
    after: str
    site: str
    reach: tuple[frozenset[str], ...] = field(default=(), repr=False)
    at_import: bool = False
    details: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, hash=False)

    @property
    def identity(self) -> tuple[str, str, str, str, str]:
        """What stays the same when lines move."""
        return self.file, self.function, self.operator, self.before, self.after

    @property
    def key(self) -> str:
        """A short name for results."""
        text = "\0".join((*self.identity, self.site))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"
