"""A document is served as it is written, and each mistake in it is told by its place."""

from __future__ import annotations

import re
from dataclasses import astuple
from typing import Any

import pytest

from openapi_mock import (
    NO_BODY,
    Behaviour,
    Call,
    Document,
    HandlerError,
    Mock,
    Problem,
    Request,
    Response,
    SpecificationError,
    operation,
)
from openapi_mock.operations import read_operations
from openapi_mock.queries import with_body_in_query

from .one_operation import document_of, places

INTEGER = {"type": "integer"}
STRING = {"type": "string"}
X = {"name": "x", "in": "path", "required": True, "schema": STRING}


def mock_of(paths: dict[str, Any], behaviour: Any = None, **rest: Any) -> Mock[Any]:
    return Mock(Document({"openapi": "3.1.0", "paths": paths, **rest}), behaviour)


# ---- What is read of an operation

READ = """
openapi: 3.1.1
servers:
  - { url: "https://a.example/{v}/", variables: { v: { default: v1 } } }
  - { url: /b }
  - { url: "https://c.example/v1" }
security: [{ key: [] }, {}]
paths:
  x-note: 5
  /a/{x}:
    parameters:
      - { name: x, in: path, required: true }
      - { name: q, in: query, schema: { type: integer } }
    get:
      tags: [one, two]
      summary: Some.
      parameters:
        - { name: q, in: query, allowEmptyValue: true }
        - { name: q, in: header }
        - { name: Accept, in: header }
        - { name: d, in: query, style: deepObject, allowEmptyValue: true }
        - name: c
          in: cookie
          required: true
          content: { Application/JSON; charset=utf-8: { schema: { type: integer } } }
        - { $ref: "#/components/parameters/P" }
      responses:
        x-note: 5
        "404": { description: Not there. }
        2xx: { headers: { X-A: { required: true }, content-type: {} }, content: { Text/Plain; a=b: {} } }
        default: { description: Else. }
    put:
      operationId: change
      servers: [{ url: "" }]
      security: [{ oauth: [b, a], basic: [] }, { open: [a, c] }]
      requestBody: { $ref: "#/components/requestBodies/B" }
      responses: {}
  /b:
    servers: [{ url: https://d.example/d/ }]
    get: { operationId: plain, security: [], responses: { "201": {} } }
    trace: { security: [{ tls: [] }] }
components:
  parameters: { P: { name: p, in: query, explode: false } }
  requestBodies: { B: { required: true, content: { application/json: {} } } }
  securitySchemes:
    key: { type: apiKey, in: cookie, name: k }
    oauth: { type: oauth2 }
    open: { type: openIdConnect }
    basic: { type: http, scheme: Basic }
    tls: { type: mutualTLS }
"""


def test_an_operation_has_what_the_document_says_of_it() -> None:
    a, change, plain, trace = read_operations(Document.parse(READ))
    assert [(each.id, each.method, each.path) for each in (a, change, plain, trace)] == [
        ("get_a_x", "GET", "/a/{x}"),
        ("change", "PUT", "/a/{x}"),
        ("plain", "GET", "/b"),
        ("trace_b", "TRACE", "/b"),
    ]
    assert (a.tags, a.summary, a.bases) == (("one", "two"), "Some.", ("/v1", "/b"))
    assert (change.tags, change.summary, change.bases, plain.bases) == ((), "", ("",), ("/d",))
    assert [
        (
            each.name,
            each.location,
            each.required,
            each.style,
            each.explode,
            each.media_type,
            each.may_be_empty,
        )
        for each in a.parameters
    ] == [
        ("x", "path", True, "simple", False, None, False),
        ("q", "query", False, "form", True, None, True),
        ("q", "header", False, "simple", False, None, False),
        ("d", "query", False, "deepObject", True, None, False),
        ("c", "cookie", True, "form", True, "application/json", False),
        ("p", "query", False, "form", False, None, False),
    ]
    assert [each.schema and each.schema.value for each in a.parameters] == [
        None,
        None,
        None,
        None,
        INTEGER,
        None,
    ]
    assert [*a.responses] == ["404", "2XX", "default"]
    (header,) = a.responses["2XX"].headers
    assert (header.name, header.required) == ("x-a", True)
    assert [each.name for each in a.responses["2XX"].content] == ["text/plain"]
    assert a.success is a.responses["2XX"] is a.response(200) is a.response(299)
    assert a.response(404) is a.error(404) is a.responses["404"]
    assert a.response(500) is a.error(500) is a.responses["default"]
    assert (a.error(200), change.success, change.response(200), plain.response(200)) == (
        None,
        None,
        None,
        None,
    )
    assert change.request_body
    assert (change.request_body.required, a.request_body) == (True, None)
    assert change.scopes == ("a", "b", "c")
    schemes = [[(*astuple(scheme), scopes) for scheme, scopes in each.schemes] for each in change.security]
    assert schemes == [
        [
            ("oauth", "oauth2", "bearer", "", "", frozenset({"a", "b"})),
            ("basic", "http", "basic", "", "", frozenset()),
        ],
        [("open", "openIdConnect", "bearer", "", "", frozenset({"a", "c"}))],
    ]
    key: tuple[Any, ...] = ("key", "apiKey", "", "cookie", "k", frozenset())
    assert [[(*astuple(scheme), scopes) for scheme, scopes in each.schemes] for each in a.security] == [
        [key],
        [],
    ]
    assert plain.security == ()
    (((tls, scopes),),) = (each.schemes for each in trace.security)
    assert (*astuple(tls), scopes) == ("tls", "mutualTLS", "", "", "", frozenset())


@pytest.mark.parametrize("method", ["get", "put", "post", "delete", "options", "head", "patch", "trace"])
def test_every_method_of_openapi_is_served(method: str) -> None:
    with mock_of({"/": {method: routed("it"), "query": {}}}) as mock:
        assert [(each.method, mock.handle(Request(each.method, "/")).status) for each in mock.operations] == [
            (method.upper(), 200)
        ]


def test_an_operation_without_servers_or_responses_has_none() -> None:
    (it,) = read_operations(Document({"openapi": "3.1.0", "paths": {"/": {"get": {}}}}))
    assert (it.id, it.bases, it.responses, it.security, it.success) == ("get", ("",), {}, (), None)
    assert read_operations(Document({"openapi": "3.1.0"})) == ()


# ---- Mistakes

HEAD = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n'
GET = "paths:\n  /a:\n    get: "
QUERY = "paths:\n  /a:\n    get:\n      parameters:\n        - "
AT_QUERY = ":7: #/paths/~1a/get/parameters/0"
SAME = "  /a/{y}: { get: { parameters: [{ name: y, in: path }] } }"
MISTAKES = [
    ("paths: [1]", ":3: #/paths: expected a mapping, found a list"),
    ("paths:\n  /a: x", ":4: #/paths/~1a: expected a mapping, found a string"),
    ("paths:\n  /a:", ":4: #/paths/~1a: expected a mapping, found nothing"),
    ("paths:\n  /a: true", ":4: #/paths/~1a: expected a mapping, found a boolean"),
    (f"{GET}5", ":5: #/paths/~1a/get: expected a mapping, found a number"),
    (f"{GET}{{ parameters: {{}} }}", ":5: #/paths/~1a/get/parameters: expected a list, found a mapping"),
    (f"{GET}{{ operationId: 5 }}", ":5: #/paths/~1a/get: operationId: expected a string, found a number"),
    (f"{GET}{{ tags: 5 }}", ":5: #/paths/~1a/get/tags: expected a list, found a number"),
    (
        f"{GET}{{ requestBody: {{ required: 1 }} }}",
        "requestBody: required: expected true or false, found a number",
    ),
    (f"{GET}{{ responses: {{ '200': {{ $ref: '#/no' }} }} }}", ": $ref '#/no' leads nowhere"),
    (
        f"{GET}{{ security: [{{ nobody: [] }}] }}",
        "the security scheme 'nobody' is not described under components",
    ),
    (
        f"{GET}{{ servers: [{{ url: '/{{v}}' }}] }}",
        "the URL has a variable 'v' that is not described under variables",
    ),
    (f"{GET}{{ servers: [{{ url: 'http://[' }}] }}", "not a URL: Invalid IPv6 URL"),
    ("paths:\n  /a:\n    $ref: '#/paths/~1a'", ":4: #/paths/~1a: the reference leads to itself"),
    (
        "paths:\n  /a:\n    $ref: 'b.yaml'",
        ":4: #/paths/~1a: $ref 'b.yaml': only references within the file are followed",
    ),
    ("paths:\n  a: { get: {} }", ":4: #/paths/a: the path 'a' does not begin with a slash"),
    ("paths:\n  /a/{x}: { get: {} }", "path parameter 'x' is not described"),
    (f"{QUERY}{{ name: x, in: path }}", "path parameter 'x' is not in the path"),
    (
        "paths:\n  /a/{x}/{x}: { get: { parameters: [{ name: x, in: path }] } }",
        "path parameter 'x' is in the path twice",
    ),
    (f"{QUERY}{{ in: query }}", f"{AT_QUERY}: name: expected a string, found nothing"),
    (
        f"{QUERY}{{ name: q, in: body }}",
        f"{AT_QUERY}: in: expected one of path, query, header, cookie, found 'body'",
    ),
    (
        f"{QUERY}{{ name: q, in: query, style: label }}",
        f"{AT_QUERY}: style 'label' is not supported in a query parameter",
    ),
    (
        f"{QUERY}{{ name: q, in: header, style: form }}",
        f"{AT_QUERY}: style 'form' is not supported in a header parameter",
    ),
    (
        f"{QUERY}{{ name: q, in: cookie, style: simple }}",
        "style 'simple' is not supported in a cookie parameter",
    ),
    (f"{QUERY}{{ name: q, in: query, schema: 5 }}", f"{AT_QUERY}/schema: expected a schema, found a number"),
    (f"{QUERY}{{ name: q, in: query, schema: {{ type: 5 }} }}", "/schema/type: not a schema: "),
    (f"{QUERY}{{ name: q, in: query, schema: {{ $ref: '#/q' }} }}", f"{AT_QUERY}/schema: not a schema: "),
    (
        "paths:\n  /a: { get: { operationId: x }, put: { operationId: x } }",
        ":4: #/paths/~1a/put: the operation id 'x' is used twice",
    ),
    (
        "paths:\n  /a/{x}: { get: { parameters: [{ name: x, in: path }] } }\n" + SAME,
        ":5: #/paths/~1a~1{y}/get: GET /a/{y} is documented twice",
    ),
    ("webhooks: 5", ":3: #/webhooks: expected a mapping, found a number"),
    (
        f"{QUERY}{{ name: q, in: query, schema: {{ properties: {{ a: {{}} }}, required: [a, {{}}] }} }}",
        f'{AT_QUERY}/schema/required/1: not a schema: the value is not of type "string"',
    ),
    *(
        (
            f"paths: {{ /a: {{ get: {{ operationId: x, responses: {{ '{status}': {{}} }} }} }} }}",
            f":3: #/paths/~1a/get/responses/{status}: not a status, which is such as 200, 4XX or default",
        )
        for status in ("", "20", "2000", "600", "2xY", "Default")
    ),
    (
        "components: { securitySchemes: { odd: { type: apiKey, in: body, name: k } } }",
        ":3: #/components/securitySchemes/odd: this kind of security scheme is not supported",
    ),
    (
        f"{GET}{{ responses: {{ '200': {{ content: {{ a/b: {{ examples: {{ x: 5 }} }} }} }} }} }}",
        "/x: expected a mapping, found a number",
    ),
    (
        f"{GET}{{ responses: {{ '400': {{ headers: {{ a: {{ examples: {{ x: 5 }} }} }} }} }} }}",
        "/x: expected a mapping, found a number",
    ),
    (
        f"{GET}{{ responses: {{ '400': {{ headers: {{ a: {{ schema: {{ type: 5 }} }} }} }} }} }}",
        "not a schema: ",
    ),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_line_its_place_and_the_reason(text: str, told: str) -> None:
    with pytest.raises(SpecificationError) as refused:
        Mock(Document.parse(HEAD + text + "\n", source="odd.yaml"))
    assert str(refused.value).startswith("odd.yaml:")
    found = str(refused.value)
    assert told in found if told.endswith(": ") else found.endswith(told)
    assert f":{refused.value.line}: #" in str(refused.value)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("openapi: 3.0.3", "openapi: '3.0.3'"),
        ("swagger: '2.0'", "swagger: '2.0', which is OpenAPI 2.0"),
        ("openapi: 3.1", "a number: write openapi: 3.1.0"),
        ("paths: {}", "no version"),
    ],
)
def test_another_version_is_refused_with_what_was_found(head: str, found: str) -> None:
    with pytest.raises(SpecificationError) as refused:
        Document.parse(head, source="old.yaml")
    told = f"only OpenAPI 3.1 is served (openapi: 3.1.x); found {found}"
    assert str(refused.value) == f"old.yaml:1: #: {told}"


def test_a_mistake_of_yaml_has_its_line_and_a_mistake_of_the_top_too() -> None:
    for text, told in (
        ("a: 1\na: 2", "odd.yaml:2: #: the key 'a' is given twice"),
        ("[]", "odd.yaml:1: expected a mapping at the top"),
    ):
        with pytest.raises(SpecificationError) as refused:
            Document.parse(text, source="odd.yaml")
        assert str(refused.value).startswith(told)
        assert refused.value.source == "odd.yaml"


def test_several_mistakes_are_told_once_each_in_their_order() -> None:
    text = f"{HEAD}paths:\n  /a: {{ get: {{ tags: 5 }} }}\n  b: {{}}\n  /c: {{ get: {{ operationId: 5 }} }}\n"
    with pytest.raises(SpecificationError) as refused:
        Mock(Document.parse(text, source="odd.yaml"))
    lines = str(refused.value).splitlines()
    assert [re.match(r"odd\.yaml:(\d+): ", each)[1] for each in lines] == ["4", "5", "6"]  # type: ignore[index]
    assert (refused.value.source, refused.value.line) == ("odd.yaml", 4)
    assert refused.value.pointer == ("paths", "/a", "get", "tags")
    assert len(refused.value.errors) == 3  # type: ignore[attr-defined]


def test_a_reference_is_followed_by_its_escapes_and_places() -> None:
    document = Document(
        {"openapi": "3.1.0", "a/b~c": [{"d e": {"$ref": "#/f"}}], "f": {"0": 5}, "l": [{}] * 2}
    )
    node = document.node
    assert node.follow("#/a~1b~0c/0/d%20e").value == {"$ref": "#/f"}
    assert node.follow("#/a~1b~0c/0/d%20e").pointer == ("a/b~c", 0, "d e")
    assert node.follow("#/a~1b~0c/0/d%20e").resolved().value == {"0": 5}
    assert node.follow("#/f/0").value == 5
    assert node.follow("#").value == document.root
    for wrong in ("#/l/2", "#/l/x", "#/f/0/1", "#/nothing"):
        with pytest.raises(SpecificationError, match="leads nowhere"):
            node.follow(wrong)
    chain = {f"r{number}": {"$ref": f"#/r{number + 1}"} for number in range(60)} | {"r60": {"x": 1}}
    node = Document({"openapi": "3.1.0", **chain}).node
    assert node.child("r11").resolved().value == {"x": 1}
    with pytest.raises(SpecificationError, match="#/r10: the reference leads to itself"):
        node.child("r10").resolved()


# ---- Routes


class Paths(Behaviour):
    """Takes further paths and methods, and says which operation was called."""

    def aliases(self, operation: Any) -> list[str]:
        return ["/{x}/other", "/{x}/b/{more}"] if operation.id == "any" else []

    def methods(self, operation: Any) -> list[str]:
        return ["PUT", "POST"] if operation.id == "literal" else []


def routed(each: str, **fields: Any) -> dict[str, Any]:
    told = {"200": {"content": {"application/json": {"example": each}}}}
    return {"operationId": each, "responses": told, **fields}


ROUTES = {
    "/a/lit": {"get": routed("literal"), "post": routed("posted")},
    "/a/{x}": {"parameters": [X], "get": routed("any")},
    "/a/{x}.json": {"parameters": [X], "get": routed("pattern")},
    "/a/{x}-{y}.json": {"parameters": [X, {**X, "name": "y"}], "get": routed("longer")},
    "/a/{x}/b/c": {"parameters": [X], "get": routed("deep")},
    "/{x}/{y}-z/c": {"parameters": [X, {**X, "name": "y"}], "get": routed("dashed")},
    "/{x}/{y}/d": {"parameters": [X, {**X, "name": "y"}], "get": routed("last")},
    "/{x}/b/{y}": {"parameters": [X, {**X, "name": "y"}], "get": routed("first")},
}
ROUTED = [
    ("GET", "/v/a/lit", "literal"),
    ("GET", "/v/a/lit/", "literal"),
    ("PUT", "/v/a/lit", "literal"),
    ("POST", "/v/a/lit", "posted"),
    ("GET", "/v/a/l%69t", "literal"),
    ("GET", "/v/a/1", "any"),
    ("GET", "/v/a/a%2Fb", "any"),
    ("GET", "/v/1/other", "any"),
    ("GET", "/v/a/1.json", "pattern"),
    ("GET", "/v/a/1-2.json", "longer"),
    ("GET", "/v/a/b%0Ac.json", "pattern"),
    ("GET", "/v/a/.json", "any"),
    ("GET", "/v/a/lit/b/c", "deep"),
    ("GET", "/v/a/b/d", "first"),
    ("GET", "/v/a/b/", "any"),
    ("GET", "/v/a/1?x=/v/a/lit", "any"),
]


@pytest.fixture(scope="module")
def routes() -> Any:
    with mock_of(ROUTES, Paths(), servers=[{"url": "/v"}]) as mock:
        yield mock


@pytest.mark.parametrize(("method", "target", "wanted"), ROUTED)
def test_a_request_goes_to_the_most_literal_operation(
    routes: Any, method: str, target: str, wanted: str
) -> None:
    if wanted == "any" and "/other" in target:
        assert routes.handle(Request(method, target)).status == 200
        assert routes.journal.last.path_values == {"x": "1"}
    assert routes.handle(Request(method, target)).body == wanted
    assert routes.has_path(target.partition("?")[0])


LOST = [
    (
        "GET",
        "/a/lit",
        404,
        "there is nothing at this path, but there is at /v/a/lit: does the base URL lack /v?",
    ),
    (
        "GET",
        "/w/x/a/lit",
        404,
        "there is nothing at this path, but there is at /v/a/lit: is the base URL right?",
    ),
    (
        "GET",
        "/1/2/3/4/a/1",
        404,
        "there is nothing at this path, but there is at /v/a/{x}: is the base URL right?",
    ),
    ("GET", "/1/2/3/4/5/a/lit", 404, "there is nothing at this path; operations are under /v"),
    ("GET", "/v/a//", 404, "there is nothing at this path; operations are under /v"),
    ("GET", "/x/b/y", 404, "there is nothing at this path; operations are under /v"),
    ("DELETE", "/v/a/lit", 405, "allowed here: GET, POST"),
    ("POST", "/v/a/1", 405, "allowed here: GET"),
    ("GET", "/v/a/%ff", 400, "the path is not valid UTF-8"),
    ("GET", b"/v/a/\xff", 400, "the path is not valid UTF-8"),
]


@pytest.mark.parametrize(("method", "target", "status", "message"), LOST)
def test_a_request_that_goes_nowhere_is_told_where_there_is_something(
    routes: Any, method: str, target: Any, status: int, message: str
) -> None:
    response = routes.handle(Request(method, target))
    assert (response.status, response.body["message"]) == (status, message)
    assert response.headers == ({"allow": message.rpartition(": ")[2]} if status == 405 else {})
    assert places(response) == (["path::encoding"] if status == 400 else [])
    kinds = {404: "route-not-found", 405: "method-not-allowed", 400: "invalid-request"}
    assert response.body["error"] == kinds[status]


def test_values_of_a_path_are_known_by_their_names(routes: Any) -> None:
    for target, wanted in (
        ("/v/a/1-2.json", {"x": "1", "y": "2"}),
        ("/v/q/b/r%20s", {"x": "q", "y": "r s"}),
        ("/v/q/r-z/c", {"x": "q", "y": "r"}),
        ("/v/q/r-z/d", {"x": "q", "y": "r-z"}),
        ("/v/a/lit/b/c", {"x": "lit"}),
        ("/v/a/lit", {}),
    ):
        assert routes.handle(Request("GET", target)).status == 200
        assert routes.journal.last.path_values == wanted


def test_an_alias_lacks_no_placeholder() -> None:
    class Lacking(Behaviour):
        def aliases(self, operation: Any) -> list[str]:
            return ["/b"]

    with pytest.raises(ValueError, match=r"^the alias '/b' of '/a/\{y\}\{x\}' lacks x, y$"):
        mock_of({"/a/{y}{x}": {"get": {"parameters": [X, {**X, "name": "y"}]}}}, Lacking())


def test_advice_names_all_bases_or_none() -> None:
    for servers, told in (
        ([{"url": "/v"}, {"url": "/w"}], "; operations are under /v or /w"),
        ([{"url": "/"}], ""),
    ):
        with mock_of({"/a": {"get": {}}}, servers=servers) as mock:
            response = mock.handle(Request("GET", "/nothing"))
        assert response.body["message"] == f"there is nothing at this path{told}"
    with mock_of({"/{x}": {"get": {"parameters": [X]}}}, servers=[{"url": "/v"}]) as mock:
        assert mock.handle(Request("GET", "/a")).body["message"].endswith("path; operations are under /v")
        assert mock.has_path("/v/a")
        assert not mock.has_path("/a")


# ---- Responses of handlers

WORD = {"content": {"application/json": {"schema": STRING}}}
# The documented responses, what a handler returns, and what is sent: status, media type and content.
RETURNED: list[tuple[Any, Any, tuple[int, str, bytes]]] = [
    ({"201": WORD}, "a", (201, "application/json", b'"a"')),
    ({"204": {}}, None, (204, "application/json", b"")),
    ({"204": {}}, NO_BODY, (204, "application/json", b"")),
    ({"200": {"content": {"application/json": {}}}}, None, (200, "application/json", b"null")),
    ({"2XX": WORD}, "a", (200, "application/json", b'"a"')),
    ({"200": WORD, "4XX": WORD}, Response(404, "a"), (404, "application/json", b'"a"')),
    ({"200": WORD, "default": WORD}, Response(404, "a"), (404, "application/json", b'"a"')),
    ({"200": {"content": {"text/*": {"schema": INTEGER}}}}, "a", (200, "text/plain", b"a")),
    ({"200": {"content": {"image/*": {}}}}, b"\xff", (200, "image/octet-stream", b"\xff")),
    ({"200": {"content": {"*/*": {}}}}, b"\xff", (200, "application/octet-stream", b"\xff")),
    ({"200": {"content": {"*/*": {}}}}, [1], (200, "application/json", b"[1]")),
    (
        {"200": {"content": {"a/b": {}}}},
        Response(200, "é", media_type="A/B; x=y"),
        (200, "A/B; x=y", "é".encode()),
    ),
    ({}, {"any": "thing"}, (200, "application/json", b'{"any":"thing"}')),
    ({}, Response(299, "x"), (299, "application/json", b'"x"')),
    (
        {"200": {"headers": {"X-A": {"required": True}}}},
        Response(200, headers={"x-A": "1"}),
        (200, "application/json", b""),
    ),
    ({"200": {"headers": {"X-A": {}}}}, Response(200), (200, "application/json", b"")),
]
WRONG: list[tuple[Any, Any, str]] = [
    (
        {"200": WORD},
        5,
        'the body of the status 200 is not what is documented: (body) is not of type "string"',
    ),
    ({"200": WORD}, Response(200), "a body is documented for the status 200, and there is none"),
    ({"200": WORD}, Response(404, "a"), "the status 404 is not documented"),
    (
        {"200": WORD},
        Response(200, "a", media_type="text/plain"),
        "a body of text/plain is not documented for the status 200",
    ),
    ({"200": {}}, "a", "a body of application/json is not documented for the status 200"),
    (
        {"200": {"headers": {"X-A": {"required": True}}}},
        Response(200),
        "the header 'x-a' is documented as required, and is not there",
    ),
    ({"200": {"content": {"application/json": {}}}}, {1, 2}, "the body cannot be encoded: TypeError"),
    ({"200": {"content": {"application/json": {}}}}, float("nan"), "the body cannot be encoded: ValueError"),
    ({"200": {"content": {"text/plain": {}}}}, 5, "the body cannot be encoded: TypeError"),
    ({"204": {}}, Response(204, headers={"a": "b\nc"}), "the body cannot be encoded: ValueError"),
]


def returning(value: Any) -> Behaviour:
    class Returning(Behaviour):
        @operation("it")
        def answer(self, call: Call) -> Any:
            if isinstance(value, Exception):
                raise value
            return value

    return Returning()


@pytest.mark.parametrize(("responses", "value", "wanted"), RETURNED)
def test_what_a_handler_returns_is_sent_as_documented(
    responses: Any, value: Any, wanted: tuple[int, str, bytes]
) -> None:
    with Mock(document_of({"responses": responses}), returning(value)) as mock:
        for _ in range(2):
            response = mock.handle(Request("POST", "/"))
            assert (response.status, response.media_type, response.content) == wanted


@pytest.mark.parametrize(("responses", "value", "told"), WRONG)
def test_what_is_not_documented_is_not_sent_but_told_to_the_developer(
    responses: Any, value: Any, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    with Mock(document_of({"responses": responses}), returning(value)) as mock:
        for _ in range(2):
            caplog.clear()
            response = mock.handle(Request("POST", "/"))
            assert (response.status, response.body["error"]) == (500, "invalid-response")
            assert response.body["message"] == "the response is not what is documented"
            assert caplog.messages == [f"invalid response of it: {told}"]


def test_a_failure_of_a_handler_shows_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    with Mock(document_of({}), returning(KeyError("made-up"))) as mock:
        response = mock.handle(Request("POST", "/"))
    assert (response.status, response.body["error"]) == (500, "internal")
    assert response.body["message"] == "something went wrong on the server's side"
    assert caplog.messages == ["it failed"]


ERROR = {
    "content": {
        "application/json": {
            "schema": {"type": "object", "required": ["oops"], "properties": {"oops": INTEGER}}
        }
    }
}


def test_an_error_that_does_not_fit_the_document_is_made_up_by_it(caplog: pytest.LogCaptureFixture) -> None:
    refusal = Problem(409, "odd", "made up", headers={"x-a": "1"})
    for responses, wanted in (
        ({"200": {}, "4XX": ERROR}, {"oops": 0}),
        ({"200": {}}, {"error": "odd", "message": "made up", "violations": []}),
        ({"default": ERROR}, {"error": "odd", "message": "made up", "violations": []}),
        ({"200": {}, "409": {}}, {"error": "odd", "message": "made up", "violations": []}),
    ):
        with Mock(document_of({"responses": responses}), returning(refusal)) as mock:
            response = mock.handle(Request("POST", "/"))
            assert (response.status, response.body, response.headers) == (409, wanted, {"x-a": "1"})
    assert caplog.messages == []


def test_what_allows_nothing_has_no_response(caplog: pytest.LogCaptureFixture) -> None:
    responses = {"200": {"content": {"application/json": {"schema": False}}}}
    with Mock(document_of({"responses": responses})) as mock:
        assert (
            len(caplog.messages),
            caplog.messages[0].startswith("invalid response of it: the body of"),
        ) == (1, True)
        assert not mock.can_respond("it")
        assert mock.handle(Request("POST", "/")).status == 500
    assert not mock.is_handled("it")


def test_an_error_may_be_of_another_media_type() -> None:
    class Plain(Behaviour):
        def render(self, problem: Problem, operation: Any) -> Response:
            return Response(problem.status, problem.message, {"x-b": "2"}, "text/plain")

    with Mock(document_of({}), Plain()) as mock:
        response = mock.handle(Request("GET", "/"))
    assert (response.media_type, response.content) == ("text/plain", b"allowed here: POST")
    assert response.headers == {"allow": "POST", "x-b": "2"}


NOT_SO = "the body of the status 400 is not what is documented"


class Renders(Behaviour):
    """Renders all problems alike."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def render(self, problem: Problem, operation: Any) -> Response:
        if isinstance(self.value, Exception):
            raise self.value
        return Response(problem.status, self.value(problem))


@pytest.mark.parametrize(
    ("value", "status", "body", "logged"),
    [
        (lambda problem: {"oops": problem.status}, 400, {"oops": 400}, []),
        (
            lambda problem: {"oops": problem.message} if problem.status == 500 else {},
            500,
            {"oops": "the response is not what is documented"},
            [
                f"invalid response of it: {NOT_SO}: oops is required",
            ],
        ),
        (
            lambda _problem: {1, 2},
            500,
            {"error": "internal"},
            ["rendering a problem of kind invalid-request failed"],
        ),
        (
            KeyError("made-up"),
            500,
            {"error": "internal"},
            ["rendering a problem of kind invalid-request failed"],
        ),
    ],
)
def test_a_behaviours_own_errors_are_checked_and_replaced_as_the_last_resort(
    value: Any, status: int, body: Any, logged: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    parameters = [{"name": "q", "in": "query", "required": True}]
    document = document_of({"parameters": parameters, "responses": {"200": {}, "400": ERROR}})
    with Mock(document, Renders(value)) as mock:
        response = mock.handle(Request("POST", "/"))
        assert [each.path for each in mock.journal.last.violations] == ["q"]
    assert response.status == status
    assert body.items() <= response.body.items()
    assert caplog.messages == logged


# ---- Handlers


@pytest.mark.parametrize(
    ("members", "told"),
    [
        (
            {"odd": operation("its")(lambda _self, _call: None)},
            "Odd.odd: the document has no operation 'its'; did you mean 'it'?",
        ),
        (
            {"odd": operation("far away")(lambda _self, _call: None)},
            "Odd.odd: the document has no operation 'far away'",
        ),
        (
            {"render": operation("it")(lambda _self, _call: None)},
            "Odd.render: a hook has this name; give the handler another one",
        ),
        (
            {
                "one": operation("it")(lambda _self, _call: None),
                "two": operation("it")(lambda _self, _call: None),
            },
            "Odd.two: 'it' already has the handler 'one'",
        ),
    ],
)
def test_a_handler_that_does_not_fit_is_named(members: dict[str, Any], told: str) -> None:
    with pytest.raises(HandlerError) as refused:
        Mock(document_of({}), type("Odd", (Behaviour,), members)())
    assert str(refused.value) == told


def test_a_handler_may_serve_two_operations_and_be_overridden() -> None:
    class First(Behaviour):
        @operation("it")
        @operation("that")
        def answer(self, call: Call) -> Any:
            return "first"

    class Second(First):
        def answer(self, call: Call) -> Any:
            return "second"

    paths = {"/": {"post": routed("it"), "put": routed("that"), "get": routed("other")}}
    with mock_of(paths, Second()) as mock:
        assert [mock.handle(Request(each, "/")).body for each in ("POST", "PUT", "GET")] == [
            "second",
            "second",
            "other",
        ]
        assert [mock.is_handled(each) for each in ("it", "that", "other")] == [True, True, False]
        assert repr(mock) == "<Mock of <document> with 3 operations>"


# ---- Bodies as queries


@pytest.mark.parametrize(
    ("target", "body", "wanted"),
    [
        ("/a?x=1", b' {"x": 2, "y": [1, true, null, "a b"], "z": null}', "/a?x=1&y=1&y=true&y=a+b"),
        ("/a", b'{"x": {"y": 1.5}}', "/a?x=%7B%22y%22%3A+1.5%7D"),
        ("/a", b"{}", "/a?"),
        ("/a?x=1", b"[1]", None),
        ("/a", b"", None),
    ],
)
def test_a_json_body_adds_to_the_query(target: str, body: bytes, wanted: str | None) -> None:
    request = Request("GET", target, {"a": "b"}, body)
    found = with_body_in_query(request)
    if wanted is None:
        assert found is request
    else:
        assert (found.target, found.body, found.headers) == (wanted.encode(), b"", {"a": "b"})


@pytest.mark.parametrize(("target", "body"), [("/a", b"{"), ("/a?x=%ff", b"{}"), ("/a", b'{"x": NaN}')])
def test_a_body_or_query_that_cannot_be_read_is_refused(target: str, body: bytes) -> None:
    with pytest.raises(Problem) as refused:
        with_body_in_query(Request("GET", target, {}, body))
    assert refused.value.status == 400


# ---- What is wrong with a value

CLOSED = {"type": "object", "properties": {"a": INTEGER}, "additionalProperties": False}
TOLD: list[tuple[Any, bytes, list[tuple[str, str, str]]]] = [
    (INTEGER, b'"a"', [("", "type", 'is not of type "integer"')]),
    ({"required": ["a", "b"]}, b"{}", [("a", "required", "is required"), ("b", "required", "is required")]),
    (
        CLOSED,
        b'{"x": 1, "y": 2}',
        [("x", "additionalProperties", "is not allowed"), ("y", "additionalProperties", "is not allowed")],
    ),
    ({"properties": {"a": CLOSED}}, b'{"a": {"x": 1}}', [("a.x", "additionalProperties", "is not allowed")]),
    ({"unevaluatedProperties": False}, b'{"x": 1}', [("x", "unevaluatedProperties", "is not allowed")]),
    ({"not": INTEGER}, b"1", [("", "not", "is of a shape that is not allowed")]),
    (
        {"oneOf": [INTEGER, {"type": "number"}]},
        b"1",
        [("", "oneOf", "matches more than one of the alternatives")],
    ),
    ({"anyOf": [STRING, {"required": ["a"]}]}, b"{}", [("a", "required", "is required")]),
    (
        {"oneOf": [{"required": ["a", "b"]}, {"required": ["c"]}]},
        b"{}",
        [("c", "required", "is required")],
    ),
    (
        {
            "oneOf": [
                {"properties": {"k": {"const": 1}}},
                {"properties": {"k": {"const": 2}}, "required": ["a", "b"]},
            ]
        },
        b'{"k": 2}',
        [("a", "required", "is required"), ("b", "required", "is required")],
    ),
    (
        {"anyOf": [{"required": ["a", "b"]}, {"properties": {"k": {"enum": [1]}}}]},
        b'{"k": 2}',
        [("a", "required", "is required"), ("b", "required", "is required")],
    ),
    ({"enum": [1, "é", None]}, b"5", [("", "enum", 'is not one of 1, "é", null')]),
    ({"enum": [*range(20)]}, b"-1", [("", "enum", f"is not one of {', '.join(map(str, range(20)))}")]),
    (
        {"items": {"minimum": 3}},
        b"[1, 5, 2]",
        [
            ("0", "minimum", "is less than the minimum of 3"),
            ("2", "minimum", "is less than the minimum of 3"),
        ],
    ),
    ({"format": "email"}, b'"a"', [("", "format", 'is not a "email"')]),
    ({"allOf": [INTEGER, INTEGER]}, b'"a"', [("", "type", 'is not of type "integer"')]),
]


@pytest.mark.parametrize(("schema", "sent", "wanted"), TOLD)
def test_what_is_wrong_with_a_value_is_told_by_its_innermost_causes(
    schema: Any, sent: bytes, wanted: list[tuple[str, str, str]]
) -> None:
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    with Mock(document_of({"requestBody": body})) as mock:
        response = mock.handle(Request("POST", "/", {"content-type": "application/json"}, sent))
    found = [(each["at"], each["keyword"], each["message"]) for each in response.body["violations"]]
    assert sorted(found) == sorted(wanted)


def test_a_long_list_of_options_is_shortened_and_half_a_character_is_no_value() -> None:
    schema = {"enum": [*range(21)]}
    with Mock(document_of({"parameters": [{"name": "q", "in": "header", "schema": schema}]})) as mock:
        response = mock.handle(Request("POST", "/", {"q": "-1"}))
        assert len(response.body["violations"][0]["message"]) < 60
        assert response.body["violations"][0]["message"].startswith("is not one of 0, 1 ")
    with Mock(document_of({"parameters": [{"name": "q", "in": "header", "schema": STRING}]})) as mock:
        assert places(mock.handle(Request("POST", "/", {"q": "\ud800"}))) == ["header:q:encoding"]
