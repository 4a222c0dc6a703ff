"""JSON pointers (RFC 6901): where a value stands in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

Pointer: TypeAlias = tuple[str | int, ...]


def format_pointer(pointer: Iterable[str | int]) -> str:
    """Return a pointer as text, such as `#/paths/~1users/get`."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def line_of(lines: Mapping[Pointer, int], pointer: Iterable[str | int]) -> int | None:
    """Return the line of the value at a pointer, or of the nearest one around it that has a line."""
    place = tuple(pointer)
    found = (lines.get(place[:length]) for length in range(len(place), -1, -1))
    return next((line for line in found if line is not None), None)
