"""An operation that asks for credentials answers nobody who has none, or wrong ones."""

from typing import Any

import cases
import httpx
import pytest
from fuzzer import Fuzzer
from reached import Coverage
from schemathesis import Case
from targets import Operation, Target, targets
from wire import reference, to_httpx

from openapi_mock import MockTransport

SECURED = [
    pytest.param(target, operation, id=f"{target}-{operation.id}")
    for target in targets()
    for operation in target.operations.values()
    if operation.needs_credentials
]
# A mock without a behaviour lets in whoever shows anything.
NONE_OR_WRONG = (None, "Bearer made-up", "Basic bWFkZTp1cA==", "made-up")


@pytest.mark.parametrize(("api", "operation"), SECURED)
def test_credentials_are_asked_for(api: Target, operation: Operation) -> None:
    schema = cases.load(api, seed=cases.FIXED_SEED, examples=5, mode="positive")
    with (
        Fuzzer(api, Coverage()) as fuzzer,
        httpx.Client(transport=MockTransport(fuzzer.channel.mock)) as http,
    ):

        def refused(case: Case[Any]) -> None:
            for wrong in NONE_OR_WRONG if api.has_mock else (None,):
                request = to_httpx(reference(case))
                if wrong is not None:
                    request.headers["authorization"] = wrong
                answer = http.send(request)
                assert answer.status_code == 401, f"{wrong!r} is answered {answer.status_code}"
                assert answer.headers["www-authenticate"]

        cases.run(schema, operation.label, refused)
