"""Forms from outside, of which each field is read once and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final, cast
from urllib.parse import parse_qs

from .errors import BadShape, BodyTooLarge, DuplicateField, MissingField

MAX_BYTES: Final = 64 * 1024
"""Many times the size of the largest documented callback."""

Source = Mapping[str, str] | Mapping[str, Sequence[str]] | bytes | str


class Form:
    """The fields of a form: of a mapping, or of the text of an `application/x-www-form-urlencoded` body.

    Raises:
        BodyTooLarge: It has more than `MAX_BYTES`.
        BadShape: It is not a form.
    """

    def __init__(self, source: Source) -> None:
        self._fields: Mapping[str, object] = source if isinstance(source, Mapping) else _parsed(source)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def text(self, name: str) -> str:
        """Return a field's value. Raises MissingField, DuplicateField or BadShape."""
        found = self._fields.get(name, ())
        values = cast("Sequence[object]", found) if isinstance(found, list | tuple) else (found,)
        if not values:
            raise MissingField(f"the field {name} is missing")
        if len(values) > 1:
            raise DuplicateField(f"the field {name} occurs several times")
        if not isinstance(values[0], str):
            raise BadShape(f"the field {name} is of type {type(values[0]).__name__}, not text")
        return values[0]

    def integer(self, name: str) -> int:
        """Return a field's value as an integer of at most 19 digits. Raises as `text` does."""
        text = self.text(name)
        if not re.fullmatch("[0-9]{1,19}", text):
            raise BadShape(f"the field {name} is not an integer")
        return int(text)

    def time(self, name: str) -> datetime:
        """Return a field's value as a date and time with an offset. Raises as `text` does."""
        text = self.text(name)
        with suppress(ValueError):
            return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
        # Raised outside `except`, so that `__context__` cannot hold the text.
        raise BadShape(f"the field {name} is not a time such as 2016-04-10 06:20:59 -0700")


def _parsed(body: object) -> Mapping[str, object]:
    if not isinstance(body, bytes | str):
        raise BadShape(f"expected a form as text, or a mapping of its fields, not {type(body).__name__}")
    if len(body) > MAX_BYTES:
        raise BodyTooLarge(f"the body has more than {MAX_BYTES} bytes")
    with suppress(ValueError):
        text = body.decode() if isinstance(body, bytes) else body
        return parse_qs(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    # Raised outside `except`, so that `__context__` cannot hold the body.
    raise BadShape("the body is not a form (application/x-www-form-urlencoded in UTF-8)")
