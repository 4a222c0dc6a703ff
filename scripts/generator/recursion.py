"""Schemas that contain themselves with no object on the way, for which Python has no class to name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.document import Json
from openapi_reader import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PREFIX = "#/components/schemas/"


def open_recursion(schemas: Mapping[str, Json]) -> list[str]:
    """Have each reference that leads back without a class between accept any value.

    Args:
        schemas: The schemas of the document's components, which are edited.

    Returns:
        The names of the schemas that had such a reference.
    """
    opened: list[str] = []
    finished: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        for reference in [*_references(schemas[name])]:
            target = reference["$ref"].removeprefix(_PREFIX)
            if target in (*path, name):
                reference.pop("$ref")
                opened.append(name)
            elif target in schemas and target not in finished and not _is_class(schemas[target]):
                visit(target, (*path, name))
        finished.add(name)

    for name, schema in schemas.items():
        if name not in finished and not _is_class(schema):
            visit(name, ())
    return [*dict.fromkeys(opened)]


def _is_class(schema: Any) -> bool:
    """Return whether a schema becomes a class, to which a type may refer from anywhere."""
    if not is_object(schema):
        return False
    return (
        schema.get("type") == "object"
        or "allOf" in schema
        or ("type" not in schema and "properties" in schema)
    )


def _references(schema: Any) -> Iterator[Json]:
    if is_object(schema):
        if isinstance(schema.get("$ref"), str):
            yield schema
        for each in [*schema.values()]:
            yield from _references(each)
    elif is_array(schema):
        for each in schema:
            yield from _references(each)
