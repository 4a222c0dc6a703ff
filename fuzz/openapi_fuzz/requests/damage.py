"""What may go wrong with a valid request on its way, byte by byte."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from hypothesis import strategies as st

from openapi_fuzz.media import is_json
from openapi_reader import is_object

from .changes import Change, changed
from .raw import RawRequest

_MANY: Final = 3_000
_LARGE: Final = 1024 * 1024
_DEEP: Final = 5_000
_METHODS: Final = ("HEAD", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PUT", "DELETE", "GET", "POST", "QUERY")
_ODD_METHODS: Final = ("get", "Post", "", " ", "G\u00c9T", "\ud800", "M" * _MANY, "GET /", "PRI")
_ODD_BYTES: Final = (
    b"%",
    b"%0",
    b"%zz",
    b"%00",
    b"\x00",
    b"%c0%af",
    b"%ed%a0%80",
    b"%ff",
    b"\xff",
    b"%e2%80%ae",
    b"%f0%9f%98%80",
    b"%0d%0a",
    b"%25",
    b"%u0041",
)
_ODD_SEGMENTS: Final = (b"", b".", b"..", b"%2e", b"%2e%2e", b"%2f", b"%5c", b";a=b", b"%", b"_mock", b"~")
_ODD_TYPES: Final = (
    b"",
    b"text/plain",
    b"application/json; charset=utf-16",
    b"application/x-www-form-urlencoded; charset=latin-1",
    b"multipart/form-data",
    b"multipart/form-data; boundary=",
    b"multipart/form-data; boundary=x",
    b'multipart/form-data; boundary="' + b"x" * 200,
    b"application/",
    b"*/*",
    b"application/json, text/plain",
    b"\xff/\x00",
)
_ODD_HEADERS: Final = (
    (b"content-encoding", b"gzip"),
    (b"transfer-encoding", b"chunked"),
    (b"expect", b"100-continue"),
    (b"cookie", b"a=b; =; a; \xff=\x00; a=c"),
    (b"x-http-method-override", b"DELETE"),
    (b"x-original-url", b"/_mock/reset"),
    (b"range", b"bytes=0-0"),
    (b"if-none-match", b"*"),
    (b"accept", b"no/such, \xff"),
    (b"prefer", b'code="999", example=\xff, dynamic='),
    (b"authorization", b"Bearer \xff"),
    (b"host", b"other.example"),
    (b"", b""),
)
_ODD_LENGTHS: Final = (b"-1", b"1e3", b"9" * 30, b"\xb2", b"", b"0x10", b"99999999")
_ODD_TEXTS: Final = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'""',
    b"NaN",
    b"-Infinity",
    b"\xef\xbb\xbf{}",
    b"\xff\xfe{\x00}\x00",
    b'{"a": 1, "a": 2}',
    b'{"a": "\\ud800"}',
    b"1" * 5_000,
    b"1e999",
    b"[" * _DEEP,
    b"[" * _DEEP + b"]" * _DEEP,
    b'{"a":' * _DEEP + b"1" + b"}" * _DEEP,
    b"--x\r\n\r\n--x--",
    b'--x\r\ncontent-disposition: form-data; name="a\r\n\r\n1\r\n--x',
    b"a=%ff&a=%&=&&&;b",
    b"\x00",
)
_ODD_VALUES: Final[tuple[Any, ...]] = (
    None,
    True,
    -1,
    2**64,
    10**400,
    1e308,
    "",
    "\x00",
    "\ud800",
    "x" * 70_000,
    [],
    {},
    [[]],
)


def _insert(draw: st.DrawFn, text: bytes) -> bytes:
    place = draw(st.integers(0, len(text)))
    what = draw(st.sampled_from(_ODD_BYTES) | st.binary(min_size=1, max_size=4))
    return text[:place] + what + text[place:]


def _damage_path(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    path = _insert(draw, request.path).replace(b"?", b"%3f")
    return replace(request, path=b"/" + path.lstrip(b"/"))


def _alias_path(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    segments = request.path.split(b"/")
    place = draw(st.integers(1, len(segments)))
    segments.insert(place, draw(st.sampled_from(_ODD_SEGMENTS)))
    alias = b"/".join(segments)
    return replace(request, path=draw(st.sampled_from([alias, alias.upper(), alias + b"/", b"/" + alias])))


def _replace_path(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    origin = b"http://other.example"
    return replace(
        request,
        path=draw(
            st.sampled_from(
                [b"", b"*", b"/", b"//", origin + request.path, request.path * 50, b"/" + b"a/" * _MANY]
            )
        ),
    )


def _damage_query(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    return replace(request, query=_insert(draw, request.query))


def _repeat_query(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    pairs = draw(st.sampled_from([request.query, b"a=b", b"a", b"=", b"", b"x[a][b]=1"]))
    return replace(request, query=b"&".join([request.query, *[pairs] * draw(st.sampled_from([1, 2, _MANY]))]))


def _change_method(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    return replace(request, method=draw(st.sampled_from([*_METHODS, *_ODD_METHODS])))


def _add_header(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    header = draw(st.sampled_from(_ODD_HEADERS) | st.tuples(st.binary(max_size=9), st.binary(max_size=30)))
    return replace(request, headers=(*request.headers, (header[0].lower(), header[1])))


def _repeat_header(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    if not request.headers:
        return request
    header = draw(st.sampled_from(request.headers))
    return replace(request, headers=(*request.headers, *[header] * draw(st.sampled_from([1, 2, 200]))))


def _drop_header(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    if not request.headers:
        return request
    dropped = draw(st.sampled_from(request.headers))
    return replace(request, headers=tuple(each for each in request.headers if each != dropped))


def _damage_header(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    if not request.headers:
        return request
    name, value = draw(st.sampled_from(request.headers))
    return request.with_headers(name, _insert(draw, value))


def _change_media_type(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    values = draw(st.lists(st.sampled_from(_ODD_TYPES), max_size=2))
    return request.with_headers(b"content-type", *values)


def _change_length(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    return request.with_headers(b"content-length", *draw(st.lists(st.sampled_from(_ODD_LENGTHS), max_size=2)))


def _replace_body(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    large = st.sampled_from([b"a", b"[", b"a=b&", b'{"a":1,'])
    return request.with_body(
        draw(
            st.sampled_from(_ODD_TEXTS)
            | st.binary(max_size=50)
            | large.map(lambda text: text * (_LARGE // len(text) + 1))
        )
    )


def _damage_body(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    cut = request.body[: draw(st.integers(0, len(request.body)))]
    return request.with_body(draw(st.sampled_from([cut, _insert(draw, request.body), request.body * 2])))


def _damage_field(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    """Give a field of the body another value, one that is odd in every format."""
    value = draw(st.sampled_from(_ODD_VALUES))
    if not is_json(request.header(b"content-type").decode("latin-1")):
        written = quote(str(value), errors="surrogatepass").encode()
        name = draw(st.sampled_from([*re.findall(rb"(?:^|&)([^=&]*)", request.body), b"a"]))
        return request.with_body(request.body + b"&" + name + b"=" + written)
    try:
        body: object = json.loads(request.body or b"{}")
    except ValueError:
        return request
    fields = body if is_object(body) else {"a": body}
    name = draw(st.sampled_from([*fields, "a"]))
    return request.with_body(json.dumps({**fields, name: value}).encode())


def _add_many_fields(_draw: st.DrawFn, request: RawRequest) -> RawRequest:
    if is_json(request.header(b"content-type").decode("latin-1")):
        return request.with_body(json.dumps({f"k{number}": number for number in range(_MANY)}).encode())
    return request.with_body(request.body + b"".join(b"&k%d=%d" % (each, each) for each in range(_MANY)))


def _disconnect(draw: st.DrawFn, request: RawRequest) -> RawRequest:
    cut = request.body[: draw(st.integers(0, len(request.body)))]
    return replace(request, chunks=(cut,) if cut else (), is_cut=True)


_DAMAGES: Final[tuple[Change, ...]] = (
    _damage_path,
    _alias_path,
    _replace_path,
    _damage_query,
    _repeat_query,
    _change_method,
    _add_header,
    _repeat_header,
    _drop_header,
    _damage_header,
    _change_media_type,
    _change_length,
    _replace_body,
    _damage_body,
    _damage_field,
    _add_many_fields,
    _disconnect,
)


def damaged(request: RawRequest) -> st.SearchStrategy[RawRequest]:
    """Return a strategy for what a request may become: in one place or two, no part of it is spared."""
    return changed(request, _DAMAGES, 2)
