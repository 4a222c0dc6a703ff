"""What a client takes of a schema is known from the document, also where one may think otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from openapi_fuzz.document import Document
from openapi_fuzz.responses.drawing import drawable
from openapi_fuzz.responses.shapes import Shape


def named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


NAMED = {
    "Whatever": {"description": "Anything."},
    "Base": {"type": "object", "required": ["id", "other"], "properties": {"id": {"type": "number"}}},
    "Wrapper": {
        "type": "object",
        "properties": {"inner": {"allOf": [named("Wrapper")]}},
    },
    "Tree": {"anyOf": [{"type": "string"}, {"type": "array", "items": named("Tree")}]},
    "Pet": {
        "type": "object",
        "required": ["kind", "unknown"],
        "properties": {"kind": {"type": "string"}},
        "oneOf": [
            named("Base"),
            {"type": "object", "properties": {"a": {"const": 1}}},
        ],
    },
}
DERIVED = {
    "allOf": [
        named("Base"),
        {"required": ["id"], "properties": {"id": {"type": "integer"}, "day": {"type": "string"}}},
        {"properties": {"day": {"type": "string", "format": "date"}}},
    ]
}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path: Path = tmp_path_factory.mktemp("shapes") / "shapes.yaml"
    info = {"title": "Shapes", "version": "1"}
    path.write_text(
        yaml.safe_dump({"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": NAMED}})
    )
    return Document(path)


@pytest.mark.parametrize(
    ("schema", "taken", "refused"),
    [
        (
            {"type": "array", "prefixItems": [{"type": "number"}, {"type": "null"}]},
            [[], [1.5, None]],
            [["a"]],
        ),
        (
            {"type": "array", "prefixItems": [{"type": "number"}], "items": {"type": "string"}},
            [["a", 1]],
            [[None]],
        ),
        (
            {"type": "object", "properties": {}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            [{}, 1],
            [],
        ),
        ({"anyOf": [{"type": "string"}, named("Whatever")]}, [1], []),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, [1, "a"], [None, 1.5]),
        ({"enum": [1, "auto"]}, [None], []),
        ({"enum": [True, False]}, [1], []),
        ({"enum": [[1], {}]}, [1], []),
        ({"enum": [0.5]}, ["a"], []),
        ({"enum": ["a"]}, ["other"], [None, 1]),
        ({"enum": ["a", None]}, ["other", None], [1]),
        ({"type": "number", "enum": [1, 2]}, [1, 3], [1.5]),
        ({"type": ["integer", "null"], "enum": [1]}, [None, 2], ["a"]),
        ({"type": "null", "enum": [None]}, [None], [1]),
        ({"type": "number", "const": 1.5}, [2], ["a"]),
        ({"const": [1]}, [None], []),
        ({"const": None}, [1], []),
        ({"type": "boolean", "const": True}, [True], [False, 1]),
        ({"type": "boolean", "enum": [True]}, [False], [1]),
        ({"const": "a"}, ["a"], ["b"]),
        ({"items": {"type": "integer"}}, ["a", ["a"]], []),
        ({"additionalProperties": {"type": "integer"}}, [{"a": "b"}], []),
        ({"required": ["a"]}, [{}], []),
        ({"type": "object", "required": ["a"]}, [{}], [None]),
        ({"format": "date"}, ["a"], []),
        ({"type": "string", "format": "date"}, ["2024-02-29"], ["2024-02-30", "2024-0,-29", "a"]),
        ({"type": "string", "format": "date-time"}, ["2024-02-29T12:00:00Z"], ["2024-0,-29T12:00:00Z"]),
        (
            {"type": ["object", "null"], "properties": {"a": {"type": "integer"}}},
            [None, {"a": 1}],
            [{"a": "b"}],
        ),
        (named("Wrapper"), [{"inner": {"inner": {}}}], [{"inner": {"inner": 1}}]),
        (named("Tree"), ["a", ["a"], [1]], [1]),
        (DERIVED, [{"id": 1}, {"id": 1, "day": "2024-02-29"}], [{}, {"id": 1.5}, {"id": 1, "day": "a"}]),
        ({"$ref": "#/components/schemas/Base/properties/id"}, [1.5], ["a"]),
        ({"$ref": "#/components/schemas/Base/properties/id", "type": "integer"}, [1], [1.5]),
    ],
    ids=str,
)
def test_what_a_client_takes_is_known(
    document: Document, schema: dict[str, Any], taken: list[Any], refused: list[Any]
) -> None:
    shape = Shape(document, schema)
    assert [each for each in taken if not shape.fits(shape.kept(each))] == []
    assert [each for each in refused if shape.fits(shape.kept(each))] == []


@pytest.mark.parametrize(
    ("schema", "drawn", "never"),
    [
        (named("Wrapper"), {"inner": {}}, {"further": 1}),
        (named("Pet"), {"kind": "", "unknown": None, "id": 0, "other": None}, {"kind": "", "id": 0}),
        (named("Pet"), {"kind": "", "unknown": None, "a": 1}, {"a": 1}),
        (DERIVED, {"id": 0, "other": None}, {"id": 0.5, "other": None}),
        ({"type": "array", "prefixItems": [{"const": 1}]}, [1], [1, 1]),
        ({"$ref": "#/components/schemas/Base/properties/id"}, 0, ""),
        ({"type": "object", "properties": {"properties": {"const": 1}}}, {"properties": 1}, {"const": 1}),
    ],
    ids=str,
)
def test_nothing_is_drawn_that_is_not_documented(
    document: Document, schema: dict[str, Any], drawn: Any, never: Any
) -> None:
    validator = jsonschema_rs.Draft202012Validator(drawable(document, schema))
    assert validator.is_valid(drawn)
    assert not validator.is_valid(never)
