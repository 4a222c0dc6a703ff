"""Properties that only a server says (`readOnly`), or only a client (`writeOnly`)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal, TypeAlias

from openapi_reader import is_array, is_object

from .document import Document, Node, SpecificationError

Mark: TypeAlias = Literal["readOnly", "writeOnly"]


def is_marked(document: Document, schema: Any, mark: Mark) -> bool:
    """Return whether a schema, or the one that it refers to, has a mark."""
    with suppress(SpecificationError):
        target = Node(document, schema, ()).resolved().value
        return any(is_object(each) and each.get(mark) is True for each in (schema, target))
    return False


def has_marks(document: Document) -> bool:
    """Return whether anything in a document has a mark."""
    todo: list[Any] = [document.root]
    while todo:
        value = todo.pop()
        if is_object(value):
            if "readOnly" in value or "writeOnly" in value:
                return True
            todo.extend(value.values())
        elif is_array(value):
            todo.extend(value)
    return False


def without_required(document: Document, mark: Mark) -> dict[str, Any]:
    """Return what a document says, but that no property with a mark is required."""

    def copy(value: Any) -> Any:
        if is_array(value):
            return [copy(each) for each in value]
        if not is_object(value):
            return value
        found = {name: copy(each) for name, each in value.items()}
        properties, required = value.get("properties"), value.get("required")
        if is_object(properties) and is_array(required):
            marked = [name for name, each in properties.items() if is_marked(document, each, mark)]
            found["required"] = [name for name in required if name not in marked]
        return found

    found: dict[str, Any] = copy(document.root)
    return found
