"""Parts of a body of type multipart/form-data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from python_multipart import MultipartParser
from python_multipart.multipart import parse_options_header

from .messages import Problem

# How forms write what a quoted name cannot hold.
_ESCAPED = re.compile(r"%(0[0-9A-F]|1[0-9A-F]|22)")
_DEFAULT_TYPE: Final = "text/plain"


@dataclass(frozen=True, slots=True)
class File:
    """A file in a multipart form.

    `name` is the file name that the client sent, if any: never use it as a path.
    """

    content: bytes = field(repr=False)
    name: str | None = None
    media_type: str = _DEFAULT_TYPE


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form. `content_type` is empty where the part has none."""

    name: str
    file_name: str | None
    content_type: str
    content: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.content_type.partition(";")[0].strip().lower()

    def file(self) -> File:
        return File(self.content, self.file_name, self.media_type or _DEFAULT_TYPE)


def read_parts(content_type: str, body: bytes, *, max_parts: int) -> list[Part]:
    """Return the parts of a form. Raises Problem (400, `malformed-body`)."""
    parts = _Parts(max_parts)
    try:
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary:
            raise _malformed("the Content-Type of a multipart body needs a boundary")
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.begin,
                "on_header_field": parts.add_to_header_name,
                "on_header_value": parts.add_to_header_value,
                "on_header_end": parts.end_header,
                "on_part_data": parts.add_to_content,
                "on_part_end": parts.end,
                "on_end": parts.finish,
            },
        )
        parser.write(body)
    except ValueError as error:
        raise _malformed("the body is not a multipart form with the boundary of its Content-Type") from error
    if not parts.is_complete:
        raise _malformed("the multipart body ends before its last boundary")
    return parts.found


class _Parts:
    """Collects what the parser finds."""

    def __init__(self, limit: int) -> None:
        self.found: list[Part] = []
        self.is_complete = False
        self._limit = limit
        self._headers: dict[str, str] = {}
        self._name = bytearray()
        self._value = bytearray()
        self._content = bytearray()

    def begin(self) -> None:
        if len(self.found) == self._limit:
            raise _malformed(f"the body has more than {self._limit} fields")
        self._headers = {}
        self._content = bytearray()

    def add_to_header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def add_to_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def end_header(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value.decode("latin-1")
        self._name.clear()
        self._value.clear()

    def add_to_content(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def end(self) -> None:
        kind, options = parse_options_header(self._headers.get("content-disposition", ""))
        if kind != b"form-data" or b"name" not in options:
            raise _malformed(
                "a part of the multipart body needs a Content-Disposition of form-data with a name"
            )
        file_name = options.get(b"filename")
        part = Part(
            _text(options[b"name"]),
            None if file_name is None else _text(file_name),
            self._headers.get("content-type", ""),
            bytes(self._content),
        )
        self.found.append(part)

    def finish(self) -> None:
        self.is_complete = True


def _text(raw: bytes) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw.decode())


def _malformed(message: str) -> Problem:
    return Problem(400, "malformed-body", message)
