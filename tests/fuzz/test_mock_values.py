"""What a mock makes up is valid, simple and always the same, as a reader of the schema would write it."""

from random import Random
from typing import Any

import pytest

from openapi_mock import Document, Mock, Request
from openapi_mock.document import Node
from openapi_mock.messages import NO_BODY
from openapi_mock.synthesis import synthesise
from openapi_mock.validation import SchemaValidator, Validators

from .one_operation import document_of

INTEGER = {"type": "integer"}
STRING = {"type": "string"}
CAT = {"$ref": "#/components/schemas/Cat"}
DOG = {"$ref": "#/components/schemas/Dog"}
TREE = {"$ref": "#/components/schemas/Tree"}
KIND = {"kind": STRING}
SCHEMAS = {
    "Tree": {"type": "object", "properties": {"n": INTEGER, "kids": {"type": "array", "items": TREE}}},
    "Chain": {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"anyOf": [{"$ref": "#/components/schemas/Chain"}, {"type": "null"}]}},
    },
    "Cat": {"type": "object", "required": ["kind"], "properties": KIND},
    "Dog": {
        "type": "object",
        "required": ["kind", "bark"],
        "properties": {**KIND, "bark": {"type": "boolean"}},
    },
}


def described(schema: Any) -> tuple[Node, SchemaValidator]:
    document = Document({"openapi": "3.1.0", "components": {"schemas": {"It": schema, **SCHEMAS}}})
    node = document.node.child("components").child("schemas").child("It")
    return node, Validators(document).compile(node)


BUILT: list[tuple[Any, Any]] = [
    (True, {}),
    ({}, {}),
    ({"type": "null"}, None),
    ({"type": "boolean"}, True),
    ({"type": "array", "items": {"type": "boolean"}, "minItems": 3}, [True, False, True]),
    ({"type": "array", "items": {"type": "null"}, "minItems": 2}, [None, None]),
    ({"const": {"a": [1]}}, {"a": [1]}),
    ({"enum": ["b", "a"]}, "b"),
    ({"type": "array", "items": {"enum": [1, 2, 3]}, "minItems": 4}, [1, 2, 3, 1]),
    ({"type": "integer", "example": 4}, 4),
    ({"type": "integer", "examples": [5, 6]}, 5),
    ({"type": "integer", "examples": []}, 0),
    ({"type": "integer", "example": "x"}, 0),
    (
        {
            "type": "object",
            "properties": {"a": {"type": "integer", "example": "x"}, "b": {"type": "integer", "example": 7}},
        },
        {"a": 0, "b": 0},
    ),
    ({"type": "array", "items": {"type": "integer", "example": 9}, "minItems": 3}, [9, 1, 2]),
    (INTEGER, 0),
    ({"type": "integer", "minimum": 5}, 5),
    ({"type": "integer", "minimum": -5}, 0),
    ({"type": "integer", "minimum": 0}, 0),
    ({"type": "integer", "maximum": -5}, -7),
    ({"type": "integer", "maximum": 0}, -2),
    ({"type": "integer", "maximum": 5}, 0),
    ({"type": "integer", "maximum": -5, "multipleOf": 4}, -12),
    ({"type": "integer", "exclusiveMinimum": 5}, 6),
    ({"type": "integer", "exclusiveMinimum": -1}, 0),
    ({"type": "integer", "exclusiveMinimum": 0}, 1),
    ({"type": "integer", "exclusiveMaximum": -7}, -9),
    ({"type": "integer", "minimum": 7, "multipleOf": 5}, 10),
    ({"type": "integer", "minimum": -8, "maximum": -7}, -8),
    ({"type": "integer", "minimum": -20, "maximum": -7}, -20),
    ({"type": "integer", "minimum": 3, "exclusiveMinimum": 4}, 5),
    ({"type": "integer", "exclusiveMinimum": 10, "multipleOf": 5}, 15),
    ({"type": "number"}, 0),
    ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.25),
    ({"type": "number", "minimum": 0.5, "maximum": 0.75}, 0.5),
    ({"type": "number", "minimum": 0.5, "maximum": 2.5}, 0.5),
    ({"type": "number", "minimum": 0.5, "maximum": 3.5}, 1),
    ({"type": "number", "multipleOf": 0.5, "minimum": 0.6}, 1.0),
    ({"type": "number", "minimum": 1.5, "maximum": 1.5}, 1.5),
    ({"type": ["integer", "number"], "minimum": 0.5}, 1),
    ({"type": "number", "maximum": -1.5}, -3),
    ({"type": "number", "exclusiveMaximum": -1, "minimum": -1.5}, -1.5),
    ({"type": "array", "items": {"type": "number"}, "minItems": 3}, [0, 1, 2]),
    (
        {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "minItems": 4},
        [0.0, 0.25, 0.5, 0.75],
    ),
    (
        {"type": "array", "items": {"type": "integer", "minimum": 2, "multipleOf": 3}, "minItems": 3},
        [3, 6, 9],
    ),
    (STRING, "text"),
    ({"type": "string", "minLength": 6}, "textxx"),
    ({"type": "string", "maxLength": 2}, "xt"),
    ({"type": "string", "maxLength": 0}, ""),
    ({"type": "string", "minLength": 4, "maxLength": 4}, "text"),
    ({"type": "array", "items": STRING, "minItems": 3}, ["text", "text1", "text2"]),
    ({"type": "array", "items": {"type": "string", "maxLength": 2}, "minItems": 3}, ["xt", "t1", "t2"]),
    ({"type": "array", "items": {"type": "string", "minLength": 6}, "minItems": 2}, ["textxx", "text1x"]),
    ({"type": "string", "pattern": "^[a-z]{2,3}-[0-9]+$"}, "my-6"),
    ({"type": "string", "pattern": "^(a|b)*c?$", "minLength": 4}, "bbbbc"),
    ({"type": "string", "pattern": "^x*$"}, ""),
    ({"type": "string", "pattern": "^x*$", "minLength": 7}, "xxxxxxx"),
    ({"type": "string", "pattern": "[A-Z]", "minLength": 5}, "MMMMM"),
    ({"type": "string", "pattern": "^(ab)*$", "minLength": 6}, "abababababab"),
    ({"type": "string", "pattern": "^(ab)*c$", "minLength": 7, "maxLength": 7}, "abababc"),
    ({"pattern": "^x(?:y|z).\\.$"}, "xzm."),
    (
        {"type": "array", "items": {"type": "string", "pattern": "^[a-c]*z$"}, "minItems": 4},
        ["z", "az", "aaz", "accz"],
    ),
    (
        {"type": "string", "pattern": "^a{101}$"},
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ),
    ({"type": "string", "pattern": "^(a{3}){2}$"}, "aaaaaa"),
    ({"type": "string", "pattern": "^[*]$"}, "*"),
    ({"type": "string", "pattern": "^((a*)b)*$", "minLength": 30}, "abbbbbbbbbbbbbbbbbbbbbbbbbbbbb"),
    ({"type": "array"}, [{}]),
    ({"type": "array", "items": INTEGER}, [0]),
    ({"type": "array", "maxItems": 0, "items": INTEGER}, []),
    ({"type": "array", "items": INTEGER, "minItems": 2}, [0, 1]),
    ({"type": "array", "prefixItems": [INTEGER, STRING], "items": False}, [0, "text1"]),
    ({"type": "array", "prefixItems": [INTEGER, STRING], "maxItems": 1}, [0]),
    ({"type": "array", "prefixItems": [INTEGER], "items": STRING, "minItems": 3}, [0, "text1", "text2"]),
    ({"type": "array", "items": False}, []),
    ({"type": "array", "prefixItems": [INTEGER, False]}, [0]),
    (
        {"type": "array", "items": STRING, "minItems": 4, "uniqueItems": True},
        ["text", "text1", "text2", "text3"],
    ),
    ({"type": "array", "items": {"items": INTEGER}, "minItems": 2}, [[0], [0]]),
    ({"type": "object"}, {}),
    ({"type": "object", "required": ["b"], "properties": {"a": INTEGER, "b": INTEGER}}, {"a": 0, "b": 0}),
    ({"type": "object", "required": ["z"], "properties": {"a": INTEGER}}, {"a": 0, "z": {}}),
    ({"type": "object", "required": ["z"], "additionalProperties": INTEGER}, {"z": 0}),
    (
        {"type": "object", "minProperties": 3, "additionalProperties": INTEGER},
        {"field0": 0, "field1": 1, "field2": 2},
    ),
    (
        {"type": "object", "minProperties": 3, "properties": {"a": STRING}, "additionalProperties": INTEGER},
        {"a": "text", "field1": 1, "field2": 2},
    ),
    ({"type": "object", "maxProperties": 1, "properties": {"a": INTEGER, "b": INTEGER}}, {"a": 0}),
    (
        {"type": "object", "maxProperties": 1, "required": ["a"], "properties": {"a": INTEGER, "b": INTEGER}},
        {"a": 0},
    ),
    ({"type": "object", "maxProperties": 0, "properties": {"a": INTEGER}}, {}),
    ({"type": "object", "properties": {"a": False, "b": INTEGER}}, {"b": 0}),
    ({"type": "object", "properties": {"a": INTEGER}, "not": {"required": ["a"]}}, {}),
    (
        {"type": "object", "required": ["a"], "properties": {"a": {"anyOf": [False, {"type": "null"}]}}},
        {"a": None},
    ),
    (
        {
            "allOf": [
                {"required": ["a"]},
                {"properties": {"a": INTEGER}},
                {"properties": {"a": {"minimum": 9}}},
            ]
        },
        {"a": 9},
    ),
    (
        {
            "allOf": [
                {"type": "number", "minimum": 1, "maximum": 9},
                {"type": "integer", "minimum": 5, "maximum": 7},
            ]
        },
        5,
    ),
    ({"allOf": [INTEGER, {"type": "number", "exclusiveMinimum": 3}]}, 4),
    ({"allOf": [{"type": "number"}, {"type": ["integer", "string"], "multipleOf": 7, "minimum": 1}]}, 7),
    ({"allOf": [{"enum": [1, 2, 3]}, {"enum": [*range(100, 200), 3]}]}, 3),
    ({"allOf": [{"enum": [1, 2, 3]}, {"not": {"const": 1}}]}, 2),
    (
        {
            "allOf": [
                {"type": "array", "items": INTEGER, "minItems": 2},
                {"items": {"minimum": 5}, "minItems": 3},
            ]
        },
        [5, 6, 7],
    ),
    (
        {"allOf": [{"type": "string", "minLength": 3}, {"maxLength": 3}, {"minLength": 1, "maxLength": 9}]},
        "ext",
    ),
    (
        {
            "allOf": [
                {"type": "object", "required": ["a"]},
                {"required": ["b", "a"], "additionalProperties": {"type": "null"}},
            ]
        },
        {"a": None, "b": None},
    ),
    ({"allOf": [True, INTEGER]}, 0),
    (
        {
            "allOf": [
                {"type": "object", "additionalProperties": INTEGER, "minProperties": 2},
                {"additionalProperties": {"minimum": 4}, "minProperties": 1},
            ]
        },
        {"field0": 4, "field1": 5},
    ),
    ({"allOf": [{"minimum": 3}, {"minimum": 5}]}, 5),
    ({"allOf": [{"type": "integer", "maximum": -3}, {"maximum": -5}]}, -7),
    ({"allOf": [{"type": "integer", "exclusiveMinimum": 3}, {"exclusiveMinimum": 5}]}, 6),
    ({"allOf": [{"type": "integer", "exclusiveMaximum": -3}, {"exclusiveMaximum": -5}]}, -7),
    ({"allOf": [{"type": "array", "items": STRING, "minItems": 0, "maxItems": 3}, {"maxItems": 0}]}, []),
    (
        {
            "allOf": [
                {"type": "object", "properties": {"a": INTEGER, "b": INTEGER}, "maxProperties": 2},
                {"maxProperties": 1},
            ]
        },
        {"a": 0},
    ),
    ({"allOf": [{"anyOf": [{"const": 1}, {"const": 2}]}, {"anyOf": [{"const": 2}, {"const": 3}]}]}, 2),
    ({"oneOf": [{"type": "string", "maxLength": 3}, INTEGER]}, "ext"),
    ({"anyOf": [False, INTEGER]}, 0),
    ({"oneOf": [INTEGER, {"type": "number"}, STRING]}, "text"),
    ({"oneOf": [STRING, STRING, INTEGER]}, 0),
    (
        {
            "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
            "type": "object",
            "properties": {"a": INTEGER, "b": INTEGER},
        },
        {"a": 0},
    ),
    ({"type": ["string", "null"], "maxLength": 3}, "ext"),
    ({"type": ["null", "object"]}, {}),
    ({"type": ["null", "string"], "not": STRING}, None),
    ({"type": ["string", "integer", "boolean"], "not": {"type": ["string", "integer"]}}, True),
    ({"minItems": 1}, [{}]),
    ({"maxLength": 2}, "xt"),
    ({"minimum": 4}, 4),
    ({"multipleOf": 3}, 0),
    ({"items": INTEGER, "minLength": 2}, [0]),
    (
        {
            "properties": {"a": INTEGER},
            "if": {"properties": {"a": {"const": 0}}},
            "then": {"required": ["b"]},
        },
        {"a": 0, "b": {}},
    ),
    ({"type": "integer", "if": {"minimum": 5}, "then": {"multipleOf": 4}}, 8),
    ({"if": False, "else": INTEGER}, 0),
    ({"type": "integer", "if": {"minimum": 5}, "then": False}, 0),
    ({"if": STRING, "else": INTEGER}, "text"),
    ({"$ref": "#/components/schemas/Tree"}, {"n": 0, "kids": [{"n": 0, "kids": []}]}),
    ({"$ref": "#/components/schemas/Chain"}, {"next": {"next": None}}),
    (
        {"$ref": "#/components/schemas/Tree", "required": ["m"]},
        {"n": 0, "kids": [{"n": 0, "kids": []}], "m": {}},
    ),
    ({"anyOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}}, {"kind": "Cat"}),
    (
        {
            "oneOf": [CAT, DOG],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"c": "#/components/schemas/Cat", "d": "Dog"},
            },
        },
        {"kind": "c"},
    ),
    (
        {
            "oneOf": [DOG],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"c": "#/components/schemas/Cat", "d": "Dog"},
            },
        },
        {"kind": "d", "bark": True},
    ),
    # A discriminator that is none says nothing.
    ({"anyOf": [CAT, DOG], "discriminator": {"propertyName": {"kind": 1}}}, {"kind": "text"}),
    ({"anyOf": [CAT, DOG], "discriminator": {"propertyName": "kind", "mapping": ["Cat"]}}, {"kind": "Cat"}),
    ({"anyOf": [CAT, DOG], "discriminator": {"propertyName": "kind", "mapping": {"c": {}}}}, {"kind": "Cat"}),
    (
        {"oneOf": [DOG, {"type": "null"}], "discriminator": {"propertyName": "kind"}},
        {"kind": "Dog", "bark": True},
    ),
    ({"type": "number", "minimum": -1.5, "maximum": -1.5}, -1.5),
    ({"type": "number", "minimum": 0, "maximum": 0}, 0),
    ({"type": "string", "pattern": "^(((a*)b)*c)*$", "minLength": 9}, "abccccccc"),
    ({"type": "string", "minLength": 3, "pattern": "^[a-z]*$", "maxLength": 3}, "xxx"),
    (
        {"type": "object", "properties": {"a": INTEGER, "b": STRING}, "maxProperties": 5},
        {"a": 0, "b": "text"},
    ),
    ({"type": "array", "items": INTEGER, "not": {"minItems": 1}}, []),
    ({"anyOf": [INTEGER, STRING, {"type": "boolean"}], "not": {"type": ["integer", "string"]}}, True),
    ({"enum": [1, 2, 3], "not": {"enum": [1, 2]}}, 3),
    ({"type": ["integer", "string", "null"], "not": INTEGER}, "text"),
    ({"example": 3, "type": "integer", "not": {"const": 3}}, 0),
    ({"examples": [3], "type": "integer", "not": {"const": 3}}, 0),
    (
        {
            "type": "object",
            "properties": {"a": {"enum": [1, 2]}, "b": INTEGER},
            "not": {"properties": {"a": {"const": 1}}, "required": ["b"]},
        },
        {},
    ),
    (
        {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"enum": [1, 2]}, "b": INTEGER},
            "not": {"properties": {"a": {"const": 1}}},
        },
        {"a": 2, "b": 0},
    ),
    ({"if": INTEGER, "then": {"minimum": 3}, "type": "integer"}, 3),
    ({"if": INTEGER, "type": "integer"}, 0),
    ({"minLength": 6}, "textxx"),
    ({"maxLength": 2}, "xt"),
    ({"pattern": "^a$"}, "a"),
    ({"minItems": 1, "items": INTEGER}, [0]),
    ({"multipleOf": 5, "minimum": 3}, 5),
    ({"allOf": [{"title": "a", "type": "integer"}, {"title": "b"}]}, 0),
    ({"allOf": [{"type": ["integer", "null"]}, {"type": ["null", "string"]}]}, None),
    # What has no value is left out, and takes nothing else with it.
    ({"properties": {"a": INTEGER, "b": {"allOf": [{"type": "number"}, STRING]}}}, {"a": 0}),
    ({"properties": {"a": INTEGER, "b": {"allOf": [STRING, INTEGER]}}}, {"a": 0}),
    ({"allOf": [{"oneOf": [INTEGER, STRING]}, {"oneOf": [STRING, {"type": "null"}]}]}, "text"),
]


@pytest.mark.parametrize(("schema", "value"), BUILT)
def test_a_schema_gives_its_simplest_value(schema: Any, value: Any) -> None:
    node, validator = described(schema)
    assert validator.violations(value, "body") == []
    found = synthesise(node, validator)
    assert (repr(found), repr(synthesise(node, validator))) == (repr(value), repr(value))


NOTHING: list[Any] = [
    {"type": "object", "required": ["a", "b"], "maxProperties": 1},
    {"type": "integer", "minimum": 1, "maximum": 2, "not": {"const": 1}},
    {"type": "string", "not": {"const": "text"}},
    {"type": "array", "items": {"enum": [1]}, "minItems": 1, "not": {"const": [1]}},
    {"enum": [1, 2, 3, 4], "not": {"enum": [1, 2, 3]}},
    {"type": "object", "required": ["a"], "properties": {"a": False}},
    {"type": "array", "items": False, "minItems": 1},
    {"type": "string", "pattern": "^a{10001}$"},
    {"type": "string", "pattern": "(?!a)b(?<=c)"},
    {"type": "integer", "minimum": 2, "maximum": 1},
    {"allOf": [INTEGER, STRING]},
    {"allOf": [{"const": 1}, False]},
]


@pytest.mark.parametrize("schema", NOTHING)
def test_a_schema_that_allows_nothing_or_too_much_has_no_value(schema: Any) -> None:
    node, validator = described(schema)
    assert validator.violations(synthesise(node, validator), "body")


FORMATS = [
    ("date", ["2024-01-31", "2025-01-31"]),
    ("date-time", ["2024-01-31T12:00:00Z", "2025-01-31T12:00:00Z"]),
    ("time", ["12:00:00Z", "12:00:00Z"]),
    ("duration", ["P1D", "P1D"]),
    ("email", ["someone@mail.example", "someone1@mail.example"]),
    ("idn-email", ["someone@mail.example", "someone1@mail.example"]),
    ("hostname", ["host.example", "host.example"]),
    ("idn-hostname", ["host.example", "host.example"]),
    ("ipv4", ["127.0.0.1", "127.0.0.1"]),
    ("ipv6", ["::1", "::1"]),
    ("uri", ["https://host.example/", "https://host.example/1"]),
    ("uri-reference", ["/path", "/path1"]),
    ("iri", ["https://host.example/", "https://host.example/1"]),
    ("iri-reference", ["/path", "/path1"]),
    ("uri-template", ["/path/{id}", "/path/{id}"]),
    ("uuid", ["00000000-0000-4000-8000-000000000000", "00000001-0000-4000-8000-000000000000"]),
    ("json-pointer", ["/field", "/field1"]),
    ("relative-json-pointer", ["0", "0"]),
    ("regex", ["^.*$", "^.*$"]),
    ("byte", ["dGV4dA==", "dGV4dA=="]),
    ("made-up", ["text", "text1"]),
]


@pytest.mark.parametrize(("form", "values"), FORMATS)
def test_a_format_has_its_value_and_mostly_others(form: str, values: list[str]) -> None:
    items = {"type": "string", "format": form}
    assert synthesise(*described({"type": "array", "items": items, "minItems": 2})) == values


MADE_UP: list[tuple[Any, list[Any]]] = [
    (INTEGER, [261, 779, 667, 96, 914, 622]),
    ({"type": "integer", "minimum": 3, "maximum": 9}, [7, 9, 8, 9, 6, 7]),
    ({"type": "integer", "minimum": 0, "exclusiveMaximum": 4, "multipleOf": 2}, [2, 2, 2, 2, 2, 2]),
    ({"type": "number", "minimum": 0, "exclusiveMaximum": 1}, [0.5, 0.75, 0.5, 0.75, 0.75, 0.5]),
    (
        {"type": "array", "items": INTEGER, "minItems": 1},
        [[779], [96, 30, 445, 715], [923, 32], [702], [782], [236, 780]],
    ),
    (
        {"type": "array", "items": STRING, "maxItems": 2},
        [["text779"], ["text96"], ["text622"], ["text605", "text924"], ["text961"], ["text540"]],
    ),
    ({"type": "array", "items": STRING, "maxItems": 0}, [[], [], [], [], [], []]),
    (
        {
            "type": "object",
            "required": ["a"],
            "properties": {"a": STRING, "b": INTEGER, "c": {"type": "boolean"}},
        },
        [
            {"a": "text667", "b": 807},
            {"a": "text622", "b": 712},
            {"a": "text923", "c": False},
            {"a": "text702", "b": 992},
            {"a": "text566", "b": 353, "c": False},
            {"a": "text190", "b": 123, "c": False},
        ],
    ),
    ({"enum": [1, 2, 3]}, [1, 3, 2, 2, 3, 2]),
    (
        {"type": "string", "format": "date"},
        ["2285-01-31", "2803-01-31", "2691-01-31", "2120-01-31", "2938-01-31", "2646-01-31"],
    ),
    (
        {"type": "string", "format": "uuid"},
        [
            "00000261-0000-4000-8000-000000000000",
            "00000779-0000-4000-8000-000000000000",
            "00000667-0000-4000-8000-000000000000",
            "00000096-0000-4000-8000-000000000000",
            "00000914-0000-4000-8000-000000000000",
            "00000622-0000-4000-8000-000000000000",
        ],
    ),
    ({"type": "string", "pattern": "^[a-z]{1,4}$"}, ["jqiy", "csf", "tl", "odlp", "nw", "x"]),
    ({"oneOf": [INTEGER, STRING]}, ["text120", "text667", "text499", "text622", "text738", "text31"]),
    (
        {"$ref": "#/components/schemas/Tree"},
        [{"n": 667}, {"n": 443}, {"n": 923, "kids": [{"n": 702}]}, {"n": 961, "kids": [{"n": 948}]}, {}, {}],
    ),
    ({"type": "string", "example": "x"}, ["text261", "text779", "text667", "text96", "text914", "text622"]),
    ({"type": "integer", "not": {"minimum": 1}}, [0, 0, 0, 0, 0, 0]),
]


@pytest.mark.parametrize(("schema", "values"), MADE_UP)
def test_values_that_are_made_up_anew_are_valid_and_differ(schema: Any, values: list[Any]) -> None:
    node, validator = described(schema)
    random = Random(1)
    found = [synthesise(node, validator, NO_BODY, random) for _ in values]
    assert found == values
    assert not any(validator.violations(each, "body") for each in found)


@pytest.mark.parametrize(("count", "is_built"), [(1000, True), (1001, False)])
def test_an_array_or_object_has_a_thousand_members_at_most(count: int, is_built: bool) -> None:
    for schema in (
        {"type": "array", "items": INTEGER, "minItems": count},
        {"type": "object", "additionalProperties": INTEGER, "minProperties": count},
        {"type": "array", "prefixItems": [INTEGER] * count, "minItems": count},
    ):
        node, validator = described(schema)
        assert (validator.violations(synthesise(node, validator), "body") == []) == is_built


@pytest.mark.parametrize(("rows", "is_built"), [(98, True), (100, False)])
def test_ten_thousand_schemas_are_looked_at_for_one_value(rows: int, is_built: bool) -> None:
    row = {"type": "object", "required": [f"p{number}" for number in range(100)]}
    schema = {"type": "array", "items": row, "minItems": rows}
    node, validator = described(schema)
    assert (validator.violations(synthesise(node, validator), "body") == []) == is_built


def content(schema: Any, kind: str = "application/json", **fields: Any) -> dict[str, Any]:
    return {"content": {kind: {"schema": schema, **fields}}}


# The documented responses, and the response of a mock without a handler: its status, body, type and headers.
RESPONSES: list[tuple[dict[str, Any], int, bytes, str | None]] = [
    ({"204": {}}, 204, b"", None),
    ({"400": {}, "201": {}, "200": {}}, 201, b"", None),
    ({"default": content(True, example=5), "400": {}}, 200, b"5", "application/json"),
    ({"x-more": 5, "2xx": content(INTEGER, example=5)}, 200, b"5", "application/json"),
    ({"302": {}}, 302, b"", None),
    ({"3XX": {}}, 300, b"", None),
    ({}, 200, b"", None),
    ({"200": content(STRING, "text/plain", example="word")}, 200, b"word", "text/plain"),
    ({"200": content(STRING, "text/plain")}, 200, b"text", "text/plain"),
    ({"200": content(INTEGER, "text/plain")}, 200, b"", "text/plain"),
    ({"200": {"content": {"image/*": {}}}}, 200, b"", "image/octet-stream"),
    ({"200": {"content": {"text/*": {}}}}, 200, b"", "text/plain"),
    ({"200": {"content": {"application/*": {}}}}, 200, b"{}", "application/json"),
    ({"200": content({"const": 5}, "*/*")}, 200, b"5", "application/json"),
    ({"200": {"content": {"application/json": {}}}}, 200, b"{}", "application/json"),
    ({"200": {"content": {"text/html": {}, "a/x+json": {"example": 1}}}}, 200, b"1", "a/x+json"),
    (
        {"200": content(INTEGER, examples={"x": {"summary": "X"}, "y": {"value": 4}})},
        200,
        b"4",
        "application/json",
    ),
    ({"200": content(INTEGER, example="wrong")}, 200, b"0", "application/json"),
    ({"200": content({"type": "integer", "examples": [3]}, example=1)}, 200, b"1", "application/json"),
    (
        {"200": content({"type": "array", "items": STRING}, "Application/JSON; charset=utf-8")},
        200,
        b'["text"]',
        "application/json",
    ),
]


@pytest.mark.parametrize(("responses", "status", "body", "kind"), RESPONSES)
def test_a_response_is_the_documented_success(
    responses: dict[str, Any], status: int, body: bytes, kind: str | None
) -> None:
    with Mock(document_of({"responses": responses}, method="get")) as mock:
        response = mock.handle(Request("GET", "/"))
        assert mock.can_respond("it")
    assert (response.status, response.content) == (status, body)
    wanted = {} if kind is None else {"content-type": kind}
    if status != 204:
        wanted["content-length"] = str(len(body))
    assert {name.decode(): value.decode() for name, value in response.encoded_headers} == wanted


def test_required_headers_are_made_up_as_well() -> None:
    headers = {
        "X-Count": {"required": True, "schema": {"type": "integer", "minimum": 3}},
        "X-Flag": {"required": True, "schema": {"type": "boolean"}},
        "X-More": {"required": True, "example": False},
        "X-Any": {"required": True},
        "X-Optional": {"schema": INTEGER},
        "Content-Type": {"required": True},
    }
    for more in ({}, content(INTEGER)):
        with Mock(document_of({"responses": {"200": {"headers": headers, **more}}}, method="get")) as mock:
            found = mock.handle(Request("GET", "/")).headers
        assert found == {"x-count": "3", "x-flag": "true", "x-more": "false", "x-any": "text"}
