"""Documents without what may be left out or written in two ways, so that each reader finds one form.

Every operation has responses; paths and responses have no extensions among them; schemas are objects, but for
those of further fields and items, where most readers ask only whether there may be some; counts are integers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

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
# Mappings that may also have extensions, and what else stands in them.
_EXTENSIBLE: Final[Mapping[str, str]] = {"paths": "item", "responses": "response"}
_SCHEMAS: Final = frozenset({"schema", "further"})

Change: TypeAlias = Callable[[Any], Any]


def in_normal_form(document: Any) -> Any:
    """Return a copy of a document in its normal form; what is no part of OpenAPI stays as it is."""
    return _changed("document", document, _normal)


def with_schemas(kind: Literal["components", "schema"], node: Any, change: Change) -> Any:
    """Return a copy of a part of a document with every schema changed, the outer ones first."""
    return _changed(kind, node, lambda of, each: change(each) if of in _SCHEMAS and is_object(each) else each)


def _changed(kind: str, node: Any, change: Callable[[str, Any], Any]) -> Any:
    node = change(kind, node)
    inner = kind[1:] if kind.startswith("*") else _EXTENSIBLE.get(kind)
    if inner and is_array(node):
        return [_changed(inner, each, change) for each in node]
    if not is_object(node):
        return node
    parts = dict.fromkeys(node, inner) if inner else _PARTS[kind]
    return {
        name: _changed(parts[name], each, change) if name in parts else each for name, each in node.items()
    }


def _normal(kind: str, node: Any) -> Any:
    if kind == "schema" and isinstance(node, bool):
        return {} if node else {"not": {}}
    if not is_object(node):
        return node
    if kind in _EXTENSIBLE:
        return {name: each for name, each in node.items() if not str(name).startswith("x-")}
    if kind in _SCHEMAS:
        # Also 1.0 and 1e3 are whole numbers.
        return node | {name: int(node[name]) for name in _COUNTS & node.keys()}
    if kind == "operation" and not node.get("responses"):
        # It may answer anything.
        return node | {"responses": {"default": {"description": ""}}}
    return node
