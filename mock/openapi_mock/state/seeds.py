"""Seeds: initial states as YAML, in the terms of an API. Every mistake is found at once, with its line."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jsonschema_rs import Draft202012Validator
from sqlalchemy.exc import IntegrityError

from openapi_mock.messages import Problem
from openapi_mock.validation import SchemaValidator
from openapi_reader import Pointer, Tree, format_pointer, is_array, is_object, line_of, read

_MOST_SHOWN: Final = 50
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})")


class SeedError(ValueError):
    """Raised for a seed that is not valid. The message names every mistake, and quotes no value.

    Attributes:
        errors: The mistakes, each with the name of the file, and the line where it is known.
    """

    def __init__(self, errors: Sequence[str]) -> None:
        more = [f"… and {len(errors) - _MOST_SHOWN} more"] if len(errors) > _MOST_SHOWN else []
        super().__init__("\n".join([*errors[:_MOST_SHOWN], *more]))
        self.errors = tuple(errors)


class Seed:
    """A seed that fits its schema. What else may be wrong is collected by `wrong`, and raised by `check`."""

    def __init__(self, tree: Tree, source: str) -> None:
        self.value: dict[str, Any] = tree.value
        self._lines = tree.lines
        self._source = source
        self._errors: list[str] = []

    def wrong(self, pointer: Pointer, message: str) -> None:
        """Remember what is wrong with the value at a pointer."""
        line = line_of(self._lines, pointer)
        where = self._source if line is None else f"{self._source}:{line}"
        self._errors.append(f"{where}: {format_pointer(pointer)}: {message}")

    def check(self) -> None:
        """Raise SeedError if anything is wrong."""
        if self._errors:
            raise SeedError(list(dict.fromkeys(self._errors)))

    def each(self, *pointer: str | int) -> Iterator[tuple[Pointer, Any]]:
        """Yield the elements of lists with their pointers. `"*"` stands for each element of a list."""
        yield from _elements(self.value, (), pointer)

    def members(self, name: str, *pointer: str | int) -> Iterator[tuple[Pointer, Any]]:
        """Yield the members called so of the elements that `each` yields, where they have one."""
        for place, element in self.each(*pointer):
            if element.get(name) is not None:
                yield (*place, name), element[name]

    def unique(self, what: str, found: Iterable[tuple[Pointer, Hashable]]) -> set[Any]:
        """Return the values, and remember those that are given twice."""
        first: dict[Hashable, Pointer] = {}
        for pointer, value in found:
            if first.setdefault(value, pointer) is not pointer:
                line = line_of(self._lines, first[value])
                there = format_pointer(first[value]) if line is None else f"line {line}"
                self.wrong(pointer, f"{what} is given twice: see {there}")
        return {*first}

    def known(self, what: str, there: Iterable[Any], found: Iterable[tuple[Pointer, Any]]) -> None:
        """Remember values that are not there."""
        known = {*there}
        for pointer, value in found:
            if value not in known:
                self.wrong(pointer, f"there is no such {what}")

    @contextmanager
    def writing(self) -> Generator[None]:
        """Run the block that writes the rows. Raises SeedError for what the database or the API refuses."""
        try:
            yield
        except Problem as problem:
            self.wrong((), f"cannot be stored: {problem.message}")
        except (IntegrityError, sqlite3.IntegrityError):
            self.wrong((), "cannot be stored: two values that have to differ are the same")
        self.check()


def read_seed(given: Tree | Mapping[str, Any] | None, source: str, folder: Path) -> Seed:
    """Return what is given, or else `seed.yaml` of a folder, if it fits `seed.schema.yaml` there.

    Raises SeedError.
    """
    default = folder / "seed.yaml"
    tree = _read(default) if given is None else given if isinstance(given, Tree) else Tree(dict(given), {})
    seed = Seed(tree, default.name if given is None else source)
    for pointer, text in _texts(tree.value, ()):
        if "\0" in text:
            seed.wrong(pointer, "holds the character NUL")
    schema = _read(folder / "seed.schema.yaml").value
    for violation in _validator(folder / "seed.schema.yaml").violations(tree.value, "body"):
        seed.wrong(violation.pointer, violation.message)
    seed.check()
    seed.value = {**{name: [] for name in _lists(schema)}, **tree.value}
    return seed


def time_ms(text: str) -> int:
    """Return the milliseconds since 1970-01-01 UTC of a time as RFC 3339 writes it."""
    return round(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1000)


def _is_time(text: str) -> bool:
    """Return whether a text is a time as RFC 3339 writes it, within the years 1 to 9999 of UTC."""
    try:
        time_ms(text)
    except (ValueError, OverflowError):
        return False
    return bool(_TIME.fullmatch(text))


@lru_cache
def _read(path: Path) -> Tree:
    return read(path)


@lru_cache
def _validator(path: Path) -> SchemaValidator:
    validator = Draft202012Validator(
        _read(path).value,
        validate_formats=True,
        formats={"date-time": _is_time},
        mask="the value",
        offline=True,
    )
    return SchemaValidator(validator)


def _lists(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lists at the top of a seed, which are empty if they are left out."""
    return (name for name, each in schema["properties"].items() if each.get("type") == "array")


def _elements(value: Any, place: Pointer, pointer: Sequence[str | int]) -> Iterator[tuple[Pointer, Any]]:
    if not pointer:
        for index, element in enumerate(value if is_array(value) else ()):
            yield (*place, index), element
        return
    step, further = pointer[0], pointer[1:]
    if step == "*":
        for inner, element in _elements(value, place, ()):
            yield from _elements(element, inner, further)
    elif isinstance(step, int) or step in value:
        yield from _elements(value[step], (*place, step), further)


def _texts(value: Any, place: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield place, value
    elif is_object(value):
        for key, each in value.items():
            yield (*place, key), str(key)
            yield from _texts(each, (*place, key))
    elif is_array(value):
        for index, each in enumerate(value):
            yield from _texts(each, (*place, index))
