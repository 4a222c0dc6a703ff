import json

import pytest

ABSENT = object()
INTEGERS = {"type": "array", "items": {"type": "integer"}}
POINT = {"type": "object", "properties": {"x": {"type": "integer"}, "name": {"type": "string"}}}


@pytest.fixture
def read(mock_of, recorder, send, at):
    """Return what the handler gets for a parameter `q`, or the places of the violations."""

    def read(schema, target="/", location="query", headers=None, **fields):
        parameter = {"name": "q", "in": location, **fields}
        if schema is not None:
            parameter["schema"] = schema
        path = "/{q}" if location == "path" else "/"
        mock = mock_of(operation={"parameters": [parameter]}, behaviour=recorder, path=path)
        response = send(mock, "GET", target, headers=headers)
        if response.status == 400:
            return at(response)
        assert response.status == 200
        field = {"header": "headers", "cookie": "cookies"}.get(location, location)
        return getattr(recorder.calls[-1], field).get("q", ABSENT)

    return read


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "5", 5),
        ("integer", "-12", -12),
        ("integer", "9" * 300, int("9" * 300)),
        ("number", "1.5", 1.5),
        ("number", "2", 2),
        ("number", "-2.5e-1", -0.25),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("string", "5", "5"),
        ("string", "", ""),
        ("string", "a%20b+c%C3%A9", "a b c\u00e9"),
        (["integer", "null"], "null", None),
        (["string", "null"], "null", "null"),
    ],
)
def test_a_text_is_decoded_to_the_type_of_its_schema(kind, text, value, read):
    found = read({"type": kind}, f"/?q={text}")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize(
    ("text", "whole"),
    [("5.0", 5), ("5e0", 5), ("-50E-1", -5), ("-0.0", 0), ("1e3", 1000), ("1e300", int(1e300))],
)
def test_a_whole_number_is_an_integer_however_it_is_written(kind, text, whole, read):
    """The same as in a JSON body."""
    for found in (
        read({"type": kind}, f"/?q={text}"),
        read({"type": kind}, f"/{text}", "path", required=True),
        read({"type": kind}, "/", "header", {"q": text}),
    ):
        assert (type(found), found) == (int, whole)


@pytest.mark.parametrize(
    "text",
    ["abc", "", "5.5", "5.", "+5", "%205", "0x10", "1_000", "007", "1e-1", "1e999", "\u0665", "9" * 5000],
)
def test_text_that_is_not_exactly_an_integer_is_refused(text, read):
    assert read({"type": "integer"}, f"/?q={text}") == ["query:q:type"]


@pytest.mark.parametrize("text", ["nan", "Infinity", "1e999", "1.", ".5", "", "1,5", "0x1"])
def test_text_that_is_not_exactly_a_number_is_refused(text, read):
    assert read({"type": "number"}, f"/?q={text}") == ["query:q:type"]


@pytest.mark.parametrize("text", ["True", "1", "yes", "", "TRUE"])
def test_text_that_is_not_exactly_a_boolean_is_refused(text, read):
    assert read({"type": "boolean"}, f"/?q={text}") == ["query:q:type"]


@pytest.mark.parametrize("kind", ["integer", "string"])
def test_a_scalar_that_is_there_twice_is_refused(kind, read):
    assert read({"type": kind}, "/?q=1&q=2") == ["query:q:type"]


def test_constraints_are_checked_after_decoding(read):
    schema = {"type": "integer", "minimum": 5, "multipleOf": 2}
    assert read(schema, "/?q=6") == 6
    assert read(schema, "/?q=3") == ["query:q:minimum", "query:q:multipleOf"]


def test_types_are_found_through_references_and_combinations(mock_of, recorder, send):
    schemas = {"A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"minimum": 2}]}, "B": {"type": "integer"}}
    choice = {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "boolean"}]}
    operation = {"parameters": [{"name": "q", "in": "query", "schema": choice}]}
    mock = mock_of(operation=operation, behaviour=recorder, components={"schemas": schemas})
    assert [send(mock, "GET", f"/?q={text}").status for text in ("2", "true", "1", "x")] == [
        200,
        200,
        400,
        400,
    ]
    assert [call.query["q"] for call in recorder.calls] == [2, True]


def test_types_are_found_through_enum_and_const(read):
    assert read({"enum": [1, 2]}, "/?q=2") == 2
    assert read({"const": True}, "/?q=true") is True
    assert read({"enum": ["1"]}, "/?q=1") == "1"


@pytest.mark.parametrize(
    ("fields", "query", "value"),
    [
        ({}, "q=1&q=2", [1, 2]),
        ({}, "q=1", [1]),
        ({"explode": False}, "q=1,2", [1, 2]),
        ({"explode": False}, "q=1%2C2", [1, 2]),
        ({"explode": False}, "q=", []),
        ({"style": "pipeDelimited"}, "q=1|2", [1, 2]),
        ({"style": "spaceDelimited"}, "q=1%202", [1, 2]),
    ],
)
def test_arrays_in_the_query(fields, query, value, read):
    assert read(INTEGERS, f"/?{query}", **fields) == value


def test_a_wrong_item_is_refused_by_its_place(read):
    assert read(INTEGERS, "/?q=1&q=x&q=3&q=") == ["query:q.1:type", "query:q.3:type"]


@pytest.mark.parametrize(
    ("fields", "query", "value"),
    [
        ({}, "x=1&name=2&y=3", {"x": 1, "name": "2"}),
        ({}, "y=3", ABSENT),
        ({"explode": False}, "q=x,1,name,2", {"x": 1, "name": "2"}),
        ({"style": "deepObject"}, "q[x]=1&q[name]=2", {"x": 1, "name": "2"}),
        ({"style": "deepObject"}, "q%5Bx%5D=1", {"x": 1}),
        ({"style": "deepObject"}, "q=1", ABSENT),
        ({"style": "deepObject"}, "q[x]=a", ["query:q.x:type"]),
        ({"explode": False}, "q=x,1,name", ["query:q:type"]),
    ],
)
def test_objects_in_the_query(fields, query, value, read):
    assert read(POINT, f"/?{query}", **fields) == value


@pytest.mark.parametrize(
    ("schema", "text", "value", "fields"),
    [
        ({"type": "integer"}, "5", 5, {}),
        (INTEGERS, "1,2", [1, 2], {}),
        (POINT, "x,1,name,n", {"x": 1, "name": "n"}, {}),
        (POINT, "x=1,name=n", {"x": 1, "name": "n"}, {"explode": True}),
    ],
)
def test_simple_style_in_paths_and_headers(schema, text, value, fields, read):
    assert read(schema, f"/{text}", "path", required=True, **fields) == value
    assert read(schema, "/", "header", {"q": text}, **fields) == value


def test_a_header_is_found_whatever_its_case_in_the_document(mock_of, recorder, send):
    operation = {"parameters": [{"name": "X-Count", "in": "header", "schema": {"type": "integer"}}]}
    mock = mock_of(operation=operation, behaviour=recorder)
    send(mock, "GET", "/", headers={"x-count": "5"})
    assert recorder.calls[0].headers == {"X-Count": 5}


def test_cookies_are_read(read):
    assert read({"type": "integer"}, "/", "cookie", {"cookie": "a=b; q=5; q=6; odd"}) == 5
    assert read({"type": "integer"}, "/", "cookie", {"cookie": "q"}) is ABSENT


def test_a_parameter_with_content_is_decoded_as_that(read):
    content = {"application/json": {"schema": POINT}}
    assert read(None, "/?q=%7B%22x%22:1%7D", content=content) == {"x": 1}
    assert read(None, "/?q=%7B%22x%22:true%7D", content=content) == ["query:q.x:type"]
    assert read(None, "/?q=%7B", content=content) == ["query:q:encoding"]
    assert read(None, content=content) is ABSENT


@pytest.mark.parametrize("location", ["query", "header", "cookie"])
def test_a_required_parameter_that_is_missing_is_a_violation_at_its_name(location, read):
    assert read({"type": "integer"}, "/", location, required=True) == [f"{location}:q:required"]


def test_an_optional_parameter_that_is_missing_is_absent_unless_it_has_a_default(read):
    assert read({"type": "integer"}) is ABSENT
    assert read({"type": "integer", "default": 7}) == 7
    assert read({"type": "integer", "default": 7}, "/?q=8") == 8


@pytest.mark.parametrize("schema", [{"type": "integer"}, {"type": "string", "minLength": 1}, INTEGERS])
def test_an_empty_parameter_counts_as_left_out_where_the_document_allows_it(schema, read):
    assert read(schema, "/?q=", allowEmptyValue=True) is ABSENT
    assert read({**schema, "default": 7}, "/?q=", allowEmptyValue=True) == 7
    assert read(schema, "/?q=5", allowEmptyValue=True) == read(schema, "/?q=5")


def test_a_required_parameter_that_may_be_empty_has_to_be_there(read):
    fields = {"required": True, "allowEmptyValue": True}
    assert read({"type": "integer"}, "/?q=", **fields) is ABSENT
    assert read({"type": "integer"}, "/?q=x", **fields) == ["query:q:type"]
    assert read({"type": "integer"}, "/", **fields) == ["query:q:required"]


def test_a_parameter_that_may_be_empty_may_not_be_empty_twice(read):
    assert read({"type": "integer"}, "/?q=&q=", allowEmptyValue=True) == ["query:q:type"]


@pytest.mark.parametrize("fields", [{}, {"allowEmptyValue": False}])
def test_an_empty_parameter_is_a_value_like_any_other_elsewhere(fields, read):
    assert read({"type": "integer"}, "/?q=", **fields) == ["query:q:type"]
    assert read({"type": "integer"}, "/", "header", {"q": ""}, allowEmptyValue=True) == ["header:q:type"]


def test_a_style_that_cannot_write_an_empty_value_has_none_to_leave_out(read):
    assert read(INTEGERS, "/?q=", style="pipeDelimited", explode=False, allowEmptyValue=True) == []


def test_all_violations_are_reported_at_once(shop, send, at):
    body = b'{"price":0,"colour":1,"parts":[{"name":""}]}'
    response = send(shop, "POST", "/api/items", body, media_type="json", token="writer")
    assert response.body["error"] == "invalid-request"
    assert at(response) == [
        "body:colour:additionalProperties",
        "body:name:required",
        "body:parts.0.name:minLength",
        "body:price:exclusiveMinimum",
    ]


@pytest.mark.parametrize("name", ["007", "200", ""])
def test_a_violation_names_its_place_as_it_was_sent(name, mock_of, send, at):
    body = {"additionalProperties": {"additionalProperties": {"type": "string"}}}
    operation = {"requestBody": {"content": {"application/json": {"schema": body}}}}
    mock = mock_of(method="post", operation=operation)
    value = json.dumps({"sizes": {name: 5}}).encode()
    assert at(send(mock, "POST", "/", value, media_type="json")) == [f"body:sizes.{name}:type"]


def test_undocumented_query_parameters_are_ignored(shop, send):
    assert send(shop, "GET", "/api/items?x=1&x=2", token="reader").status == 200


@pytest.mark.parametrize("query", ["limit=%ff", "%fe=1", "x=\xff", "&".join(f"a{n}=1" for n in range(1001))])
def test_a_query_that_cannot_be_read_is_refused(query, shop, send):
    target = b"/api/items?" + query.encode("latin-1")
    response = send(shop, "GET", target, token="reader")
    assert (response.status, response.body["error"]) == (400, "invalid-request")


def test_a_violation_never_quotes_the_value(mock_of, send):
    schema = {"type": "string", "maxLength": 3, "pattern": "^[0-9]*$", "enum": ["1"], "format": "email"}
    mock = mock_of(operation={"parameters": [{"name": "q", "in": "query", "schema": schema}]})
    response = send(mock, "GET", "/?q=made-up-secret")
    assert len(response.body["violations"]) == 4
    assert b"made-up-secret" not in response.content
