"""What became of mutants, kept line by line, so that a run that was stopped goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from .running import Result


class Store:
    """Results in a file of JSON lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, Result]:
        """Return the results of earlier runs by the mutant's key."""
        return {each.key: each for each in self._read()}

    def add(self, result: Result) -> None:
        """Keep a result."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result)) + "\n")

    def _read(self) -> Iterator[Result]:
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                yield Result(**json.loads(line))
            except (ValueError, TypeError):  # A line that was cut when its run was stopped.
                continue
