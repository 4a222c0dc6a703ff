"""Arguments on their way into a request: each style against a second reading, and what no request carries."""

from __future__ import annotations

import asyncio
import io
import json
import math
from collections.abc import Callable, Mapping
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import parse_qsl, quote

import httpx
import pytest
from hypothesis import strategies as st

from openapi_fuzz.network.memory import Network
from openapi_fuzz.properties import Properties
from openapi_runtime import UNSET, Client, File
from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import anything
from openapi_runtime.errors import InvalidArgument, MissingArgument, NotFound
from openapi_runtime.operation import Operation
from openapi_runtime.serialization import (
    DeepObject,
    ExplodedObject,
    Joined,
    Label,
    Matrix,
    body,
    json_text,
    pairs,
    segment,
)

SECRET: Final = "made-up-secret"
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
JSON: Final = "application/json"
SCALARS: Final = st.sampled_from(
    (
        None,
        True,
        0,
        -7,
        2**63 - 1,
        2**63,
        2**64,
        0.5,
        "",
        "a",
        "a,b",
        "é/ü",
        ".",
        "..",
        "a.b",
        "a b&c=d",
        "%2E",
    )
)
NAMES: Final = st.sampled_from(("id", "a/b", "é", "x y"))
LISTS: Final = st.lists(SCALARS, max_size=3)
OBJECTS: Final = st.dictionaries(NAMES, SCALARS, max_size=3)


def told(value: object) -> str:
    """Return the text of a scalar."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def parts(value: Any, write: Callable[[object], str], joint: str | None = None) -> list[str]:
    """Return the texts of an array, of a scalar, or of an object: names and values in turn, or joined."""
    if isinstance(value, dict):
        found = [(write(name), write(item)) for name, item in value.items()]
        return [joint.join(pair) for pair in found] if joint else [each for pair in found for each in pair]
    return [write(each) for each in (value if isinstance(value, list) else [value])]


def repeated(name: str, value: Any) -> list[tuple[str, str]]:
    if value is None:
        return []
    return [(name, told(each)) for each in (value if isinstance(value, list) else [value])]


# ---- queries

QUERIES: Final[
    Mapping[str, tuple[Any, Callable[[Any], Any], Callable[[str, Any], list[tuple[str, str]]]]]
] = {
    "plain": (SCALARS | LISTS, lambda value: value, repeated),
    "joined": (
        SCALARS | LISTS | OBJECTS,
        Joined,
        lambda name, value: [] if value is None else [(name, ",".join(parts(value, told)))],
    ),
    "joined otherwise": (
        LISTS,
        lambda value: Joined(value, "|"),
        lambda name, value: [(name, "|".join(parts(value, told)))],
    ),
    "in pairs": (
        OBJECTS,
        lambda value: Joined(value, pairs=True),
        lambda name, value: [(name, ",".join(parts(value, told, "=")))],
    ),
    "deep": (
        st.none() | st.dictionaries(NAMES, SCALARS | LISTS, max_size=3),
        DeepObject,
        lambda name, value: [
            pair for key, item in (value or {}).items() for pair in repeated(f"{name}[{key}]", item)
        ],
    ),
    "exploded": (
        st.none() | st.dictionaries(NAMES, SCALARS | LISTS, max_size=3),
        ExplodedObject,
        lambda _, value: [pair for key, item in (value or {}).items() for pair in repeated(key, item)],
    ),
}


@pytest.mark.parametrize("style", QUERIES)
def test_a_query_is_written_in_its_style(style: str, properties: Properties) -> None:
    values, make, expected = QUERIES[style]

    def test(name: str, value: Any, other: Any) -> None:
        given = {"first": other, name: make(value), "absent": UNSET}
        assert pairs(given) == [*repeated("first", other), *expected(name, value)]
        assert pairs({name: type(make(value))(UNSET)} if style != "plain" else {name: UNSET}) == []

    properties.hold(test, NAMES, values, SCALARS, share=3)


# ---- paths


def quoted(value: object) -> str:
    return told(value).replace(".", "%2E") if told(value) in (".", "..") else quote(told(value), safe="")


def after_dots(value: Any, *, explode: bool) -> str:
    found = parts(value, quoted, "=" if explode else None)
    return "." + ("." if explode else ",").join(found) if any(found) else ""


def after_names(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(f";{each}" for each in parts(value, quoted, "="))
    return "".join(f";a%2Fb={each}" for each in parts(value, quoted))


PATHS: Final[Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], str]]]] = {
    "plain": (lambda value: value, lambda value: ",".join(parts(value, quoted))),
    "joined": (Joined, lambda value: ",".join(parts(value, quoted))),
    "in pairs": (lambda value: Joined(value, pairs=True), lambda value: ",".join(parts(value, quoted, "="))),
    "label": (Label, lambda value: after_dots(value, explode=False)),
    "labels": (lambda value: Label(value, explode=True), lambda value: after_dots(value, explode=True)),
    "matrix": (Matrix, lambda value: f";a%2Fb={','.join(parts(value, quoted))}"),
    "matrices": (lambda value: Matrix(value, explode=True), after_names),
}


@pytest.mark.parametrize("style", PATHS)
def test_a_segment_of_the_path_is_written_in_its_style(style: str, properties: Properties) -> None:
    make, expected = PATHS[style]

    def test(value: Any) -> None:
        assert segment(make(value), "a/b") == expected(value)

    properties.hold(test, SCALARS | LISTS | OBJECTS, share=3)


# ---- what no request can carry

UNSENDABLE: Final[tuple[tuple[Any, str], ...]] = (
    (math.nan, "expected a finite number"),
    (-math.inf, "expected a finite number"),
    (f"{SECRET}\ud800", "expected text without lone surrogates"),
    (1j, "expected str, int, float, bool, None, a list or a mapping, got complex"),
    (SECRET.encode(), "expected str, int, float, bool, None, a list or a mapping, got bytes"),
)
KEY_FAULT: Final = "expected strings as keys, without lone surrogates"
SOUND: Final = st.sampled_from((None, 1, "é", [1, {"a": None}], {"a": {"b": [2]}}))


def spoilt() -> st.SearchStrategy[tuple[Any, str, str]]:
    """Return a strategy for a value that cannot be sent, with the place of the fault in it, and the fault."""
    alone = st.sampled_from(UNSENDABLE).map(lambda each: (each[0], "", each[1]))
    keys = st.sampled_from((f"{SECRET}\ud800", (1, 2), math.nan)).map(
        lambda key: ({"a": 1, key: 1}, "", KEY_FAULT)
    )
    in_list = lambda inner: st.builds(  # noqa: E731
        lambda before, each: ([*before, each[0], math.nan], f"[{len(before)}]{each[1]}", each[2]),
        st.lists(SOUND, max_size=2),
        inner,
    )
    in_object = lambda inner: st.builds(  # noqa: E731
        lambda before, each: ({"sound": before, "n": each[0], "o": math.nan}, f".n{each[1]}", each[2]),
        SOUND,
        inner,
    )
    return st.recursive(alone | keys, lambda inner: in_list(inner) | in_object(inner), max_leaves=4)


def check_refused(write: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        write()
    assert str(caught.value) == message
    assert SECRET not in str(caught.value)


def test_what_no_request_can_carry_is_refused_by_its_place(properties: Properties) -> None:
    def test(drawn: tuple[Any, str, str]) -> None:
        value, place, fault = drawn
        check_refused(
            lambda: body(value, JSON), f"{(f'body{place}' if place[:1] != '.' else place[1:])}: {fault}"
        ) if (not isinstance(value, bytes)) else None
        check_refused(lambda: json_text(value, "filter"), f"filter{place}: {fault}")
        check_refused(lambda: pairs({"q": [1, value]}), f"q[1]{place}: {fault}")
        check_refused(lambda: pairs({"q": DeepObject({"c": [value]})}), f"q[c][0]{place}: {fault}")
        check_refused(lambda: pairs({"q": Joined({"c": value})}), f"q.c{place}: {fault}")
        check_refused(lambda: segment(["a", value], "id"), f"id[1]{place}: {fault}")
        check_refused(lambda: body({"f": ["a", value]}, FORM), f"f[1]{place}: {fault}")
        check_refused(lambda: body({"f": ["a", value]}, MULTIPART), f"f[1]{place}: {fault}")

    properties.hold(test, spoilt(), share=4)


def endless() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


HEADER_FAULT: Final = "expected printable ASCII without spaces around it"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"query": {"q": endless()}}, "q: values nested too deeply"),
        ({"path": {"id": endless()}}, "id: values nested too deeply"),
        ({"body": endless()}, "body: values nested too deeply"),
        ({"body": {"a": [10**5000]}}, "a[0]: expected an integer with fewer digits"),
        ({"query": {"q": 10**5000}}, "q: expected an integer with fewer digits"),
        ({"query": {"q": DeepObject("red")}}, "q: expected an object, got string"),
        ({"query": {"q": ExplodedObject([1])}}, "q: expected an object, got array"),
        ({"query": {f"{SECRET}\ud800": ["a"]}}, None),
        ({"headers": {"X-Key": f"{SECRET} é"}}, f"X-Key: {HEADER_FAULT}"),
        ({"headers": {"X-Key": f" {SECRET}"}}, f"X-Key: {HEADER_FAULT}"),
        ({"cookies": {"pass": f"{SECRET}; a=1"}}, "pass: expected printable ASCII without a semicolon"),
        ({"cookies": {"pass": f"{SECRET} é"}}, f"pass: {HEADER_FAULT}"),
        ({"body": [1], "media_type": FORM}, "body: expected an object, got array"),
        ({"body": "text", "media_type": "application/octet-stream"}, "body: expected bytes, got string"),
        ({"body": {"f": File(b"", "\ud800")}, "media_type": MULTIPART}, None),
        ({"body": {"f": File(b"", "n", "x\r\n")}, "media_type": MULTIPART}, f"f: {HEADER_FAULT}"),
        (
            {"body": {"f": [File(io.StringIO(SECRET))]}, "media_type": MULTIPART},  # type: ignore[arg-type]
            "f[0]: expected bytes, or a file that is open in binary mode",
        ),
        (
            {"body": {"f": File(SECRET)}, "media_type": MULTIPART},  # type: ignore[arg-type]
            "f: expected bytes, or a file that is open in binary mode",
        ),
    ],
)
def test_the_operation_names_what_it_cannot_send(given: dict[str, Any], why: str | None) -> None:
    with pytest.raises(InvalidArgument) as caught:
        DO.request(**given)
    error = caught.value
    assert why is None or str(error) == f"do: {why}"
    assert str(error).isprintable()
    assert (error.operation_id, error.request_line) == ("do", "POST /things/{id}/{part}")
    assert error.__context__ is None
    assert SECRET not in str(error).removeprefix("do: made-up-secret")


def test_json_that_is_too_deep_for_its_writer_is_refused() -> None:
    def give_up(*_: object, **__: object) -> str:
        raise RecursionError

    with patch.object(json, "dumps", give_up):
        check_refused(lambda: json_text([], ""), "body: values nested too deeply")
        check_refused(lambda: json_text([], "filter"), "filter: values nested too deeply")


# ---- bodies


def test_a_body_is_written_as_its_media_type_says() -> None:
    opened = io.BytesIO(b"b")
    value = {"user": "u&ü", "on": True, "hints": ["a", "b"], "not": None, "no": UNSET}
    assert body({**value, "deep": {"a": [1, None]}}, f"{JSON}; charset=utf-8") == {
        "content": '{"user":"u&ü","on":true,"hints":["a","b"],"not":null,"deep":{"a":[1,null]}}'
    }
    assert body([1], "application/vnd.made-up+JSON ") == {"content": "[1]"}
    assert body(b"\0[", "text/plain") == body(b"\0[", JSON) == {"content": b"\0["}
    assert body(value, f" {FORM.upper()};x=y") == {"content": "user=u%26%C3%BC&on=true&hints=a&hints=b"}
    files = {"files": [File(b"a", "a.txt", "text/plain"), File(opened)], "note": "n", "level": [7, None]}
    assert body(files, MULTIPART) == {
        "files": [
            ("files", ("a.txt", b"a", "text/plain")),
            ("files", (None, opened, "application/octet-stream")),
            ("note", (None, "n")),
            ("level", (None, "7")),
            ("level", (None, "")),
        ]
    }


# ---- whole requests

DO: Final[Operation[Any, Any]] = Operation(
    id="do",
    method="POST",
    path="/things/{id}/{part}",
    success={200: json_body(anything)},
    failure={404: json_body(anything)},
    required=("needed", "X-Needed"),
    secrets=("id", "pins", "pass", "word"),
)


def test_a_request_has_each_argument_in_its_place_and_knows_its_secrets() -> None:
    request = DO.request(
        path={"id": "s/1", "part": [1, 2]},
        query={"needed": [1, 2], "pins": Joined([31, "32"]), "plain": "no secret"},
        headers={"X-Needed": 7, "word": "34"},
        cookies={"pass": "35", "b": "x=y"},
        body={"word": [["36", 37], {"not": "38"}], "other": "39"},
    )
    assert (request.url, request.shown_url) == ("/things/s%2F1/1,2", "/things/***/1,2")
    assert request.query[:3] == [("needed", "1"), ("needed", "2"), ("pins", "31,32")]
    assert request.headers == {
        "X-Needed": "7",
        "word": "34",
        "Cookie": "pass=35; b=x=y",
        "Content-Type": JSON,
    }
    assert request.body == {"content": '{"word":[["36",37],{"not":"38"}],"other":"39"}'}
    assert request.secrets == {"s/1", "31", "32", "34", "35", "36", "37"}
    assert "s/1" not in repr(request).replace("/things/s%2F1", "")
    plain = DO.request(path={"id": 1})
    assert (plain.query, plain.headers, plain.body) == ([], {}, {})
    in_parts = DO.request(body={"a": 1}, media_type=MULTIPART)
    assert in_parts.headers == {}
    assert in_parts.body["files"]
    for style in (Label, Matrix):
        assert DO.request(path={"id": style(["40", 41])}).secrets == {"40", "41"}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"path": {"id": None}}, ": id is part of the path /things/{id}/{part} and cannot be empty"),
        (
            {"path": {"id": 1, "part": ""}},
            ": part is part of the path /things/{id}/{part} and cannot be empty",
        ),
        ({"query": {"other": 1, "needed": None}}, " needs needed, and got nothing to send"),
        ({"query": {"needed": []}}, " needs needed, and got nothing to send"),
        ({"headers": {"X-Needed": UNSET}}, " needs X-Needed, and got nothing to send"),
    ],
)
def test_what_has_to_be_sent_is_missed(given: dict[str, Any], why: str) -> None:
    with pytest.raises(MissingArgument) as caught:
        DO.request(**given)
    assert str(caught.value) == f"do{why}"


# httpx sends no longer one.
LONGEST_URL: Final = 65_536


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("further", [0, 1])
def test_a_url_is_as_long_as_it_may_be_and_no_longer(further: int, is_async: bool) -> None:
    read: Operation[Any, Any] = Operation(
        id="read", method="GET", path="/things", success={200: json_body(anything)}
    )
    request = read.request(query={"q": "a" * (LONGEST_URL - len("/things?q=") + further)})

    async def call(client: Client) -> Any:
        async with client:
            return await read.call_async(client, request)

    with (network := Network()).serving(), Client("http://api.example", max_retries=0) as client:
        run = (lambda: asyncio.run(call(client))) if is_async else (lambda: read.call(client, request))
        if further:
            with pytest.raises(
                InvalidArgument, match=r"^read: GET /things: the arguments make a URL that is too long$"
            ) as caught:
                run()
            assert caught.value.operation_id == "read"
        else:
            assert run() == 7
    assert len(network.arrivals) == 1 - further


@pytest.mark.parametrize(
    ("server", "target", "host"),
    [
        (None, "/v1/things?q=1&q=a+b", "api.example"),
        ("https://other.example/v2/", "/v2/things?q=1&q=a+b", "other.example"),
        ("/v3", "/v3/things?q=1&q=a+b", "api.example"),
        ("../v4", "/v4/things?q=1&q=a+b", "api.example"),
    ],
)
def test_an_operation_is_where_its_server_is(server: str | None, target: str, host: str) -> None:
    found: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        found.append(request.url)
        return httpx.Response(404, json={})

    read: Operation[Any, Any] = Operation(id="read", method="GET", path="/things", server=server)
    transport = httpx.MockTransport(answer)
    with (
        Client("https://api.example/v1", httpx_args={"transport": transport}) as client,
        pytest.raises(NotFound) as caught,
    ):
        read.call(client, read.request(query={"q": [1, "a b"]}))
    assert caught.value.request_line == "GET /things"
    (url,) = found
    assert (url.raw_path.decode(), url.host) == (target, host)
    assert parse_qsl(url.query.decode()) == [("q", "1"), ("q", "a b")]
