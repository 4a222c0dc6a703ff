"""The JSON body of a GET, read as its query."""

from urllib.parse import parse_qsl

import pytest

from openapi_mock import Problem, Request
from openapi_mock.queries import with_body_in_query


def query_of(body, target="/things"):
    request = with_body_in_query(Request("GET", target, {"content-type": "application/json"}, body))
    assert (request.raw_path, request.body) == (b"/things", b"")
    return parse_qsl(request.raw_query.decode(), keep_blank_values=True)


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (b'"a & b=\xc3\xb6"', ["a & b=ö"]),
        (b'""', [""]),
        (b"7", ["7"]),
        (b"7.0", ["7"]),
        (b"1.5", ["1.5"]),
        (b"true", ["true"]),
        (b"null", []),
        (b"[]", []),
        (b'["a", 2, null]', ["a", "2"]),
        (b'{"b": 1}', ['{"b": 1}']),
    ],
)
def test_each_value_is_written_as_a_query_has_it(value, texts):
    assert query_of(b' {"name": %s}' % value) == [("name", text) for text in texts]


def test_what_the_query_has_itself_stays_as_it_is():
    found = query_of(b'{"a": 1, "b": 2}', "/things?b=%20&c")
    assert found == [("b", " "), ("c", ""), ("a", "1")]


def test_an_object_without_fields_is_nothing():
    assert query_of(b"{}") == []
    assert query_of(b"{}", "/things?a=1") == [("a", "1")]


@pytest.mark.parametrize("body", [b"", b"[1]", b"null", b"a=1", b'"{}"'])
def test_a_body_that_is_not_a_json_object_stays_a_body(body):
    request = Request("GET", "/things?a=1", {}, body)
    assert with_body_in_query(request) is request


@pytest.mark.parametrize(
    "body", [b"{", b'{"a": 1, "a": 2}', b'{"a": NaN}', b'{"a": "\\ud800"}', b'{"a": "\xff"}']
)
def test_what_only_begins_like_json_is_refused(body):
    with pytest.raises(Problem) as raised:
        with_body_in_query(Request("GET", "/things", {}, body))
    assert raised.value.status == 400
