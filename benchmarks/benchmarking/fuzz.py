"""Cases that the fuzzing sends, through the client and raw, and judges."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from .measuring import OURS, Effort, Result, Row, take_turns
from .places import ROOT
from .workers import Task, Worker

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "fuzz-cases"
ROWS: Final = (Row(NAME, "fuzzing, cases generated, sent and judged", per_second=True),)

_CASES: Final = 60
_RUNS_OF_ONE: Final = 5
_OPERATIONS: Final = ("getLeaderboard", "getScore", "setAppData")


def measured(effort: Effort, names: frozenset[str], _stock: Path) -> Iterator[Result]:
    """Yield what the row comes to, unless time is short."""
    if NAME not in names or effort.is_short:
        return
    with Worker("fuzz:harness") as worker:
        work = worker.work(NAME)
        work(1)
        yield Result(ROWS[0], take_turns({OURS: partial(work, _CASES)}, max(1, effort.runs // _RUNS_OF_ONE)))


def harness() -> Mapping[str, Task]:
    """The harness, with the target and the model of KWS."""
    from schemathesis import Case

    from openapi_fuzz import Target, cases
    from openapi_fuzz.fuzzer import Fuzzer
    from openapi_fuzz.report import Coverage

    target: Target = _module().target(ROOT / "openapi" / "kws.yaml")

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


def _module() -> Any:
    path = ROOT / "tests" / "fuzz" / "kws.py"
    # By its path, since the package that users import has the same name.
    found = importlib.util.spec_from_file_location("fuzz_kws", path)
    if found is None or found.loader is None:
        raise ImportError(f"there is no {path}")
    module = sys.modules[found.name] = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
