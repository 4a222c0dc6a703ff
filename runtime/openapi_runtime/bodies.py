"""Readers of response bodies: what an operation documents for a status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from .decoding import JSON, Decoder, parse_json
from .errors import DecodeError
from .messages import HTTPResponse
from .redaction import redact

T = TypeVar("T")

Reader = Callable[[HTTPResponse], T]


def json_reader(decode: Decoder[T]) -> Callable[[bytes], T]:
    """Return a reader of a JSON text."""

    def read(content: bytes) -> T:
        try:
            value = parse_json(content)
        except DecodeError as error:
            if not content:
                error.got = "an empty body"
            raise
        return decode(value)

    return read


def json_body(decode: Decoder[T]) -> Reader[T]:
    """Return a reader of JSON. JSON under another media type is read all the same."""
    read_content = json_reader(decode)

    def read(response: HTTPResponse) -> T:
        try:
            return read_content(response.content)
        except DecodeError as error:
            media_type = response.headers.get("content-type", "")
            if (
                error.expected == JSON
                and response.content
                and media_type
                and "json" not in media_type.lower()
            ):
                error.got = f"a body of type {redact(media_type)}"
            raise

    return read


def text_body(decode: Decoder[T]) -> Reader[T]:
    """Return a reader of text, in the charset that the response names or else in UTF-8."""

    def read(response: HTTPResponse) -> T:
        charset = response.charset or "utf-8"
        try:
            return decode(str(response.content, charset))
        except (LookupError, ValueError, TypeError):
            raise DecodeError("text", f"bytes that are not {redact(charset)}") from None

    return read


def bytes_body(response: HTTPResponse) -> bytes:
    """Return the body as it came."""
    return response.content


def no_body(response: HTTPResponse) -> None:
    """Read nothing; what a server sends all the same is in `Response.content`."""
    del response


def undocumented_body(response: HTTPResponse) -> Any:
    """Return the JSON of a failure that is not documented; None if the body does not claim to be JSON."""
    return (
        parse_json(response.content) if "json" in response.headers.get("content-type", "").lower() else None
    )
