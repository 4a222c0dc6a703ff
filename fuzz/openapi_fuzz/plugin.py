"""A plugin of pytest: a fuzzing run, and the report at its end.

It is loaded wherever the package is installed, so it imports what fuzzing needs only where that is used.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Generator, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from . import options
from .oracles.tally import TALLY

if TYPE_CHECKING:
    from .findings.finding import Finding
    from .report import Coverage
    from .report.lines import LineTracer, Module

_OUTPUT: Final = "openapi_fuzz_coverage"
_ROUNDS: Final = "fuzz_rounds"


class FuzzSession:
    """Settings and results of the fuzzing in one run of pytest.

    Attributes:
        shared: What all processes of the run have in common.
        examples: How many cases the fuzzing phase makes for each operation with one seed, beside examples
            and boundaries.
        examples_dir: Where failures that were found are kept, if anywhere.
        rounds: How many tests begin one round after another while there is time.
        untried: How many tests there was no time for.
        tracer: Notes which lines run, if that is asked for.
        tally: What the oracles had counted before the run.
    """

    def __init__(self, shared: options.Shared, examples: int, examples_dir: Path | None = None) -> None:
        self.shared = shared
        self.examples = examples
        self.examples_dir = examples_dir
        self.rounds = self._rounds_done = 0
        self.untried = 0
        self.tracer: LineTracer | None = None
        self.tally = TALLY.copy()

    @property
    def seed(self) -> int:
        """Chooses the data that differ from run to run."""
        return self.shared.seed

    @property
    def is_over(self) -> bool:
        """Whether there is no time left."""
        return self.shared.ends is not None and time.time() >= self.shared.ends

    def seeds(self) -> Iterator[int]:
        """Yield the seed of the run, and further ones while the test that asks has time."""
        ends = time.time() + self._share()
        self._rounds_done += 1
        further = random.Random(self.seed)  # noqa: S311 (no secret)
        yield self.seed
        while time.time() < ends:
            yield further.getrandbits(32)

    def _share(self) -> float:
        """Return the seconds that one test may take of those that are left."""
        if self.shared.ends is None:
            return 0.0
        workers = self.shared.workers
        # Each process knows of the tests that it ran itself, and others run about as many.
        left = max(self.rounds - self._rounds_done * workers, workers)
        return (self.shared.ends - time.time()) * workers / left

    @cached_property
    def coverage(self) -> Coverage:
        """What was reached."""
        from .report import Coverage  # noqa: PLC0415

        return Coverage()

    @property
    def has_coverage(self) -> bool:
        """Whether anything was fuzzed."""
        return "coverage" in self.__dict__

    def close(self) -> None:
        """Take what this process counted beside exchanges into the coverage."""
        if self.tracer is not None:
            for file, lines in self.tracer.stop().items():
                self.coverage.lines[file] |= lines
        counted = TALLY.since(self.tally)
        if self.has_coverage or counted.judged:
            self.coverage.oracles.add(counted)


_SESSION: Final = pytest.StashKey[FuzzSession]()


# ---- Settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of a fuzzing run."""
    options.add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle what all tests of the run share, before anything that is measured is imported."""
    config.addinivalue_line("markers", f"{_ROUNDS}: goes on with further seeds while there is time")
    session = FuzzSession(options.Shared.of(config), options.examples(config), options.examples_dir(config))
    config.stash[_SESSION] = session
    if config.getoption("--fuzz-pin") and session.examples_dir is None:
        raise pytest.UsageError(
            "--fuzz-pin needs a folder: set fuzz_examples_dir, or give --fuzz-examples-dir"
        )
    packages = options.packages(config)
    if packages and not options.has_workers(config):
        try:
            from .report.lines import LineTracer  # noqa: PLC0415
        except ModuleNotFoundError as missing:
            raise pytest.UsageError(f"--fuzz-lines needs {missing.name}") from missing
        session.tracer = LineTracer(packages)
    if config.getoption("--fuzz-progress") and not options.is_worker(config):
        from .report.progress import ProgressOfTests  # noqa: PLC0415

        config.pluginmanager.register(ProgressOfTests(config.getoption("--fuzz-seconds")))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give a worker of pytest-xdist what the main process settled."""
    node.config.stash[_SESSION].shared.hand_to(node)


@pytest.fixture
def fuzz_session(request: pytest.FixtureRequest) -> FuzzSession:
    """Settings and results of the fuzzing in this run."""
    return request.config.stash[_SESSION]


# ---- Tests


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --fuzz-seconds, leave out tests that do not fuzz, and run those last that fill the time left."""
    last = [each for each in items if each.get_closest_marker(_ROUNDS) is not None]
    config.stash[_SESSION].rounds = len(last)
    if not last or config.stash[_SESSION].shared.ends is None:
        return
    others = [each for each in items if each.get_closest_marker(_ROUNDS) is None]
    config.hook.pytest_deselected(items=[each for each in others if not _is_fuzzing(each)])
    items[:] = [*filter(_is_fuzzing, others), *last]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare the garbage collector what stays until the end: it would look at all of it again and again."""
    if any(_is_fuzzing(each) for each in session.items):
        gc.collect()
        gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what comes too late."""
    session = item.config.stash[_SESSION]
    if session.is_over:
        pytest.skip("no time left")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say how to reproduce a failure, and how many cases a test judged."""
    report = yield
    session = item.config.stash[_SESSION]
    if session.has_coverage and report.when == "call":
        before = item.config.stash.get(_CASES, 0)
        item.config.stash[_CASES] = session.coverage.cases
        report.__dict__["openapi_fuzz_cases"] = session.coverage.cases - before
    if report.failed and call.excinfo is not None:
        found = _findings(item, call.excinfo.value)
        if found or _is_fuzzing(item):
            again = [f"reproduce with: --fuzz-seed={session.seed}"]
            again += [text for each in found for text in (*each.curl, each.python) if text]
            report.sections.append(("fuzzing", "\n".join(again)))
        if found:
            session.coverage.findings += found
    return report


_CASES: Final = pytest.StashKey[int]()


def _findings(item: pytest.Item, error: BaseException) -> list[Finding]:
    # Whoever fuzzes has imported it.
    if "openapi_fuzz.fuzzer" not in sys.modules:
        return []
    from .findings.reproductions import findings  # noqa: PLC0415

    return [each for each in findings(error, item.nodeid) if _is_fuzzing(item) or each.calls]


def _is_fuzzing(item: pytest.Item) -> bool:
    return "fuzz_session" in getattr(item, "fixturenames", ())


# ---- Results


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the results to the process that prints them; fail a run in which an operation never succeeds."""
    found = session.config.stash[_SESSION]
    found.close()
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
    """Print what was reached, and write it where that is asked for."""
    session = config.stash[_SESSION]
    if not session.has_coverage or options.is_worker(config):
        return
    if session.coverage.hits or session.coverage.outcomes:
        from .report.table import table  # noqa: PLC0415

        terminalreporter.write_sep("=", "fuzzing")
        for line in table(session.coverage):
            terminalreporter.write_line(line)
        passed = time.time() - session.shared.began
        cases = session.coverage.cases
        terminalreporter.write_line(f"{cases:,} cases in {passed:.0f} s, {cases / passed:.0f} a second")
        terminalreporter.write_line(f"to repeat this run: --fuzz-seed={session.seed}")
    session.untried = sum(
        "no time left" in str(each.longrepr) for each in terminalreporter.stats.get("skipped", ())
    )
    if session.untried:
        terminalreporter.write_line(f"{session.untried} tests had no time; --fuzz-seconds gives them more")
    if config.getoption("--fuzz-pin") and session.examples_dir is not None:
        from .findings.pins import write_pins  # noqa: PLC0415

        for path in write_pins(session.examples_dir, session.coverage.findings):
            terminalreporter.write_line(f"failures are kept, and tried first from now on: {path}")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Write the page, after everything else was printed."""
    path: Path | None = config.getoption("--fuzz-report")
    session = config.stash.get(_SESSION, None)
    if path is None or session is None or not session.has_coverage or options.is_worker(config):
        return
    from .report.page import Run, write  # noqa: PLC0415

    packages, coverage = options.packages(config), session.coverage
    modules: list[Module] = []
    if packages:
        from .report import lines  # noqa: PLC0415

        modules += lines.modules(packages, coverage.lines)
    title = ", ".join(each for each in coverage.surfaces if coverage.operations(each))
    seconds = time.time() - session.shared.began
    write(Run(title, coverage, seconds, session.seed, session.untried, modules), path)
    config.get_terminal_writer().line(f"report: {path}")
