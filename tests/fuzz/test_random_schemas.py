"""Whatever a schema says: the mock makes and judges values by it, and the client carries them."""

import json
import logging
from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from openapi_fuzz import cases
from openapi_fuzz.documents import conflicting_schemas, damaged_values, schemas, values_of
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.serialization import same_json
from openapi_mock import (
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

both_seeds = pytest.mark.parametrize("is_new", [False, True], ids=["fixed", "new"])


class Echo(Behaviour):
    """Returns what it got; what is only asked for, the mock makes up."""

    @operation("echo")
    def echo(self, call: Call) -> Any:
        return call.body


@pytest.fixture
def explore(fuzz_session: FuzzSession, is_new: bool) -> Callable[..., Any]:
    """Return a decorator that runs a function with drawn arguments, by the fixed or the run's own seed."""

    def explore(*drawn: st.SearchStrategy[Any], examples: int = fuzz_session.examples) -> Any:
        def run(check: Callable[..., None]) -> None:
            chosen = seed(fuzz_session.seed if is_new else cases.FIXED_SEED)
            limits = settings(
                max_examples=examples,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
            )
            chosen(limits(given(*drawn)(check)))()

        return run

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


@both_seeds
def test_a_response_is_made_of_a_schema_that_allows_one(explore: Any) -> None:
    @explore(echoes(), st.sampled_from([{}, {"prefer": "dynamic=true"}]))
    def check(document: dict[str, Any], headers: dict[str, str]) -> None:
        with Mock(Document(document)) as mock:
            response = made(mock, **headers)
            assert mock.can_respond("make")
            assert (response.status, is_valid(document, response.body)) == (200, True)


@both_seeds
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


@both_seeds
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


@both_seeds
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
