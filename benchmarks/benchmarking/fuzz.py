"""Cases that the fuzzing generates, sends and judges, beside those of schemathesis' own command."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final

from .measuring import OURS, Effort, Result, Row, take_turns
from .places import ROOT, environment
from .processes import ProcessError
from .server import Served, access_token
from .workers import Task, Worker

NAME: Final = "fuzz-cases"
ROWS: Final = (Row(NAME, "fuzzing, cases by the clock on two cores", per_second=True),)

_PEER: Final = "st run"
_PROCESSES: Final = 2
_CASES: Final = 150
_RUNS_OF_ONE: Final = 5
_OPERATIONS: Final = ("getLeaderboard", "getScore", "setAppData")
_DOCUMENT: Final = ROOT / "openapi" / "kws.yaml"


def measured(effort: Effort, names: frozenset[str], _stock: Path) -> Iterator[Result]:
    """Yield what the row comes to, unless time is short."""
    if NAME not in names or effort.is_short:
        return
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker("fuzz:harness")) for _ in range(_PROCESSES)]
        served = stack.enter_context(Served("mock", str(_DOCUMENT)))
        for each in workers:
            each.work(NAME)(1)
        turns = {OURS: partial(_ours, workers), _PEER: partial(_peer, served.url)}
        yield Result(ROWS[0], take_turns(turns, max(1, effort.runs // _RUNS_OF_ONE)))


def _ours(workers: list[Worker]) -> float:
    """Return the seconds for a case, of processes that work side by side."""
    threads = [threading.Thread(target=each.work(NAME), args=(_CASES,)) for each in workers]
    began = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return (time.perf_counter() - began) / (_CASES * len(_OPERATIONS) * len(workers))


def _peer(url: str) -> float:
    """Return the seconds for a case of schemathesis' own command, without the time that it takes to begin."""
    limits = (
        "--phases",
        "fuzzing",
        "--workers",
        str(_PROCESSES),
        "--max-examples",
        str(_CASES),
        "--seed",
        "1",
    )
    chosen = [word for each in _OPERATIONS for word in ("--include-operation-id", each)]
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", str(_DOCUMENT), "--url", url]
    header = f"Authorization: Bearer {access_token()}"
    done = subprocess.run(
        [*command, *limits, *chosen, "--no-color", "--header", header],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_use_all_cores,
    )
    seconds = re.search(r"Fuzzing \(in ([0-9.]+)s\)", done.stdout)
    cases = re.search(r"([0-9]+) generated", done.stdout)
    if seconds is None or cases is None:
        raise ProcessError(f"schemathesis failed: {done.stdout[-500:]}{done.stderr[-500:]}")
    return float(seconds[1]) / int(cases[1])


def _use_all_cores() -> None:
    """Have this process run on all cores: on one, what works side by side would take turns."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


def harness() -> Mapping[str, Task]:
    """The harness, with the target and the model of KWS."""
    from schemathesis import Case

    from openapi_fuzz import Target, cases
    from openapi_fuzz.fuzzer import Fuzzer
    from openapi_fuzz.packages import import_package
    from openapi_fuzz.report import Coverage

    _use_all_cores()
    # As the plugin for pytest does.
    gc.freeze()
    # What is known of an API for its fuzzing stands with the tests.
    target: Target = import_package(ROOT / "tests" / "fuzz" / "kws", "fuzz_kws").target(_DOCUMENT)

    def task(calls: int) -> int:
        sent = 0
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=calls, phases=["fuzzing"])
        with Fuzzer(target, Coverage()) as fuzzer:

            def check(case: Case[Any]) -> None:
                nonlocal sent
                sent += 1
                fuzzer.check(case)

            for operation in _OPERATIONS:
                cases.run(schema, target.document.operations[operation].label, check)
        return sent

    return {NAME: task}
