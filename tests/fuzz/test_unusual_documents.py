"""Unusual documents are fuzzed as by their users: each with its client, its mock and every class of tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.pipeline import Folders, generate

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SPECS = sorted((HERE / "specs" / "unusual").glob("*.yaml"))
TESTS = """
from pathlib import Path

from openapi_fuzz import (
    Target, argument_tests, fuzz_tests, metadata_tests, model_tests, response_tests,
)
from openapi_mock import Mock

SPEC = Path({spec!r})
TARGET = Target(SPEC, "{name}_client", mock=lambda: Mock.from_file(SPEC))

TestFuzzing = fuzz_tests(TARGET)
TestResponses = response_tests(TARGET)
TestArguments = argument_tests(TARGET)
TestModels = model_tests(TARGET)
TestMetadata = metadata_tests(TARGET)
"""


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_a_document_is_fuzzed_without_a_false_alarm(spec: Path, tmp_path: Path) -> None:
    generate(
        Folders(spec.parent, tmp_path, ROOT / "generated" / "ruff.toml"), [spec.stem], lambda *_, **__: None
    )
    (tmp_path / "test_it.py").write_text(TESTS.format(spec=str(spec), name=spec.stem), encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--fuzz-examples",
            "10",
            "test_it.py",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
