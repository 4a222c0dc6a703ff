"""What was reached, as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .coverage import WAYS, Coverage

_WIDTH = 10
_MOST_STATUSES, _MOST_LINKS = 12, 3


def table(coverage: Coverage) -> Iterator[str]:
    """Yield operations and statuses of each target, and what was missed."""
    for target in coverage.surfaces:
        operations = coverage.operations(target)
        if not operations:
            continue
        yield from _statuses(coverage, target)
        lacking = coverage.lacking([(target, each) for each in operations])
        done = len(operations) - len(lacking)
        yield f"{done} of {len(operations)} operations succeeded through the client, sync and async"
        for (_, operation), missing in lacking.items():
            yield f"  {operation}: no success through the client, {' and '.join(sorted(missing))}"
        yield from _missed(coverage, target)
    yield from _outcomes_of_responses(coverage)


def _statuses(coverage: Coverage, target: str) -> Iterator[str]:
    found = coverage.statuses(target)
    columns = sorted({status for counts in found.values() for status, ways in counts.items() if ways})
    title = f"{target}, responses by status"
    width = max(len(title), *map(len, found))
    yield f"{title:{width}}" + "".join(f"{each:>{_WIDTH}}" for each in (*columns, *WAYS))
    for operation, counts in found.items():
        ways = sum(counts.values(), Counter[str]())
        totals = {status: each.total() for status, each in counts.items()}
        cells = (*(totals.get(each, 0) for each in columns), *(ways[way] for way in WAYS))
        yield f"{operation:{width}}" + "".join(f"{count or '·':>{_WIDTH}}" for count in cells)


def _missed(coverage: Coverage, target: str) -> Iterator[str]:
    documented = coverage.documented(target)
    unmet = [f"{operation} {status}" for operation, status in coverage.unmet(target)]
    if documented:
        yield f"{documented - len(unmet)} of {documented} documented statuses met, or known to be unreachable"
        yield from _some("never met", unmet, _MOST_STATUSES)
    if links := coverage.surfaces[target].links:
        unfollowed = coverage.unfollowed(target)
        yield f"{len(links) - len(unfollowed)} of {len(links)} links followed"
        yield from _some("never followed", unfollowed, _MOST_LINKS)


def _some(title: str, missed: list[str], most: int) -> Iterator[str]:
    if missed:
        rest = f" and {len(missed) - most} more" if len(missed) > most else ""
        yield f"  {title}: {', '.join(missed[:most])}{rest}"


def _outcomes_of_responses(coverage: Coverage) -> Iterator[str]:
    """Yield how many drawn responses ended in a value, and how many in which error."""
    for target in sorted({target for target, *_ in coverage.outcomes}):
        ends = Counter[str]()
        for (found, _, outcome), count in coverage.outcomes.items():
            ends[outcome] += count if found == target else 0
        values = ends.pop("value", 0)
        errors = ", ".join(f"{name} {count}" for name, count in ends.most_common() if count)
        yield f"{target}, drawn responses: {values} gave a value, {ends.total()} a typed error ({errors})"
