"""Requests as they go over the wire, in a form in which two of them can be compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote_to_bytes, urljoin, urlsplit

import httpx
import requests

if TYPE_CHECKING:
    from schemathesis import Case

HOST = "http://mock.example"

# What an HTTP library adds by itself.
_OWN_HEADERS = {
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
    "x-schemathesis-testcaseid",
}


@dataclass(frozen=True)
class Wire:
    """One request, taken apart: two ways of writing the same value are the same."""

    method: str
    path: tuple[bytes, ...]
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    media_type: str
    body: Any


def base_url(*owners: Mapping[str, Any]) -> str:
    """Where the mock serves what the nearest of these has `servers` for: operation, path item, document."""
    servers = (owner["servers"][0] for owner in owners if owner.get("servers"))
    server: Mapping[str, Any] = next(servers, {"url": "/"})
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", variable["default"])
    return HOST + urlsplit(urljoin(f"{HOST}/", url)).path.rstrip("/")


def reference(case: Case[Any]) -> requests.PreparedRequest:
    """The case as schemathesis itself would send it, to where its operation lives."""
    document: Mapping[str, Any] = case.operation.schema.raw_schema
    item = document["paths"][case.operation.path]
    base = base_url(item.get(case.operation.method.lower(), {}), item, document)
    return requests.Request(**case.as_transport_kwargs(base_url=base)).prepare()


def to_httpx(request: requests.PreparedRequest, operation: Any = None) -> httpx.Request:
    """The same request for httpx, byte for byte."""
    text = str(request.url).removeprefix(HOST)
    headers = {name: _text(value) for name, value in request.headers.items() if name.lower() != "connection"}
    body = request.body.encode() if isinstance(request.body, str) else request.body or b""
    assert isinstance(body, bytes)
    return httpx.Request(
        str(request.method),
        httpx.URL(HOST).copy_with(raw_path=text.encode()),
        headers=[(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()],
        content=body,
        extensions={"operation": operation} if operation is not None else {},
    )


def taken_apart(request: httpx.Request) -> Wire:
    """What a request says, whoever wrote it."""
    raw_path, _, raw_query = request.url.raw_path.partition(b"?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    body = request.read()
    return Wire(
        method=request.method,
        path=tuple(unquote_to_bytes(segment) for segment in raw_path.split(b"/")),
        query=_pairs(raw_query.decode("ascii", "replace")),
        headers={name: value for name, value in headers.items() if name not in _OWN_HEADERS},
        media_type=media_type if body else "",
        body=_body(body, media_type),
    )


def differences(sent: Wire, expected: Wire) -> list[str]:
    """What is not the same, in words; empty if nothing is."""
    return [
        f"{name}: sent {getattr(sent, name)!r}, the case has {getattr(expected, name)!r}"
        for name in ("method", "path", "query", "headers", "media_type", "body")
        if not same(getattr(sent, name), getattr(expected, name))
    ]


def same(left: Any, right: Any) -> bool:
    """Equality of JSON values: `1` is `1.0`, and `true` is neither."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Names and values; the order of values counts within one name only."""
    pairs = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
    return tuple(sorted(pairs, key=lambda pair: pair[0]))


def _body(content: bytes, media_type: str) -> Any:
    if not content:
        return None
    if media_type == "application/x-www-form-urlencoded":
        return _pairs(content.decode("utf-8", "surrogateescape"))
    if media_type.endswith(("/json", "+json")):
        try:
            return json.loads(content)
        except ValueError:
            return content
    return content


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
