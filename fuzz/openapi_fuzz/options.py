"""Options of a fuzzing run, and what they and the environment come to."""

from __future__ import annotations

import os
import random
import re
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

import pytest

_SHARED: Final = "openapi_fuzz_shared"
_FEW: Final = 40
_TO_REPORT: Final = 5.0


@dataclass(frozen=True)
class Shared:
    """What all processes of a run have in common.

    Attributes:
        seed: Chooses the data that differ from run to run.
        workers: How many processes there are.
        began: When the run began.
        ends: When it has to be over; None if it takes as long as it takes.
    """

    seed: int
    workers: int
    began: float
    ends: float | None

    @classmethod
    def of(cls, config: pytest.Config) -> Self:
        """Return what the main process settled, or settle it."""
        given: dict[str, Any] | None = getattr(config, "workerinput", {}).get(_SHARED)
        if given is not None:
            return cls(**given)
        now = time.time()
        seconds: float | None = config.getoption("--fuzz-seconds") or None
        ends = None if seconds is None else now + max(1.0, seconds - _TO_REPORT)
        workers = len(getattr(config.option, "tx", None) or ()) or 1
        return cls(_seed(config), workers, now, ends)

    def hand_to(self, node: Any) -> None:
        """Give a worker of pytest-xdist what the main process settled."""
        node.workerinput[_SHARED] = asdict(self)


def add_options(parser: pytest.Parser) -> None:
    """Add the options."""
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
        help="the seed of the other half; that of an earlier run repeats it "
        "(default: FUZZ_SEED, or a new one)",
    )
    group.addoption(
        "--fuzz-seconds",
        type=float,
        metavar="SECONDS",
        help="how long the run takes: what has time left goes on with further seeds, and tests that come too "
        "late are skipped (default: as long as it takes with one seed)",
    )
    group.addoption("--fuzz-progress", action="store_true", help="show progress in place of dots")
    group.addoption("--fuzz-report", type=Path, metavar="FILE.html", help="write what was reached as a page")
    group.addoption(
        "--fuzz-lines",
        metavar="PACKAGE,…",
        help="measure which lines of these packages run, for the page (needs coverage)",
    )
    group.addoption(
        "--fuzz-pin",
        action="store_true",
        help="keep failures in the folder of the setting fuzz_examples_dir, where later runs try them first",
    )
    group.addoption(
        "--fuzz-examples-dir",
        type=Path,
        metavar="FOLDER",
        help="folder of kept failures, in place of the setting fuzz_examples_dir",
    )
    parser.addini("fuzz_examples_dir", "folder of failures that were found, which are tried first", "string")


def examples(config: pytest.Config) -> int:
    """Return how many cases are generated for each operation with one seed: half of what is asked for."""
    asked = config.getoption("--fuzz-examples") or _from_environment("FUZZ_EXAMPLES") or _FEW
    return max(1, asked // 2)


def examples_dir(config: pytest.Config) -> Path | None:
    """Return the folder of failures that are kept, if there is one."""
    given: Path | None = config.getoption("--fuzz-examples-dir")
    if given is not None:
        return given
    configured = str(config.getini("fuzz_examples_dir"))
    return config.rootpath / configured if configured else None


def packages(config: pytest.Config) -> list[str]:
    """Return the packages whose lines are measured."""
    return re.findall(r"[\w.]+", config.getoption("--fuzz-lines") or "")


def is_worker(config: pytest.Config) -> bool:
    """Return whether this process is a worker of pytest-xdist."""
    return hasattr(config, "workerinput")


def has_workers(config: pytest.Config) -> bool:
    """Return whether workers of pytest-xdist run the tests."""
    return not is_worker(config) and bool(getattr(config.option, "tx", None))


def _seed(config: pytest.Config) -> int:
    """Return the seed of the option, the environment or pytest-randomly, or a new one."""
    given = (
        config.getoption("--fuzz-seed"),
        _from_environment("FUZZ_SEED"),
        getattr(config.option, "randomly_seed", None),
    )
    found = next((each for each in given if each is not None and str(each).isdecimal()), None)
    return random.SystemRandom().getrandbits(32) if found is None else int(found)


def _from_environment(name: str) -> int | None:
    """Return the whole number in an environment variable; None if there is none."""
    text = os.environ.get(name) or None
    if text is not None and not (text.isascii() and text.isdecimal()):
        raise pytest.UsageError(f"{name} has to be a whole number, not {text!r}")
    return None if text is None else int(text)
