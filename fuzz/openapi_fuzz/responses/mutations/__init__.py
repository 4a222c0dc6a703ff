"""What may become of a valid response: each mutation is a function that draws what it changes.

A mutation returns None for a response that it has nothing to change in. What a client has to make of the
result is for `expectation` to say; `CERTAIN_ERRORS` says it once more for mutations that leave no doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from openapi_fuzz.responses.drawing import DrawnResponse

from . import echoes, encodings, statuses, texts, values
from .editing import Mutation
from .encodings import BOMB
from .statuses import WAITS
from .values import damaged_values

MUTATIONS: Final[Mapping[str, Mutation]] = {
    each.__name__.replace("_", " "): each
    for module in (values, texts, statuses, echoes, encodings)
    for each in module.MUTATIONS
}
"""Every mutation by its name."""

CERTAIN_ERRORS: Final[Mapping[str, str]] = {
    "not finite": "DecodeError",
    "byte order mark": "DecodeError",
    "wrongly packed": "DecodeError",
    "bomb": "ResponseTooLarge",
}
"""The error that a client must raise for these mutations of a JSON success."""


@st.composite
def mutated(
    draw: DrawFn, valid: DrawnResponse, secrets: Sequence[str] = (), names: Sequence[str] = tuple(MUTATIONS)
) -> DrawnResponse:
    """Draw a mutation of a valid response."""
    name = draw(st.sampled_from(names))
    found = MUTATIONS[name](draw, valid, secrets)
    return replace(found or replace(valid, status=500), mutation=name if found else "failing")


def mutations_of(
    valid: DrawnResponse, count: int, secrets: Sequence[str] = ()
) -> SearchStrategy[list[DrawnResponse]]:
    """Return a strategy for several mutations of one response, since to draw a valid one takes longest."""
    return st.lists(mutated(valid, secrets), min_size=count, max_size=count)


__all__ = ["BOMB", "CERTAIN_ERRORS", "MUTATIONS", "WAITS", "damaged_values", "mutated", "mutations_of"]
