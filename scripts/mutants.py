"""Plant small faults, one at a time, and see whether the fuzzing finds them.

Exit with 1 if it finds too few, or if a test fails without any fault. A run that is stopped goes on where it
was.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mutation import equivalents, groups, reach, report, sampling
from mutation.children import preload
from mutation.equivalents import Equivalents
from mutation.mutants import Mutant
from mutation.report import Judged
from mutation.running import Runner
from mutation.selection import Selection
from mutation.store import Store

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "mutants"
LISTED = ROOT / groups.EQUIVALENTS
COUNT, SHORT_COUNT = 306, 54
SHORT_SECONDS, SHORT_BUDGET = 270.0, 20.0
RECORDED_IN_SHORT = 1
"""How many tests of each function a short run records: all of them would take longer than it may."""

WIDE = 160
"""How many columns the report has where it is not for a terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit status."""
    options = _parse(arguments)
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    console.print(f"Mutants, seed {options.seed} …", highlight=False)
    began = time.monotonic()
    deadline = began + options.seconds if options.seconds else float("inf")
    FOLDER.mkdir(parents=True, exist_ok=True)
    every = [*groups.all_mutants(ROOT)]
    sample = _sample(every, options)
    listed = equivalents.load(LISTED)
    # pytest and what it brings are the same whatever is tested.
    preload(("pytest", "schemathesis", "coverage"))
    with _Shown(console) as shown:
        most = RECORDED_IN_SHORT if options.short else None
        reached = reach.find(ROOT, FOLDER, options.jobs, shown.update, most)
        preload(reached.modules)
        store = Store(FOLDER / f"results-{groups.hash_of_sources(ROOT)}-{options.seed}.jsonl")
        runner = Runner(ROOT, Selection(reached), options.jobs, options.seed, options.budget)
        judged = _judge(sample, listed, store, runner, deadline, shown)
    report.print_report(console, judged)
    report.write(FOLDER / "report.json", judged, {"seed": options.seed, "sample": len(sample)})
    wrong = [*_wrong_with_tests(reached, runner), *report.complaints(judged)]
    for each in [*_notes(sample, judged), *_stale(listed, every), *wrong]:
        console.print(each, markup=False, highlight=False, soft_wrap=True)
    console.print(f"{time.monotonic() - began:.0f} s in all", highlight=False)
    return 1 if wrong else 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="draws the sample")
    parser.add_argument("--count", type=int, default=COUNT, help="how many mutants at least")
    parser.add_argument("--groups", default="", help="only these, with commas between them")
    parser.add_argument("--files", default="", help="only mutants of files with this text in their path")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes at a time")
    parser.add_argument("--budget", type=float, default=60.0, help="seconds of CPU time for one mutant")
    parser.add_argument("--seconds", type=float, help="begin no further mutant after so long")
    parser.add_argument("--short", action="store_true", help="a small sample, chosen by the commit")
    options = parser.parse_args(arguments)
    if options.short:
        options.seed, options.count, options.budget = _commit(), SHORT_COUNT, SHORT_BUDGET
        options.seconds = options.seconds or SHORT_SECONDS
    return options


def _commit() -> int:
    """Return a number made of the commit, or of the sources where there is no Git."""
    command = ["git", "rev-parse", "HEAD"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return int((found.stdout.strip() or groups.hash_of_sources(ROOT))[:8], 16)


def _sample(every: Sequence[Mutant], options: argparse.Namespace) -> list[Mutant]:
    known = groups.groups(ROOT)
    chosen = [each for each in options.groups.split(",") if each] or [*known]
    if unknown := {*chosen} - {*known}:
        raise SystemExit(f"no group {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    fitting = [each for each in every if options.files in each.file]
    return sampling.draw(
        fitting, chosen, options.count, options.seed, lambda each: groups.is_sound(ROOT, each)
    )


def _judge(
    sample: Sequence[Mutant],
    listed: Equivalents,
    store: Store,
    runner: Runner,
    deadline: float,
    shown: _Shown,
) -> list[Judged]:
    judged = [Judged(each, None, reason) for each in sample if (reason := listed.reason(each))]
    known = store.load()
    judged += [
        Judged(each, known[each.key]) for each in sample if each.key in known and not listed.reason(each)
    ]
    open_ = [each for each in sample if each.key not in known and not listed.reason(each)]
    shown.update("mutants", len(judged), len(sample))
    for mutant, result in runner.judge(open_, deadline):
        store.add(result)
        judged.append(Judged(mutant, result))
        shown.update("mutants", len(judged), len(sample))
    return judged


def _wrong_with_tests(reached: reach.Reach, runner: Runner) -> list[str]:
    failing = {**reached.failed, **runner.failing}
    return [
        f"{test} fails without any mutant, and was left out: {message}" for test, message in failing.items()
    ]


def _notes(sample: Sequence[Mutant], judged: Sequence[Judged]) -> list[str]:
    notes: list[str] = []
    if len(judged) < len(sample):
        notes.append(
            f"time was over after {len(judged)} of {len(sample)} mutants; what is said is about those"
        )
    return notes


def _stale(listed: Equivalents, every: Sequence[Mutant]) -> list[str]:
    return [
        f"{LISTED.name}: no mutant is {each.operator} in {each.file}, {each.function}: {each.after}"
        for each in listed.stale(every)
    ]


class _Shown:
    """A bar on a terminal; lines now and then in a pipe. No thread: this process forks."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = 0.0
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=console, auto_refresh=False, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._progress.add_task("")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def update(self, what: str, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.update(self._task, description=what, completed=done, total=total, refresh=True)
        if not self._console.is_terminal and (time.monotonic() - self._last > 20 or done == total):  # noqa: PLR2004
            self._last = time.monotonic()
            self._console.print(f"{what}: {done} of {total}", highlight=False)


if __name__ == "__main__":
    sys.exit(main())
