"""The objects of a document with their kinds: operation, parameter, schema and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.document import Document, Json, members
from openapi_reader import Pointer, is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SCHEMA_PARTS = {
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), "*schema"),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "*schema"),
    **dict.fromkeys(("items", "contains", "not", "if", "then", "else", "propertyNames"), "schema"),
    **dict.fromkeys(("additionalProperties", "unevaluatedItems", "unevaluatedProperties"), "schema"),
    "contentSchema": "schema",
}
_PARAMETER_PARTS = {"schema": "schema of a parameter", "content": "*media", "examples": "*leaf"}
# For each kind of object, the kinds under its keys; a star stands for a list or a mapping of them.
_PARTS: dict[str, dict[str, str]] = {
    "document": {
        **dict.fromkeys(("info", "externalDocs"), "leaf"),
        **dict.fromkeys(("servers", "tags"), "*leaf"),
        "paths": "paths",
        "webhooks": "*item",
        "components": "components",
    },
    "components": {
        "schemas": "*schema",
        "responses": "*response",
        "parameters": "*parameter",
        "examples": "*leaf",
        "requestBodies": "*body",
        "headers": "*header",
        "securitySchemes": "*leaf",
        "links": "*leaf",
        "callbacks": "*callback",
        "pathItems": "*item",
    },
    "item": {"parameters": "*parameter", **dict.fromkeys(METHODS, "operation")},
    "operation": {
        "parameters": "*parameter",
        "requestBody": "body",
        "responses": "responses",
        "callbacks": "*callback",
    },
    "parameter": _PARAMETER_PARTS,
    "header": _PARAMETER_PARTS,
    "body": {"content": "*media"},
    "response": {"headers": "*header", "content": "*media", "links": "*leaf"},
    "media": {"schema": "schema", "examples": "*leaf", "encoding": "*encoding"},
    "encoding": {"headers": "*header"},
    "schema": SCHEMA_PARTS,
    "schema of a parameter": SCHEMA_PARTS,
}
# Mappings that may also have extensions.
_MAPPINGS = {"paths": "item", "callback": "item", "responses": "response"}


def nodes(document: Document) -> Iterator[tuple[str, Json, Pointer]]:
    """Yield the objects of the document with their kinds and places."""
    yield from _nodes("document", document.data, ())


def _nodes(kind: str, node: Any, place: Pointer) -> Iterator[tuple[str, Json, Pointer]]:
    if not is_object(node):
        return
    yield kind, node, place
    if kind in _MAPPINGS:
        yield from _all_nodes(_MAPPINGS[kind], members(node), place)
    for key, part in _PARTS.get(kind, {}).items():
        if part.startswith("*"):
            yield from _all_nodes(part[1:], node.get(key), (*place, key))
        else:
            yield from _nodes(part, node.get(key), (*place, key))


def _all_nodes(kind: str, holder: Any, place: Pointer) -> Iterator[tuple[str, Json, Pointer]]:
    found: Iterable[tuple[str | int, Any]] = ()
    if is_object(holder):
        found = holder.items()
    elif is_array(holder):
        found = enumerate(holder)
    for key, node in found:
        yield from _nodes(kind, node, (*place, key))
