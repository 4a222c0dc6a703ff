"""Another value than the one that was drawn: fields and items of other kinds, too many, or too few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from openapi_fuzz.places import at, places_in, put, without
from openapi_fuzz.responses.drawing import DrawnResponse
from openapi_reader import is_object

from .editing import Mutation, places_of, with_value

KINDS: Final[Sequence[Any]] = (
    *(None, True, False, 0, -1, 1.5, 5.0, 2**63, 10**30, "", "unknown", "2024-02-30", "2024-02-30T00:00:00Z"),
    *([], {}, [None], {"unknown": None}, [[[]]], {"a": {"b": {}}}),
)
_MOST_PLACES: Final = 12


def replaced(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put a value of another kind somewhere, at any depth."""
    places = places_of(response)
    if not places:
        return None
    place = draw(st.sampled_from(places))
    return with_value(response, put(response.value, place, draw(st.sampled_from(KINDS))))


def nulled(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put null somewhere."""
    places = [place for place in places_of(response) if place]
    return with_value(response, put(response.value, draw(st.sampled_from(places)), None)) if places else None


def removed(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Leave out a field or an item."""
    places = [place for place in places_of(response) if place]
    return with_value(response, without(response.value, draw(st.sampled_from(places)))) if places else None


def unknown_field(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Add a field that no document names, to an object at any depth."""
    places = places_of(response, is_object)
    if not places:
        return None
    place = draw(st.sampled_from(places))
    name = draw(st.sampled_from(("unknown", "", "from", "self", "to_dict", "a.b", "\u00fc\n", "__class__")))
    found = at(response.value, place)
    return with_value(
        response, put(response.value, place, {**found, name: found.get(name, draw(st.sampled_from(KINDS)))})
    )


def unknown_text(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put another text in place of one: an enum has values that are not known, and a date is none."""
    places = places_of(response, lambda value: isinstance(value, str))
    if not places:
        return None
    text = draw(st.sampled_from(("unknown", "", "2024-13-01", "\x00", "\U0001f600" * 3)) | st.text())
    return with_value(response, put(response.value, draw(st.sampled_from(places)), text))


def lone_surrogate(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put half a surrogate pair in place of a text; JSON can write it, and UTF-8 cannot."""
    places = places_of(response, lambda value: isinstance(value, str))
    text = draw(st.sampled_from(("\ud800", "a\udfffb", "\udc00\ud800")))
    return with_value(response, put(response.value, draw(st.sampled_from(places)), text)) if places else None


def damaged_values(value: Mapping[str, Any], names: Iterable[str]) -> Iterator[Any]:
    """Yield an object with something of each kind in every field of these names, and in some further places.

    Each part is left out as well.
    """
    further = [place for place in places_in(value) if len(place) != 1][:_MOST_PLACES]
    for place in [*((name,) for name in names), *further]:
        yield from (put({**dict.fromkeys(place[:1]), **value}, place, each) for each in KINDS)
    for place in [each for each in places_in(value) if each][:_MOST_PLACES]:
        yield without(value, place)


MUTATIONS: Final[Sequence[Mutation]] = (
    replaced,
    nulled,
    removed,
    unknown_field,
    unknown_text,
    lone_surrogate,
)
