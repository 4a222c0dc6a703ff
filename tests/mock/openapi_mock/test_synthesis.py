import re
import subprocess
import sys
from pathlib import Path

import pytest

from openapi_mock import Document, Mock, Request
from openapi_mock.synthesis import synthesise
from openapi_mock.validation import Validators

DOCUMENTS = Path(__file__).parents[3] / "openapi"


def build(schema, **schemas):
    """Return a value for a schema, which has to be valid, and always the same."""
    document = Document({"openapi": "3.1.0", "components": {"schemas": {"It": schema, **schemas}}})
    node = document.node.child("components").child("schemas").child("It")
    validator = Validators(document).compile(node)
    value = synthesise(node, validator)
    assert validator.violations(value, "body") == []
    assert synthesise(node, validator) == value
    return value


def test_the_media_types_example_takes_precedence(mock_of, send):
    def synthesised_body(**media_type):
        response = {
            "content": {"application/json": {"schema": {"type": "integer", "examples": [3]}, **media_type}}
        }
        return send(mock_of(operation={"responses": {"200": response}}), "GET", "/").body

    assert synthesised_body(example=1) == 1
    assert synthesised_body(examples={"x": {"value": 2}, "y": {"value": 4}}) == 2
    assert synthesised_body() == 3
    assert synthesised_body(example="wrong") == 3


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {},
        {"type": "null"},
        {"type": "boolean"},
        {"const": {"a": [1]}},
        {"enum": ["b", "a"]},
        {"type": "integer", "minimum": 5},
        {"type": "integer", "maximum": -5},
        {"type": "integer", "exclusiveMinimum": 5},
        {"type": "integer", "minimum": 7, "multipleOf": 5},
        {"type": "integer", "minimum": -8, "maximum": -7},
        {"type": "integer", "exclusiveMaximum": -7},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        {"type": "number", "minimum": 0.5, "maximum": 0.75},
        {"type": "number", "multipleOf": 0.5, "minimum": 0.6},
        {"type": "string", "minLength": 50},
        {"type": "string", "maxLength": 2},
        {"type": "string", "maxLength": 0},
        {"type": "string", "pattern": "^[a-z]{2,3}-[0-9]+$"},
        {"type": "string", "pattern": "^(a|b)*c?$", "minLength": 4},
        {"type": "string", "pattern": "^\\d{3}\\w\\s[^a]$"},
        {"type": "string", "pattern": "[A-Z]", "minLength": 5},
        {"type": "string", "pattern": "^[0-9a-f]+$", "minLength": 8, "maxLength": 8},
        {"pattern": "^x(?:y|z).\\.$"},
        {"type": "array"},
        {"type": "array", "minItems": 3},
        {"type": "array", "maxItems": 0},
        {"type": "array", "items": {"type": "string"}, "minItems": 4, "uniqueItems": True},
        {"type": "array", "items": {"enum": [1, 2, 3]}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "items": {"format": "uuid", "type": "string"}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": False},
        {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string"}}},
        {"type": "object", "minProperties": 3, "additionalProperties": {"type": "integer"}},
        {"type": "object", "maxProperties": 1, "properties": {"a": {}, "b": {}}},
        {"type": "object", "properties": {"a": False, "b": {"type": "integer"}}},
        {"type": "object", "properties": {"a": {"type": "integer"}}, "not": {"required": ["a"]}},
        {
            "allOf": [
                {"required": ["a"]},
                {"properties": {"a": {"type": "integer"}}},
                {"properties": {"a": {"minimum": 9}}},
            ]
        },
        {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "integer"}]},
        {"anyOf": [False, {"type": "integer"}]},
        {
            "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
            "type": "object",
            "properties": {"a": {}, "b": {}},
        },
        {"type": ["string", "null"], "maxLength": 3},
        {"type": ["null", "object"]},
        {
            "if": {"properties": {"a": {"const": 0}}},
            "then": {"required": ["b"]},
            "properties": {"a": {"type": "integer"}},
        },
    ],
)
def test_a_built_value_is_valid(schema):
    build(schema)


@pytest.mark.parametrize(
    "form",
    [
        "date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference",
        "uuid",
        "json-pointer", "regex", "uri-template", "byte", "password", "int32", "made-up",
    ],
)  # fmt: skip
def test_formats_are_honoured(form):
    assert isinstance(build({"type": "string", "format": form}), str)


@pytest.mark.parametrize(
    "parts",
    [
        [{"type": "number", "minimum": 1, "maximum": 9}, {"type": "integer", "minimum": 5, "maximum": 7}],
        [{"type": "integer"}, {"type": "number", "exclusiveMinimum": 3}],
        [{"type": "number"}, {"type": ["integer", "string"], "multipleOf": 7, "minimum": 1}],
        [{"enum": [1, 2, 3]}, {"enum": [3, 4]}],
        [{"oneOf": [{"const": 1}, {"const": 2}]}, {"oneOf": [{"const": 2}, {"const": 3}]}],
        [
            {"type": "array", "items": {"type": "integer"}, "minItems": 2},
            {"items": {"minimum": 5}, "minItems": 3},
        ],
        [{"type": "string", "minLength": 3}, {"maxLength": 3}, {"minLength": 1, "maxLength": 9}],
        [
            {"type": "object", "required": ["a"]},
            {"required": ["b", "a"], "additionalProperties": {"type": "null"}},
        ],
        [
            {"$ref": "#/components/schemas/Named"},
            {"required": ["n"], "properties": {"n": {"type": "integer"}}},
        ],
    ],
)
def test_what_all_parts_ask_for_is_built(parts):
    build(
        {"allOf": parts},
        Named={"type": "object", "required": ["name"], "properties": {"name": {"minLength": 2}}},
    )


@pytest.mark.parametrize("form", ["date", "date-time", "email", "uri", "uuid", "json-pointer"])
def test_unique_items_of_a_format_differ(form):
    items = {"type": "string", "format": form}
    assert len(build({"type": "array", "items": items, "minItems": 3, "uniqueItems": True})) == 3


@pytest.mark.parametrize(
    "pattern", ["^.$", "^(ab|cd)\\1$", "^(?:x|y)??z*$", "^[^aA]+\\D\\S\\W$", "^[\\d_]{3}[*]$", "\\bword\\b"]
)
def test_patterns_are_honoured(pattern):
    assert re.search(pattern, build({"type": "string", "pattern": pattern, "maxLength": 20}))


def test_a_pattern_gives_the_same_text_in_every_process(monkeypatch):
    schema = {"type": "string", "pattern": "^[^a][^b]\\W\\D.(x|[^y])+$"}
    document = {"openapi": "3.1.0", "components": {"schemas": {"It": schema}}}
    program = (
        "from openapi_mock.document import Document\n"
        "from openapi_mock.synthesis import synthesise\n"
        "from openapi_mock.validation import Validators\n"
        f"node = Document({document!r}).node.child('components').child('schemas').child('It')\n"
        "print(ascii(synthesise(node, Validators(node.document).compile(node))))\n"
    )
    texts = set()
    for seed in "012":
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        texts.add(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout)  # noqa: S603
    assert len(texts) == 1


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_document_of_the_repository_has_a_valid_response_for_each_operation(path, caplog):
    mock = Mock.from_file(path)
    assert mock.operations
    assert caplog.text == ""


def test_an_example_that_is_valid_beats_what_would_be_built():
    assert build({"type": "integer", "example": 42}) == 42
    assert build({"type": "object", "properties": {"a": {"type": "string", "examples": ["word"]}}}) == {
        "a": "word"
    }
    assert build({"type": "integer", "example": "wrong", "minimum": 3}) == 3


def test_optional_properties_are_there_and_required_ones_in_any_case():
    schema = {
        "type": "object",
        "required": ["b"],
        "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
    }
    assert build(schema) == {"a": 0, "b": 0}


def test_recursion_ends():
    reference = {"$ref": "#/components/schemas/It"}
    assert build({"type": "object", "properties": {"next": reference}})
    assert build(
        {
            "type": "object",
            "required": ["kids"],
            "properties": {"kids": {"type": "array", "items": reference}},
        }
    )
    assert build(
        {
            "type": "object",
            "required": ["next"],
            "properties": {"next": {"anyOf": [reference, {"type": "null"}]}},
        }
    )


def test_mutual_recursion_ends():
    other = {"type": "object", "properties": {"it": {"$ref": "#/components/schemas/It"}}}
    assert build(
        {"type": "object", "properties": {"other": {"$ref": "#/components/schemas/Other"}}}, Other=other
    )


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/It"}}},
        {"type": "string", "pattern": "(?!a)b(?<=c)"},
        {"type": "integer", "multipleOf": 2, "minimum": 1, "maximum": 0},
    ],
)
def test_a_schema_without_valid_values_gives_a_logged_invalid_response(schema, caplog):
    responses = {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/It"}}}}}
    paths = {"/": {"get": {"operationId": "it", "responses": responses}}}
    mock = Mock(Document({"openapi": "3.1.0", "paths": paths, "components": {"schemas": {"It": schema}}}))
    assert "invalid response of it" in caplog.text
    response = mock.handle(Request("GET", "/"))
    assert (response.status, response.body["error"]) == (500, "invalid-response")


@pytest.mark.parametrize(
    ("responses", "status", "content"),
    [
        ({"204": {}}, 204, b""),
        ({"400": {}, "201": {}, "200": {}}, 201, b""),
        ({"2XX": {"content": {"application/json": {"example": 5}}}}, 200, b"5"),
        ({"x-more": 5, "2xx": {"content": {"application/json": {"example": 5}}}}, 200, b"5"),
        ({"default": {"content": {"application/json": {"example": 5}}}}, 200, b"5"),
        ({"200": {"content": {"text/plain": {"example": "word"}}}}, 200, b"word"),
        ({"200": {"content": {"text/plain": {"schema": {"type": "string"}}}}}, 200, b"text"),
        ({"200": {"content": {"image/*": {}}}}, 200, b""),
        ({"200": {"content": {"*/*": {"schema": {"const": 5}}}}}, 200, b"5"),
        ({"200": {"content": {"text/html": {}, "application/x+json": {"example": 1}}}}, 200, b"1"),
    ],
)
def test_the_response_has_the_first_documented_success(responses, status, content, mock_of, send):
    response = send(mock_of(operation={"responses": responses}), "GET", "/")
    assert (response.status, response.content) == (status, content)


def test_required_headers_are_there(mock_of, send):
    headers = {
        "X-Count": {"required": True, "schema": {"type": "integer", "minimum": 3}},
        "X-More": {"required": True, "example": True},
        "X-Optional": {"schema": {"type": "integer"}},
    }
    response = send(mock_of(operation={"responses": {"200": {"headers": headers}}}), "GET", "/")
    assert response.headers == {"x-count": "3", "x-more": "true"}


def test_a_synthesised_response_needs_a_valid_request(shop_file):
    mock = Mock.from_file(shop_file)
    statuses = [
        mock.handle(Request("GET", target, {"x-key": "any"})).status
        for target in (
            "/api/items",
            "/api/items?limit=0",
            "/api/reports/2024/x.json",
            "/api/reports/q/x.json",
        )
    ]
    assert statuses == [200, 400, 200, 400]


def test_a_discriminator_has_the_name_of_its_alternative():
    kinds = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    alternatives = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]
    plain = {"oneOf": alternatives, "discriminator": {"propertyName": "kind"}}
    dog = {**kinds, "required": ["kind", "bark"]}
    assert (
        build({"anyOf": alternatives, "discriminator": {"propertyName": "kind"}}, Cat=kinds, Dog=dog)["kind"]
        == "Cat"
    )
    mapped = {
        **plain,
        "discriminator": {"propertyName": "kind", "mapping": {"c": "#/components/schemas/Cat"}},
    }
    cat = {**kinds, "additionalProperties": False}
    assert build(mapped, Cat=cat, Dog=dog)["kind"] == "c"
