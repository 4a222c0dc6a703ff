"""Another status than the documented ones, and the headers that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from openapi_fuzz.responses.drawing import DrawnResponse

from .editing import Mutation, content_type, with_headers

_ELSEWHERE: Final = "http://elsewhere.example"
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_STATUSES: Final = (
    *(200, 201, 202, 204, 206, 299, 304, 400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 418, 422, 429),
    *(499, 500, 501, 502, 503, 504, 599, 600, 999),
)
WAITS: Final[Mapping[str, float | None]] = {
    "0": 0.0,
    "7": 7.0,
    "1.5": 1.5,
    "Wed, 21 Oct 2015 07:28:00 GMT": 0.0,
    **dict.fromkeys(("", "-1", "1.2.3", "soon", "\xb2", "9" * 400)),
}
"""Values of `Retry-After`, and the seconds that they mean; None for those that mean nothing."""


def other_status(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Change the status and keep the body."""
    return replace(response, status=draw(st.sampled_from(_STATUSES)))


def asked_to_wait(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Respond with 429 or 503 and a `Retry-After`, valid or not."""
    status = draw(st.sampled_from((429, 503)))
    wait = ("retry-after", draw(st.sampled_from(list(WAITS))))
    return with_headers(replace(response, status=status), *content_type(response), wait)


def redirect(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Redirect to another server, or to an invalid URL."""
    targets = (f"{_ELSEWHERE}/", "//elsewhere.example", "http://[", "/", "ftp://x", "http://\x7f", "")
    location = ("location", draw(st.sampled_from(targets)))
    status = draw(st.sampled_from(_REDIRECTS))
    return with_headers(replace(response, status=status), *content_type(response), location)


MUTATIONS: Final[Sequence[Mutation]] = (other_status, asked_to_wait, redirect)
