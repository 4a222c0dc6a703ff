from __future__ import annotations

from typing import Any

import pytest
from example_api import Kind

from openapi_runtime.bodies import Reader, bytes_body, json_body, no_body, text_body, undocumented_body
from openapi_runtime.decoding import anything, integer, member, string
from openapi_runtime.errors import DecodeError
from openapi_runtime.messages import HTTPResponse


def response(content: bytes, media_type: str | None = None) -> HTTPResponse:
    headers = [(b"content-type", media_type.encode())] if media_type else []
    return HTTPResponse(200, headers, content, sent_headers={}, path="/")


def failing(read: Reader[Any], sent: HTTPResponse) -> str:
    with pytest.raises(DecodeError) as caught:
        read(sent)
    return str(caught.value)


@pytest.mark.parametrize("media_type", ["application/json", "text/html", None])
def test_json_is_read_whatever_media_type_it_comes_under(media_type: str | None) -> None:
    assert json_body(integer)(response(b"7", media_type)) == 7


@pytest.mark.parametrize(
    ("content", "media_type", "got"),
    [
        (b"", "application/json", "an empty body"),
        (b"", "text/html", "an empty body"),
        (b"<html>", "text/html; charset=utf-8", "a body of type text/html; charset=utf-8"),
        (b"<html>", None, "text that is not JSON from character 0 on"),
        (b"{", "application/problem+JSON", "text that is not JSON from character 1 on"),
        (b"\xff", "application/json", "bytes that are not UTF-8"),
    ],
)
def test_a_body_that_is_not_json_is_refused_by_what_it_is(
    content: bytes, media_type: str | None, got: str
) -> None:
    assert failing(json_body(anything), response(content, media_type)) == f"expected JSON, got {got}"


def test_text_is_read_as_utf_8_unless_the_response_names_a_charset() -> None:
    read = text_body(string)
    assert read(response("é".encode(), "text/plain")) == "é"
    assert read(response("é".encode("latin-1"), "text/plain; charset=latin-1")) == "é"
    # It names none that there could be.
    assert read(response("é".encode(), "text/plain; charset=é")) == "é"
    assert text_body(member(Kind))(response(b"big")) is Kind.BIG


@pytest.mark.parametrize(
    ("content", "media_type", "charset"),
    [
        (b"\xff", "text/plain", "utf-8"),
        (b"\xff", "text/plain; charset=ascii", "ascii"),
        (b"x", "text/plain; charset=hex", "hex"),
        (b"x", "text/plain; charset=no-such-charset", "no-such-charset"),
    ],
)
def test_text_that_its_charset_cannot_read_is_refused(content: bytes, media_type: str, charset: str) -> None:
    said = failing(text_body(string), response(content, media_type))
    assert said == f"expected text, got bytes that are not {charset}"


def test_bytes_are_read_as_they_came() -> None:
    assert bytes_body(response(b"\x89PNG", "image/png")) == b"\x89PNG"


def test_where_no_body_is_documented_none_is_read() -> None:
    no_body(response(b"<p>ok</p>", "text/html"))


@pytest.mark.parametrize(
    ("content", "media_type", "body"),
    [
        (b'{"why": ["x"]}', "application/problem+json", {"why": ["x"]}),
        (b'"x"', "application/JSON; charset=utf-8", "x"),
        (b"404", "text/plain", None),
        (b"404", None, None),
    ],
)
def test_an_undocumented_body_is_read_where_it_claims_to_be_json(
    content: bytes, media_type: str | None, body: object
) -> None:
    assert undocumented_body(response(content, media_type)) == body
