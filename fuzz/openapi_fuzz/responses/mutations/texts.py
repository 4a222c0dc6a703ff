"""The same value in a text that no server should write, or in another media type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from openapi_fuzz.places import at
from openapi_fuzz.responses.drawing import CONTENT_TYPE, DrawnResponse, written
from openapi_reader import is_object

from .editing import Mutation, has_json, places_of, with_headers, with_text
from .values import KINDS

_NOT_FINITE: Final = ("NaN", "Infinity", "-Infinity", "1e999", "-1e999")


def duplicate_key(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Write a field twice, of which the last one counts."""
    places = [place for place in places_of(response, is_object) if at(response.value, place)]
    if not places:
        return None
    place = draw(st.sampled_from(places))
    found = at(response.value, place)
    name = draw(st.sampled_from(list(found)))
    first = written(draw(st.sampled_from(KINDS)))
    text = b"{" + written(name) + b": " + first + b", " + written(found)[1:]
    return with_text(response, place, text)


def not_finite(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put something that is no number of JSON, or one out of range, in place of any value."""
    places = places_of(response)
    if not places:
        return None
    return with_text(response, draw(st.sampled_from(places)), draw(st.sampled_from(_NOT_FINITE)).encode())


def deep_nesting(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put deeply nested arrays or objects in place of any value."""
    places = places_of(response)
    if not places:
        return None
    depth = draw(st.sampled_from((50, 200, 5_000, 30_000)))
    opened = draw(st.sampled_from((b"[", b'{"a":')))
    text = opened * depth + b"1" + (b"]" if opened == b"[" else b"}") * depth
    return with_text(response, draw(st.sampled_from(places)), text)


def byte_order_mark(_draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Begin with a byte order mark, which JSON forbids."""
    return replace(response, content=b"\xef\xbb\xbf" + response.content) if has_json(response) else None


def cut_short(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Cut the body anywhere, without an error of the transport."""
    return replace(response, content=response.content[: draw(st.integers(0, len(response.content)))])


def broken_byte(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put another byte, or one more, somewhere."""
    at = draw(st.integers(0, len(response.content)))
    byte = draw(
        st.sampled_from((b"\xff", b"\x00", b"\x80", b'"', b"{", b"]", b",", b"-", b"\\", b"\xed\xa0\x80"))
    )
    end = at + draw(st.integers(0, 1))
    return replace(response, content=response.content[:at] + byte + response.content[end:])


def charset(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Encode the body in another charset, which the media type may name."""
    name = draw(
        st.sampled_from(("utf-16", "utf-32-be", "latin-1", "cp037", "utf-7", "hex", "no-charset", "\xe9"))
    )
    content = response.content
    if name in {"utf-16", "utf-32-be", "latin-1", "cp037"}:
        content = content.decode().encode(name, "replace") if _is_utf_8(content) else content
    media_type = response.media_type or "text/plain"
    shown = draw(
        st.sampled_from((media_type, f"{media_type}; charset={name}", f'{media_type}; charset="{name}'))
    )
    return with_headers(replace(response, content=content), (CONTENT_TYPE, shown))


def media_type(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Change the media type to another one, to a malformed one, or to none."""
    others = ("text/html", "application/octet-stream", "application/problem+json", "x", "\x7f;;=", "")
    changed = draw(st.sampled_from(others))
    return with_headers(response, *(((CONTENT_TYPE, changed),) if changed else ()))


def web_page(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Respond with the HTML page of a proxy."""
    status = draw(st.sampled_from((response.status, 200, 403, 502, 503)))
    page = b"<!DOCTYPE html><title>Sorry</title>"
    return with_headers(replace(response, status=status, content=page), (CONTENT_TYPE, "text/html"))


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


MUTATIONS: Final[Sequence[Mutation]] = (
    duplicate_key,
    not_finite,
    deep_nesting,
    byte_order_mark,
    cut_short,
    broken_byte,
    charset,
    media_type,
    web_page,
)
