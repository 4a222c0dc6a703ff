"""Other spellings of a valid request, which HTTP has to be the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from hypothesis import strategies as st

from openapi_fuzz.media import is_json

from .changes import Change, changed
from .raw import RawRequest

_UNRESERVED: Final = re.compile(rb"[A-Za-z0-9._~-]")


def _percent_encode(text: bytes, at: int) -> bytes:
    """Return text with the unreserved character at a place percent-encoded, in small letters."""
    places = [found.start() for found in _UNRESERVED.finditer(text) if not _is_encoded(text, found.start())]
    if not places:
        return text
    place = places[at % len(places)]
    return text[:place] + b"%%%02x" % text[place] + text[place + 1 :]


def _is_encoded(text: bytes, place: int) -> bool:
    """Return whether a character belongs to what is percent-encoded already."""
    return b"%" in text[max(0, place - 2) : place]


def _encode_path(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    return replace(request, path=_percent_encode(request.path, draw(st.integers(0, 200))))


def _encode_query(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    return replace(request, query=_percent_encode(request.query, draw(st.integers(0, 200))))


def _split_body(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    body = request.body
    places = sorted(draw(st.sets(st.integers(0, len(body)), max_size=4)))
    starts, ends = (0, *places), (*places, len(body))
    return replace(request, chunks=tuple(body[start:end] for start, end in zip(starts, ends, strict=True)))


def _reorder_headers(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    return replace(request, headers=tuple(draw(st.permutations(request.headers))))


def _respell_media_type(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    media_type, semicolon, rest = request.header(b"content-type").partition(b";")
    if not media_type:
        return request
    spelled = draw(st.sampled_from([media_type.upper(), media_type.title(), media_type + b" "]))
    return request.with_headers(b"content-type", spelled + semicolon + rest)


def _respell_scheme(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    scheme, space, rest = request.header(b"authorization").partition(b" ")
    if not space:
        return request
    return request.with_headers(
        b"authorization", draw(st.sampled_from([scheme.lower(), scheme.upper()])) + b" " + rest
    )


def _respell_json(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    if not is_json(request.header(b"content-type").decode("latin-1")) or not request.body:
        return request
    options: Mapping[str, Any] = draw(
        st.sampled_from([{"indent": 3}, {"separators": (",", ":")}, {"ensure_ascii": False}])
    )
    text = json.dumps(json.loads(request.body), **options)
    return request.with_body(b" \r\n\t" + text.encode("utf-8", "backslashreplace"))


def _add_unknown_header(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    header = (b"x-unheard-of", draw(st.binary(max_size=20)))
    return replace(request, headers=(*request.headers, header))


_SPELLINGS: Final[tuple[Change, ...]] = (
    _encode_path,
    _encode_query,
    _split_body,
    _reorder_headers,
    _respell_media_type,
    _respell_scheme,
    _respell_json,
    _add_unknown_header,
)


def respelled(request: RawRequest) -> st.SearchStrategy[RawRequest]:
    """Return a strategy for other spellings of a request, which HTTP has to be the same."""
    return changed(request, _SPELLINGS, 3)
