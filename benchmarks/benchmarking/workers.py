"""Processes that do one contender's work, so that none has another's modules, memory or event loop."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from .measuring import Work
from .processes import Child, say

Task: TypeAlias = Callable[[int], int]
"""Does something so many times, or a few more, and returns how often."""


class Worker(Child):
    """A process that works when it is told to, and says how much CPU that took.

    Args:
        maker: `module:function` of this package, which makes the tasks by name.
        *arguments: The function's arguments.
        further: Folders that the process imports from, besides those of the checkout.

    Attributes:
        missing: The module that the maker would need, if it is not installed.
    """

    def __init__(self, maker: str, *arguments: str, further: Sequence[Path] = ()) -> None:
        super().__init__("workers", maker, *arguments, further=further)
        self.missing: str | None = json.loads(self.listen())["missing"]

    def work(self, task: str) -> Work:
        """Return what has a task done."""
        return lambda calls: float(self.ask(f"{task} {calls}"))


@contextmanager
def hire(
    makers: Mapping[str, str], *arguments: str, further: Sequence[Path] = ()
) -> Generator[tuple[Mapping[str, Worker], Mapping[str, str]]]:
    """Start a process for each contender; gives those that can work, and what the others lack."""
    with ExitStack() as stack:
        hired = {
            name: stack.enter_context(Worker(maker, *arguments, further=further))
            for name, maker in makers.items()
        }
        missing = {name: each.missing for name, each in hired.items() if each.missing}
        yield {name: each for name, each in hired.items() if name not in missing}, missing


def main(maker: str, *arguments: str) -> None:
    """Make the tasks, then do what the lines of standard input ask for."""
    module, _, function = maker.partition(":")
    try:
        tasks: Mapping[str, Task] = getattr(import_module(f"benchmarking.{module}"), function)(*arguments)
    except ModuleNotFoundError as error:
        say(json.dumps({"missing": error.name}))
        return
    say(json.dumps({"missing": None}))
    for line in sys.stdin:
        name, calls = line.split()
        # What an earlier turn left behind is not this one's to collect.
        gc.collect()
        started = time.process_time()
        done = tasks[name](int(calls))
        say(f"{(time.process_time() - started) / done}")


if __name__ == "__main__":
    main(*sys.argv[1:])
