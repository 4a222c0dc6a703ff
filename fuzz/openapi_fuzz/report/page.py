"""What a run of the fuzzing reached and found, as one page of HTML that needs no network."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from .coverage import WAYS, Coverage

if TYPE_CHECKING:
    from .lines import Module

_SLOWEST: Final = 15


@dataclass(frozen=True)
class Run:
    """A run that is over.

    Attributes:
        title: What was fuzzed.
        coverage: What it reached and found.
        seconds: How long it took.
        seed: The seed of what differs from run to run.
        untried: How many tests there was no time for.
        modules: How much of each module ran, where that was measured.
        noun: What its findings are called.
        uncalled: Operations that were not called, with the reasons.
    """

    title: str
    coverage: Coverage
    seconds: float
    seed: int
    untried: int = 0
    modules: Collection[Module] = ()
    noun: str = "Failures"
    uncalled: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def cases_per_second(self) -> float:
        """How many cases a second were generated, sent and judged, by all processes together."""
        return self.coverage.cases / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class _Cell:
    """How often an operation answered with one status: by way, or not at all although it is documented."""

    ways: Sequence[int]
    is_documented: bool
    reason: str

    @property
    def kind(self) -> str:
        if any(self.ways):
            return "met" if self.is_documented else "undocumented"
        return ("excused" if self.reason else "missed") if self.is_documented else "none"


def write(run: Run, path: Path) -> None:
    """Write the page of a run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(run), encoding="utf-8", errors="backslashreplace")


def render(run: Run) -> str:
    """Return the page of a run."""
    environment = Environment(
        loader=PackageLoader("openapi_fuzz.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    coverage = run.coverage
    targets = [each for each in coverage.surfaces if coverage.operations(each)]
    return environment.get_template("report.html").render(
        run=run,
        ways=WAYS,
        targets=[_target(coverage, each) for each in targets],
        oracles=[
            (name, text, coverage.oracles.judged[name], coverage.oracles.raised[name])
            for name, text in coverage.oracles.asks.items()
        ],
        slowest=_slowest(coverage),
        modules=sorted(run.modules, key=lambda module: (module.percent, module.name)),
    )


def _target(coverage: Coverage, target: str) -> dict[str, object]:
    surface, found = coverage.surfaces[target], coverage.statuses(target)
    columns = sorted({status for counts in found.values() for status in counts})
    excuses = {name: reasons for name, reasons in surface.unreachable.items() if name in found}

    def cell(operation: str, status: str) -> _Cell:
        counts = found[operation].get(status)
        return _Cell(
            [counts[way] if counts else 0 for way in WAYS],
            status.removesuffix(" fail") in surface.statuses[operation],
            excuses.get(operation, {}).get(status, ""),
        )

    documented = coverage.documented(target)
    return {
        "name": target,
        "columns": columns,
        "rows": [(operation, [cell(operation, status) for status in columns]) for operation in found],
        "excuses": excuses,
        "links": [(each, coverage.links[target, each]) for each in surface.links],
        "operations": len(found),
        "succeeded": len(found) - len(coverage.lacking([(target, each) for each in found])),
        "documented": documented,
        "met": documented - len(coverage.unmet(target)),
        "links_count": len(surface.links),
        "followed": len(surface.links) - len(coverage.unfollowed(target)),
    }


def _slowest(coverage: Coverage) -> list[tuple[str, str, int, float, float]]:
    """Return target, operation, calls, mean and longest time in milliseconds, the slowest first."""
    calls: dict[tuple[str, str], int] = {}
    for (target, operation, *_), count in coverage.hits.items():
        calls[target, operation] = calls.get((target, operation), 0) + count
    times = [
        (*key, calls[key], 1000 * seconds / calls[key], 1000 * coverage.longest[key])
        for key, seconds in coverage.seconds.items()
        if calls.get(key)
    ]
    return sorted(times, key=lambda each: each[3], reverse=True)[:_SLOWEST]
