"""Every style and every type arrives as it was given: caller, client, wire, mock, behaviour."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from openapi_fuzz import Target
from openapi_fuzz.clients.metadata import MetadataTests
from openapi_fuzz.clients.round_trips import PLACES, Sent, check_arrival, send, sent_values
from openapi_fuzz.properties import Properties
from openapi_fuzz.serialization import same_json
from openapi_mock import NO_BODY, Behaviour, Call, File, Mock, operation
from openapi_reader import read

SPEC = Path(__file__).parent / "specs" / "styles.yaml"
IDS = [each["operationId"] for item in read(SPEC).value["paths"].values() for each in item.values()]


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


@pytest.fixture
def styles(client: str) -> Target:
    return Target(SPEC, client, mock=lambda: Mock.from_file(SPEC))


@pytest.mark.parametrize("operation_id", IDS)
def test_its_client_declares_what_is_documented(styles: Target, operation_id: str) -> None:
    tests = MetadataTests()
    for each in (
        tests.test_operation_is_declared_as_documented,
        tests.test_operation_reads_what_is_documented,
        tests.test_operation_takes_what_is_documented,
        tests.test_operation_is_described_by_its_docstring,
    ):
        each(styles, operation_id)


@pytest.mark.parametrize("name", ["Shade", "Spread", "Everything", "Cat", "Dog"])
def test_its_models_have_the_documented_fields(styles: Target, name: str) -> None:
    MetadataTests().test_model_has_the_documented_fields(styles, name)


@pytest.mark.parametrize("operation_id", IDS)
def test_what_arrives_is_what_was_given(client: str, properties: Properties, operation_id: str) -> None:
    recorder = Recorder()
    target = Target(SPEC, client, mock=lambda: Mock.from_file(SPEC, recorder))

    def check(sent: Sent, choice: int) -> None:
        returned = send(channel, sent, choice)
        call = recorder.last
        body = () if call.body is NO_BODY else (in_json(call.body),)
        values = dict(zip(PLACES, (call.path, call.query, call.headers, call.cookies), strict=True))
        check_arrival(target, sent, values, *body)
        if call.operation.success.content:
            echo = returned.to_dict() if hasattr(returned, "to_dict") else returned
            # What is sent as bytes comes as bytes, too.
            text = echo.decode() if isinstance(echo, bytes) and isinstance(sent.body[0], str) else echo
            assert same_json(text, sent.body[0])

    with target.open() as channel:
        properties.hold(check, sent_values(target.document, operation_id), st.integers(0, 3))
