"""What a schema has to be: what compiles schemas takes some that are none, such as `required: [name, {}]`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any, Final

from jsonschema_rs import Draft202012Validator

from openapi_reader import Pointer, is_array, is_object, pointer_to

from .document import Node, SpecificationError

_METASCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"


def check_schema(node: Node, checked: set[Pointer]) -> None:
    """Raise SpecificationError unless a schema, and each that it refers to, is one.

    Args:
        node: The schema.
        checked: Where schemas were checked before; those that are checked now are added.
    """
    todo = [node]
    while todo:
        schema = todo.pop()
        if schema.pointer in checked:
            continue
        checked.add(schema.pointer)
        error = next(_metaschema().iter_errors(schema.value), None)
        if error is not None:
            within = pointer_to(error.instance, error.instance_path, schema.value)
            raise node.document.error((*schema.pointer, *within), f"not a schema: {error.message}")
        todo += _references(schema)


@cache
def _metaschema() -> Draft202012Validator:
    return Draft202012Validator({"$ref": _METASCHEMA}, mask="the value", offline=True)


def _references(schema: Node) -> Iterator[Node]:
    todo: list[Any] = [schema.value]
    while todo:
        value = todo.pop()
        if is_array(value):
            todo += value
        if not is_object(value):
            continue
        todo += value.values()
        reference = value.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/"):
            # One that leads nowhere stands in an example: what compiles schemas refuses all others.
            with suppress(SpecificationError):
                yield schema.follow(reference)
