"""The plugin of pytest, which is loaded wherever the package is installed."""

import subprocess
import sys

import pytest

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


def test_a_failure_says_how_to_have_it_again(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_fails(fuzz_session):\n    assert False\n", "--fuzz-seed", "11")
    result.stdout.fnmatch_lines(["again with: --fuzz-seed=11"])


def test_a_run_that_counts_nothing_prints_no_table(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_passes():\n    pass\n")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("*fuzz*")
