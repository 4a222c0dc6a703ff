"""What may become of a valid response: each mutation is a function that draws what it changes.

A mutation returns None for a response that it has nothing to change in. What a client has to make of the
result is for `expectation` to say; `SURELY` says it once more for those mutations that leave no doubt.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import httpx
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from openapi_fuzz.serialization import is_json
from openapi_reader import is_array, is_object

from .drawing import CONTENT_TYPE, DrawnResponse, written
from .shapes import Place

Mutation: TypeAlias = Callable[[DrawFn, DrawnResponse, Sequence[str]], DrawnResponse | None]
"""Returns a mutated response, given secrets that it may repeat; None if it cannot change this one."""

ELSEWHERE: Final = "http://elsewhere.example"
BOMB: Final = gzip.compress(bytes(32 * 2**20), mtime=0)
"""32 MiB in 32 KiB."""

_KINDS: Final[Sequence[Any]] = (
    *(None, True, False, 0, -1, 1.5, 5.0, 2**63, 10**30, "", "unknown", "2024-02-30", "2024-02-30T00:00:00Z"),
    *([], {}, [None], {"unknown": None}, [[[]]], {"a": {"b": {}}}),
)
_NOT_FINITE: Final = ("NaN", "Infinity", "-Infinity", "1e999", "-1e999")
_MOST_PLACES: Final = 12
_HOLE: Final = "a hole that is filled in once the text is written"
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
    **dict.fromkeys(("", "-1", "soon", "\xb2", "9" * 400)),
}
"""Values of `Retry-After`, and the seconds that they mean; None for those that mean nothing."""


def _escapes(secret: str) -> Sequence[str]:
    """Return ways to write a secret: all of them stand for it once a reader undoes them."""
    codes = [ord(char) for char in secret]
    return (
        secret,
        "".join(f"%{byte:02x}" for byte in secret.encode()),
        quote(quote(secret, safe=""), safe=""),
        "".join(f"\\u{code:04x}" for code in codes),
        "".join(f"&#{code};" for code in codes),
        "".join(f"&#x{code:X};" for code in codes),
        html.escape(secret),
        json.dumps(secret)[1:-1],
        base64.b64encode(secret.encode()).decode(),
        base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    )


# ---- Values


def replaced(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put a value of another kind somewhere, at any depth."""
    if not _is_json(response):
        return None
    place = draw(st.sampled_from(list(_places(response.value))))
    return _with_value(response, _put(response.value, place, draw(st.sampled_from(_KINDS))))


def nulled(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put null somewhere."""
    places = [place for place in _places(response.value) if place] if _is_json(response) else []
    return (
        _with_value(response, _put(response.value, draw(st.sampled_from(places)), None)) if places else None
    )


def removed(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Leave out a field or an item."""
    places = [place for place in _places(response.value) if place] if _is_json(response) else []
    return _with_value(response, _without(response.value, draw(st.sampled_from(places)))) if places else None


def unknown_field(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Add a field that no document names, to an object at any depth."""
    places = _places_of(response, is_object)
    if not places:
        return None
    place = draw(st.sampled_from(places))
    name = draw(st.sampled_from(("unknown", "", "from", "self", "to_dict", "a.b", "\u00fc\n", "__class__")))
    found = _at(response.value, place)
    return _with_value(
        response, _put(response.value, place, {**found, name: found.get(name, draw(st.sampled_from(_KINDS)))})
    )


def unknown_text(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put another text in place of one: an enum has values that are not known, and a date is none."""
    places = _places_of(response, lambda value: isinstance(value, str))
    if not places:
        return None
    text = draw(st.sampled_from(("unknown", "", "2024-13-01", "\x00", "\U0001f600" * 3)) | st.text())
    return _with_value(response, _put(response.value, draw(st.sampled_from(places)), text))


def lone_surrogate(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put half a surrogate pair in place of a text; JSON can write it, and UTF-8 cannot."""
    places = _places_of(response, lambda value: isinstance(value, str))
    text = draw(st.sampled_from(("\ud800", "a\udfffb", "\udc00\ud800")))
    return (
        _with_value(response, _put(response.value, draw(st.sampled_from(places)), text)) if places else None
    )


def damaged_values(value: Mapping[str, Any], names: Iterable[str]) -> Iterator[Any]:
    """Yield an object with something of each kind in every field of these names, and in some further places.

    Each part is left out as well.
    """
    further = [place for place in _places(value) if len(place) != 1][:_MOST_PLACES]
    for place in [*((name,) for name in names), *further]:
        yield from (_put({**dict.fromkeys(place[:1]), **value}, place, each) for each in _KINDS)
    for place in [each for each in _places(value) if each][:_MOST_PLACES]:
        yield _without(value, place)


# ---- Texts


def duplicate_key(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Write a field twice, of which the last one counts."""
    places = [place for place in _places_of(response, is_object) if _at(response.value, place)]
    if not places:
        return None
    place = draw(st.sampled_from(places))
    found = _at(response.value, place)
    name = draw(st.sampled_from(list(found)))
    first = written(draw(st.sampled_from(_KINDS)))
    text = b"{" + written(name) + b": " + first + b", " + written(found)[1:]
    return _filled(response, place, text)


def not_finite(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put something that is no number of JSON, or one out of range, in place of any value."""
    if not _is_json(response):
        return None
    place = draw(st.sampled_from(list(_places(response.value))))
    return _filled(response, place, draw(st.sampled_from(_NOT_FINITE)).encode())


def deep_nesting(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Put arrays within arrays in place of any value."""
    if not _is_json(response):
        return None
    depth = draw(st.sampled_from((50, 200, 5_000, 30_000)))
    opened = draw(st.sampled_from((b"[", b'{"a":')))
    text = opened * depth + b"1" + (b"]" if opened == b"[" else b"}") * depth
    return _filled(response, draw(st.sampled_from(list(_places(response.value)))), text)


def byte_order_mark(_draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Begin with a byte order mark, which JSON forbids."""
    return replace(response, content=b"\xef\xbb\xbf" + response.content) if _is_json(response) else None


def cut_short(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """End anywhere, as if that were all."""
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
    """Come in another charset, which the media type names or does not."""
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
    return _with_headers(replace(response, content=content), (CONTENT_TYPE, shown))


def media_type(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Have another media type, a malformed one, or none."""
    others = ("text/html", "application/octet-stream", "application/problem+json", "x", "\x7f;;=", "")
    changed = draw(st.sampled_from(others))
    return _with_headers(response, *(((CONTENT_TYPE, changed),) if changed else ()))


def web_page(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Be the page of something that stands in front of the server."""
    status = draw(st.sampled_from((response.status, 200, 403, 502, 503)))
    page = b"<!DOCTYPE html><title>Sorry</title>"
    return _with_headers(replace(response, status=status, content=page), (CONTENT_TYPE, "text/html"))


# ---- Statuses


def other_status(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Have another status, and the same body."""
    return replace(response, status=draw(st.sampled_from(_STATUSES)))


def asked_to_wait(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Be a refusal that says when to come again, in any way."""
    status = draw(st.sampled_from((429, 503)))
    wait = ("retry-after", draw(st.sampled_from(list(WAITS))))
    return replace(response, status=status, headers=(*response.headers, wait))


def redirect(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Lead elsewhere."""
    targets = (f"{ELSEWHERE}/", "//elsewhere.example", "http://[", "/", "ftp://x", "http://\x7f", "")
    location = ("location", draw(st.sampled_from(targets)))
    status = draw(st.sampled_from(_REDIRECTS))
    return replace(response, status=status, headers=(*response.headers, location))


# ---- Secrets


def echo_in_text(draw: DrawFn, response: DrawnResponse, secrets: Sequence[str]) -> DrawnResponse | None:
    """Repeat a secret of the request in a text, or as the name of a field, written in any way."""
    texts = _places_of(response, lambda value: isinstance(value, str))
    objects = _places_of(response, is_object)
    if not secrets or not (texts or objects):
        return None
    echo = draw(st.sampled_from(secrets).flatmap(lambda secret: st.sampled_from(_escapes(secret))))
    place = draw(st.sampled_from([*texts, *objects]))
    found = _at(response.value, place)
    around = draw(st.sampled_from(("{}", "the key {} is wrong", "x\n{}", "{0}{0}", "?key={}&a=b")))
    text = around.format(echo)
    value = text if isinstance(found, str) else {**found, text: draw(st.sampled_from(_KINDS))}
    return replace(_with_value(response, _put(response.value, place, value)), echoes=(echo,))


def echo_in_header(draw: DrawFn, response: DrawnResponse, secrets: Sequence[str]) -> DrawnResponse | None:
    """Repeat a secret of the request in a header that an error may quote."""
    if not secrets:
        return None
    echo = draw(st.sampled_from(secrets).flatmap(lambda secret: st.sampled_from(_escapes(secret))))
    name = draw(
        st.sampled_from((CONTENT_TYPE, "content-encoding", "retry-after", "location", "www-authenticate"))
    )
    text = echo if name == "content-encoding" else f"text/{echo}; charset={echo}"
    return replace(_with_headers(response, (name, text)), echoes=(echo,))


# ---- Encodings and the connection


def packed(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Be packed as it says."""
    name = draw(st.sampled_from(list(_PACKERS)))
    content = _PACKERS[name](response.content)
    return _with_headers(
        replace(response, content=content), *_media_type(response), ("content-encoding", name)
    )


def wrongly_packed(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Be packed otherwise than it says: not at all, cut short, with a broken byte, or as nobody knows."""
    whole = _gzipped(response.content)
    middle = len(whole) // 2
    name, content = draw(
        st.sampled_from(
            (
                ("gzip", response.content or b"plain"),
                ("gzip", whole[:-9]),
                ("gzip", whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]),
                ("deflate", b"\x00" + response.content),
                ("br", response.content or b"plain"),
                ("gzip, gzip", whole),
            )
        )
    )
    return _with_headers(
        replace(response, content=content), *_media_type(response), ("content-encoding", name)
    )


def bomb(_draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Become far larger once it is unpacked."""
    return _with_headers(
        replace(response, content=BOMB), *_media_type(response), ("content-encoding", "gzip")
    )


def broken_off(draw: DrawFn, response: DrawnResponse, _secrets: Sequence[str]) -> DrawnResponse | None:
    """Break off before the head, or anywhere in the body."""
    fault = draw(
        st.sampled_from(
            (
                httpx.ReadError,
                httpx.RemoteProtocolError,
                httpx.ReadTimeout,
                httpx.ConnectError,
                httpx.ConnectTimeout,
            )
        )
    )
    end = draw(st.integers(0, len(response.content)))
    return replace(response, content=response.content[:end], fault=fault)


MUTATIONS: Final[Mapping[str, Mutation]] = {
    each.__name__.replace("_", " "): each
    for each in (
        *(replaced, nulled, removed, unknown_field, unknown_text, lone_surrogate),
        *(duplicate_key, not_finite, deep_nesting, byte_order_mark, cut_short, broken_byte),
        *(charset, media_type, web_page, other_status, asked_to_wait, redirect),
        *(echo_in_text, echo_in_header, packed, wrongly_packed, bomb, broken_off),
    )
}
"""Every mutation by its name."""

SURELY: Final[Mapping[str, str]] = {
    "not finite": "DecodeError",
    "byte order mark": "DecodeError",
    "wrongly packed": "DecodeError",
    "bomb": "ResponseTooLarge",
}
"""The error that has to come of a success with a JSON body, whatever else is known of it."""


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


def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


_PACKERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "gzip": _gzipped,
    "deflate": zlib.compress,
    "identity": bytes,
}


# ---- Places in a value


def _places(value: Any, place: Place = ()) -> Iterator[Place]:
    yield place
    items = value.items() if is_object(value) else enumerate(value) if is_array(value) else ()
    for name, item in items:
        yield from _places(item, (*place, name))


def _places_of(response: DrawnResponse, fits: Callable[[Any], bool]) -> list[Place]:
    if not _is_json(response):
        return []
    return [place for place in _places(response.value) if fits(_at(response.value, place))]


def _at(value: Any, place: Place) -> Any:
    for part in place:
        value = value[part]
    return value


def _put(value: Any, place: Place, item: Any) -> Any:
    if not place:
        return item
    first, *others = place
    found = _at(value, (first,))
    changed: Any = {**value} if is_object(value) else [*value]
    changed[first] = _put(found, tuple(others), item)
    return changed


def _without(value: Any, place: Place) -> Any:
    *outer, last = place
    holder = _at(value, tuple(outer))
    kept = (
        [item for index, item in enumerate(holder) if index != last]
        if is_array(holder)
        else {name: item for name, item in holder.items() if name != last}
    )
    return _put(value, tuple(outer), kept)


# ---- Responses


def _is_json(response: DrawnResponse) -> bool:
    return is_json(response.media_type)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _with_value(response: DrawnResponse, value: Any) -> DrawnResponse:
    return replace(response, value=value, content=written(value))


def _filled(response: DrawnResponse, place: Place, text: bytes) -> DrawnResponse:
    """Return a response with a text of one's own in place of a value."""
    around = written(_put(response.value, place, _HOLE))
    return replace(response, content=around.replace(written(_HOLE), text))


def _media_type(response: DrawnResponse) -> Sequence[tuple[str, str]]:
    return ((CONTENT_TYPE, response.media_type),) if response.media_type else ()


def _with_headers(response: DrawnResponse, *headers: tuple[str, str]) -> DrawnResponse:
    """Return a response with these headers in place of those that describe the body."""
    kept = (each for each in response.headers if each[0].lower() != CONTENT_TYPE)
    return replace(response, headers=(*kept, *headers))
