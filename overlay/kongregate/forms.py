"""Forms as they come from outside: every field read once, with a clear error for whatever is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, cast
from urllib.parse import parse_qs

from .errors import BadShape, BodyTooLarge, DuplicateField, MissingField

MAX_BYTES: Final = 64 * 1024
"""Many times what the largest documented callback takes."""

_NUMBER: Final = re.compile(r"[0-9]{1,19}")

Source = Mapping[str, str] | Mapping[str, Sequence[str]] | bytes | str


class Form:
    """The fields of a form: of a mapping, or of the text of an `application/x-www-form-urlencoded` body.

    Raises:
        BodyTooLarge: More than `MAX_BYTES`.
        BadShape: Not a form.
    """

    def __init__(self, source: Source) -> None:
        self._fields: Mapping[str, object] = source if isinstance(source, Mapping) else _parsed(source)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def read(self, kinds: Mapping[str, object]) -> dict[str, object]:
        """The fields of these names that are there: a number where `int` is wanted, otherwise text.

        Raises:
            DuplicateField: One is there several times.
            BadShape: One is neither text, nor a number where that is wanted.
        """
        found = [name for name in kinds if name in self]
        return {name: self.number(name) if kinds[name] is int else self.text(name) for name in found}

    def text(self, name: str) -> str:
        """A field's value. Raises MissingField, DuplicateField, BadShape."""
        found = self._fields.get(name, ())
        values = cast("Sequence[object]", found) if isinstance(found, list | tuple) else (found,)
        if not values:
            raise MissingField(f"the field {name} is missing")
        if len(values) > 1:
            raise DuplicateField(f"the field {name} is there several times")
        if not isinstance(values[0], str):
            raise BadShape(f"the field {name} is of type {type(values[0]).__name__}, not text")
        return values[0]

    def number(self, name: str) -> int:
        """The same, as a whole number of at most 19 digits."""
        text = self.text(name)
        if not _NUMBER.fullmatch(text):
            raise BadShape(f"the field {name} is not a whole number")
        return int(text)


def check_size(body: bytes | str) -> None:
    """Raises BodyTooLarge."""
    if len(body) > MAX_BYTES:
        raise BodyTooLarge(f"more than {MAX_BYTES} bytes")


def _parsed(body: object) -> Mapping[str, object]:
    if not isinstance(body, bytes | str):
        raise BadShape(f"expected a form as text, or a mapping of its fields, not {type(body).__name__}")
    check_size(body)
    with suppress(ValueError):
        text = body.decode() if isinstance(body, bytes) else body
        return parse_qs(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    # Not in there, since its context would hold the body.
    raise BadShape("the body is not a form (application/x-www-form-urlencoded in UTF-8)")
