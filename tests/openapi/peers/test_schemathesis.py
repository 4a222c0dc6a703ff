# ruff: noqa: S603 (what is run is schemathesis)
"""`st run` follows the links of the documents."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from openapi_reader import read

OPTIONS = (
    # schemathesis continues with the results of the examples.
    *("--phases", "examples,stateful", "--mode", "positive", "--max-examples", "100"),
    # The mock refuses an interval that ends before it begins, which no schema can express.
    *("--exclude-checks", "positive_data_acceptance"),
)
# It chooses links at random; one run mostly follows all of them.
SEEDS = range(1, 6)


def headers(api: str, host: str) -> list[str]:
    """Return the options of `st run` for a token of the app, if the API has tokens."""
    if api != "kws":
        return []
    token_response = httpx.post(
        f"{host}/oauth/token",
        auth=("example-client", "made-up-secret"),
        data={"grant_type": "client_credentials"},
    )
    return ["--header", f"Authorization: Bearer {token_response.json()['access_token']}"]


def statuses(report: Path) -> Mapping[str, set[int]]:
    """Return the statuses of the responses to calls along each link."""
    found: dict[str, set[int]] = defaultdict(set)
    for line in report.read_text(encoding="utf-8").splitlines():
        recorder: Any = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for number, case in recorder.get("cases", {}).items():
            if case.get("is_transition_applied"):
                status = recorder["interactions"][number]["response"]["status_code"]
                found[case["transition"]["id"]].add(status)
    return found


def links(document: Path) -> set[str]:
    """Return the links of the document, named as by schemathesis."""
    paths = read(document).value["paths"]
    operations = {
        operation["operationId"]: (f"{method.upper()} {path}", operation)
        for path, item in paths.items()
        for method, operation in item.items()
        if method != "parameters"
    }
    return {
        f"{label} -> [{status}] {name} -> {operations[link['operationId']][0]}"
        for label, operation in operations.values()
        for status, response in operation["responses"].items()
        for name, link in response.get("links", {}).items()
    }


def run(document: Path, host: str, folder: Path, seed: int) -> str:
    """Run it in a folder of its own, which then holds its report. Return its output."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", "--no-color", str(document), "--url", host]
    report = ["--report", "ndjson", "--report-ndjson-path", str(folder / "events.ndjson")]
    done = subprocess.run(
        [*command, *headers(document.stem, host), *OPTIONS, *report, "--seed", str(seed)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_link_of_a_document_leads_to_a_success(document: Path, host: str, tmp_path: Path) -> None:
    followed, succeeded = set[str](), set[str]()
    for seed in SEEDS:
        said = run(document, host, tmp_path, seed)
        found = statuses(tmp_path / "events.ndjson")
        followed |= found.keys()
        succeeded |= {link for link, statuses in found.items() if statuses & {200, 204}}
        if links(document) <= succeeded:
            break
    assert links(document) - succeeded == set()
    # schemathesis also infers links by itself.
    selected = re.search(r"API Links: +\d+ covered / (\d+) selected", said)
    assert selected, said
    assert len(followed) >= 0.75 * int(selected[1])
