"""Places in a JSON value: what is there, and values with something else there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openapi_reader import Pointer, is_array, is_object


def places_in(value: Any, place: Pointer = ()) -> Iterator[Pointer]:
    """Yield the places of everything in a value, beginning with the value itself."""
    yield place
    items = value.items() if is_object(value) else enumerate(value) if is_array(value) else ()
    for name, item in items:
        yield from places_in(item, (*place, name))


def at(value: Any, place: Pointer) -> Any:
    """Return what is at a place."""
    for part in place:
        value = value[part]
    return value


def put(value: Any, place: Pointer, item: Any) -> Any:
    """Return a value with something else at a place, which may be that of a field that is not there yet."""
    if not place:
        return item
    first, *others = place
    changed: Any = {**value} if is_object(value) else [*value]
    changed[first] = put(changed[first], tuple(others), item) if others else item
    return changed


def without(value: Any, place: Pointer) -> Any:
    """Return a value without the field or item at a place."""
    *outer, last = place
    holder = at(value, tuple(outer))
    kept = (
        [item for index, item in enumerate(holder) if index != last]
        if is_array(holder)
        else {name: item for name, item in holder.items() if name != last}
    )
    return put(value, tuple(outer), kept)
