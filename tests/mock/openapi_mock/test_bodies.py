import json

import pytest

from openapi_mock import NO_BODY

PERSON = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "age": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "integer"}},
        "home": {"type": "object", "properties": {"street": {"type": "string"}}},
    },
    "additionalProperties": {"type": "integer"},
}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def post(mock_of, recorder, send):
    """Post a body. Return what the handler got, or the response that refused it."""

    def post(body, media_type="json", schema=None, *, required=True, headers=None, content=None):
        content = content or {"application/json": {"schema": True if schema is None else schema}}
        operation = {"requestBody": {"required": required, "content": content}}
        mock = mock_of(operation=operation, method="post", behaviour=recorder)
        response = send(mock, "POST", "/", body, media_type=media_type, headers=headers)
        return recorder.calls[-1].body if response.status == 200 else response

    return post


@pytest.mark.parametrize("value", [None, False, 0, 1.5, "\u00e9\U0001f600", [], {"a": [{}]}, "\u2028"])
def test_json_of_any_kind_arrives_as_it_was_sent(value, post):
    assert post(json.dumps(value).encode()) == value
    assert post(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize("body", [b"5.0", b"5e0", b"50E-1"])
def test_a_whole_number_is_an_integer_however_it_is_written(body, post):
    assert type(post(body, schema={"type": "integer"})) is int
    assert post(body, schema={"type": "integer"}) == 5
    form = {FORM: {"schema": {"type": "object", "properties": {"age": {"type": "integer"}}}}}
    age = post(b"age=" + body, "form", content=form)["age"]
    assert (type(age), age) == (int, 5)


def test_a_great_whole_number_is_an_integer_too(post):
    found = post(b"1e300", schema={"type": "integer"})
    assert (type(found), found) == (int, int(1e300))


@pytest.mark.parametrize(
    "media_type", ["application/json; charset=utf-8", "Application/JSON", 'application/json;charset="UTF-8"']
)
def test_parameters_and_case_of_the_content_type_do_not_matter(media_type, post):
    assert post(b"5", media_type) == 5


def test_a_byte_order_mark_is_ignored(post):
    assert post(b"\xef\xbb\xbf5") == 5


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"", b" ", b"'a'", b"[1,]", b"{a:1}", b"nul", b"1 2", b"\x00", b'"\n"', b"01",
        b'{"a":1,"a":2}', b'[{"b":{"a":1,"a":1}}]',
        b'"\xff"', b'"\xc3"', b"\xfe\xff\x00[", b'"\xed\xa0\x80"', b'"\\ud800"', b'{"\\udc00":1}',
        b"NaN", b"[Infinity]", b"-Infinity", b"1e999", b"-1e999", b"9" * 400, b"-" + b"9" * 100_000,
        b"[" * 101 + b"]" * 101, b'{"a":' * 200 + b"1" + b"}" * 200, b"[" * 500_000, b'{"a":[' * 100_000,
    ],
)  # fmt: skip
def test_invalid_json_is_malformed(body, post):
    response = post(body or b"\t")
    assert (response.status, response.body["error"]) == (400, "malformed-body")


def test_brackets_in_strings_are_not_nesting(post):
    value = ["[" * 500 + '\\"{', {"{": "\\"}]
    assert post(json.dumps(value).encode()) == value


def test_nesting_up_to_the_limit_is_fine(post):
    assert post(b"[" * 100 + b"]" * 100) != []


def test_a_required_body_that_is_missing_is_a_violation(post, at):
    assert at(post(b"")) == ["body::required"]
    assert at(post(b"", None)) == ["body::required"]


@pytest.mark.parametrize("media_type", ["json", None, "text/odd", "form"])
def test_an_optional_body_may_be_missing_whatever_its_content_type(media_type, post):
    content = {"application/json": {}, FORM: {}}
    assert post(b"", media_type, required=False, content=content) is NO_BODY


def test_an_empty_form_misses_its_fields_by_name(post, at):
    assert at(post(b"", "form", content={FORM: {"schema": PERSON}})) == ["body:name:required"]


@pytest.mark.parametrize(("media_type", "empty"), [("text/plain", ""), ("image/png", b"")])
def test_an_empty_text_or_file_is_a_body(media_type, empty, post):
    assert post(b"", media_type, content={"text/*": {}, "*/*": {}}) == empty


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/xml", "x", "multipart/form-data; boundary=x", None]
)
def test_an_undocumented_media_type_is_415_and_names_the_supported_ones(media_type, post):
    response = post(b"5", media_type)
    assert (response.status, response.body["error"]) == (415, "unsupported-media-type")
    assert response.headers["accept"] == "application/json"
    assert "application/json" in response.body["message"]


def test_another_charset_is_415(post):
    assert post(b"5", "application/json; charset=utf-16").status == 415


def test_several_media_types_have_schemas_of_their_own(post, at):
    content = {
        "application/json": {"schema": {"type": "integer"}},
        "application/vnd.x+json": {"schema": {"type": "string"}},
        FORM: {"schema": PERSON},
        "text/*": {"schema": {"maxLength": 3}},
        "*/*": {},
    }
    assert post(b"5", "json", content=content) == 5
    assert post(b'"5"', "application/vnd.x+json", content=content) == "5"
    assert post(b"name=5", "form", content=content) == {"name": "5"}
    assert post(b"abc", "text/odd", content=content) == "abc"
    assert at(post(b"abcd", "text/odd", content=content)) == ["body::maxLength"]
    assert post(b"\xff", "text/odd", content=content).body["error"] == "malformed-body"
    assert post(b"\xff\x00", "image/png", content=content) == b"\xff\x00"


def test_form_fields_are_decoded_to_their_types(post):
    content = {FORM: {"schema": PERSON}}
    body = b"name=1&age=2&tags=3&tags=4&extra=5&home=x"
    decoded = {"name": "1", "age": 2, "tags": [3, 4], "extra": 5}
    assert post(b"name=1&age=2&tags=3&tags=4&extra=5", "form", content=content) == decoded
    assert post(body, "form", content=content).status == 400


def test_form_fields_that_are_wrong_are_refused_by_name(post, at):
    content = {FORM: {"schema": PERSON}}
    response = post(b"name=1&name=2&age=x&tags=3&tags=q&extra=y", "form", content=content)
    assert at(response) == ["body:age:type", "body:extra:type", "body:name:type", "body:tags.1:type"]


def test_an_encoding_defines_the_style_of_a_form_field(post):
    encoding = {"tags": {"style": "form", "explode": False}, "home": {"style": "deepObject"}}
    content = {FORM: {"schema": PERSON, "encoding": encoding}}
    assert post(b"name=n&tags=1,2&home[street]=s", "form", content=content) == {
        "name": "n", "tags": [1, 2], "home": {"street": "s"},
    }  # fmt: skip


def test_form_fields_of_alternatives_are_decoded(post, at):
    choice = {
        "oneOf": [
            {"properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}, "required": ["kind", "n"]},
            {"properties": {"kind": {"const": "b"}, "s": {"type": "string"}}, "required": ["kind", "s"]},
        ]
    }
    content = {FORM: {"schema": choice}}
    assert post(b"kind=a&n=5", "form", content=content) == {"kind": "a", "n": 5}
    assert at(post(b"kind=b", "form", content=content)) == ["body:s:required"]


@pytest.mark.parametrize("body", [b"a=%ff", b"\xff=1", b"&".join(b"a=%d" % n for n in range(1001))])
def test_a_form_that_cannot_be_read_is_malformed(body, post):
    assert post(body, "form", content={FORM: {}}).body["error"] == "malformed-body"


def test_a_body_on_get_is_ignored_even_if_it_is_documented(mock_of, recorder, send):
    operation = {"requestBody": {"required": True, "content": {"application/json": {"schema": False}}}}
    mock = mock_of(operation=operation, behaviour=recorder)
    assert send(mock, "GET", "/", b"{", media_type="json").status == 200
    assert recorder.calls[0].body is NO_BODY


def test_an_undocumented_body_is_ignored(shop, send):
    assert send(shop, "DELETE", "/api/items/1", b"{", media_type="text/odd", token="reader").status == 204
