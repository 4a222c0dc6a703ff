"""Arguments that no schema allows, for every operation of every API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from openapi_fuzz import Target, argument_tests

HERE = Path(__file__).parent
SPECS = sorted((HERE.parents[1] / "openapi").glob("*.yaml"))


def refuse(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"{request.method} {request.url.path} reaches a server that there is no need of")


def target(spec: Path, client: str) -> Target:
    return Target(spec, client, mock=lambda: httpx.MockTransport(refuse))


TestArguments = argument_tests(*(target(spec, f"{spec.stem}_client") for spec in SPECS))


@pytest.mark.parametrize("name", ["garden", "uploads"])
def test_arguments_of_any_api_are_checked(name: str, generate_client: Callable[[Path], str]) -> None:
    spec = HERE / "specs" / f"{name}.yaml"
    made = target(spec, generate_client(spec))
    tests = argument_tests(made)()
    for operation_id in made.document.operations:
        tests.test_what_is_checked_is_refused_and_all_else_is_sent_or_raises(made, operation_id)
        tests.test_an_argument_that_is_left_out_is_missed(made, operation_id)
        tests.test_options_of_a_call_are_its_own(made, operation_id)
