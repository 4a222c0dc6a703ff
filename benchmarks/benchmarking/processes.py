"""Processes of their own: modules that answer line by line, and commands whose CPU time is known."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final, Self

from .places import environment

_LONGEST_S: Final = 120.0


class ProcessError(Exception):
    """A process failed, or took too long."""


class Child:
    """A module of this package in a process of its own, which ends with the block.

    Args:
        module: The module.
        *arguments: Its arguments.
        further: Folders that it imports from, besides those of the checkout.
    """

    def __init__(self, module: str, *arguments: str, further: Sequence[Path] = ()) -> None:
        self._name = " ".join((module, *arguments))
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"benchmarking.{module}", *arguments],
            env=environment(*further),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, line: str) -> str:
        """Tell a line and return the answer. Raises ProcessError."""
        pipe = _open(self._process.stdin)
        try:
            pipe.write(f"{line}\n")
            pipe.flush()
        except BrokenPipeError:
            raise ProcessError(f"{self._name} has ended") from None
        return self.listen()

    def listen(self) -> str:
        """Return the next line. Raises ProcessError."""
        timer = threading.Timer(_LONGEST_S, self._process.kill)
        timer.start()
        try:
            line = _open(self._process.stdout).readline()
        finally:
            timer.cancel()
        if not line:
            raise ProcessError(f"{self._name} failed, or took longer than {_LONGEST_S:.0f} s")
        return line.strip()


def say(line: str) -> None:
    """Tell whoever started this process a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def keep_to_one_core() -> None:
    """Keep this process, and those that it will start, to one core, if the system lets one choose.

    To wake another core takes as much as a small request, and how much depends on what else runs there.
    """
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def cpu_of(command: Sequence[str], folder: Path) -> float:
    """Run a command and return the seconds of CPU that it took, with the processes that it started.

    Raises:
        ProcessError: It failed; the message is what it said.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, env=environment(), cwd=folder, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise ProcessError(said.read().decode(errors="replace"))
    return usage.ru_utime + usage.ru_stime


def _open(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise ProcessError("a process has no pipe")
    return pipe
