"""A plugin of pytest: settings of a fuzzing run, and the table at its end.

It is loaded wherever the package is installed, so it imports what fuzzing needs only where that is used.
"""

from __future__ import annotations

import os
import random
from collections.abc import Generator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from .report import Coverage

_OUTPUT: Final = "openapi_fuzz_coverage"
_SEED: Final = "openapi_fuzz_seed"
_FEW: Final = 40


class FuzzSession:
    """Settings and results of the fuzzing in one run of pytest.

    Attributes:
        seed: Chooses the data that differ from run to run.
        examples: How many cases the fuzzing phase makes for each operation with one seed, beside examples
            and boundaries.
    """

    def __init__(self, seed: int, examples: int) -> None:
        self.seed = seed
        self.examples = examples

    @cached_property
    def coverage(self) -> Coverage:
        """What was reached."""
        from .report import Coverage  # noqa: PLC0415

        return Coverage()

    @property
    def has_coverage(self) -> bool:
        """Whether anything was fuzzed."""
        return "coverage" in self.__dict__


_SESSION: Final = pytest.StashKey[FuzzSession]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings of a fuzzing run."""
    group = parser.getgroup("openapi_fuzz", "fuzzing of clients of OpenAPI")
    group.addoption(
        "--fuzz-examples",
        type=int,
        metavar="COUNT",
        help="generated cases for each operation, half of them the same in every run "
        f"(default: FUZZ_EXAMPLES, or {_FEW})",
    )
    group.addoption(
        "--fuzz-seed",
        type=int,
        metavar="SEED",
        help="the seed of the other half, to have a run again (default: FUZZ_SEED, or a new one)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Settle what all tests of the run share."""
    examples = config.getoption("--fuzz-examples") or int(os.environ.get("FUZZ_EXAMPLES") or _FEW)
    config.stash[_SESSION] = FuzzSession(_seed(config), max(1, examples // 2))


def _seed(config: pytest.Config) -> int:
    """Return the seed of the main process, the option, the environment or pytest-randomly, or a new one."""
    given = (
        getattr(config, "workerinput", {}).get(_SEED),
        config.getoption("--fuzz-seed"),
        os.environ.get("FUZZ_SEED") or None,
        getattr(config.option, "randomly_seed", None),
    )
    found = next((each for each in given if each is not None and str(each).isdecimal()), None)
    return random.SystemRandom().getrandbits(32) if found is None else int(found)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give a worker of pytest-xdist the seed of the run."""
    node.workerinput[_SEED] = node.config.stash[_SESSION].seed


@pytest.fixture
def fuzz_session(request: pytest.FixtureRequest) -> FuzzSession:
    """Settings and results of the fuzzing in this run."""
    return request.config.stash[_SESSION]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say how to have a failure again."""
    report = yield
    if report.failed and "fuzz_session" in getattr(item, "fixturenames", ()):
        report.sections.append(("fuzzing", f"again with: --fuzz-seed={item.config.stash[_SESSION].seed}"))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the results to the process that prints them; fail a run in which an operation never succeeds."""
    found = session.config.stash[_SESSION]
    if not found.has_coverage:
        return
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_OUTPUT] = found.coverage.dump()
    elif found.coverage.lacking(found.coverage.expected) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add the results of a worker that is done."""
    output: dict[str, Any] = getattr(node, "workeroutput", {})
    # A worker that crashed has none.
    if _OUTPUT in output:
        from .report import Coverage  # noqa: PLC0415

        node.config.stash[_SESSION].coverage.add(Coverage.load(output[_OUTPUT]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was reached."""
    session = config.stash[_SESSION]
    if session.has_coverage and (session.coverage.hits or session.coverage.outcomes):
        terminalreporter.write_sep("=", "fuzzing")
        for line in session.coverage.report():
            terminalreporter.write_line(line)
        terminalreporter.write_line(f"this run's own seed, to have it again: --fuzz-seed={session.seed}")
