"""An operation that asks for credentials answers nobody who has none, or wrong ones."""

import cases
import pytest
from channel import is_positive
from fuzzer import Fuzzer
from openapi_mock import MockTransport
from reached import Coverage
from schemathesis import Case
from targets import Target
from wire import reference, to_httpx

import httpx


def test_credentials_are_asked_for(target: Target, operation_id: str) -> None:
    security = target.endpoints_by_id[operation_id].operation.security
    if not security or {} in security:
        pytest.skip("needs no credentials")
    with (
        Fuzzer(target, Coverage()) as fuzzer,
        httpx.Client(transport=MockTransport(fuzzer.channel.mock)) as http,
    ):
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=5, mode="positive")

        def refused(case: Case) -> None:
            assert is_positive(case)
            for wrong in (None, "Bearer made-up", "Basic bWFkZTp1cA==", "made-up"):
                request = to_httpx(reference(case))
                if wrong is not None:
                    request.headers["authorization"] = wrong
                status = http.send(request).status_code
                # Without a behaviour of its own, a mock lets in whoever shows anything.
                if target.has_mock or wrong is None:
                    assert status in {400, 401, 403}, f"{wrong!r} is answered {status}"

        cases.run(schema, target.operations[operation_id].label, refused)
