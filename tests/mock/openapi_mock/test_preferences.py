import json
from random import Random

import pytest

from openapi_mock import Behaviour, Document, Mock, Request, Settings, operation
from openapi_mock.preferences import Preferences, read_preferences

PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 20}}}
ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
PATHS = {
    "/": {
        "get": {
            "operationId": "it",
            "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
            "responses": {
                "200": {
                    "content": {
                        "application/json": {
                            "schema": PET,
                            "examples": {
                                "cat": {"value": {"name": "Kit"}},
                                "dog": {"value": {"name": "Rex"}},
                                "wrong": {"value": {"name": 5}},
                            },
                        }
                    }
                },
                "404": {
                    "content": {
                        "application/json": {
                            "schema": ERROR,
                            "examples": {"gone": {"value": {"error": "gone"}}},
                        }
                    }
                },
                "5XX": {"content": {"application/json": {"schema": ERROR}}},
            },
        }
    }
}


@pytest.fixture
def prefer(mock_of, send):
    """Send a request with a header `Prefer`, to a mock of a behaviour."""

    def prefer(header, *, mock=None, target="/"):
        return send(mock or mock_of(PATHS), "GET", target, headers={"prefer": header})

    return prefer


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("code=404", Preferences("404")),
        ('code="404"', Preferences("404")),
        ("Code = 404", Preferences("404")),
        ("respond-async, wait=10, code=404, example=gone", Preferences("404", "gone")),
        ("code=404; foo=bar, dynamic=true", Preferences("404", None, True)),
        (
            'foo="a, code=500", example="two words \\" and a quote"',
            Preferences(None, 'two words " and a quote'),
        ),
        ("code=404, code=500", Preferences("404")),
        ("dynamic=false", Preferences()),
        ("dynamic", Preferences()),
        ("", Preferences()),
        (",,=,\x00code=404", Preferences()),
        ('code="404', Preferences()),
    ],
)
def test_a_header_is_read_as_rfc_7240_says(header, found):
    assert read_preferences(header) == found


def test_a_header_of_any_size_is_read_at_once():
    for hostile in ('"' * 60_000, "a=" * 30_000, "a;" * 30_000, "," * 60_000, 'a="' + "\\" * 60_000):
        read_preferences(hostile)


def test_a_documented_error_is_shown_on_request(prefer):
    response = prefer("code=404")
    assert (response.status, response.body) == (404, {"error": "gone"})
    assert response.headers["preference-applied"] == 'code="404"'


def test_a_code_of_a_documented_range_is_shown(prefer):
    response = prefer("code=503")
    assert (response.status, set(response.body)) == (503, {"error"})


@pytest.mark.parametrize(("name", "body"), [("cat", {"name": "Kit"}), ("dog", {"name": "Rex"})])
def test_an_example_is_shown_by_its_name(prefer, name, body):
    response = prefer(f"example={name}")
    assert (response.status, response.body) == (200, body)


def test_an_example_of_an_error_is_shown_with_its_status(prefer):
    response = prefer("example=gone")
    assert (response.status, response.body) == (404, {"error": "gone"})


def test_an_example_that_is_not_valid_is_replaced_by_a_value_that_is(prefer):
    response = prefer("example=wrong")
    assert response.status == 200
    assert isinstance(response.body["name"], str)


@pytest.mark.parametrize(
    ("header", "there"),
    [
        ("code=418", "200, 404, 5XX"),
        ("code=abc", "200, 404, 5XX"),
        ("code=0404", "200, 404, 5XX"),
        ("example=bird", "cat, dog, wrong, gone"),
        ("code=404, example=cat", "gone"),
        ("code=503, example=cat", "none"),
    ],
)
def test_what_is_not_documented_is_404_and_names_what_is(mock_of, send, header, there):
    class Tells(Behaviour):
        def render(self, problem, operation):
            response = super().render(problem, operation)
            return response if problem.status != 404 else type(response)(404, {"error": problem.message})

    response = send(mock_of(PATHS, Tells()), "GET", "/", headers={"prefer": header})
    assert response.status == 404
    assert response.body["error"].endswith(f": {there}")


def test_an_invalid_request_is_refused_whatever_it_prefers(prefer):
    assert prefer("code=404", target="/?limit=x").status == 400


def test_unknown_preferences_change_nothing(prefer):
    assert prefer("respond-async, return=minimal").body == {"name": "Kit"}
    assert "preference-applied" not in prefer("respond-async").headers


class Handles(Behaviour):
    calls = 0

    @operation("it")
    def it(self, call):
        self.calls += 1
        return {"name": "handled"}


def test_a_handler_is_passed_over_for_a_code_or_an_example_only(mock_of, prefer):
    behaviour = Handles()
    mock = mock_of(PATHS, behaviour)
    assert prefer("code=503", mock=mock).status == 503
    assert prefer("example=dog", mock=mock).body == {"name": "Rex"}
    assert behaviour.calls == 0
    assert prefer("dynamic=true", mock=mock).body == {"name": "handled"}


def seeded(seed):
    behaviour = Behaviour()
    behaviour.settings = Settings(random=Random(seed))
    return Mock(Document({"openapi": "3.1.0", "paths": PATHS}), behaviour)


def test_dynamic_values_differ_and_come_again_with_the_same_seed(prefer):
    def some(seed):
        mock = seeded(seed)
        return [prefer("dynamic=true", mock=mock).body["name"] for _ in range(20)]

    assert len(set(some(1))) > 5
    assert some(1) == some(1)
    assert some(1) != some(2)


SCHEMAS = [
    {"type": "integer", "minimum": 3, "maximum": 5},
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    {"type": "integer", "multipleOf": 7, "maximum": 100},
    {"type": "string", "minLength": 3, "maxLength": 4},
    {"type": "string", "pattern": "^[a-z]{2,5}-[0-9]+$"},
    {"type": "string", "format": "uuid"},
    {"type": "string", "format": "date-time"},
    {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "minItems": 2, "maxItems": 4},
    {"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": True, "minItems": 3},
    {"oneOf": [{"type": "string"}, {"type": "integer"}]},
    {"type": ["string", "null"]},
    {"type": "object", "additionalProperties": False, "properties": {"a": {"type": "boolean"}}},
    {"allOf": [PET, {"properties": {"age": {"type": "integer", "minimum": 0}}}]},
    {
        "type": "object",
        "properties": {"child": {"$ref": "#/paths/~1/get/responses/200/content/application~1json/schema"}},
    },
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=json.dumps)
def test_dynamic_values_are_valid(mock_of, schema):
    responses = {"200": {"content": {"application/json": {"schema": schema}}}}
    mock = mock_of(operation={"responses": responses})
    for _ in range(30):
        assert mock.handle(Request("GET", "/", {"prefer": "dynamic=true"})).status == 200
