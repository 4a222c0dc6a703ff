"""Documents without what may be left out or written in two ways, so that each reader finds one form.

Every operation has responses; paths and responses have no extensions among them; schemas are objects, but for
those of further fields and items, where most readers ask only whether there may be some; counts are integers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openapi_reader import is_array, is_object

_SCHEMA: Final[Mapping[str, str]] = {
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), "*schema"),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "*schema"),
    **dict.fromkeys(("items", "contains", "not", "if", "then", "else", "propertyNames"), "schema"),
    **dict.fromkeys(("additionalProperties", "unevaluatedItems", "unevaluatedProperties"), "further"),
}
_COUNTS: Final = frozenset(
    f"{bound}{what}" for bound in ("min", "max") for what in ("Length", "Items", "Properties", "Contains")
)
_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PARAMETER: Final[Mapping[str, str]] = {"schema": "schema", "content": "*media"}
# What stands under the keys of each kind of object; a star stands for a list or a mapping of them.
_PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "document": {"paths": "paths", "webhooks": "*item", "components": "components"},
    "components": {
        "schemas": "*schema",
        "responses": "*response",
        "parameters": "*parameter",
        "requestBodies": "*body",
        "headers": "*parameter",
        "callbacks": "*paths",
        "pathItems": "*item",
    },
    "item": {"parameters": "*parameter", **dict.fromkeys(_METHODS, "operation")},
    "operation": {
        "parameters": "*parameter",
        "requestBody": "body",
        "responses": "responses",
        "callbacks": "*paths",
    },
    "parameter": _PARAMETER,
    "body": {"content": "*media"},
    "response": {"headers": "*parameter", "content": "*media"},
    "media": {"schema": "schema", "encoding": "*encoding"},
    "encoding": {"headers": "*parameter"},
    "schema": _SCHEMA,
    "further": _SCHEMA,
}
# Mappings that may also have extensions.
_EXTENSIBLE: Final[Mapping[str, str]] = {"paths": "*item", "responses": "*response"}


def in_normal_form(document: Any) -> Any:
    """Return a copy of a document in its normal form; what is no part of OpenAPI stays as it is."""
    return _normal("document", document)


def _normal(kind: str, node: Any) -> Any:
    if kind == "schema" and isinstance(node, bool):
        return {} if node else {"not": {}}
    if is_array(node) and kind.startswith("*"):
        return [_normal(kind[1:], each) for each in node]
    if not is_object(node):
        return node
    if kind.startswith("*"):
        return {name: _normal(kind[1:], each) for name, each in node.items()}
    if kind in _EXTENSIBLE:
        own = {name: each for name, each in node.items() if not str(name).startswith("x-")}
        return _normal(_EXTENSIBLE[kind], own)
    parts = _PARTS[kind]
    found = {name: _normal(parts[name], each) if name in parts else each for name, each in node.items()}
    if parts is _SCHEMA:
        # Also 1.0 and 1e3 are whole numbers.
        found |= {name: int(found[name]) for name in _COUNTS & found.keys()}
    if kind == "operation" and not found.get("responses"):
        # It may answer anything.
        found["responses"] = {"default": {"description": ""}}
    return found
