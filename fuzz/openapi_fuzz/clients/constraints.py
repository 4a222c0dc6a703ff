"""Which values a schema forbids, as far as a client checks them before it sends anything (`x-checked`)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Final, cast

import jsonschema_rs

from openapi_fuzz.document import Document, Node
from openapi_fuzz.responses.shapes import encodable
from openapi_runtime import UNSET

# Formats of strings that are objects in Python, which the client leaves to their own classes.
_OBJECTS: Final = frozenset(("binary", "date", "date-time", "uuid"))


def is_forbidden(schema: Node, value: object, document: Document, *, nullable: bool = False) -> bool:
    """Return whether a value violates a schema that the client checks."""
    schema = merged(document, schema)
    if value is UNSET or (value is None and (nullable or "null" in _all_kinds(schema))):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return True
    kinds = [] if {"enum", "const"} & schema.keys() or schema.get("format") in _OBJECTS else kinds_of(schema)
    if len(kinds) == 1 and not _is_of_kind(value, kinds[0]):
        return True
    if isinstance(value, str):
        return _is_wrong_text(schema, value)
    if isinstance(value, int | float):
        return _is_wrong_number(schema, value)
    if isinstance(value, Sequence):
        return _is_wrong_list(schema, cast("Sequence[object]", value), document)
    return False


def _is_of_kind(value: object, kind: str) -> bool:
    """Return whether a value of Python is of a JSON type: a boolean is no number, and 1.0 no integer."""
    match kind:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, Sequence) and not isinstance(value, str | bytes)
        case _:
            return True


def _is_wrong_text(schema: Node, text: str) -> bool:
    return bool(
        not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", math.inf)
        or not _pattern(schema.get("pattern", "")).is_valid(encodable(text))
    )


@cache
def _pattern(pattern: str) -> jsonschema_rs.Draft202012Validator:
    # Python's own expressions read some words of JSON Schema's otherwise.
    return jsonschema_rs.Draft202012Validator({"pattern": pattern})


def _is_wrong_number(schema: Node, number: float) -> bool:
    return bool(
        number < schema.get("minimum", -math.inf)
        or number > schema.get("maximum", math.inf)
        or number <= schema.get("exclusiveMinimum", -math.inf)
        or number >= schema.get("exclusiveMaximum", math.inf)
    )


def _is_wrong_list(schema: Node, values: Sequence[object], document: Document) -> bool:
    if not schema.get("minItems", 0) <= len(values) <= schema.get("maxItems", math.inf):
        return True
    return any(is_forbidden(schema.get("items", {}), each, document) for each in values)


def _all_kinds(schema: Node) -> list[str]:
    kinds = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def kinds_of(schema: Node) -> list[str]:
    """Return the JSON types that a schema names, but null."""
    return [each for each in _all_kinds(schema) if each != "null"]


def merged(document: Document, schema: Node) -> Node:
    """Return a schema with what stands beside its reference."""
    return {**document.resolve(schema), **{key: value for key, value in schema.items() if key != "$ref"}}
