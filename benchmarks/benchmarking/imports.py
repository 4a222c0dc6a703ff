"""A program that imports a client and does nothing else, with the start of Python."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from .measuring import OURS, Effort, Goal, Result, Row, take_turns
from .processes import cpu_of

_HTTPX: Final = "import httpx"
_GOALS: Final = (Goal(OURS, _HTTPX, 1.15),)
_STATEMENTS: Final = {
    "import-kws": "import kws",
    "import-kws-session": "from kws import KWS",
    "import-kongregate": "from kongregate import Kongregate",
    "import-both": "from kws import KWS; from kongregate import Kongregate",
}
ROWS: Final = tuple(Row(name, f"`{statement}`", _GOALS) for name, statement in _STATEMENTS.items())


def measured(effort: Effort, names: frozenset[str], stock: Path) -> Iterator[Result]:
    """Yield what the rows with these names come to, all measured in turn."""
    rows = [row for row in ROWS if row.name in names]
    if not rows:
        return
    turns = {row.name: _importing(_STATEMENTS[row.name], stock) for row in rows}
    turns[_HTTPX] = _importing(_HTTPX, stock)
    # Whatever has to be compiled once is.
    for turn in turns.values():
        turn()
    samples = take_turns(turns, effort.runs)
    for row in rows:
        yield Result(row, {OURS: samples[row.name], _HTTPX: samples[_HTTPX]})


def _importing(statement: str, folder: Path) -> Callable[[], float]:
    return partial(cpu_of, [sys.executable, "-c", statement], folder)
