"""The plugin of pytest, which is loaded wherever the package is installed."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

pytest_plugins = ["pytester"]

COUNT = """
def test_count(fuzz_session):
    fuzz_session.coverage.register("garden", ["addPlant"])
    fuzz_session.coverage.expect("garden", "addPlant")
    fuzz_session.coverage.hits["garden", "addPlant", "sync", 201, True] += 3
    {}
"""


def test_nothing_that_fuzzing_needs_is_imported_before_it_is_used() -> None:
    code = "import sys, openapi_fuzz.plugin; print({'schemathesis', 'httpx'} & {*sys.modules})"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own)
    assert done.stdout == "set()\n"


def run(pytester: pytest.Pytester, code: str, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(code)
    return pytester.runpytest_inprocess("-p", "no:asyncio", *arguments)


def test_a_run_in_which_an_operation_never_succeeds_fails(pytester: pytest.Pytester) -> None:
    result = run(pytester, COUNT.format("pass"))
    result.assert_outcomes(passed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "garden, responses by status *201*sync*async*raw",
            "addPlant *3*3*·*·",
            "0 of 1 operations succeeded through the client, sync and async",
            "  addPlant: no success through the client, async",
        ]
    )


def test_workers_share_a_seed_and_add_up_what_they_reached(pytester: pytest.Pytester) -> None:
    code = COUNT.format(
        "fuzz_session.coverage.hits['garden', 'addPlant', 'async', fuzz_session.seed, True] += 1"
    )
    pytester.makepyfile(test_one=code, test_two=code)
    result = pytester.runpytest_subprocess(
        "-p", "no:asyncio", "-p", "no:randomly", "-n", "2", "--fuzz-seed", "207"
    )
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["addPlant *6*2*6*2*·", "1 of 1 operations *", "*--fuzz-seed=207"])


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (("--fuzz-seed", "7", "--fuzz-examples", "10"), {"FUZZ_SEED": "8", "FUZZ_EXAMPLES": "4"}, (7, 5)),
        ((), {"FUZZ_SEED": "8", "FUZZ_EXAMPLES": "4"}, (8, 2)),
        (("-p", "randomly", "-p", "no:randomly"), {}, (None, 20)),
    ],
)
def test_an_option_comes_before_the_environment(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    expected: tuple[int | None, int],
) -> None:
    for name in ("FUZZ_SEED", "FUZZ_EXAMPLES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    seed, examples = expected
    code = f"""
def test_settings(fuzz_session):
    assert fuzz_session.examples == {examples}
    assert fuzz_session.seed == {seed} or {seed} is None
"""
    run(pytester, code, *arguments).assert_outcomes(passed=1)


@pytest.mark.parametrize("name", ["FUZZ_SEED", "FUZZ_EXAMPLES"])
def test_a_variable_that_is_no_number_is_named(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "many")
    result = pytester.runpytest_inprocess("-p", "no:asyncio")
    result.stderr.fnmatch_lines([f"*{name} has to be a whole number, not 'many'"])


def test_failures_are_kept_only_in_a_folder(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess("-p", "no:asyncio", "--fuzz-pin")
    result.stderr.fnmatch_lines(["*--fuzz-pin needs a folder: set fuzz_examples_dir*"])


def test_a_failure_says_how_to_reproduce_it(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_fails(fuzz_session):\n    assert False\n", "--fuzz-seed", "11")
    result.stdout.fnmatch_lines(["reproduce with: --fuzz-seed=11"])


def test_a_run_that_counts_nothing_prints_no_table(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_passes():\n    pass\n")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("*fuzz*")


ROUNDS = """
import time
import pytest

@pytest.mark.fuzz_rounds
def test_a_rounds(fuzz_session):
    seeds = []
    for seed in fuzz_session.seeds():
        seeds.append(seed)
        time.sleep(0.01)
    print("seeds", len(seeds), len(set(seeds)), seeds[0])

def test_b_first(fuzz_session):
    pass

def test_c_the_same_in_every_run():
    pass
"""


def test_what_has_time_left_goes_on_with_further_seeds_after_everything_else(
    pytester: pytest.Pytester,
) -> None:
    arguments = ("--fuzz-seconds", "7", "--fuzz-seed", "5", "-v", "-s", "-p", "no:randomly")
    result = run(pytester, ROUNDS, *arguments)
    result.assert_outcomes(passed=2, deselected=1)
    output = result.stdout.str()
    assert output.index("test_b_first") < output.index("test_a_rounds")
    (line,) = [each for each in output.splitlines() if "seeds " in each]
    count, distinct, first = (int(each) for each in line.partition("seeds ")[2].split())
    assert count == distinct >= 3
    assert first == 5


def test_without_a_limit_there_is_one_round(pytester: pytest.Pytester) -> None:
    run(pytester, ROUNDS, "-s", "--fuzz-seed", "5").stdout.fnmatch_lines(["*seeds 1 1 5*"])


def test_what_comes_too_late_is_skipped_and_counted(pytester: pytest.Pytester) -> None:
    code = """
import time

def test_a(fuzz_session):
    fuzz_session.coverage.register("garden", ["addPlant"])
    fuzz_session.coverage.hits["garden", "addPlant", "sync", 201, True] += 1
    time.sleep(2.1)

def test_b():
    assert False
"""
    result = run(pytester, code, "--fuzz-seconds", "7", "-p", "no:randomly")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["1 tests had no time; --fuzz-seconds gives them more"])


def test_progress_stands_in_place_of_dots(pytester: pytest.Pytester) -> None:
    code = (
        "import pytest\ndef test_one(): pass\ndef test_two(): assert False\ndef test_three(): pytest.skip()"
    )
    result = run(pytester, code, "--fuzz-progress", "-q", "-p", "no:randomly")
    result.assert_outcomes(passed=1, failed=1, skipped=1)
    result.stdout.fnmatch_lines(["failed: test_two"])
    assert result.outlines[0] == "failed: test_two"


def test_what_oracles_judge_is_counted_where_nothing_else_is(pytester: pytest.Pytester) -> None:
    code = """
from openapi_fuzz.oracles.tally import oracle

@oracle
def check_small(number):
    'Numbers are small.'

def test_numbers():
    for number in range(1204):
        check_small(number)
"""
    pytester.makepyfile(code)
    pytester.runpytest_subprocess("-p", "no:asyncio", "-n", "1", "--fuzz-report", "page.html")
    page = (pytester.path / "page.html").read_text(encoding="utf-8")
    row = page[page.index("Numbers are small.") :]
    assert row[: row.index("</tr>")].count(">1,204<") == 1


FINDING = """
from openapi_fuzz.findings.finding import Finding

def test_finds(fuzz_session):
    import pathlib
    fuzz_session.coverage.register("garden", ["addPlant"])
    fuzz_session.coverage.hits["garden", "addPlant", "sync", 500, False] += 1
    pin = {"steps": [{"operation": "addPlant"}]}
    fuzz_session.coverage.findings.append(
        Finding("test_finds", "wrong <b>", "garden", ["addPlant"], ["curl -X POST"], "print(1)", pin)
    )
"""


def test_the_page_is_written_and_its_path_printed_last(pytester: pytest.Pytester) -> None:
    result = run(pytester, FINDING, "--fuzz-report", "build/page.html", "-q")
    page = (pytester.path / "build" / "page.html").read_text(encoding="utf-8")
    assert "wrong &lt;b&gt;" in page
    assert "curl -X POST" in page
    assert [line for line in result.outlines if line][-1] == "report: build/page.html"


def test_findings_are_kept_where_that_is_asked_for(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nfuzz_examples_dir = kept")
    run(pytester, FINDING)
    assert not (pytester.path / "kept").exists()
    pytester.makepyfile(test_two=FINDING)
    result = pytester.runpytest_subprocess("-p", "no:asyncio", "-n", "2", "--fuzz-pin")
    result.stdout.fnmatch_lines(["failures are kept, and tried first from now on: *kept*garden.json"])
    (pin,) = json.loads((pytester.path / "kept" / "garden.json").read_text(encoding="utf-8"))
    assert pin == {"found": "wrong <b>", "steps": [{"operation": "addPlant"}]}


@pytest.mark.parametrize("before", [(), ("-p", "shelf.books")], ids=["", "imported before"])
def test_lines_that_ran_are_measured_in_all_workers(
    pytester: pytest.Pytester, before: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(pytester.path))
    package = pytester.mkpydir("shelf")
    (package / "books.py").write_text("def lend():\n    return 1\n\n\ndef sell():\n    return 2\n", "utf-8")
    code = COUNT.format("from shelf import books; assert books.lend()")
    pytester.makepyfile(code)
    arguments = (
        "-p",
        "no:asyncio",
        *before,
        "-n",
        "1",
        "--fuzz-lines",
        "shelf",
        "--fuzz-report",
        "page.html",
    )
    pytester.runpytest_subprocess(*arguments)
    page = (pytester.path / "page.html").read_text(encoding="utf-8")
    row = page[page.index("shelf.books") :]
    assert row[: row.index("</tr>")].count("75.0%") == 1
    assert ">6</td>" in row
