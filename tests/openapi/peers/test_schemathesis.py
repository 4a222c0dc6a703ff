# ruff: noqa: S603 (what is run is schemathesis)
"""`st run`, from outside and with nothing but a document, finds its way along the document's links."""

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
    # What the examples have brought to light is what schemathesis goes on with.
    *("--phases", "examples,stateful", "--mode", "positive", "--max-examples", "100"),
    # An interval that ends before it begins is refused, which no schema can say.
    *("--exclude-checks", "positive_data_acceptance"),
)
# It chooses by chance where to go next: once is mostly enough to have been everywhere.
SEEDS = range(1, 6)


def headers(api: str, host: str) -> list[str]:
    """What a person gives `st run` along: a token of the app, where the API has tokens."""
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
    """The document's own links, named as schemathesis names them."""
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
    """Run it in a folder of its own. The result is what it said; the folder holds its report."""
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
    # Beside them are those that schemathesis infers by itself.
    selected = re.search(r"API Links: +\d+ covered / (\d+) selected", said)
    assert selected, said
    assert len(followed) >= 0.75 * int(selected[1])
