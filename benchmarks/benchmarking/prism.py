"""Prism, where npm has installed it: a mock that checks requests, and remembers nothing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from attrs import frozen

_COMMAND: Final = ("npx", "--no-install", "prism")
_LONGEST_START_S: Final = 30.0
# The field of /proc/PID/stat behind the name of the program, as in proc(5).
_SESSION: Final = 3
_NANOSECONDS: Final = 1_000_000_000


@frozen
class Prism:
    """Prism in processes of a session of its own."""

    url: str
    session: int

    def cpu(self) -> float:
        """Return the seconds of CPU that all of its processes have taken so far."""
        return sum(_cpu_of(each) for each in self._threads()) / _NANOSECONDS

    def _threads(self) -> Iterator[Path]:
        for path in Path("/proc").glob("[0-9]*"):
            try:
                fields = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[_SESSION]) == self.session:
                yield from path.glob("task/*/schedstat")


def _cpu_of(thread: Path) -> int:
    """Return nanoseconds: `stat` has hundredths of a second, which is too much for one turn."""
    try:
        return int(thread.read_text(encoding="utf-8").split()[0])
    except OSError:
        return 0


@contextmanager
def prism(document: Path) -> Generator[Prism | None]:
    """Serve a document with Prism until the end of the block; gives None if it is not installed."""
    if not _is_installed():
        yield None
        return
    port = _free_port()
    process = subprocess.Popen(
        [*_COMMAND, "mock", "-v", "silent", "-p", str(port), str(document)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port)
        yield Prism(f"http://127.0.0.1:{port}", process.pid)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _is_installed() -> bool:
    # How much CPU its processes take is read from /proc.
    if shutil.which("npx") is None or not Path("/proc/self/schedstat").exists():
        return False
    asked = subprocess.run([*_COMMAND, "--version"], capture_output=True, check=False, timeout=60)
    return asked.returncode == 0


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


def _wait(port: int) -> None:
    deadline = time.monotonic() + _LONGEST_START_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
