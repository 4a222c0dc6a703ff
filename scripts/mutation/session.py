"""A run of pytest inside a forked child, which tells its parent what happens."""

from __future__ import annotations

import faulthandler
import ipaddress
import json
import os
import resource
import signal
import sys
import time
import types
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeAlias

import coverage
import hypothesis
import pytest

from .groups import FOLDERS

Tell: TypeAlias = Callable[[dict[str, Any]], None]

MEMORY: Final = 6 * 1024**3
"""How much a child may map, in bytes."""

_AGAIN: Final = 3.0
"""Seconds until a test is ended a second time: asyncio swallows what a callback raises."""

_SOON: Final = 0.01
"""Seconds until a test is ended that was inside coverage.py when its time was up."""

_MEASURING: Final = str(Path(coverage.__file__).parent)

_QUIET: Final = (
    *("-q", "--assert=plain", "--tb=short", "--no-header", "--no-summary", "--capture=sys"),
    *(
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "-p",
        "no:xdist",
        "-p",
        "no:pytest_cov",
        "-p",
        "no:faulthandler",
    ),
    # Whoever forks has imported what others bring.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


def isolate(root: Path, scratch: Path) -> None:
    """Keep a child to its scratch folder, to loopback and to its share of memory."""
    os.setsid()
    os.chdir(root)
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        os.environ[name] = str(scratch)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(scratch / "hypothesis")
    for name in ("FUZZ_SEED", "FUZZ_EXAMPLES", "PYTEST_ADDOPTS"):
        os.environ.pop(name, None)
    output = os.open(scratch / "output", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(output, stream)
    with suppress(ValueError, OSError):  # Not every system bounds it.
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_other_hosts)
    sys.path[:0] = [str(root / folder) for folder in FOLDERS]
    faulthandler.disable()


def _refuse_other_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    address: Any = arguments[1] if event == "socket.connect" else None
    # That of a Unix socket is a path.
    if address and not isinstance(address, str | bytes):
        host = str(address[0])
        with suppress(ValueError):
            if ipaddress.ip_address(host).is_loopback:
                return
        if host != "localhost":
            raise PermissionError("a mutant may reach loopback only")


def stop_at_first_failure() -> None:
    """Have hypothesis neither shrink what fails nor look for further failures."""
    kept = tuple(each for each in hypothesis.Phase if each.name not in {"shrink", "explain"})
    sound = hypothesis.settings.__init__

    def made(self: hypothesis.settings, parent: Any = None, **options: Any) -> None:
        phases = options.get("phases") or (parent.phases if parent else kept)
        options["phases"] = tuple(each for each in phases if each in kept)
        options["report_multiple_bugs"] = False
        sound(self, parent, **options)

    hypothesis.settings.__init__ = made  # type: ignore[method-assign]


class _Cut(BaseException):
    """Raised in a test that takes too long to wait for."""


class Session:
    """A plugin that runs chosen tests in a chosen order.

    Args:
        tests: Their ids; all that are collected if there are none.
        tell: Takes what happens.
        budget: After so many seconds of CPU time no further test begins.
        limit: How many seconds of CPU time a test may take, by its id; after that the process ends.
        cut: After how many seconds of CPU time a test is ended as if it had passed, by its id.
    """

    stops_at_failure = True
    """Whether no further test begins once one has failed."""

    def __init__(
        self,
        tests: Sequence[str],
        tell: Tell,
        budget: float,
        limit: Callable[[str], float],
        cut: Callable[[str], float] = lambda _: 0.0,
    ) -> None:
        self._order = {test: index for index, test in enumerate(tests)}
        self._tell = tell
        self._budget = budget
        self._limit = limit
        self._cut = cut
        self._is_cut = False
        self._began = cpu_time()
        self._failure = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen tests, in their order."""
        if self._order:
            items[:] = [each for each in items if each.nodeid in self._order]
            items.sort(key=lambda each: self._order[each.nodeid])

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Tell about a test, and bound it."""
        if cpu_time() - self._began > self._budget:
            item.session.shouldstop = "the budget is used up"
            return True
        self._failure = ""
        began = cpu_time()
        limit = self._limit(item.nodeid)
        self._tell({"test": item.nodeid, "limit": limit})
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        with suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (int(used + limit) + 1, resource.RLIM_INFINITY))
        found = yield
        cpu = cpu_time() - began
        self._tell({"ended": item.nodeid, "failure": self._failure, "cpu": cpu, "cut": self._is_cut})
        # Not the option of pytest: to that, a test that was ended has failed.
        if self._failure and self.stops_at_failure:
            item.session.shouldstop = "a test has failed"
        return found

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """End a test that takes too long to wait for."""
        self._is_cut = False
        signal.signal(signal.SIGPROF, self._end_test)
        signal.signal(signal.SIGALRM, self._end_test)
        signal.setitimer(signal.ITIMER_PROF, self._cut(item.nodeid))
        try:
            return (yield)
        except _Cut:
            return None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _end_test(self, _: int, frame: types.FrameType | None) -> None:
        if frame is not None and frame.f_code.co_filename.startswith(_MEASURING):
            # It may hold the lock of its data, which then nobody would get any more.
            signal.setitimer(signal.ITIMER_REAL, _SOON)
            return
        self._is_cut = True
        # By the clock on the wall: a test whose callback was lost may wait forever, without using the CPU.
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        raise _Cut

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test failed."""
        # Whatever a test makes of being ended is no failure of it.
        if report.failed and not self._failure and not self._is_cut:
            crash = getattr(report.longrepr, "reprcrash", None)
            message = str(crash.message if crash else report.longrepr)
            self._failure = (message.strip() or "failed").splitlines()[0][:300]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Tell about a module that cannot be imported."""
        if report.failed:
            self._tell(
                {"ended": "", "failure": str(report.longrepr).strip()[-300:], "cpu": cpu_time() - self._began}
            )


def run(tests: Sequence[str], session: object, options: Sequence[str] = ()) -> int:
    """Run the files of these tests in this process."""
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests)) or ["tests/fuzz"]
    return int(pytest.main([*_QUIET, *options, *files], plugins=[session]))


def cpu_time() -> float:
    """Return the CPU time of this process and of those that it started and that ended."""
    return sum(os.times()[:4])


def teller(pipe: int) -> Tell:
    """Return a function that sends a line of JSON."""

    def tell(what: dict[str, Any]) -> None:
        os.write(pipe, json.dumps({**what, "at": time.monotonic()}).encode() + b"\n")

    return tell
