"""What is documented for a range of statuses, or for all others, is documented."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from openapi_fuzz import Coverage, Fuzzer, Model, Target, cases
from openapi_fuzz.document import Document, Operation
from openapi_fuzz.oracles.exchanges import check_outcome
from openapi_fuzz.violations import violations
from openapi_mock import Behaviour, Call, Mock, Problem, Response, operation

SPEC = Path(__file__).parent / "specs" / "unusual" / "ranges.yaml"
SUCCESSES = set(range(200, 300))


@pytest.mark.parametrize(
    ("keys", "successes", "refusals"),
    [
        (["200", "201", "400"], {200, 201}, {400}),
        (["200", "default"], {200}, {400, 422}),
        (["2XX", "4XX"], SUCCESSES, {400, 422}),
        (["204", "2XX", "5XX"], SUCCESSES, {400}),
        (["default"], SUCCESSES, {400, 422}),
        (["404", "422"], {200}, {400, 422}),
    ],
)
def test_a_status_is_documented_by_itself_by_a_range_or_by_default(
    keys: list[str], successes: set[int], refusals: set[int]
) -> None:
    item = {"get": {"operationId": "it", "responses": {key: {"description": ""} for key in keys}}}
    found = Operation(Document(SPEC), "/it", "get", item)
    assert (found.successes, found.refusals) == (successes, refusals)


class Strict(Behaviour):
    """A server of other statuses than those that a mock answers by itself."""

    @operation("getThing")
    def get_thing(self, call: Call) -> Any:
        raise Problem(404, "missing", f"there is no {call.path['id']}")

    @operation("replaceThing")
    def replace_thing(self, call: Call) -> Any:
        if call.path["id"] % 2:
            raise Problem(409, "conflict", "it is odd")
        return Response(201)

    @operation("deleteThing")
    def delete_thing(self, _: Call) -> Any:
        return Response(202)

    def render(self, problem: Problem, _: Any) -> Response:
        return Response(422 if problem.status == 400 else problem.status, {"message": problem.message})


def test_every_success_is_named_as_one() -> None:
    replace = Document(SPEC).operations["replaceThing"]
    exchange: Any = SimpleNamespace(outcome=300, response=httpx.Response(300, text="no"))
    with pytest.raises(AssertionError, match=r"answered 300 instead of \['2XX', 403, 404, 409, 410\]: no"):
        check_outcome(exchange, Model().expected(replace, exchange))


@pytest.fixture(scope="module")
def target(generate_client: Callable[[Path], str]) -> Target:
    return Target(SPEC, generate_client(SPEC), mock=lambda: Mock.from_file(SPEC, Strict()))


@pytest.mark.parametrize("operation_id", ["getThing", "replaceThing", "deleteThing"])
def test_a_server_may_answer_with_any_of_them(target: Target, operation_id: str) -> None:
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=10)
    it = target.document.operations[operation_id]
    with Fuzzer(target, Coverage()) as fuzzer:
        cases.run(schema, it.label, fuzzer.check)
        refused = [fuzzer.check_refused(each) for each in violations(schema, target.document, it)]
    assert {each.response.status_code for each in refused} == {422}
