"""What mutations have in common: responses with another value, another text or other headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from hypothesis.strategies import DrawFn

from openapi_fuzz.media import is_json
from openapi_fuzz.places import at, places_in, put
from openapi_fuzz.responses.drawing import CONTENT_TYPE, DrawnResponse, written
from openapi_reader import Pointer

Mutation: TypeAlias = Callable[[DrawFn, DrawnResponse, Sequence[str]], DrawnResponse | None]
"""Returns a mutated response, given secrets that it may repeat; None if it cannot change this one."""

_HOLE: Final = "a hole that is filled in once the text is written"


def places_of(response: DrawnResponse, fits: Callable[[Any], bool] = lambda _: True) -> list[Pointer]:
    """Return the places of what fits in the JSON value of a response; none for any other body."""
    if not has_json(response):
        return []
    return [place for place in places_in(response.value) if fits(at(response.value, place))]


def has_json(response: DrawnResponse) -> bool:
    """Return whether the body of a response is JSON."""
    return is_json(response.media_type)


def with_value(response: DrawnResponse, value: Any) -> DrawnResponse:
    """Return a response with another JSON value."""
    return replace(response, value=value, content=written(value))


def with_text(response: DrawnResponse, place: Pointer, text: bytes) -> DrawnResponse:
    """Return a response with any text in place of a value."""
    around = written(put(response.value, place, _HOLE))
    return replace(response, content=around.replace(written(_HOLE), text))


def content_type(response: DrawnResponse) -> Sequence[tuple[str, str]]:
    """Return the header with the media type of a response, if it has one."""
    return ((CONTENT_TYPE, response.media_type),) if response.media_type else ()


def with_headers(response: DrawnResponse, *headers: tuple[str, str]) -> DrawnResponse:
    """Return a response with these headers in place of those of their names, and of the media type."""
    replaced = {CONTENT_TYPE, *(name for name, _ in headers)}
    kept = (each for each in response.headers if each[0].lower() not in replaced)
    return replace(response, headers=(*kept, *headers))
