"""Measure the clients, and what else takes time, against others that do the same.

What counts is CPU time: of the client alone for calls, of the server alone for the mock. Contenders take
turns on one core, and ratios are those within a round, so they hold on a machine that does other things, too.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Final

from benchmarking import client, decoding, fuzz, generation, growth, imports, mock, reporting, stock
from benchmarking.measuring import FULL, SHORT, Effort, Result
from benchmarking.places import BASELINE
from benchmarking.processes import ProcessError, keep_to_one_core

GROUPS: Final[Mapping[str, ModuleType]] = {
    "client": client,
    "decoding": decoding,
    "imports": imports,
    "generation": generation,
    "mock": mock,
    "growth": growth,
    "fuzz": fuzz,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the result is its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - _rows().keys() - GROUPS.keys():
        parser.error(f"there is no {min(unknown)}; there is: {', '.join([*GROUPS, *_rows()])}")
    if not options.all_cores:
        keep_to_one_core()
    effort = SHORT if options.short else FULL
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        stock.generate(Path(folder))
        failures: list[str] = []
        results = list(_measured(effort, _chosen(options.names), Path(folder), failures))
        _show(results)
        if options.json:
            options.json.write_text(f"{json.dumps(reporting.data(results), indent=2)}\n", encoding="utf-8")
        if options.record:
            reporting.record(results, BASELINE)
        if options.check:
            failures += _compare(results, effort, Path(folder), failures)
    for each in failures:
        print(each, file=sys.stderr)
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"rows, or {', '.join(GROUPS)} (default: all)"
    )
    parser.add_argument("--short", action="store_true", help="measure less, in under a minute")
    parser.add_argument(
        "--all-cores", action="store_true", help="do not keep everything to one core: less certain figures"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything to a file")
    parser.add_argument("--record", action="store_true", help=f"keep the ratios in {BASELINE.name}")
    parser.add_argument(
        "--check", action="store_true", help="exit 1 if a ratio is a quarter worse than the one recorded"
    )
    return parser


def _rows() -> Mapping[str, str]:
    """Return the group of each row."""
    return {row.name: group for group, module in GROUPS.items() for row in module.ROWS}


def _chosen(names: Collection[str]) -> frozenset[str]:
    return frozenset(row for row, group in _rows().items() if not names or row in names or group in names)


def _measured(effort: Effort, names: frozenset[str], folder: Path, failures: list[str]) -> Iterator[Result]:
    """Yield what each group comes to; one that fails is told at the end, and keeps no other from running."""
    for group, module in GROUPS.items():
        if sys.stderr.isatty() and names & {row.name for row in module.ROWS}:
            sys.stderr.write(f"Measuring: {group} …\n")
        try:
            yield from module.measured(effort, names, folder)
        except ProcessError as error:
            failures.append(f"{group}: {error}")


def _show(results: list[Result]) -> None:
    machine = reporting.machine()
    print(f"{machine['date']}, {machine['cpu']}, {machine['cores']} cores, Python {machine['python']}.")
    print("CPU time, medians (and the best).\n")
    print(reporting.table(results))
    print(reporting.left_out(results), end="")


def _compare(results: list[Result], effort: Effort, folder: Path, failures: list[str]) -> Sequence[str]:
    def again(rows: Collection[str]) -> Iterator[Result]:
        return _measured(effort, frozenset(rows), folder, failures)

    worse = reporting.setbacks(results, reporting.read_baseline(BASELINE), again)
    advice = ["If it has to be so, keep it with: make bench ARGS=--record"] if worse else []
    return [*(f"{each}." for each in worse), *advice]


if __name__ == "__main__":
    sys.exit(main())
