"""Edits of responses: what stands at a place of the JSON value, and which headers describe the body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from hypothesis.strategies import DrawFn

from openapi_fuzz.responses.drawing import CONTENT_TYPE, DrawnResponse, written
from openapi_fuzz.responses.shapes import Place
from openapi_fuzz.serialization import is_json
from openapi_reader import is_array, is_object

Mutation: TypeAlias = Callable[[DrawFn, DrawnResponse, Sequence[str]], DrawnResponse | None]
"""Returns a mutated response, given secrets that it may repeat; None if it cannot change this one."""

_HOLE: Final = "a hole that is filled in once the text is written"


def places_in(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield the places of everything in a value, beginning with the value itself."""
    yield place
    items = value.items() if is_object(value) else enumerate(value) if is_array(value) else ()
    for name, item in items:
        yield from places_in(item, (*place, name))


def places_of(response: DrawnResponse, fits: Callable[[Any], bool] = lambda _: True) -> list[Place]:
    """Return the places of what fits in the JSON value of a response; none for any other body."""
    if not has_json(response):
        return []
    return [place for place in places_in(response.value) if fits(at(response.value, place))]


def at(value: Any, place: Place) -> Any:
    """Return what is at a place."""
    for part in place:
        value = value[part]
    return value


def put(value: Any, place: Place, item: Any) -> Any:
    """Return a value with something else at a place."""
    if not place:
        return item
    first, *others = place
    found = at(value, (first,))
    changed: Any = {**value} if is_object(value) else [*value]
    changed[first] = put(found, tuple(others), item)
    return changed


def without(value: Any, place: Place) -> Any:
    """Return a value without the field or item at a place."""
    *outer, last = place
    holder = at(value, tuple(outer))
    kept = (
        [item for index, item in enumerate(holder) if index != last]
        if is_array(holder)
        else {name: item for name, item in holder.items() if name != last}
    )
    return put(value, tuple(outer), kept)


def has_json(response: DrawnResponse) -> bool:
    """Return whether the body of a response is JSON."""
    return is_json(response.media_type)


def with_value(response: DrawnResponse, value: Any) -> DrawnResponse:
    """Return a response with another JSON value."""
    return replace(response, value=value, content=written(value))


def with_text(response: DrawnResponse, place: Place, text: bytes) -> DrawnResponse:
    """Return a response with any text in place of a value."""
    around = written(put(response.value, place, _HOLE))
    return replace(response, content=around.replace(written(_HOLE), text))


def content_type(response: DrawnResponse) -> Sequence[tuple[str, str]]:
    """Return the header with the media type of a response, if it has one."""
    return ((CONTENT_TYPE, response.media_type),) if response.media_type else ()


def with_headers(response: DrawnResponse, *headers: tuple[str, str]) -> DrawnResponse:
    """Return a response with these headers in place of those that describe the body."""
    kept = (each for each in response.headers if each[0].lower() != CONTENT_TYPE)
    return replace(response, headers=(*kept, *headers))
