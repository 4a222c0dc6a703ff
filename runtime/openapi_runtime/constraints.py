"""Constraints on arguments, and on what webhooks are answered with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import Attribute, frozen

from .decoding import kind
from .errors import InvalidArgument
from .types import Unset

if TYPE_CHECKING:
    from .operation import Operation

# JSON type: the Python types of it, those among them that are excluded, and the name in messages.
_TYPES: Final[Mapping[str, tuple[Any, Any, str]]] = {
    "integer": (int, bool, "an integer"),
    "number": (int | float, bool, "a number"),
    "string": (str, (), "a string"),
    "array": (Sequence, str | bytes, "a list"),
    "object": (Mapping, (), "a mapping"),
}
_BLANK: Final = r"\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_TOKENS: Final = re.compile(r"\\.|[\[\]$]", re.DOTALL)
# What a pattern asks for, where people have words for it.
_WORDS: Final[Mapping[str, str]] = {r"\S": "is not blank"}


@frozen(kw_only=True)
class Constraints:
    """The constraints on a value, named as in JSON Schema.

    Attributes:
        reserved: Names that no field of a mapping may have, because they have arguments of their own.
        values: The constraints on each value of a mapping.
    """

    type: str = ""
    nullable: bool = False
    enum: Sequence[object] = ()
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    min_length: int = 0
    max_length: int | None = None
    pattern: str = ""
    min_items: int = 0
    max_items: int | None = None
    items: Constraints | None = None
    reserved: Sequence[str] = ()
    values: Constraints | None = None

    def check(self, value: object, argument: str, operation: Operation[Any, Any]) -> None:
        """Check an argument, and every value of a list or mapping.

        Raises:
            InvalidArgument: A constraint is violated; the message names the place, and never the value.
        """
        for fault in self.faults(value, argument):
            raise operation.error(InvalidArgument, f": {fault}")

    def __call__(self, model: object, field: Attribute[Any], value: object) -> None:
        """Check a field of a model, as a validator of attrs. Raises InvalidArgument."""
        for fault in self.faults(value, f"{type(model).__name__}.{field.name}"):
            raise InvalidArgument(fault)

    def faults(self, value: object, place: str) -> Iterator[str]:
        """Yield each violation with its place; never the value."""
        if isinstance(value, Unset) or (value is None and self.nullable):
            return
        if self.enum and value not in self.enum:
            yield f"{place}: expected {' or '.join(map(json.dumps, self.enum))}"
            return
        if self.type:
            wanted, unwanted, name = _TYPES[self.type]
            if not isinstance(value, wanted) or isinstance(value, unwanted):
                yield f"{place}: expected {name}, got {kind(value)}"
                return
        match value:
            case Mapping():
                yield from self._faults_of_fields(cast("Mapping[object, object]", value), place)
            case str():
                yield from (f"{place}: {fault}" for fault in self._faults_of_text(value))
            case int() | float():
                yield from (f"{place}: {fault}" for fault in self._faults_of_number(value))
            case Sequence():
                yield from self._faults_of_list(cast("Sequence[object]", value), place)
            case _:
                pass

    def _faults_of_fields(self, fields: Mapping[object, object], place: str) -> Iterator[str]:
        for name, value in fields.items():
            if not isinstance(name, str):
                yield f"{place}: expected strings as names, got {kind(name)}"
            elif name in self.reserved:
                yield f"{place}[{name!r}]: has an argument of its own"
            elif self.values is not None:
                yield from self.values.faults(value, f"{place}[{name!r}]")

    def _faults_of_list(self, values: Sequence[object], place: str) -> Iterator[str]:
        if len(values) < self.min_items:
            yield f"{place}: expected at least {self.min_items} items, got {len(values)}"
        if self.max_items is not None and len(values) > self.max_items:
            yield f"{place}: expected at most {self.max_items} items, got {len(values)}"
        if self.items is not None:
            for index, each in enumerate(values):
                yield from self.items.faults(each, f"{place}[{index}]")

    def _faults_of_text(self, text: str) -> Iterator[str]:
        if len(text) < self.min_length:
            yield f"expected at least {self.min_length} characters, got {len(text)}"
        if self.max_length is not None and len(text) > self.max_length:
            yield f"expected at most {self.max_length} characters, got {len(text)}"
        if not _compiled(self.pattern).search(text):
            yield f"expected text that {_WORDS.get(self.pattern, f'matches {self.pattern}')}"

    def _faults_of_number(self, number: float) -> Iterator[str]:
        if self.minimum is not None and number < self.minimum:
            yield f"expected at least {self.minimum}"
        if self.maximum is not None and number > self.maximum:
            yield f"expected at most {self.maximum}"
        if self.exclusive_minimum is not None and number <= self.exclusive_minimum:
            yield f"expected more than {self.exclusive_minimum}"
        if self.exclusive_maximum is not None and number >= self.exclusive_maximum:
            yield f"expected less than {self.exclusive_maximum}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern as JSON Schema reads it: other characters are blank, and `$` is the very end."""
    within_class = False

    def in_python(token: re.Match[str]) -> str:
        nonlocal within_class
        found = token[0]
        if found in ("[", "]"):
            within_class = found == "["
        if found == r"\s":
            return _BLANK if within_class else f"[{_BLANK}]"
        if within_class:
            return found
        return {r"\S": f"[^{_BLANK}]", "$": r"\Z"}.get(found, found)

    return re.compile(_TOKENS.sub(in_python, pattern), re.ASCII)
