"""Schemas that combine so many others, each of them twice, that no time is enough to look at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from generator.document import Document, Problem, SpecError
from openapi_reader import Pointer, is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST: Final = 100_000
_LONGEST_CHAIN: Final = 300
_KEYWORDS: Final = ("allOf", "anyOf", "oneOf")


def expansion_problems(document: Document) -> Iterator[Problem]:
    """Yield the schemas that stand for too many. A circle counts once."""
    known: dict[int, int] = {}
    todo: list[tuple[Pointer, Any]] = [((), document.data)]
    while todo:
        place, node = todo.pop()
        if is_object(node):
            if not node.keys().isdisjoint(_KEYWORDS) and _size(document, node, known, 0) > _MOST:
                yield document.problem(f"combines more than {_MOST:,} schemas: combine fewer of them", place)
                return
            todo.extend(((*place, key), each) for key, each in node.items())
        elif is_array(node):
            todo.extend(((*place, index), each) for index, each in enumerate(node))


def _size(document: Document, schema: Any, known: dict[int, int], depth: int) -> int:
    if not is_object(schema):
        return 1
    if id(schema) not in known:
        if depth > _LONGEST_CHAIN:
            return _MOST + 1
        # Until it is known, for schemas that lead back here.
        known[id(schema)] = 1
        sizes = (_size(document, each, known, depth + 1) for each in _combined(document, schema))
        known[id(schema)] = min(1 + sum(sizes), _MOST + 1)
    return known[id(schema)]


def _combined(document: Document, schema: dict[str, Any]) -> Iterator[Any]:
    """Yield the schemas that a value of a schema has to fit, too."""
    if isinstance(reference := schema.get("$ref"), str):
        try:
            yield document.lookup(reference, ())
        except SpecError:
            # It is reported at its own place.
            return
    for keyword in _KEYWORDS:
        if is_array(listed := schema.get(keyword)):
            yield from listed
