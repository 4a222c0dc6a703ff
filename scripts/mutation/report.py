"""What came out: a table by group and one by operator, the survivors, and whether the bar is reached."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from .mutants import Mutant
from .running import KILLED, NOT_REACHED, SURVIVED, TIMEOUT, Result
from .statistics import NEARLY_SURE, percentile, wilson

BAR: Final = 0.95
BAR_OF_GROUP: Final = 0.9
MOST_EQUIVALENT: Final = 0.1
_FEW: Final = 150
"""Of fewer mutants chance decides much: they fail only if the bar is nearly surely not reached."""

_FEW_OF_GROUP: Final = 20
_BAR_OF_FEW: Final = 0.75
"""The bar of a group with fewer mutants than that: chance puts one of nine such groups below a higher bar."""


@dataclass(frozen=True)
class Judged:
    """A mutant with what became of it.

    Attributes:
        reason: Why it is equivalent, if it is; then it has no result.
    """

    mutant: Mutant
    result: Result | None
    reason: str | None = None


@dataclass(frozen=True)
class Row:
    """A line of a table."""

    name: str
    mutants: int
    killed: int
    timeout: int
    survived: int
    not_reached: int
    equivalent: int

    @property
    def counted(self) -> int:
        """How many are not equivalent."""
        return self.mutants - self.equivalent

    @property
    def found(self) -> int:
        """How many were found, in whichever way."""
        return self.killed + self.timeout

    @property
    def share(self) -> float:
        """The share of those found."""
        return self.found / self.counted if self.counted else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval of the share."""
        return wilson(self.found, self.counted)


def row(name: str, judged: Sequence[Judged]) -> Row:
    """Count mutants."""
    outcomes = Counter(each.result.outcome for each in judged if each.result)
    return Row(
        name,
        mutants=len(judged),
        killed=outcomes[KILLED],
        timeout=outcomes[TIMEOUT],
        survived=outcomes[SURVIVED],
        not_reached=outcomes[NOT_REACHED],
        equivalent=sum(each.reason is not None for each in judged),
    )


def rows(judged: Sequence[Judged], name: Callable[[Mutant], str]) -> list[Row]:
    """Count mutants by a name, in the order of names."""
    names = sorted({name(each.mutant) for each in judged})
    return [row(every, [each for each in judged if name(each.mutant) == every]) for every in names]


def complaints(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield why the sample is below the bar."""
    every = row("all", judged)
    if _is_below(BAR, every, _FEW):
        yield f"{every.share:.1%} of all mutants are killed, and {BAR:.0%} have to be"
    for group in rows(judged, lambda mutant: mutant.group):
        bar = BAR_OF_GROUP if group.counted >= _FEW_OF_GROUP else _BAR_OF_FEW
        if _is_below(bar, group, _FEW_OF_GROUP):
            yield f"{group.share:.1%} of {group.name} are killed, and {bar:.0%} have to be"
    low, _ = wilson(every.equivalent, every.mutants)
    if every.equivalent > MOST_EQUIVALENT * every.mutants and (
        every.mutants >= _FEW or low > MOST_EQUIVALENT
    ):
        yield f"{every.equivalent} of {every.mutants} are said to be equivalent; {MOST_EQUIVALENT:.0%} may be"
    if not every.mutants:
        yield "there are no mutants"


def _is_below(bar: float, counts: Row, few: int) -> bool:
    if counts.counted >= few:
        return counts.share < bar
    return wilson(counts.found, counts.counted, NEARLY_SURE)[1] < bar


def print_report(console: Console, judged: Sequence[Judged]) -> None:
    """Print everything."""
    by_operator = rows(judged, lambda mutant: mutant.operator)
    console.print(_table("operator", by_operator))
    console.print(_table("group", rows(judged, lambda mutant: mutant.group)))
    survivors = [each for each in judged if each.result and not each.result.is_killed]
    for each in sorted(survivors, key=lambda each: (each.mutant.group, each.mutant.place)):
        console.print(_survivor(each), markup=False, highlight=False, soft_wrap=True)
    seconds = [each.result.seconds for each in judged if each.result and each.result.is_killed]
    console.print(
        f"CPU time of a kill: median {percentile(seconds, 0.5):.1f} s, "
        f"90 % within {percentile(seconds, 0.9):.1f} s",
        highlight=False,
    )
    all_row = row("all", judged)
    low, high = all_row.interval
    console.print(
        f"all: {all_row.mutants} mutants, {all_row.equivalent} equivalent, {all_row.found} killed "
        f"({all_row.timeout} by timeout), {all_row.survived} survived, {all_row.not_reached} not reached: "
        f"{all_row.share:.1%} (95 % interval {low:.1%} to {high:.1%})",
        highlight=False,
        soft_wrap=True,
    )


def write(path: Path, judged: Sequence[Judged], further: Mapping[str, Any]) -> None:
    """Write everything as JSON, for tools."""
    mutants = [
        {
            **{
                name: getattr(each.mutant, name) for name in ("group", "operator", "file", "function", "line")
            },
            **{name: getattr(each.mutant, name) for name in ("before", "after", "key")},
            "equivalent": each.reason,
            "result": asdict(each.result) if each.result else None,
        }
        for each in judged
    ]
    groups = {each.name: asdict(each) for each in rows(judged, lambda mutant: mutant.group)}
    report = {**further, "all": asdict(row("all", judged)), "groups": groups, "mutants": mutants}
    path.write_text(json.dumps(report, indent=1), encoding="utf-8")


def _table(title: str, lines: Sequence[Row]) -> Table:
    table = Table(title, box=None)
    for name in (
        "mutants",
        "killed",
        "timeout",
        "survived",
        "not reached",
        "equivalent",
        "share",
        "95 % interval",
    ):
        table.add_column(name, justify="right")
    for each in lines:
        low, high = each.interval
        counts = (each.mutants, each.killed, each.timeout, each.survived, each.not_reached, each.equivalent)
        table.add_row(each.name, *map(str, counts), f"{each.share:.0%}", f"{low:.0%} to {high:.0%}")
    return table


def _survivor(each: Judged) -> str:
    mutant, result = each.mutant, each.result
    reached = NOT_REACHED
    if result and result.outcome == SURVIVED:
        reached = f"{result.ran} of {result.reaching} tests that reach it ran"
    return (
        f"{mutant.place} {mutant.function}: {mutant.operator} [{mutant.group}], {reached}\n"
        f"  - {mutant.before}\n  + {mutant.after}"
    )
