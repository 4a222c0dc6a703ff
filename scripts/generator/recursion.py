"""Schemas that contain themselves with no object on the way, for which Python has no class to name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.document import Json, mappings
from openapi_reader import is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PREFIX = "#/components/schemas/"


def endless_references(schemas: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """Yield each reference that leads back without a class between, after the name of its schema.

    Args:
        schemas: The schemas of a document's components.
    """
    finished: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> Iterator[tuple[str, Json]]:
        for reference in mappings(schemas[name]):
            target = str(reference.get("$ref", "")).removeprefix(_PREFIX)
            if target in (*path, name):
                yield name, reference
            elif target in schemas and target not in finished and not _is_class(schemas[target]):
                yield from visit(target, (*path, name))
        finished.add(name)

    for name, schema in schemas.items():
        if name not in finished and not _is_class(schema):
            yield from visit(name, ())


def _is_class(schema: Any) -> bool:
    """Return whether a schema becomes a class, to which a type may refer from anywhere."""
    if not is_object(schema):
        return False
    return (
        schema.get("type") == "object"
        or "allOf" in schema
        or ("type" not in schema and "properties" in schema)
    )
