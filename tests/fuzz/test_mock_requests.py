"""What a request says by the styles and media types of OpenAPI reaches the handler, or is refused."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import strategies as st

from openapi_mock import NO_BODY, Behaviour, Document, File, Mock, Request

from .one_operation import ABSENT, asked, document_of, places

INTEGER = {"type": "integer"}
STRING = {"type": "string"}
LIST = {"type": "array", "items": INTEGER}
POINT = {"type": "object", "properties": {"x": INTEGER, "name": STRING}}
BINARY = {"type": "string", "format": "binary"}
FORM = "application/x-www-form-urlencoded"

# ---- Parameters


def received(schema: Any, location: str, sent: str, **fields: Any) -> Any:
    """What a handler gets for the parameter `q`, or what is wrong with the request."""
    described = {"name": "q", "in": location, "required": location == "path", **fields}
    if schema is not None:
        described["schema"] = schema
    target, headers = "/", {}
    if location == "query":
        target = f"/?{sent}"
    elif location == "path":
        target = f"/{sent}"
    elif sent != ABSENT:
        headers = {"q" if location == "header" else "cookie": sent}
    document = document_of({"parameters": [described]}, "/{q}" if location == "path" else "/", "get")
    response, call = asked(document, Request("GET", target, headers))
    if call is None:
        assert response.status == 400
        return places(response)
    found: dict[str, Any] = getattr(call, {"header": "headers", "cookie": "cookies"}.get(location, location))
    return found.get("q", ABSENT)


# How OpenAPI writes a value of one field, `q`: a scalar, a list and an object.
WRITTEN = {
    ("query", "form", True): ("q=5", "q=1&q=2", "x=1&name=a"),
    ("query", "form", False): ("q=5", "q=1,2", "q=x,1,name,a"),
    ("query", "spaceDelimited", False): (None, "q=1%202", None),
    ("query", "pipeDelimited", False): (None, "q=1%7C2", None),
    ("query", "deepObject", True): (None, None, "q%5Bx%5D=1&q[name]=a"),
    ("path", "simple", False): ("5", "1,2", "x,1,name,a"),
    ("path", "simple", True): ("5", "1,2", "x=1,name=a"),
    ("path", "label", False): (".5", ".1,2", ".x,1,name,a"),
    ("path", "label", True): (".5", ".1.2", ".x=1.name=a"),
    ("path", "matrix", False): (";q=5", ";q=1,2", ";q=x,1,name,a"),
    ("path", "matrix", True): (";q=5", ";q=1;q=2", ";x=1;name=a"),
    ("header", "simple", False): ("5", "1, 2", "x,1,name,a"),
    ("header", "simple", True): ("5", "1,2", "x=1,name=a"),
    ("cookie", "form", False): ("a=b; q=5", "q=1,2", "q=x,1,name,a"),
}
STYLES = [
    (location, style, explode, schema, text, value)
    for (location, style, explode), texts in WRITTEN.items()
    for text, (schema, value) in zip(
        texts, [(INTEGER, 5), (LIST, [1, 2]), (POINT, {"x": 1, "name": "a"})], strict=True
    )
    if text is not None
]


@pytest.mark.parametrize(("location", "style", "explode", "schema", "text", "value"), STYLES)
def test_a_value_arrives_as_it_was_written_by_its_style(
    location: str, style: str, explode: bool, schema: Any, text: str, value: Any
) -> None:
    assert received(schema, location, text, style=style, explode=explode) == value
    defaults = {"query": ("form", True), "path": ("simple", False), "header": ("simple", False)}
    if defaults.get(location, ("form", False)) == (style, explode) and location != "cookie":
        assert received(schema, location, text) == value
    if style == "deepObject":
        assert received(schema, location, text, style=style) == value


UNKNOWN = {"type": ["string", "integer"]}
# Schema, place, what is sent, fields, and what a handler gets; a list of texts is what is refused.
ROWS: list[tuple[Any, str, str, dict[str, Any], Any]] = [
    (INTEGER, "query", "q=-12", {}, -12),
    (INTEGER, "query", "q=5.0", {}, 5),
    (INTEGER, "query", "q=" + "9" * 308, {}, int("9" * 308)),
    (INTEGER, "query", "q=" + "9" * 309, {}, ["query:q:type"]),
    *(
        (INTEGER, "query", f"q={text}", {}, ["query:q:type"])
        for text in ("", "+5", "007", "5.", "0x1", "1e-1")
    ),
    (INTEGER, "query", "q=1e999", {}, ["query:q:type"]),
    (INTEGER, "query", "q=1&q=2", {}, ["query:q:type"]),
    (STRING, "query", "q=1&q=2", {}, ["query:q:type"]),
    ({"type": "number"}, "query", "q=-2.5e-1", {}, -0.25),
    ({"type": "number"}, "query", "q=1E2", {}, 100),
    ({"type": "boolean"}, "query", "q=true", {}, True),
    ({"type": "boolean"}, "query", "q=false", {}, False),
    *(({"type": "boolean"}, "query", f"q={text}", {}, ["query:q:type"]) for text in ("True", "1", "")),
    ({"type": ["integer", "null"]}, "query", "q=null", {}, None),
    ({"type": ["string", "null"]}, "query", "q=null", {}, "null"),
    (UNKNOWN, "query", "q=5", {}, 5),
    (UNKNOWN, "query", "q=a%20b+c%C3%A9", {}, "a b cé"),
    (STRING, "query", "q=5", {}, "5"),
    (STRING, "query", "Q=5", {}, ABSENT),
    ({"enum": [1, 2]}, "query", "q=2", {}, 2),
    ({"enum": ["1"]}, "query", "q=1", {}, "1"),
    ({"enum": [True, 1.5, None]}, "query", "q=1.5", {}, 1.5),
    ({"enum": [True, None]}, "query", "q=null", {}, None),
    ({"const": True}, "query", "q=true", {}, True),
    ({"const": True, "enum": [1, True]}, "query", "q=true", {}, True),
    ({"items": INTEGER}, "query", "q=1&q=2", {}, [1, 2]),
    ({"properties": {"x": INTEGER}}, "query", "x=1", {}, {"x": 1}),
    ({"allOf": [{"minimum": 2}, INTEGER]}, "query", "q=2", {}, 2),
    ({"oneOf": [{"type": "boolean"}, {"anyOf": [INTEGER]}]}, "query", "q=2", {}, 2),
    ({"$ref": "#/paths/~1/get/parameters/0/schema/$defs/a", "$defs": {"a": INTEGER}}, "query", "q=2", {}, 2),
    (LIST, "query", "q=1&q=x&q=", {}, ["query:q.1:type", "query:q.2:type"]),
    (LIST, "query", "q=", {"explode": False}, []),
    (LIST, "query", "q=1%2C2", {"explode": False}, [1, 2]),
    (LIST, "query", "q=1,2&q=3", {"explode": False}, [1, 2, 3]),
    (LIST, "query", "q=1 2", {"style": "pipeDelimited"}, ["query:q.0:type"]),
    ({"type": "array"}, "query", "q=1", {}, ["1"]),
    (POINT, "query", "y=3", {}, ABSENT),
    (POINT, "query", "y=3", {"required": True}, ["query:q:required"]),
    (POINT, "query", "x=1&y=2", {}, {"x": 1}),
    (POINT, "query", "q=x,1,name", {"explode": False}, ["query:q:type"]),
    (POINT, "query", "q=", {"explode": False}, {}),
    (POINT, "query", "q=1", {"style": "deepObject"}, ABSENT),
    (POINT, "query", "q[x]=a", {"style": "deepObject"}, ["query:q.x:type"]),
    (POINT, "query", "q[x]=1&q[y]=2", {"style": "deepObject"}, {"x": 1, "y": "2"}),
    ({**POINT, "additionalProperties": INTEGER}, "query", "q[y]=2", {"style": "deepObject"}, {"y": 2}),
    (
        {**POINT, "additionalProperties": INTEGER},
        "query",
        "q[name]=2",
        {"style": "deepObject"},
        {"name": "2"},
    ),
    (
        {"type": "object", "properties": {"x": LIST}},
        "query",
        "q[x]=1&q[x]=2",
        {"style": "deepObject"},
        {"x": [1, 2]},
    ),
    (INTEGER, "query", "", {}, ABSENT),
    (INTEGER, "query", "", {"required": True}, ["query:q:required"]),
    ({**INTEGER, "default": 7}, "query", "", {}, 7),
    ({**INTEGER, "default": 7}, "query", "q=8", {}, 8),
    ({**INTEGER, "default": 7}, "query", "q=", {"allowEmptyValue": True}, 7),
    ({**LIST, "default": [7]}, "query", "", {}, [7]),
    (INTEGER, "query", "q=", {"allowEmptyValue": True}, ABSENT),
    (INTEGER, "query", "q=", {"allowEmptyValue": True, "required": True}, ABSENT),
    (INTEGER, "query", "", {"allowEmptyValue": True, "required": True}, ["query:q:required"]),
    (INTEGER, "query", "q=&q=", {"allowEmptyValue": True}, ["query:q:type"]),
    (INTEGER, "query", "q=5", {"allowEmptyValue": True}, 5),
    (LIST, "query", "q=", {"allowEmptyValue": True, "style": "pipeDelimited", "explode": False}, []),
    (INTEGER, "header", "", {"allowEmptyValue": True}, ["header:q:type"]),
    (INTEGER, "header", ABSENT, {"required": True}, ["header:q:required"]),
    (INTEGER, "header", ABSENT, {}, ABSENT),
    (INTEGER, "header", "5", {"name": "Q"}, ABSENT),
    (LIST, "header", "", {}, []),
    (POINT, "header", "x=1,name", {"explode": True}, {"x": 1, "name": ""}),
    (POINT, "header", "x,1,name", {"explode": False}, ["header:q:type"]),
    (POINT, "header", "", {}, {}),
    (INTEGER, "cookie", "a=b; q=5; q=6; odd", {}, 5),
    (STRING, "cookie", 'q="a"; p=b', {}, "a"),
    (STRING, "cookie", "q=a=b", {}, "a=b"),
    (INTEGER, "cookie", "q", {}, ABSENT),
    (INTEGER, "cookie", "Q=5", {"required": True}, ["cookie:q:required"]),
    (INTEGER, "path", ".5", {}, ["path:q:type"]),
    (STRING, "path", "a%2Fb", {}, "a/b"),
    (INTEGER, "path", "5", {"style": "label"}, ["path:q:encoding"]),
    (INTEGER, "path", "q=5", {"style": "matrix"}, ["path:q:encoding"]),
    (INTEGER, "path", ";p=5", {"style": "matrix"}, ["path:q:encoding"]),
    (STRING, "path", ";q=a;b", {"style": "matrix"}, "a;b"),
    (STRING, "path", ".a.b", {"style": "label", "explode": True}, "a.b"),
    (LIST, "path", ";q=1;p=2", {"style": "matrix", "explode": True}, ["path:q:encoding"]),
    (LIST, "path", ".1.2", {"style": "label", "explode": False}, ["path:q.0:type"]),
    (POINT, "path", ";q=x,1;q=name,a", {"style": "matrix"}, {"x": 1, "name": "a"}),
    (None, "query", "q=%7B%22x%22:1%7D", {"content": {"application/json": {"schema": POINT}}}, {"x": 1}),
    (
        None,
        "query",
        "q=%7B%22x%22:true%7D",
        {"content": {"application/json": {"schema": POINT}}},
        ["query:q.x:type"],
    ),
    (None, "query", "q=%7B", {"content": {"application/json": {"schema": POINT}}}, ["query:q:encoding"]),
    (None, "query", "q=1&q=1", {"content": {"application/json": {"schema": INTEGER}}}, ["query:q:type"]),
    (None, "query", "q=1", {"content": {"text/plain; x=y": {"schema": STRING}}}, "1"),
    (None, "query", "", {"content": {"application/json": {"schema": POINT}}}, ABSENT),
    (None, "query", "q=1", {}, "1"),
    (
        None,
        "header",
        '"\udcff"',
        {"content": {"application/json": {"schema": STRING}}},
        ["header:q:encoding"],
    ),
]


@pytest.mark.parametrize(("schema", "location", "sent", "fields", "wanted"), ROWS)
def test_a_parameter_is_read_or_refused_as_its_schema_says(
    schema: Any, location: str, sent: str, fields: dict[str, Any], wanted: Any
) -> None:
    found = received(schema, location, sent, **fields)
    assert found == wanted
    assert type(found) is type(wanted)


def nested(depth: int, schema: Any = INTEGER) -> Any:
    for _ in range(depth):
        schema = {"allOf": [schema]}
    return schema


@pytest.mark.parametrize(("depth", "is_read"), [(5, True), (6, False)])
def test_text_is_read_by_schemas_six_levels_deep(depth: int, is_read: bool) -> None:
    inner = nested(depth)
    for schema, sent, value, place in (
        ({"type": "object", "properties": {"x": inner}}, "q[x]=5", {"x": 5}, "q.x"),
        ({"type": "object", "additionalProperties": inner}, "q[x]=5", {"x": 5}, "q.x"),
        ({"type": "array", "items": inner}, "q=5", [5], "q.0"),
        (nested(depth + 1), "q=5", 5, "q"),
        ({"anyOf": [nested(depth)]}, "q=5", 5, "q"),
        ({"$defs": {"a": inner}, "$ref": "#/paths/~1/get/parameters/0/schema/$defs/a"}, "q=5", 5, "q"),
    ):
        style = {"style": "deepObject"} if "[" in sent else {}
        wanted = value if is_read else [f"query:{place}:type"]
        assert received(schema, "query", sent, **style) == wanted


def test_any_text_and_any_list_arrive_by_any_style(properties: Any) -> None:
    texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)

    def check(text: str, numbers: list[int]) -> None:
        assert received(STRING, "query", f"q={quote(text, safe='')}") == text
        assert received(STRING, "path", quote(text, safe="")) == text
        joined = "%7C".join(map(str, numbers))
        assert received(LIST, "query", f"q={joined}", style="pipeDelimited", explode=False) == numbers

    properties.hold(check, texts, st.lists(st.integers(), max_size=3))


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("&".join(f"a{n}=1" for n in range(1000)), 200, None),
        ("&".join(f"a{n}=1" for n in range(1001)), 400, "the query has more than 1000 fields"),
        ("a=%ff", 400, "the query is not valid UTF-8"),
        ("%fe=1", 400, "the query is not valid UTF-8"),
    ],
)
def test_a_query_that_cannot_be_read_is_refused(query: str, status: int, message: str | None) -> None:
    document = document_of({"parameters": [{"name": "q", "in": "query", "schema": STRING}]}, method="get")
    response, _ = asked(document, Request("GET", f"/?{query}"))
    assert response.status == status
    if message:
        assert (response.body["error"], response.body["message"]) == ("invalid-request", message)


# ---- Bodies


def body_of(content: Any, kind: str, sent: bytes, *, required: bool = True, **rest: Any) -> Any:
    """What a handler gets as the body, or what is wrong with the request."""
    document = document_of({"requestBody": {"required": required, "content": content}}, **rest)
    headers = {"content-type": kind} if kind else {}
    response, call = asked(document, Request("POST", "/", headers, sent))
    if call is not None:
        return call.body
    return places(response) or f"{response.status} {response.body['error']}: {response.body['message']}"


def json_of(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


MALFORMED = "400 malformed-body: "
NOT_UTF8 = f"{MALFORMED}the body is not valid UTF-8"
OUT_OF_RANGE = f"{MALFORMED}a number is out of range"
DEEP = f"{MALFORMED}the JSON is nested deeper than 100 levels"
ANYTHING = json_of(True)
TWO = {**json_of(INTEGER), "text/plain": {"schema": {"type": "string", "maxLength": 3}}}
UNSUPPORTED = "415 unsupported-media-type: "
SUPPORTED = "not supported; supported: application/json, text/plain"
CHARSET = f"{UNSUPPORTED}the only supported charset is UTF-8"
BODIES: list[tuple[Any, str, bytes, Any]] = [
    (
        ANYTHING,
        "application/json",
        b'{"a": [1, 2.50, 5.0, 1e2, null, true, "x"]}',
        {"a": [1, 2.5, 5, 100, None, True, "x"]},
    ),
    (ANYTHING, "application/json", b"\xef\xbb\xbf1", 1),
    (ANYTHING, "Application/JSON ; charset=UTF-8", b"1", 1),
    (ANYTHING, 'application/json; charset = "utf8"', b"1", 1),
    (ANYTHING, "application/json;charset=us-ascii", b"1", 1),
    (ANYTHING, "application/json; charset=latin-1", b"1", CHARSET),
    (ANYTHING, "application/json; charset=", b"1", 1),
    (ANYTHING, "application/json", b'"\xff"', NOT_UTF8),
    (ANYTHING, "application/json", b'"\\ud800"', NOT_UTF8),
    (ANYTHING, "application/json", b'"\\u00e9"', "é"),
    (
        ANYTHING,
        "application/json",
        b"{",
        f"{MALFORMED}not JSON: Expecting property name enclosed in double quotes at character 1",
    ),
    (ANYTHING, "application/json", b'{"a": 1, "a": 1}', f"{MALFORMED}an object has a key twice"),
    (ANYTHING, "application/json", b"NaN", f"{MALFORMED}NaN is not JSON"),
    (ANYTHING, "application/json", b"-Infinity", f"{MALFORMED}-Infinity is not JSON"),
    (ANYTHING, "application/json", b"9" * 308, int("9" * 308)),
    (ANYTHING, "application/json", b"9" * 309, OUT_OF_RANGE),
    (ANYTHING, "application/json", b"1e999", OUT_OF_RANGE),
    (ANYTHING, "application/json", b"[" * 101 + b"]" * 101, DEEP),
    (ANYTHING, "application/json", b'{"a":' * 101 + b"1" + b"}" * 101, DEEP),
    (ANYTHING, "application/json", b"[" + b"[],{}," * 99 + b"1]", [*([[], {}] * 99), 1]),
    (ANYTHING, "application/json", json.dumps('[\\"{' * 101).encode(), '[\\"{' * 101),
    (ANYTHING, "application/json", b"", ["body::required"]),
    (json_of(INTEGER), "application/json", b'"a"', ["body::type"]),
    (json_of({"required": ["a"]}), "application/json", b"{}", ["body:a:required"]),
    (TWO, "text/plain", b"abc", "abc"),
    (TWO, "text/plain", b"abcd", ["body::maxLength"]),
    (TWO, "text/plain", b"", ""),
    (TWO, "text/plain", b"\xff", NOT_UTF8),
    (TWO, "text/csv", b"a", f"{UNSUPPORTED}the media type 'text/csv' is {SUPPORTED}"),
    (TWO, "", b"a", f"{UNSUPPORTED}a body without Content-Type is {SUPPORTED}"),
    (TWO, "", b"", ["body::required"]),
    ({"text/*": {"schema": STRING}}, "text/csv", b"a", "a"),
    ({"image/*": {"schema": BINARY}}, "image/png", b"\xff", b"\xff"),
    ({"*/*": {}}, "image/png", b"\xff", b"\xff"),
    ({"*/*": {}}, "application/vnd.a+json", b"[1]", [1]),
    ({"text/*": {}, "text/csv": json_of(INTEGER)["application/json"]}, "text/csv", b"1", ["body::type"]),
    ({"*/*": {}, "text/*": {"schema": INTEGER}}, "text/csv", b"1", ["body::type"]),
]


@pytest.mark.parametrize(("content", "kind", "sent", "wanted"), BODIES)
def test_a_body_is_read_or_refused_as_its_media_type_says(
    content: Any, kind: str, sent: bytes, wanted: Any
) -> None:
    assert repr(body_of(content, kind, sent)) == repr(wanted)


@pytest.mark.parametrize(
    ("kind", "sent", "wanted"),
    [
        ("", b"", NO_BODY),
        ("text/plain", b"", NO_BODY),
        ("text/plain", b"a", "a"),
        ("image/png", b"", NO_BODY),
    ],
)
def test_a_body_may_be_left_out_where_it_is_not_required(kind: str, sent: bytes, wanted: Any) -> None:
    assert body_of(TWO, kind, sent, required=False) == wanted


def test_the_header_of_a_refused_media_type_says_what_is_accepted() -> None:
    for kind in ("text/csv", "text/plain; charset=x"):
        document = document_of({"requestBody": {"content": TWO}})
        response, _ = asked(document, Request("POST", "/", {"content-type": kind}, b"a"))
        assert (response.status, response.headers["accept"]) == (415, "application/json, text/plain")


@pytest.mark.parametrize("method", ["get", "head", "delete", "put"])
def test_only_the_body_of_a_get_or_head_means_nothing(method: str) -> None:
    document = document_of({"requestBody": {"required": True, "content": json_of(INTEGER)}}, method=method)
    _, call = asked(document, Request(method.upper(), "/", {"content-type": "application/json"}, b"5"))
    assert call
    assert call.body == (NO_BODY if method in {"get", "head"} else 5)


class Further(Behaviour):
    """Takes a list for each number, and texts like the first documented body."""

    bodies: list[Any]

    def media_types(self, operation: Any) -> list[str]:
        return ["text/json"]

    def adapt(self, body: Any, operation: Any) -> Any:
        self.bodies.append(body)
        return 5


def test_a_behaviour_may_take_further_media_types_and_adapt_bodies() -> None:
    behaviour = Further()
    behaviour.bodies = []
    document = document_of({"requestBody": {"required": True, "content": json_of(INTEGER)}})
    with Mock(document, behaviour) as mock:
        for kind, sent in (("text/json", b"odd"), ("application/json", b"[1]")):
            assert mock.handle(Request("POST", "/", {"content-type": kind}, sent)).status == 200
    assert behaviour.bodies == ["odd", [1]]
    with Mock(Document({"openapi": "3.1.0", "paths": {"/": {"post": {"responses": {}}}}}), behaviour) as mock:
        assert mock.handle(Request("POST", "/", {}, b"1")).status == 200


# ---- Forms

FIELDS = {
    "type": "object",
    "properties": {"n": INTEGER, "l": LIST, "o": POINT, "d": POINT, "c": LIST, "e": POINT},
    "additionalProperties": {"type": ["boolean", "string"]},
}
ENCODING = {
    "l": {"contentType": "text/plain"},
    "d": {"style": "deepObject"},
    "c": {"explode": False},
    "e": {"explode": False, "style": "form"},
}
FORMS = [
    (b"n=5&l=1&l=2", {"n": 5, "l": [1, 2]}),
    (b"z=true&y=a+b&x=", {"z": True, "y": "a b", "x": ""}),
    (b"d[x]=1&d[name]=a", {"d": {"x": 1, "name": "a"}}),
    (b"d%5Bx%5D=1&n=2", {"n": 2, "d": {"x": 1}}),
    (b"c=1,2", {"c": [1, 2]}),
    (b"e=x,1", {"e": {"x": 1}}),
    (b"e=x", ["body:e:type"]),
    (b"o=x,1", ["body:o:type"]),
    (b"l=1,2", ["body:l.0:type"]),
    (b"n=1&n=2", ["body:n:type"]),
    (b"n=x&l=1&l=y", ["body:n:type", "body:l.1:type"]),
    (b"q=%ff", f"{MALFORMED}the body is not valid UTF-8"),
    (b"&".join([b"q=1"] * 1001), f"{MALFORMED}the body has more than 1000 fields"),
    (b"", {}),
]


@pytest.mark.parametrize(("sent", "wanted"), FORMS)
def test_a_form_is_read_by_its_encoding(sent: bytes, wanted: Any) -> None:
    found = body_of({FORM: {"schema": FIELDS, "encoding": ENCODING}}, FORM, sent)
    if isinstance(wanted, list):
        found, wanted = sorted(found), sorted(wanted)
    assert found == wanted


PARTS = {
    "type": "object",
    "properties": {
        "n": INTEGER,
        "l": LIST,
        "o": POINT,
        "os": {"type": "array", "items": POINT},
        "f": BINARY,
        "fs": {"type": "array", "items": BINARY},
        "p": {"contentMediaType": "image/png", "type": "string", "maxLength": 3},
        "b": {"contentMediaType": "image/png", "contentEncoding": "base64", "type": "string"},
        "t": {"contentMediaType": "text/csv", "type": "string"},
        "j": STRING,
        "k": {"type": "object"},
        "m": {},
        "s": {"type": "array"},
    },
}
PART_ENCODING = {
    "f": {"contentType": "image/*, Text/Plain"},
    "j": {"contentType": "application/json"},
    "k": {"style": "form"},
}


def part(name: str, content: bytes, kind: str = "", file_name: str | None = None) -> bytes:
    file = "" if file_name is None else f'; filename="{file_name}"'
    head = f'Content-Disposition: form-data; name="{name}"{file}\r\n' + (
        f"Content-Type: {kind}\r\n" if kind else ""
    )
    return b"--XX\r\n" + head.encode() + b"\r\n" + content + b"\r\n"


WRONG_TYPE = ["body:f:encoding"]
MULTIPART: list[tuple[list[bytes], Any]] = [
    ([part("n", b"5"), part("l", b"1"), part("l", b"2")], {"n": 5, "l": [1, 2]}),
    ([part("o", b'{"x": 1}')], {"o": {"x": 1}}),
    ([part("o", b"{")], ["body:o:encoding"]),
    ([part("o", b"x", "text/plain")], ["body:o:type"]),
    ([part("os", b'{"x": 1}'), part("os", b'{"x": 2}')], {"os": [{"x": 1}, {"x": 2}]}),
    ([part("os", b'{"x": 1}')], {"os": [{"x": 1}]}),
    ([part("os", b'[{"x": 1}]')], {"os": [{"x": 1}]}),
    ([part("l", b"[1, 2]", "application/json")], {"l": [1, 2]}),
    ([part("n", b"5", "application/json")], {"n": 5}),
    ([part("n", b"5"), part("n", b"5", "application/json")], ["body:n:encoding"]),
    ([part("f", b"\xff", "image/png", "a.png")], {"f": File(b"\xff", "a.png", "image/png")}),
    ([part("f", b"x", "IMAGE/Gif; a=b")], {"f": File(b"x", None, "image/gif")}),
    ([part("f", b"x")], {"f": File(b"x", None, "text/plain")}),
    ([part("f", b"x", "audio/mpeg")], WRONG_TYPE),
    ([part("fs", b"a"), part("fs", b"b")], {"fs": [File(b"a"), File(b"b")]}),
    ([part("fs", b"a")], {"fs": [File(b"a")]}),
    ([part("p", b"abc")], {"p": File(b"abc")}),
    ([part("p", b"\xff\xfe\xfd\xfc")], ["body:p:maxLength"]),
    ([part("b", b"abc")], {"b": "abc"}),
    ([part("t", b"abc")], {"t": "abc"}),
    ([part("j", b'"a"')], {"j": "a"}),
    ([part("j", b'"a"', "text/plain")], ["body:j:encoding"]),
    ([part("k", b"{}")], {}),
    ([part("m", b"a")], {"m": "a"}),
    ([part("m", b"\xff", "image/png")], {"m": File(b"\xff", None, "image/png")}),
    ([part("m", b"a", "", "a.txt")], {"m": File(b"a", "a.txt", "text/plain")}),
    ([part("m", b"[1]", "application/json")], {"m": [1]}),
    ([part("n", b"5", "", "a.txt")], {"n": 5}),
    ([part("s", b"a", "text/plain"), part("s", b"b")], {"s": ["a", "b"]}),
    ([part("j", b"\xff", "application/json")], ["body:j:encoding"]),
    ([part("n", b"\xff")], ["body:n:encoding"]),
    ([part("n", b"5", "text/plain; charset=latin-1")], ["body:n:encoding"]),
    (
        [part("a%22b", b"x"), part("c%0D%0Ad", b"y"), part("e%41", b"z")],
        {'a"b': "x", "c\r\nd": "y", "e%41": "z"},
    ),
]


@pytest.mark.parametrize(("parts", "wanted"), MULTIPART)
def test_a_multipart_form_is_read_part_by_part(parts: list[bytes], wanted: Any) -> None:
    content = {"multipart/form-data": {"schema": PARTS, "encoding": PART_ENCODING}}
    found = body_of(content, "multipart/form-data; boundary=XX", b"".join(parts) + b"--XX--\r\n")
    assert repr(found) == repr(wanted)
    if isinstance(wanted, dict):
        assert found == wanted


NO_FORM = f"{MALFORMED}the body is not a multipart form with the boundary of its Content-Type"
NO_NAME = f"{MALFORMED}a part of the multipart body needs a Content-Disposition of form-data with a name"


@pytest.mark.parametrize(
    ("kind", "sent", "wanted"),
    [
        ("", b"--XX--\r\n", f"{MALFORMED}the Content-Type of a multipart body needs a boundary"),
        ("; boundary=", b"--XX--\r\n", f"{MALFORMED}the Content-Type of a multipart body needs a boundary"),
        ("; boundary=XX", b"nothing", NO_FORM),
        ("; boundary=XX", part("a", b"x"), f"{MALFORMED}the multipart body ends before its last boundary"),
        ("; boundary=XX", b"--XX\r\n\r\nx\r\n--XX--\r\n", NO_NAME),
        ("; boundary=XX", b"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--\r\n", NO_NAME),
        ("; boundary=XX", b"--XX\r\nContent-Disposition: file; name=a\r\n\r\nx\r\n--XX--\r\n", NO_NAME),
        (
            "; boundary=XX",
            b"--XX\r\ncONTENT-Disposition: form-data; name=a\r\n\r\nx\r\n--XX--\r\n",
            {"a": "x"},
        ),
        (
            "; boundary=XX",
            part("a", b"x") * 1001 + b"--XX--\r\n",
            f"{MALFORMED}the body has more than 1000 fields",
        ),
        ("; boundary=XX", part("a", b"x") * 1000 + b"--XX--\r\n", {"a": ["x"] * 1000}),
    ],
)
def test_a_multipart_form_that_is_none_is_refused(kind: str, sent: bytes, wanted: Any) -> None:
    assert body_of({"multipart/form-data": {}}, f"multipart/form-data{kind}", sent) == wanted


def test_a_recursive_schema_is_looked_at_as_deep_as_text_can_be() -> None:
    loop = {"$ref": "#/components/schemas/Loop"}
    schemas = {"Loop": {"type": "object", "properties": {"n": INTEGER, "next": loop}}}
    found = body_of({FORM: {"schema": loop}}, FORM, b"n=5&next=x", components={"schemas": schemas})
    assert found == ["body:next:type"]
    assert body_of({FORM: {"schema": loop}}, FORM, b"n=5", components={"schemas": schemas}) == {"n": 5}
