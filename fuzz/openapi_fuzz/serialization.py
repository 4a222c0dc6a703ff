"""Requests taken apart, to compare the one that a client sends with the one that a case stands for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, Final, cast
from urllib.parse import parse_qsl, unquote_to_bytes

import httpx
from schemathesis import Case

from openapi_reader import is_array, is_object
from openapi_runtime.operation import Operation

from ._schemathesis import prepared_request
from .document import server_path
from .media import is_json

# What HTTP libraries add by themselves.
OWN_HEADERS: Final = {
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
    "x-schemathesis-testcaseid",
}
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MULTIPART: Final = "multipart/form-data"
_PART_NAME: Final = re.compile(
    rb'^content-disposition:[^\r\n]*?; name="([^"\r\n]*)"', re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class RequestParts:
    """One request, taken apart: two ways of writing the same value are the same."""

    method: str
    path: tuple[bytes, ...]
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    media_type: str
    body: Any


def reference_request(
    case: Case[Any], base_url: str, operation: Operation[Any, Any] | None = None
) -> httpx.Request:
    """Return the request that a case stands for: as schemathesis writes it, without credentials.

    Args:
        case: The case.
        base_url: Where the API is.
        operation: The client's operation, for those that look at the extensions of a request.
    """
    document: Mapping[str, Any] = case.operation.schema.raw_schema
    item = document["paths"][case.operation.path]
    own_path = server_path(item.get(case.operation.method.lower(), {}), item)
    origin, path = _place(base_url)
    prepared = prepared_request(case, origin + (path if own_path is None else own_path))
    body: object = prepared.body or b""
    return httpx.Request(
        str(prepared.method),
        _at(origin).copy_with(raw_path=str(prepared.url).removeprefix(origin).encode()),
        headers=[
            (name.encode(), _text(value).encode("latin-1", "replace"))
            for name, value in prepared.headers.items()
            if name.lower() != "connection"
        ],
        content=body.encode() if isinstance(body, str) else cast("bytes", body),
        extensions={"operation": operation} if operation is not None else {},
    )


@cache
def _place(base_url: str) -> tuple[str, str]:
    """Return the origin of a base URL, and its path."""
    url = httpx.URL(base_url)
    return str(url.copy_with(raw_path=b"/")).rstrip("/"), url.path.rstrip("/")


@cache
def _at(origin: str) -> httpx.URL:
    return httpx.URL(origin)


def parts_of(request: httpx.Request) -> RequestParts:
    """Return what a request says, whoever wrote it."""
    raw_path, _, raw_query = request.url.raw_path.partition(b"?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    content_type = headers.get("content-type", "")
    media_type = content_type.partition(";")[0].strip().lower()
    body = request.read()
    return RequestParts(
        method=request.method,
        path=tuple(unquote_to_bytes(segment) for segment in raw_path.split(b"/")),
        query=_pairs(raw_query.decode("ascii", "replace")),
        headers={name: value for name, value in headers.items() if name not in OWN_HEADERS},
        media_type=media_type if body else "",
        body=_form_parts(body, content_type) if media_type == _MULTIPART else _body(body, media_type),
    )


def differences(sent: RequestParts, expected: RequestParts) -> list[str]:
    """Return what is not the same, in words; empty if nothing is."""
    return [
        f"{each.name}: sent {getattr(sent, each.name)!r}, the case has {getattr(expected, each.name)!r}"
        for each in fields(RequestParts)
        if not same_json(getattr(sent, each.name), getattr(expected, each.name))
        and not same_values(getattr(sent, each.name), getattr(expected, each.name))
    ]


def same_json(left: Any, right: Any) -> bool:
    """Return whether two JSON values are equal: `1` is `1.0`, and `true` is neither."""
    if is_object(left) and is_object(right):
        return left.keys() == right.keys() and all(same_json(left[name], right[name]) for name in left)
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(same_json, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def same_values(given: Any, got: Any) -> bool:
    """Return whether two values are equal, however moments and UUIDs in them are spelt."""
    return same_json(_spelt_alike(given), _spelt_alike(got))


def _spelt_alike(value: Any) -> Any:
    if is_object(value):
        return {name: _spelt_alike(each) for name, each in value.items()}
    if is_array(value):
        return [_spelt_alike(each) for each in value]
    if isinstance(value, tuple):
        return tuple(map(_spelt_alike, cast("tuple[object, ...]", value)))
    if isinstance(value, bytes):
        return _spelt_alike(value.decode("latin-1"))
    if not isinstance(value, str):
        return value
    if _UUID.fullmatch(value):
        return value.lower()
    if _MOMENT.match(value):
        with suppress(ValueError):
            return datetime.fromisoformat(value.upper()).isoformat()
    return value


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return names and values; the order of values counts within one name only."""
    pairs = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
    return tuple(sorted(pairs, key=lambda pair: pair[0]))


def _body(content: bytes, media_type: str) -> Any:
    if not content:
        return None
    if media_type == "application/x-www-form-urlencoded":
        return _pairs(content.decode("utf-8", "surrogateescape"))
    if is_json(media_type):
        try:
            return json.loads(content)
        except ValueError:
            return content
    return content


def _form_parts(content: bytes, content_type: str) -> Any:
    """Return the name and the content of each part, whose file name and media type are up to the client."""
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    # Each delimiter begins with a line break; the first one may lack it.
    parts = [part.partition(b"\r\n\r\n") for part in (b"\r\n" + content).split(b"\r\n--" + boundary)[1:-1]]
    names = [_PART_NAME.search(headers) for headers, _, _ in parts]
    # Control characters of a name may be encoded or not.
    values = [_part(value) for _, _, value in parts]
    found = [
        (unquote_to_bytes(name[1]) if name else b"", value) for name, value in zip(names, values, strict=True)
    ]
    return tuple(sorted(found, key=lambda part: part[0]))


def _part(content: bytes) -> Any:
    """Return the value of a part, which is JSON for arrays and objects."""
    if content[:1] in {b"{", b"["}:
        with suppress(ValueError):
            return json.loads(content)
    return content


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
