"""Runs the tests that reach a mutant, in a process of its own, until one fails."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from . import planting, session
from .children import Child, run_all
from .mutants import Mutant
from .selection import Selection

BUDGET: Final = 60.0
"""Seconds of CPU time for one mutant: no further test begins after that, and it counts as survived."""

EXAMPLES: Final = 40
"""FUZZ_EXAMPLES of the tests that judge, which is what `make test` runs with."""

_LEAST_LIMIT: Final = 30.0
"""The least CPU time, in seconds, after which a test is stopped."""

_LIMIT_FACTOR: Final = 5.0
"""A test is stopped after this many times its usual CPU time."""

_FIRST: Final = 12
"""How many tests run before the modules of all others are imported."""

_LONGEST: Final = 15.0
"""A test of which not everything was recorded ends after so many seconds, as if it had passed."""

KILLED: Final = "killed"
TIMEOUT: Final = "timeout"
SURVIVED: Final = "survived"
NOT_REACHED: Final = "not reached"


@dataclass(frozen=True)
class Result:
    """What became of a mutant.

    Attributes:
        key: The mutant's.
        outcome: One of the names above.
        test: The test that killed it.
        message: What the test said.
        reaching: How many tests reach it.
        ran: How many of them ran.
        seconds: CPU time, with the start of its process.
    """

    key: str
    outcome: str
    test: str = ""
    message: str = ""
    reaching: int = 0
    ran: int = 0
    seconds: float = 0.0

    @property
    def is_killed(self) -> bool:
        """Whether the tests found it."""
        return self.outcome in {KILLED, TIMEOUT}


@dataclass(frozen=True)
class _Job:
    """Tests for a mutant.

    Attributes:
        mutant: The mutant.
        tests: What is run now.
        others: What comes after that, in another process: most kills take less than importing them all.
        before: What became of it so far.
    """

    mutant: Mutant
    tests: Sequence[str]
    others: Sequence[str] = ()
    before: Result | None = None


class Runner:
    """Judges mutants.

    Attributes:
        failing: The tests that turned out to fail without any mutant.
    """

    def __init__(
        self, root: Path, selection: Selection, jobs: int, seed: int, budget: float = BUDGET
    ) -> None:
        self.failing: dict[str, str] = {}
        self._root = root
        self._selection = selection
        self._jobs = jobs
        self._seed = seed
        self._budget = budget
        self._sound: set[str] = set()

    def judge(
        self, mutants: Sequence[Mutant], deadline: float = float("inf")
    ) -> Iterator[tuple[Mutant, Result]]:
        """Yield each mutant with what became of it."""
        reached: list[Mutant] = []
        for each in mutants:
            if self._selection.tests(each):
                reached.append(each)
            else:
                yield each, Result(each.key, NOT_REACHED)
        yield from self._judge(map(self._first, reached), deadline)

    def _judge(self, jobs: Iterable[_Job], deadline: float) -> Iterator[tuple[Mutant, Result]]:
        again: list[_Job] = []
        for child in run_all(jobs, self._work, self._root, self._jobs, deadline):
            job, result = child.job, self._result(child)
            if result.is_killed and not self._is_sound(result.test):
                again.append(self._first(job.mutant))
            elif not result.is_killed and job.others:
                again.append(_Job(job.mutant, job.others, before=result))
            else:
                if result.is_killed and result.test:
                    self._selection.add_kill(job.mutant, result.test)
                yield job.mutant, result
        if again:
            yield from self._judge(again, deadline)

    def _first(self, mutant: Mutant) -> _Job:
        """Return the job that begins a mutant; when its turn has come, so that it gains from those before."""
        tests = self._selection.tests(mutant)
        return _Job(mutant, tests[:_FIRST], tests[_FIRST:])

    def _work(self, job: _Job, tell: session.Tell, _: Path) -> None:
        planting.plant(job.mutant, self._root)
        tell({"planted": True, "limit": _LEAST_LIMIT})
        self._run(job.tests, tell)

    def _run(self, tests: Sequence[str], tell: session.Tell) -> None:
        if not tests:
            return
        os.environ["FUZZ_EXAMPLES"] = str(EXAMPLES)
        session.stop_at_first_failure()
        every = session.Session(tests, tell, self._budget, self._limit, self._cut)
        status = session.run(tests, every, [f"--fuzz-seed={self._seed}"])
        if status in _NOTHING_RAN:
            tell({"ended": "", "failure": f"pytest ends with {status}", "cpu": 0.0, "cut": False})

    def _limit(self, test: str) -> float:
        return max(_LEAST_LIMIT, _LIMIT_FACTOR * self._selection.seconds(test))

    def _cut(self, test: str) -> float:
        """Return after how long a test is ended, whose usual time is not known; 0 is never."""
        return _LONGEST if self._selection.is_long(test) else 0.0

    def _result(self, child: Child[_Job]) -> Result:
        if not any("planted" in event for event in child.events):
            # Whatever stopped it, no test has found anything.
            raise RuntimeError(f"{child.job.mutant.place} cannot be planted:\n{child.output}")
        ran = [event for event in child.events if "ended" in event]
        job, before = child.job, child.job.before or Result(child.job.mutant.key, SURVIVED)
        common: dict[str, Any] = {
            "key": job.mutant.key,
            "reaching": before.ran + len(job.tests) + len(job.others),
            "ran": before.ran + len(ran),
            "seconds": round(before.seconds + child.cpu, 2),
        }
        for event in ran:
            if event["failure"]:
                return Result(outcome=KILLED, test=event["ended"], message=event["failure"], **common)
        if child.events and "done" in child.events[-1]:
            # More examples may reach what few have missed, so that tests of its function have run.
            is_reached = self._selection.is_reached(child.job.mutant)
            return Result(outcome=SURVIVED if is_reached else NOT_REACHED, **common)
        last = next((event["test"] for event in reversed(child.events) if "test" in event), "")
        if child.was_late or child.status == -signal.SIGXCPU:
            return Result(outcome=TIMEOUT, test=last, message="a limit of time", **common)
        return Result(
            outcome=KILLED, test=last, message=f"the process ends: {child.output.strip()[-200:]}", **common
        )

    def _is_sound(self, test: str) -> bool:
        """Return whether a test passes without any mutant; it is run once for that, when it first kills."""
        if not test or test in self._sound:
            return True
        if test in self.failing:
            return False
        (child,) = run_all([test], lambda job, tell, _: self._run([job], tell), self._root, 1)
        failures = [event["failure"] for event in child.events if event.get("failure")]
        if failures or child.status or child.was_late:
            self.failing[test] = failures[0] if failures else "its process ends"
            self._selection.drop(test)
            return False
        self._sound.add(test)
        return True


# As when a conftest.py cannot be imported, which pytest reports to no plugin.
_NOTHING_RAN: Final = (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)
