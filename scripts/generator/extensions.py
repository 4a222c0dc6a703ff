"""The extensions of OpenAPI that this project reads: the objects that may have them, and their schemas."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from attrs import frozen

from generator.document import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document import Document, Json, Problem
    from openapi_reader import Pointer

# It has no types of its own.
_Validator: Any = import_module("jsonschema").Draft202012Validator
# How similar a misspelt name is, with as many words or with others: `x-fern-pagination` is not misspelt.
_NEAR, _VERY_NEAR = 0.8, 0.95


@frozen
class _Field:
    stands_on: str
    kinds: tuple[str, ...]
    says: Json


_FLAG: Json = {"type": "boolean"}
_NAME: Json = {"type": "string", "minLength": 1}
_PARTS_OF_PAGINATION = ("style", "offset", "limit", "items", "total", "page", "pages")

FIELDS = {
    "x-pagination": _Field(
        "a response",
        ("response",),
        {"type": "object", "propertyNames": {"enum": _PARTS_OF_PAGINATION}, "additionalProperties": _NAME},
    ),
    "x-idempotent": _Field("an operation", ("operation",), _FLAG),
    "x-from-client": _Field(
        "a parameter, or the schema of a body's property", ("parameter", "schema"), _NAME
    ),
    "x-argument-name": _Field("the schema of an object", ("schema",), _NAME),
    "x-aliases": _Field("the schema of a property", ("schema",), {"type": "array", "items": _NAME}),
    "x-error-message": _Field("the schema of a property", ("schema",), _FLAG),
    "x-checked": _Field(
        "the schema of a parameter, or of a property", ("schema", "schema of a parameter"), _FLAG
    ),
    "x-failure": _Field(
        "a schema",
        ("schema",),
        {
            "type": "object",
            "properties": {"code": _NAME, "classes": {"type": "object", "additionalProperties": _NAME}},
            "additionalProperties": False,
        },
    ),
}


def field_problems(document: Document, kind: str, node: Json, place: Pointer) -> Iterator[Problem]:
    """Yield the errors in our extensions of an object. Extensions of other tools are ignored."""
    for name, value in node.items():
        there = (*place, name)
        field = FIELDS.get(name)
        if field is None:
            if near := _near(name):
                yield document.problem(f"{name!r} is not a known extension{near}", there)
        elif kind not in field.kinds:
            yield document.problem(f"{name!r} is not allowed here: it belongs on {field.stands_on}", there)
        else:
            for error in _Validator(field.says).iter_errors(value):
                yield document.problem(error.message, (*there, *error.absolute_path))


def _near(name: str) -> str:
    if not name.startswith("x-"):
        return ""
    alike = [each for each in FIELDS if each.count("-") == name.count("-")]
    return did_you_mean(name, alike, _NEAR) or did_you_mean(name, FIELDS, _VERY_NEAR)
