"""JSON pointers (RFC 6901): where a value stands in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from .values import is_array, is_object

Pointer: TypeAlias = tuple[str | int, ...]

_INDEX: Final = re.compile(r"\+?[0-9]+")


def format_pointer(pointer: Iterable[str | int]) -> str:
    """Return a pointer as text, such as `#/paths/~1users/get`."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def line_of(lines: Mapping[Pointer, int], pointer: Iterable[str | int]) -> int | None:
    """Return the line of the value at a pointer, or of the nearest one around it that has a line."""
    place = tuple(pointer)
    found = (lines.get(place[:length]) for length in range(len(place), -1, -1))
    return next((line for line in found if line is not None), None)


def places_on(path: Sequence[str | int], value: Any) -> Iterator[tuple[Pointer, Any]]:
    """Yield the places in a JSON value that jsonschema-rs may mean by an `instance_path`, with their values.

    Such a path leaves out names that are empty, and has numbers for names that look like one.
    """
    if not path:
        yield (), value
    for part, child, rest in _steps(path, value):
        yield from (((part, *pointer), found) for pointer, found in places_on(rest, child))


def pointer_to(instance: Any, path: Sequence[str | int], value: Any) -> Pointer:
    """Return where in a JSON value an instance is, of which jsonschema-rs tells the `instance_path`."""
    return next((place for place, found in places_on(path, value) if found == instance), tuple(path))


def _steps(path: Sequence[str | int], value: Any) -> Iterator[tuple[str | int, Any, Sequence[str | int]]]:
    if is_object(value):
        for name, child in value.items():
            if not name:
                yield name, child, path
            elif path and path[0] in (name, int(name) if _INDEX.fullmatch(name) else name):
                yield name, child, path[1:]
    elif path and is_array(value) and isinstance(path[0], int):
        yield path[0], value[path[0]], path[1:]
