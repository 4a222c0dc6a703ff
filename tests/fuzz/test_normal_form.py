"""However a document is written, each reader of the harness finds one form of it."""

from pathlib import Path
from typing import Any

from openapi_fuzz.document import Document
from openapi_fuzz.normal_form import in_normal_form

THING = {"properties": {"meta": True, "none": False, "properties": {"items": True}}, "default": {"not": True}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "paths": {
        "x-internal": True,
        "/things": {
            "x-of-the-item": True,
            "get": {
                "operationId": "findThings",
                "parameters": [{"name": "x-any", "in": "query", "schema": True}],
                "responses": {
                    "x-note": {"of": "it"},
                    "200": {"content": {"application/json": {"schema": True}}},
                    "404": {"content": {"application/json": {"schema": THING}}},
                },
            },
            "post": {"operationId": "addThing"},
        },
    },
    "components": {"schemas": {"x-any": {"additionalProperties": True, "items": True, "maxItems": 1e3}}},
}


def test_only_what_may_be_written_in_two_ways_changes() -> None:
    found = in_normal_form(DOCUMENT)
    item = found["paths"].pop("/things")
    assert (found["paths"], item["x-of-the-item"]) == ({}, True)
    schema = found["components"]["schemas"]["x-any"]
    assert schema == {"additionalProperties": True, "items": {}, "maxItems": 1000}
    assert type(schema["maxItems"]) is int
    assert item["post"]["responses"] == {"default": {"description": ""}}
    assert item["get"]["parameters"] == [{"name": "x-any", "in": "query", "schema": {}}]
    contents = {status: each["content"] for status, each in item["get"]["responses"].items()}
    properties = {"meta": {}, "none": {"not": {}}, "properties": {"items": {}}}
    assert contents == {
        "200": {"application/json": {"schema": {}}},
        "404": {"application/json": {"schema": {"properties": properties, "default": {"not": True}}}},
    }
    assert "x-internal" in DOCUMENT["paths"]


def test_a_document_is_read_in_its_normal_form(tmp_path: Path) -> None:
    path = tmp_path / "things.yaml"
    path.write_text(
        "openapi: 3.1.0\npaths:\n  x-internal: true\n  /things:\n    get:\n      operationId: findThings\n"
        "      parameters: [{ name: any, in: query, schema: true }]\n"
    )
    (operation,) = Document(path).operations.values()
    assert (operation.statuses, operation.takes_falsy_query) == ([599], False)
