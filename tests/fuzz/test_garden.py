"""Every style and every type arrives as it was given: caller, client, wire, mock, behaviour."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from openapi_fuzz import Target, cases
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.round_trips import Sent, check_arrival, send, sent_values
from openapi_fuzz.serialization import same_json
from openapi_mock import NO_BODY, Behaviour, Call, File, Mock, operation
from openapi_reader import read

SPEC = Path(__file__).parent / "specs" / "styles.yaml"
IDS = [each["operationId"] for item in read(SPEC).value["paths"].values() for each in item.values()]

both_seeds = pytest.mark.parametrize("is_new", [False, True], ids=["fixed", "new"])


class Recorder(Behaviour):
    """Keeps the last call, and returns its body where a response has one."""

    last: Call

    def record(self, call: Call) -> Any:
        self.last = call
        return call.body if call.operation.success.content else None

    for _each in IDS:
        record = operation(_each)(record)


@pytest.fixture(scope="module")
def client(generate_client: Callable[[Path], str]) -> str:
    return generate_client(SPEC)


def in_json(body: Any) -> Any:
    """Return a body with the contents of files in their places."""
    if isinstance(body, File):
        return body.content
    return {name: in_json(each) for name, each in body.items()} if isinstance(body, dict) else body


@both_seeds
@pytest.mark.parametrize("operation_id", IDS)
def test_what_arrives_is_what_was_given(
    client: str, fuzz_session: FuzzSession, operation_id: str, is_new: bool
) -> None:
    recorder = Recorder()
    target = Target(SPEC, client, mock=lambda: Mock.from_file(SPEC, recorder))

    @seed(fuzz_session.seed if is_new else cases.FIXED_SEED)
    @settings(
        max_examples=fuzz_session.examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(sent_values(target.document, operation_id), st.integers(0, 3))
    def check(sent: Sent, choice: int) -> None:
        returned = send(channel, sent, choice)
        call = recorder.last
        body = () if call.body is NO_BODY else (in_json(call.body),)
        values = {"path": call.path, "query": call.query, "header": call.headers, "cookie": call.cookies}
        check_arrival(target, sent, values, *body)
        if call.operation.success.content:
            echo = returned.to_dict() if hasattr(returned, "to_dict") else returned
            assert same_json(echo, sent.body[0])

    with target.open() as channel:
        check()
