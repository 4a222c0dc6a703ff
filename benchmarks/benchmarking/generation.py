"""Generating clients. The stock templates give no valid Python for every API, so one API is compared."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from .measuring import OURS, STOCK, Effort, Result, Row, take_turns
from .places import ROOT
from .processes import cpu_of
from .stock import command

COMPARED: Final = "generation"
ALL: Final = "generation-all"
ROWS: Final = (Row(COMPARED, "generating the client of KWS"), Row(ALL, "generating the clients of all APIs"))

_RUNS_OF_ONE: Final = 10


def measured(effort: Effort, names: frozenset[str], _stock: Path) -> Iterator[Result]:
    """Yield what the rows with these names come to, unless time is short."""
    rows = [row for row in ROWS if row.name in names]
    if effort.is_short:
        return
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        turns: dict[str, dict[str, Callable[[], float]]] = {
            COMPARED: {
                OURS: partial(cpu_of, _ours(folder, "kws"), folder),
                STOCK: partial(cpu_of, command("kws", folder / "stock"), folder),
            },
            ALL: {OURS: partial(cpu_of, _ours(folder), folder)},
        }
        for row in rows:
            yield Result(row, take_turns(turns[row.name], max(1, effort.runs // _RUNS_OF_ONE)))


def _ours(folder: Path, *names: str) -> Sequence[str]:
    return [sys.executable, str(ROOT / "scripts" / "generate.py"), "--output", str(folder / "ours"), *names]
