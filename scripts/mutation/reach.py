"""Which tests run which lines, and which operations: one run of the tests, kept until a source changes."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import coverage
import pytest

from . import session
from .children import Child, run_all
from .groups import FOLDERS, hash_of_sources

EXAMPLES: Final = 2
"""FUZZ_EXAMPLES of the run that finds out; few tests reach more with more of them."""

LONGEST: Final = 1.0
"""After so many seconds of CPU time no more is recorded of a test: most that it reaches, it reaches soon."""

LONGEST_OF_FIRST: Final = 10.0
"""The same for the first test of each function, which tells what the others come to later."""

_LIMIT: Final = 20.0
_ATTEMPTS: Final = 3
"""How often tests are run that end early: one that is cut at a bad moment may wait forever."""

LEFT_OUT: Final[Mapping[str, str]] = {
    "TestFaultDetection": "plants faults of its own, to test the fuzzing",
    "test_plugin.py": "tests the plugin, in processes that no mutant gets into",
    "test_report.py": "tests the report",
}
"""Parts of tests' ids that are not run, and why."""


@dataclass(frozen=True)
class Reach:
    """What one run of the tests showed.

    Attributes:
        tests: The ids of the tests, in order.
        seconds: The CPU time of each.
        lines: The tests that ran a line, by file and line; an operation counts as a line of its document.
        failed: The tests that fail without any mutant, and how.
        long: The tests of which not everything was recorded, or nothing.
        modules: The modules of others that the tests import.
    """

    tests: list[str]
    seconds: list[float]
    lines: dict[str, dict[str, list[int]]]
    failed: dict[str, str]
    long: list[str]
    modules: list[str]

    def running(self, file: str, lines: Collection[str]) -> set[int]:
        """Return the tests that run any of these lines."""
        found = self.lines.get(file, {})
        return {test for line in lines for test in found.get(line, ())}


def find(
    root: Path, folder: Path, jobs: int, progress: Callable[[str, int, int], None], most: int | None = None
) -> Reach:
    """Return what tests reach; taken from the last run if no source has changed since.

    With `most`, no more tests of each function are recorded than that, unless all of them are already.
    """
    sources = hash_of_sources(root)
    whole, part = folder / f"reach-{sources}.json", folder / f"reach-{sources}-{most}.json"
    kept = whole if most is None or whole.exists() else part
    if not kept.exists():
        for old in {*folder.glob("reach-*.json")} - {part}:
            old.unlink()
        found = _measure(root, folder, jobs, progress, most)
        unfinished = kept.with_suffix(".new")
        unfinished.write_text(json.dumps(vars(found)), encoding="utf-8")
        unfinished.rename(kept)
    return Reach(**json.loads(kept.read_text(encoding="utf-8")))


def function_of(test: str) -> str:
    """Return the id of a test without its parameters."""
    return test.partition("[")[0]


def spread(tests: Sequence[str], most: int) -> list[str]:
    """Return at most so many tests of each function, as far apart as they are."""
    by_function: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        by_function[function_of(test)].append(test)
    return [test for each in by_function.values() for test in each[:: -(-len(each) // most)]]


def _measure(
    root: Path, folder: Path, jobs: int, progress: Callable[[str, int, int], None], most: int | None
) -> Reach:
    (collected,) = run_all([None], lambda _, tell, __: _collect(tell), root, 1)
    names = [event for event in collected.events if "tests" in event]
    if not names or collected.status:
        raise SystemExit(f"the tests cannot be collected:\n{collected.output}")
    tests: list[str] = names[0]["tests"]
    recorded = tests if most is None else spread(tests, most)
    unknown = sorted({*tests} - {*recorded})
    found = Reach(tests, [0.0] * len(tests), {}, {}, unknown, names[0]["modules"])
    index = {test: number for number, test in enumerate(tests)}
    sources = hash_of_sources(root)
    kept = {_share_file(folder, sources, share): share for share in _shares(recorded, jobs)}
    longer = frozenset(spread(tests, 1)) if most is None else frozenset[str]()
    ended: set[str] = set()

    def told(event: dict[str, Any]) -> None:
        ended.update(index.keys() & {event.get("ended")})
        progress("finding out which tests reach what", len(ended), len(recorded))

    def work(job: Path, tell: session.Tell, _: Path) -> None:
        _record(root, job, kept[job], longer, tell)

    for attempt in range(_ATTEMPTS):
        # Those of a run that was stopped are there already.
        for child in run_all([path for path in kept if not path.exists()], work, root, jobs, told=told):
            if (wrong := _keep(child)) and attempt == _ATTEMPTS - 1:
                raise SystemExit(wrong)
    for path in kept:
        _add(found, index, json.loads(path.read_text(encoding="utf-8")))
    for path in folder.glob("share-*.json*"):
        path.unlink()
    return found


def _share_file(folder: Path, sources: str, share: Sequence[str]) -> Path:
    digest = hashlib.sha256("\n".join((sources, *share)).encode()).hexdigest()[:16]
    return folder / f"share-{digest}.json"


def _keep(child: Child[Path]) -> str:
    """Put what a child told beside the lines that it has written; return what is wrong if it ended early."""
    written = child.job.with_suffix(".json.new")
    if child.status or not written.exists():
        last = next((event["test"] for event in reversed(child.events) if "test" in event), "no test")
        return f"the tests end early ({child.reason}), without any mutant, in {last}:\n{child.output}"
    lines = json.loads(written.read_text(encoding="utf-8"))
    written.write_text(json.dumps({"lines": lines, "events": child.events}), encoding="utf-8")
    written.rename(child.job)
    return ""


def _shares(tests: Sequence[str], jobs: int) -> Iterator[list[str]]:
    """Split the tests into a few shares for each job, with as few files in each as possible."""
    size = max(1, -(-len(tests) // (jobs * 8)))
    for start in range(0, len(tests), size):
        yield list(tests[start : start + size])


def _add(found: Reach, index: Mapping[str, int], share: Mapping[str, Any]) -> None:
    for event in share["events"]:
        test = event.get("ended")
        if test not in index:
            continue
        found.seconds[index[test]] = event["cpu"]
        if event["cut"]:
            found.long.append(test)
        elif event["failure"]:
            found.failed[test] = event["failure"]
    for file, lines in share["lines"].items():
        of_file = found.lines.setdefault(file, {})
        for line, tests in lines.items():
            of_file.setdefault(line, []).extend(index[test] for test in tests if test in index)


# ---- In a child


def _collect(tell: session.Tell) -> None:
    class Listed:
        tests: Sequence[str] = ()

        def pytest_collection_finish(self, session: pytest.Session) -> None:
            self.tests = [each.nodeid for each in session.items]

    listed = Listed()
    if session.run((), listed, ["--collect-only"]):
        raise RuntimeError("not everything can be collected")
    tests = [each for each in listed.tests if not any(part in each for part in LEFT_OUT)]
    tell({"tests": tests, "modules": [*_modules_of_others()]})


def _modules_of_others() -> Iterator[str]:
    for name, module in [*sys.modules.items()]:
        file = getattr(module, "__file__", None) or ""
        if "site-packages" in file or "/lib/python" in file:
            yield name


class _Recorder(session.Session):
    """Switches the context of the coverage with each test."""

    stops_at_failure = False

    def __init__(self, recorded: coverage.Coverage, operations: _Operations, *args: Any) -> None:
        super().__init__(*args)
        self._recorded = recorded
        self._operations = operations

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Begin the context of a test."""
        self._recorded.switch_context(item.nodeid)
        self._operations.test = item.nodeid
        return (yield)


class _Operations:
    """Which tests have an operation of a document in `openapi/` served."""

    def __init__(self, root: Path) -> None:
        self.test = ""
        self.served: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._root = root

    def plant(self) -> None:
        from . import faults  # noqa: PLC0415 (imports the mock, which may be mutated elsewhere)

        faults.for_endpoints(
            lambda mock: Path(mock.document.source).parent == self._root / "openapi", self._watch
        )

    def _watch(self, mock: Any, endpoint: Any) -> None:
        sound = endpoint.respond
        served = self.served[Path(mock.document.source).relative_to(self._root).as_posix()]

        def respond(*args: Any) -> Any:
            served[endpoint.operation.id].add(self.test)
            return sound(*args)

        endpoint.respond = respond


def _record(root: Path, share: Path, tests: list[str], longer: Collection[str], tell: session.Tell) -> None:
    os.environ["FUZZ_EXAMPLES"] = str(EXAMPLES)
    # The other ways to record lines cannot switch contexts.
    os.environ["COVERAGE_CORE"] = "ctrace"
    recorded = coverage.Coverage(
        data_file=None, config_file=False, source=[str(root / each) for each in FOLDERS], messages=False
    )
    operations = _Operations(root)
    recorded.start()
    operations.plant()

    def longest(test: str) -> float:
        return LONGEST_OF_FIRST if test in longer else LONGEST

    every = _Recorder(recorded, operations, tests, tell, float("inf"), _limit, longest)
    session.stop_at_first_failure()
    session.run(tests, every, ["--fuzz-seed=0"])
    recorded.stop()
    lines = {**_lines(recorded, root), **operations.served}
    text = json.dumps(lines, default=sorted)
    share.with_suffix(".json.new").write_text(text, encoding="utf-8")


def _limit(_: str) -> float:
    return _LIMIT


def _lines(recorded: coverage.Coverage, root: Path) -> dict[str, dict[str, Iterable[str]]]:
    data = recorded.get_data()
    return {
        Path(file).relative_to(root).as_posix(): {
            str(line): contexts for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
