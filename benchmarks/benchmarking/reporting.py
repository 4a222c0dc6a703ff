"""Results as a table, as data, and compared with those of another time."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeAlias

from attrs import frozen

from .measuring import FAST, OURS, STOCK, Goal, Result

Ratios: TypeAlias = Mapping[str, Mapping[str, float]]
"""By the names of rows, then by who is compared to whom."""

TOLERANCE: Final = 1.25

_HEADING: Final = ("what", "ours", "ours, fast", "stock", "others", "ratio", "goal", "reached")
_UNITS: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
_SINGLE_DIGIT: Final = 10


def machine() -> Mapping[str, Any]:
    """Return when and on what it was measured."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


# ---- For people


def table(results: Sequence[Result]) -> str:
    """Return a Markdown table, aligned so that it reads as plain text: medians, and minima in brackets."""
    lines = [_HEADING, *map(_cells, results)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = tuple("-" * width for width in widths)
    aligned = (
        [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        for line in (lines[0], rule, *lines[1:])
    )
    return "".join(f"| {' | '.join(line)} |\n" for line in aligned)


def _cells(result: Result) -> tuple[str, ...]:
    others = [name for name in result.samples if name not in {OURS, FAST, STOCK}]
    compared = [(_name(of, to), ratio) for of, to, ratio in _compared(result)]
    return (
        result.row.title,
        *(_figures(result, name) for name in (OURS, FAST, STOCK)),
        ", ".join(f"{name} {_figures(result, name)}" for name in others),
        ", ".join(f"{name} {ratio:.2f}" for name, ratio in compared),
        ", ".join(f"{_name(goal.of, goal.to)} ≤ {goal.at_most:g}" for goal in result.row.goals),
        ", ".join(_reached(result, goal) for goal in result.row.goals),
    )


def _compared(result: Result) -> Iterator[tuple[str, str, float]]:
    for of, to in result.row.comparisons:
        if (ratio := result.ratio(of, to)) is not None:
            yield of, to, ratio


def _name(of: str, to: str) -> str:
    return f"{of}/{to}"


def _reached(result: Result, goal: Goal) -> str:
    ratio = result.ratio(goal.of, goal.to)
    if ratio is None:
        return "not known"
    return "yes" if ratio <= goal.at_most else "no"


def _figures(result: Result, name: str) -> str:
    samples = result.samples.get(name)
    if samples is None:
        return ""
    if result.row.per_second:
        return f"{1 / median(samples):,.0f}/s ({1 / min(samples):,.0f})"
    return f"{_duration(median(samples))} ({_duration(min(samples))})"


def _duration(seconds: float) -> str:
    size, unit = next((each for each in _UNITS if seconds >= each[0]), _UNITS[-1])
    value = seconds / size
    return f"{value:.1f} {unit}" if value < _SINGLE_DIGIT else f"{value:.0f} {unit}"


def left_out(results: Iterable[Result]) -> str:
    """Return who did not take part, and why; empty if everybody did."""
    lacking = sorted({(name, what) for result in results for name, what in result.missing.items()})
    return "".join(f"Left out: {name}, because {what} is not installed here.\n" for name, what in lacking)


# ---- For programs


def data(results: Iterable[Result]) -> Mapping[str, Any]:
    """Return medians, minima and ratios of all rows, with the machine."""
    rows = {
        result.row.name: {
            "medians": {name: median(samples) for name, samples in result.samples.items()},
            "minima": {name: min(samples) for name, samples in result.samples.items()},
            "ratios": result.ratios,
        }
        for result in results
    }
    return {**machine(), "rows": rows}


def read_baseline(path: Path) -> Ratios:
    """Return the ratios that were recorded; none if nothing was."""
    if not path.exists():
        return {}
    found: Ratios = json.loads(path.read_text(encoding="utf-8"))
    return found


def record(results: Iterable[Result], path: Path) -> None:
    """Write the ratios of these rows; those of others stay."""
    new = {
        result.row.name: {name: round(ratio, 3) for name, ratio in result.ratios.items()}
        for result in results
    }
    known = {name: ratios for name, ratios in {**read_baseline(path), **new}.items() if ratios}
    path.write_text(f"{json.dumps(known, indent=2)}\n", encoding="utf-8")


# ---- Against another time


@frozen
class Setback:
    """A ratio that is worse than it was."""

    row: str
    pair: str
    was: float
    now: float

    def __str__(self) -> str:
        return f"{self.row}: {self.pair} is {self.now:.2f}, and was {self.was:.2f}"


def setbacks(
    results: Iterable[Result], baseline: Ratios, again: Callable[[Collection[str]], Iterable[Result]]
) -> Sequence[Setback]:
    """Return the ratios that are worse by more than a quarter, in two measurements.

    Args:
        results: The first measurement.
        baseline: What the ratios were.
        again: Measures the rows with these names once more; called if there is a reason to.
    """
    found = _worse(results, baseline)
    if not found:
        return []
    confirmed = {(each.row, each.pair) for each in _worse(again({each.row for each in found}), baseline)}
    return [each for each in found if (each.row, each.pair) in confirmed]


def _worse(results: Iterable[Result], baseline: Ratios) -> Sequence[Setback]:
    return [
        Setback(result.row.name, pair, was, result.ratios[pair])
        for result in results
        for pair, was in baseline.get(result.row.name, {}).items()
        if result.is_worse(pair, was * TOLERANCE)
    ]
