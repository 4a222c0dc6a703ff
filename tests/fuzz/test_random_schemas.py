"""Whatever a schema says: the mock makes and judges values by it, and the client carries them."""

import itertools
import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from openapi_fuzz import Operation, Target
from openapi_fuzz.clients.round_trips import Sent, check_arrival, same_values, send, sent_values
from openapi_fuzz.documents import conflicting_schemas, damaged_values, documents, schemas, values_of
from openapi_fuzz.oracles.exchanges import to_json
from openapi_fuzz.properties import Properties
from openapi_fuzz.serialization import same_json
from openapi_mock import (
    NO_BODY,
    Behaviour,
    Call,
    Document,
    Mock,
    Request,
    Response,
    Settings,
    operation,
)

NAMED = ("#/components/schemas/First", "#/components/schemas/Second")
PLACE = "#/paths/~1it/get/responses/200/content/application~1json/schema"
NUMBERS = itertools.count()


class Echo(Behaviour):
    """Returns what it got; what is only asked for, the mock makes up."""

    @operation("echo")
    def echo(self, call: Call) -> Any:
        return call.body


@pytest.fixture
def explore(properties: Properties) -> Callable[..., Any]:
    """Return a decorator that runs a function with drawn arguments."""

    def explore(*drawn: st.SearchStrategy[Any], share: float = 1) -> Any:
        return lambda check: properties.hold(check, *drawn, share=share)

    return explore


def echoing(schema: Any, named: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document of one schema, which a response has, and a request with its response."""
    content = {"application/json": {"schema": schema}}
    responses = {"200": {"description": "It.", "content": content}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Echo", "version": "1"},
        "paths": {
            "/it": {
                "get": {"operationId": "make", "responses": responses},
                "post": {
                    "operationId": "echo",
                    "requestBody": {"required": True, "content": content},
                    "responses": responses,
                },
            }
        },
        "components": {
            "schemas": {**named, "Loop": {"properties": {"id": {"$ref": "#/components/schemas/Loop"}}}}
        },
    }


@st.composite
def echoes(draw: st.DrawFn, of: Callable[..., st.SearchStrategy[Any]] = schemas) -> dict[str, Any]:
    return echoing(draw(of(NAMED)), {each.rpartition("/")[2]: draw(of(NAMED)) for each in NAMED})


@st.composite
def echoes_with_values(draw: st.DrawFn) -> tuple[dict[str, Any], Any]:
    """Return a document with a value that most probably fits."""
    document = draw(echoes())
    return document, draw(values_of(document["paths"]["/it"]["get"], partial(resolve, document)))


def resolve(document: Mapping[str, Any], schema: Any) -> Any:
    while isinstance(schema, Mapping) and ("$ref" in schema or "responses" in schema):
        name = schema.get("$ref", "").rpartition("/")[2]
        schema = document["components"]["schemas"][name] if name else schema_of(document)
    return schema


def schema_of(document: Mapping[str, Any]) -> Any:
    return document["paths"]["/it"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def is_valid(document: Mapping[str, Any], value: Any) -> bool:
    return Draft202012Validator({**document, "$ref": PLACE}, validate_formats=True).is_valid(value)


def made(mock: Mock, **headers: str) -> Response:
    return mock.handle(Request("GET", "/it", headers))


def echoed(mock: Mock, value: Any) -> Response:
    body = json.dumps(value).encode()
    return mock.handle(Request("POST", "/it", {"content-type": "application/json"}, body))


def test_a_response_is_made_of_a_schema_that_allows_one(explore: Any) -> None:
    @explore(echoes(), st.sampled_from([{}, {"prefer": "dynamic=true"}]))
    def check(document: dict[str, Any], headers: dict[str, str]) -> None:
        with Mock(Document(document)) as mock:
            response = made(mock, **headers)
            assert mock.can_respond("make")
            assert (response.status, is_valid(document, response.body)) == (200, True)


def test_a_response_is_valid_or_it_is_said_which_operation_has_none(
    explore: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "openapi_mock")

    @explore(echoes(conflicting_schemas))
    def check(document: dict[str, Any]) -> None:
        caplog.clear()
        with Mock(Document(document)) as mock:
            response = made(mock)
            assert (response.status == 200) == mock.can_respond("make")
        if response.status == 200:
            assert is_valid(document, response.body)
        else:
            assert (
                "invalid response of make: the body of the status 200 is not what is documented"
                in caplog.text
            )
            assert (response.status, response.body["error"]) == (500, "invalid-response")


def test_the_same_document_gets_the_same_response(explore: Any) -> None:
    @explore(echoes(), st.integers(0, 2**32))
    def check(document: dict[str, Any], number: int) -> None:
        bodies = []
        for _ in range(2):
            behaviour = Echo()
            behaviour.settings = Settings(random=Random(number))
            with Mock(Document(document), behaviour) as mock:
                bodies.append([made(mock).body, *(made(mock, prefer="dynamic=true").body for _ in range(3))])
        assert bodies[0] == bodies[1]


@pytest.mark.slow
def test_a_random_document_gets_a_client_that_carries_its_values(
    explore: Any, generate_client: Callable[[Path], str], tmp_path: Path
) -> None:
    @explore(documents(), st.data(), share=0.1)
    def check(document: dict[str, Any], data: st.DataObject) -> None:
        # No two with one name, since modules are imported once.
        spec = tmp_path / f"random_{next(NUMBERS)}.yaml"
        spec.write_text(json.dumps(document), encoding="utf-8")
        recorder = recorder_of(document)
        target = Target(spec, generate_client(spec), mock=lambda: Mock.from_file(spec, recorder))
        with target.open() as channel:
            for each in target.document.operations.values():
                for choice in range(4):
                    sent = data.draw(
                        sent_values(target.document, each.id).filter(partial(fits, document, each))
                    )
                    returned = send(channel, sent, choice)
                    call = recorder.calls.pop()
                    values = {
                        "path": call.path,
                        "query": call.query,
                        "header": call.headers,
                        "cookie": call.cookies,
                    }
                    check_arrival(target, sent, values, *([] if call.body is NO_BODY else [call.body]))
                    assert not sent.body or same_values(to_json(returned), sent.body[0])


def recorder_of(document: Mapping[str, Any]) -> Any:
    """Return a behaviour that keeps every call, and returns its body where it has one."""
    calls: list[Call] = []

    def record(_: Behaviour, call: Call) -> Any:
        calls.append(call)
        return None if call.body is NO_BODY and not call.operation.success.content else call.body

    for item in document["paths"].values():
        for method in ("get", "post"):
            record = operation(item[method]["operationId"])(record)
    return type("Recorder", (Behaviour,), {"record": record, "calls": calls})()


def fits(document: Mapping[str, Any], described: Operation, sent: Sent) -> bool:
    """Return whether a drawn body fits, since a pattern may cross a length."""
    place = f"#/paths/{described.path.replace('/', '~1')}/post/requestBody/content/application~1json/schema"
    schema = {**document, "$ref": place.replace("{", "%7B").replace("}", "%7D")}
    return all(Draft202012Validator(schema, validate_formats=True).is_valid(each) for each in sent.body)


def test_a_value_is_accepted_if_an_independent_validator_accepts_it(explore: Any) -> None:
    verdicts = set()

    @explore(echoes_with_values(), st.data())
    def check(drawn: tuple[dict[str, Any], Any], data: st.DataObject) -> None:
        document, value = drawn
        with Mock(Document(document), Echo()) as mock:
            for each in (
                value,
                data.draw(damaged_values(value)),
                data.draw(damaged_values({"": value})).get(""),
            ):
                wanted = 200 if is_valid(document, each) else 400
                response = echoed(mock, each)
                assert response.status == wanted, each
                assert wanted == 400 or same_json(response.body, each)
                verdicts.add(wanted)

    assert verdicts == {200, 400}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "number", "multipleOf": 0.25, "minimum": 10**15, "maximum": 2 * 10**15},
        {"type": "number", "multipleOf": 0.1, "exclusiveMinimum": 0.1, "maximum": 1},
        {"type": "integer", "multipleOf": 100, "minimum": -(2**63), "maximum": 2**63 - 1},
        {"type": "integer", "multipleOf": 1.5, "minimum": 4, "exclusiveMaximum": 9},
    ],
    ids=lambda schema: f"{schema['type']}-{schema['multipleOf']}",
)
def test_multiples_stay_within_their_limits(properties: Properties, schema: dict[str, Any]) -> None:
    validator = Draft202012Validator(schema)

    def check(value: float) -> None:
        assert validator.is_valid(value)

    properties.hold(check, values_of(schema, lambda node: node))
