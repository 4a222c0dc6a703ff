"""What a run is doing, while it runs: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

_SECONDS_BETWEEN_LINES: Final = 10.0


class Ticker:
    """Shows how far a run is.

    Args:
        seconds: How long the run may take; None if nobody knows.
        console: Where it is shown.
    """

    def __init__(self, seconds: float | None, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._began = self._told = time.monotonic()
        self._seconds = seconds
        self._cases = self._failures = 0
        self._bar = Progress(
            BarColumn(bar_width=20),
            TimeElapsedColumn(),
            TextColumn("{task.fields[said]}"),
            TextColumn("{task.description}", style="dim"),
            console=self._console,
            auto_refresh=False,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=seconds, said="")
        self._bar.start()

    def tell(self, what: str, cases: int = 0) -> None:
        """Say what was fuzzed, with how many further cases."""
        self._cases += cases
        passed = time.monotonic() - self._began
        said = self._said(passed)
        if self._console.is_terminal:
            self._bar.update(self._task, completed=passed, said=said, description=what)
            self._bar.refresh()
        elif time.monotonic() - self._told > _SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            self._console.print(f"{said}: {what}", markup=False, soft_wrap=True)

    def fail(self, what: str) -> None:
        """Say that something was found."""
        self._failures += 1
        self._bar.console.print(f"failed: {what}", markup=False, soft_wrap=True)

    def stop(self) -> None:
        """Remove the bar."""
        self._bar.stop()

    def _said(self, passed: float) -> str:
        rate = self._cases / passed if passed else 0
        parts = [f"{self._cases:,} cases", f"{rate:.0f}/s", f"{self._failures} failed"]
        if self._seconds is not None:
            left = max(0, round(self._seconds - passed))
            parts.append(f"{left // 60}:{left % 60:02} left")
        return ", ".join(parts)


class ProgressOfTests:
    """A plugin of pytest that shows the progress of a run, in place of a dot for each test."""

    def __init__(self, seconds: float | None) -> None:
        self._ticker = Ticker(seconds)

    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str] | None:
        """Say nothing for a test; the summary still counts it."""
        if getattr(report, "when", "") == "call" and report.outcome != "skipped":
            return report.outcome, "", report.outcome.upper()
        return ("skipped", "", "SKIPPED") if report.skipped else None

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Tell of a test that is over."""
        name = report.nodeid.rpartition("::")[2]
        if report.failed:
            self._ticker.fail(name)
        self._ticker.tell(name, getattr(report, "openapi_fuzz_cases", 0))

    def pytest_sessionfinish(self) -> None:
        """Make room for the summary."""
        self._ticker.stop()
