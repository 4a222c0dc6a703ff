"""How many schemas a value is checked against: schemas that combine each other can stand for billions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from openapi_reader import Pointer, is_array, is_object

from .document import Document, Node, SpecificationError

_MOST: Final = 100_000
_LONGEST_CHAIN: Final = 300
_LISTS: Final = ("allOf", "anyOf", "oneOf")
_SINGLE: Final = ("if", "then", "else", "not")


def check_expansion(document: Document) -> None:
    """Raise SpecificationError for a schema that combines too many others, where a circle counts once."""
    sizes = _Sizes(document)
    todo: list[tuple[Pointer, Any]] = [((), document.root)]
    while todo:
        pointer, value = todo.pop()
        if is_object(value):
            if not value.keys().isdisjoint(_LISTS) and sizes.of(value, 0) > _MOST:
                raise document.error(pointer, f"combines more than {_MOST:,} schemas: combine fewer of them")
            todo.extend(((*pointer, key), each) for key, each in value.items())
        elif is_array(value):
            todo.extend(((*pointer, index), each) for index, each in enumerate(value))


class _Sizes:
    """The numbers of schemas, by the identity of the values, which live as long as the document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[int, int] = {}

    def of(self, schema: Any, depth: int) -> int:
        if not is_object(schema):
            return 1
        known = self._known.get(id(schema))
        if known is not None:
            return known
        if depth > _LONGEST_CHAIN:
            return _MOST + 1
        # Until it is known, for schemas that lead back here.
        self._known[id(schema)] = 1
        size = 1 + sum(self.of(each, depth + 1) for each in self._combined(schema))
        self._known[id(schema)] = min(size, _MOST + 1)
        return self._known[id(schema)]

    def _combined(self, schema: dict[str, Any]) -> Iterator[Any]:
        """Yield the schemas that the same value is checked against."""
        if isinstance(reference := schema.get("$ref"), str):
            try:
                yield Node(self._document, schema, ()).follow(reference).value
            except SpecificationError:
                # Whoever needs it says so.
                return
        for keyword in _LISTS:
            if is_array(listed := schema.get(keyword)):
                yield from listed
        yield from (schema[keyword] for keyword in _SINGLE if keyword in schema)
