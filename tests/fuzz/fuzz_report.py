"""A plugin for pytest: settings of a fuzzing run, and the table at its end.

It is loaded by tests/, since the process that prints the table under xdist runs no test, and loads no
conftest.py below that.

FUZZ_EXAMPLES   cases that the fuzzing phase makes for each operation, beside examples and coverage;
                half of them are the same in every run, half are new
FUZZ_SEED       the seed that otherwise differs from run to run
"""

from __future__ import annotations

import os
import random
from collections.abc import Collection, Generator
from typing import Any

import pytest
from reached import Coverage

_COVERAGE = pytest.StashKey[Coverage]()
_SEED = pytest.StashKey[int]()
_OUTPUT = "fuzz_coverage"
_FEW = 40


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_COVERAGE] = Coverage()
    # Workers share the seed that shuffles the tests, so they share this one.
    shuffled = getattr(config.option, "randomly_seed", None)
    drawn = shuffled if isinstance(shuffled, int) else random.SystemRandom().getrandbits(32)
    config.stash[_SEED] = int(os.environ.get("FUZZ_SEED") or drawn)


@pytest.fixture
def coverage(request: pytest.FixtureRequest) -> Coverage:
    return request.config.stash[_COVERAGE]


@pytest.fixture
def new_seed(request: pytest.FixtureRequest) -> int:
    """A seed that differs from run to run."""
    return request.config.stash[_SEED]


@pytest.fixture
def examples() -> int:
    """How many cases the fuzzing phase makes for each operation, with one seed."""
    return max(1, int(os.environ.get("FUZZ_EXAMPLES") or _FEW) // 2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and "new_seed" in getattr(item, "fixturenames", ()):
        report.sections.append(("fuzzing", f"again with: make fuzz FUZZ_SEED={item.config.stash[_SEED]}"))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    coverage = session.config.stash[_COVERAGE]
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_OUTPUT] = coverage.dump()
    elif (
        session.exitstatus == pytest.ExitCode.OK
        and coverage.tried
        and coverage.lacking(_in_order(coverage.tried))
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker is done: take over what it counted."""
    output = getattr(node, "workeroutput", None) or {}
    if _OUTPUT in output:
        node.config.stash[_COVERAGE].add(Coverage.loaded(output[_OUTPUT]))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    coverage = config.stash[_COVERAGE]
    if coverage.hits:
        terminalreporter.write_sep("=", "fuzzing")
        for line in coverage.report(_in_order(coverage.reached | coverage.tried)):
            terminalreporter.write_line(line)
        terminalreporter.write_line(f"this run's own seed, to have it again: FUZZ_SEED={config.stash[_SEED]}")


def _in_order(operations: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    """Operation ids of each API, in the order of its spec."""
    # Only now, as other tests need none of what this loads.
    from targets import targets  # noqa: PLC0415

    order = {
        each.name: [name for name in each.operations if (each.name, name) in operations] for each in targets()
    }
    return {api: names for api, names in order.items() if names}
