"""Changes of a request on its way to a server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from hypothesis import strategies as st

from .raw import RawRequest

Change: TypeAlias = Callable[[st.DrawFn, RawRequest], RawRequest]
"""Draws another request from one."""


@st.composite
def changed(draw: st.DrawFn, request: RawRequest, changes: Sequence[Change], most: int) -> RawRequest:
    """Return a strategy for a request after some of these changes, one at least."""
    for change in draw(st.lists(st.sampled_from(changes), min_size=1, max_size=most)):
        request = change(draw, request)
    return request
