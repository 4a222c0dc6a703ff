"""Forms as they come from outside: every field read once, with a clear error for whatever is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, cast
from urllib.parse import parse_qs

from .errors import BadShape, BodyTooLarge, DuplicateField, MissingField

MAX_BYTES: Final = 64 * 1024
"""Many times what the largest documented callback takes."""

_MAX_FIELDS: Final = 100
_NUMBER: Final = re.compile(r"[0-9]{1,19}")

Source = Mapping[str, str] | Mapping[str, Sequence[str]] | bytes | str


class Form:
    """The fields of a form: of a mapping, or of the text of an `application/x-www-form-urlencoded` body.

    Raises:
        BodyTooLarge: More than `MAX_BYTES`.
        BadShape: Not a form.
    """

    def __init__(self, source: Source) -> None:
        self._fields = _fields(source)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def text(self, name: str) -> str:
        """A field's value. Raises MissingField, DuplicateField, BadShape."""
        found = self._fields.get(name)
        values = cast("Sequence[object]", found) if isinstance(found, list | tuple) else (found,)
        if len(values) > 1:
            raise DuplicateField(f"the field {name} is there several times")
        value = values[0] if values else None
        if value is None:
            raise MissingField(f"the field {name} is missing")
        if not isinstance(value, str):
            raise BadShape(f"the field {name} is of type {type(value).__name__}, not text")
        return value

    def number(self, name: str) -> int:
        """The same, as a whole number of at most 19 digits."""
        text = self.text(name)
        if not _NUMBER.fullmatch(text):
            raise BadShape(f"the field {name} is not a whole number")
        return int(text)

    def moment(self, name: str) -> datetime:
        """The same, as a time with its offset from UTC, such as `2016-04-10 06:20:59 -0700`."""
        moment = _moment(self.text(name))
        if moment is None:
            raise BadShape(f"the field {name} is not a time such as 2016-04-10 06:20:59 -0700")
        return moment


def check_size(body: bytes | str) -> None:
    """Raises BodyTooLarge."""
    if len(body) > MAX_BYTES:
        raise BodyTooLarge(f"more than {MAX_BYTES} bytes")


def _fields(source: object) -> Mapping[str, object]:
    if isinstance(source, Mapping):
        return cast("Mapping[str, object]", source)
    if not isinstance(source, bytes | str):
        raise BadShape(f"expected a form as text, or a mapping of its fields, not {type(source).__name__}")
    check_size(source)
    fields = _parsed(source)
    if fields is None:
        raise BadShape("the body is not a form (application/x-www-form-urlencoded in UTF-8)")
    return fields


# What the standard library raises may hold what it read, so it is nobody's context.


def _parsed(body: bytes | str) -> dict[str, list[str]] | None:
    try:
        text = body.decode() if isinstance(body, bytes) else body
        return parse_qs(
            text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None
