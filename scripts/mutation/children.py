"""A fork for each run: the parent has imported what others bring, and nothing of the project's own."""

from __future__ import annotations

import importlib
import json
import os
import selectors
import shutil
import signal
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from . import session

_LEAST_WALL: Final = 60.0
"""Seconds that a test may take at least: a busy machine makes everything slow."""

_WALL_FACTOR: Final = 6
"""A test that waits without using the CPU is stopped after this many times its limit."""

T = TypeVar("T")


@dataclass
class Child(Generic[T]):
    """A run in a process of its own.

    Attributes:
        job: What it was started for.
        events: What it told.
        status: How it ended: its exit status, or the negative number of a signal.
        was_late: Whether it was killed for taking too long.
    """

    job: T
    pid: int
    pipe: int
    scratch: Path
    began: float
    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    status: int | None = None
    was_late: bool = False
    cpu: float = 0.0
    output: str = ""
    _rest: bytes = b""

    @property
    def reason(self) -> str:
        """Why it ended early."""
        return "it took too long" if self.was_late else f"status {self.status}"

    def read(self, told: session.Tell) -> bool:
        """Read what it told, and pass it on; return whether it is still open."""
        found = os.read(self.pipe, 1 << 16)
        *lines, self._rest = (self._rest + found).split(b"\n")
        for line in lines:
            self.events.append(json.loads(line))
            told(self.events[-1])
        return bool(found)

    @property
    def is_late(self) -> bool:
        """Whether its current test has taken too long by the clock on the wall."""
        limit, at = _LEAST_WALL, self.began
        if self.events:
            at = self.events[-1]["at"]
            limit = max(limit, _WALL_FACTOR * self.events[-1].get("limit", 0.0))
        return time.monotonic() - at > limit

    def end(self, *, kill: bool) -> None:
        """Wait for its end, or kill it, with everything that it started; remove its files."""
        if kill:
            self._kill()
        _, status, usage = os.wait4(self.pid, 0)
        self._kill()
        self.cpu = usage.ru_utime + usage.ru_stime
        self.status = os.waitstatus_to_exitcode(status)
        os.close(self.pipe)
        with suppress(OSError):
            self.output = (self.scratch / "output").read_text(errors="replace")[-4000:]
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _kill(self) -> None:
        for kill in (os.killpg, os.kill):
            with suppress(ProcessLookupError, PermissionError):
                kill(self.pid, signal.SIGKILL)


def preload(names: Iterable[str]) -> None:
    """Import modules of others, so that no child has to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            with suppress(Exception):
                importlib.import_module(name)


def run_all(
    jobs: Iterable[T],
    work: Callable[[T, session.Tell, Path], None],
    root: Path,
    count: int,
    deadline: float = float("inf"),
    told: session.Tell = lambda _: None,
) -> Iterator[Child[T]]:
    """Run a job in each of so many children at a time; yield those that ended, and pass on what they tell.

    At the deadline no further job begins, and those that run are abandoned.
    """
    waiting = iter(jobs)
    running: dict[int, Child[T]] = {}
    with selectors.DefaultSelector() as selector:
        try:
            while True:
                free = 0 if time.monotonic() >= deadline else count - len(running)
                for job in islice(waiting, free):
                    child = _start(job, work, root)
                    running[child.pipe] = child
                    selector.register(child.pipe, selectors.EVENT_READ)
                if not running or time.monotonic() >= deadline:
                    return
                ready = {key.fd for key, _ in selector.select(timeout=1.0)}
                for child in [*running.values()]:
                    child.was_late = child.pipe not in ready and child.is_late
                    if child.was_late or (child.pipe in ready and not child.read(told)):
                        selector.unregister(child.pipe)
                        del running[child.pipe]
                        child.end(kill=child.was_late)
                        yield child
        finally:
            for child in running.values():
                child.end(kill=True)


def _start(job: T, work: Callable[[T, session.Tell, Path], None], root: Path) -> Child[T]:
    scratch = Path(tempfile.mkdtemp(prefix="mutant-"))
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(job, pid, reading, scratch, time.monotonic())
    status = 1
    try:
        os.close(reading)
        tell = session.teller(writing)
        session.isolate(root, scratch)
        work(job, tell, scratch)
        tell({"done": True})
        status = 0
    except BaseException:  # noqa: BLE001 (whatever it is, the child must not run the parent's code)
        with suppress(BaseException):
            traceback.print_exc()
    finally:
        os._exit(status)
    raise AssertionError
