"""Any document that the command serves is served as it says: schemathesis' own command asks from outside."""

import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

import openapi_mock
import openapi_reader

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "specs"
CHECKS = (
    "not_a_server_error",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
STANDARD = ["--checks", ",".join(CHECKS)]
# What is asked of each; a path that is not at the URL of the others is left out.
DOCUMENTS = {
    ROOT / "tests" / "mock" / "openapi_mock" / "specs" / "harbour.yaml": [
        *("--checks", ",".join((*CHECKS, "status_code_conformance"))),
        *("--header", "Authorization: Digest made-up"),
    ],
    HERE / "garden.yaml": [*STANDARD, "--exclude-path", "/weather"],
    HERE / "uploads.yaml": STANDARD,
    # Without the control of every mock, which is served at the place of any other document's.
    **{path: STANDARD for path in sorted((ROOT / "openapi").glob("*.yaml")) if path.stem != "mock_control"},
}
COMMAND = [str(Path(sys.executable).with_name("schemathesis"))]


@contextmanager
def served(document):
    """Serve a document, without any behaviour, and yield its base URL."""
    paths = (str(Path(each.__file__).parents[1]) for each in (openapi_mock, openapi_reader))
    process = subprocess.Popen(  # noqa: S603  # the command under test
        [sys.executable, "-m", "openapi_mock", "serve", str(document), "--port", "0"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    rest = threading.Thread(target=process.stdout.read, daemon=True)
    try:
        found = (re.match(r"Serving on (\S+)", line) for line in process.stdout)
        url = next(match.group(1) for match in found if match)
        rest.start()
        yield url
    finally:
        process.terminate()
        assert process.wait(20) == 0
        rest.join(10)
        process.stdout.close()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_operation_of_a_document_is_answered_as_documented(document, tmp_path):
    # Of another name, so that no behaviour is found.
    third = tmp_path / "third.yaml"
    third.write_bytes(document.read_bytes())
    with served(third) as url:
        limits = ["--phases", "examples,coverage", "--seed", "1", "--no-color"]
        done = subprocess.run(  # noqa: S603  # of the environment under test
            [*COMMAND, "run", str(third), "--url", url, *limits, *DOCUMENTS[document]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
