"""Decoding of JSON into typed values, and encoding back.

A decoder takes a JSON value and returns what its annotation says, or raises `DecodeError`. Models combine
decoders in `from_dict`. `encode` returns the JSON value again.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from enum import Enum, IntEnum, StrEnum
from functools import cache
from typing import Any, Final, NoReturn, Self, SupportsIndex, TypeVar, cast, overload
from uuid import UUID

from attrs import fields as attributes

from .errors import DecodeError
from .types import UNSET, File, Unset

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
E = TypeVar("E", bound=Enum)
L = TypeVar("L", bound=str | int | bool)

Decoder = Callable[[object], T]
Fields = Mapping[str, object]
# `dict`, as a type of which type checkers know what it holds.
Object: Final[type[dict[str, object]]] = dict


# ---- JSON text

# What is expected of a text that cannot be parsed; of a value, its kind is.
JSON: Final = "JSON"


def _refuse(text: str) -> NoReturn:
    raise DecodeError(JSON, text)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse("a number out of range")


_JSON: Final = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)


def parse_json(content: bytes) -> object:
    """Return the value of a JSON text. With the extra `fast` installed, msgspec reads it.

    Raises:
        DecodeError: It is not UTF-8, not JSON, nested too deeply, or has a number out of range.
    """
    decode = accelerator()
    if decode is not None:
        # What msgspec refuses is read once more: some of it is JSON all the same, such as half a surrogate
        # pair, and of the rest an error tells the place.
        with suppress(Exception):
            return decode(content)
    return parse_json_plainly(content)


@cache
def accelerator() -> Callable[[bytes], object] | None:
    """Return msgspec's function that reads JSON; None where msgspec is not installed."""
    # Imported when first used, since it takes longer than the whole client.
    try:
        from msgspec.json import decode  # noqa: PLC0415
    except ImportError:
        return None
    return decode


def parse_json_plainly(content: bytes) -> object:
    """Return the value of a JSON text as `parse_json` does, by the standard library alone."""
    try:
        value: object = _JSON.decode(content.decode())
    except UnicodeDecodeError:
        got = "bytes that are not UTF-8"
    except json.JSONDecodeError as error:
        got = f"text that is not JSON from character {error.pos} on"
    except RecursionError:
        got = "values nested too deeply"
    except ValueError:
        got = "a number with too many digits"
    else:
        return value
    # Raised outside `except`, so that `__context__` cannot hold the text.
    raise DecodeError(JSON, got)


# ---- Plain values

_MISSING: Final = object()
_KINDS: Final[Mapping[type, str]] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
    type(None): "null",
    object: "nothing",
}


def kind(value: object) -> str:
    """Return the JSON name of a value's type."""
    return _KINDS.get(type(value), type(value).__name__)


def anything(value: object) -> Any:
    """Decode any JSON value."""
    if value is _MISSING:
        raise DecodeError("a value", "nothing")
    return value


def null(value: object) -> None:
    """Decode null."""
    if value is not None:
        raise DecodeError("null", kind(value))


def boolean(value: object) -> bool:
    """Decode a boolean."""
    if value is True or value is False:
        return value
    raise DecodeError("boolean", kind(value))


def integer(value: object) -> int:
    """Decode an integer. 5.0 is one, as JSON has one kind of number."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise DecodeError("integer", kind(value))


def number(value: object) -> float:
    """Decode a number. An integer stays an exact int."""
    if type(value) is int:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    raise DecodeError("number", kind(value))


def string(value: object) -> str:
    """Decode a string."""
    if type(value) is str:
        return value
    raise DecodeError("string", kind(value))


class _TextDateTime(dt.datetime):
    """A date and time that keeps its text, so that it is encoded as it came."""

    written: str = ""

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        return (date_time, (self.written,)) if self.written else super().__reduce_ex__(protocol)


class _TextUUID(UUID):
    """A UUID that keeps its text, so that it is encoded as it came."""

    __slots__ = ("written",)
    written: str

    def __reduce__(self) -> tuple[Any, ...]:
        return uuid, (self.written,)


_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def date(value: object) -> dt.date:
    """Decode a date such as 2024-02-29."""
    if type(value) is str and _DATE.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise DecodeError("date", "a date that does not exist") from None
    raise DecodeError("date", kind(value))


def date_time(value: object) -> dt.datetime:
    """Decode a date and time such as 2024-02-29T12:00:00Z."""
    if type(value) is str and _DATE_TIME.fullmatch(value):
        try:
            moment = _TextDateTime.fromisoformat(value.upper())
        except ValueError:
            raise DecodeError("date-time", "a time that does not exist") from None
        moment.written = value
        return moment
    raise DecodeError("date-time", kind(value))


def uuid(value: object) -> UUID:
    """Decode a UUID in its hyphenated form."""
    if type(value) is str and _UUID.fullmatch(value):
        known = _TextUUID(value)
        object.__setattr__(known, "written", value)
        return known
    raise DecodeError("UUID", kind(value))


def file(value: object) -> File:
    """Accept a file to upload, for which JSON has no form."""
    if isinstance(value, File):
        return value
    raise DecodeError("file", kind(value))


def constant(only: L) -> Decoder[L]:
    """Return a decoder of one value and no other."""

    def decode(value: object) -> L:
        if type(value) is type(only) and value == only:
            return only
        raise DecodeError(json.dumps(only), kind(value) if type(value) is not type(only) else "another value")

    return decode


# ---- Open enums


class OpenStrEnum(StrEnum):
    """An enum of strings that accepts unknown values: each becomes an instance that keeps its value."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return _new_member(str.__new__(cls, value), value) if isinstance(value, str) else None

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self._value_,)


class OpenIntEnum(IntEnum):
    """An enum of integers that accepts unknown values: each becomes an instance that keeps its value."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return _new_member(int.__new__(cls, value), value) if type(value) is int else None

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self._value_,)


def _new_member(member: E, value: str | int) -> E:
    member._name_ = f"UNKNOWN_{value}"
    member._value_ = value
    return member


def member(of: type[E]) -> Decoder[E]:
    """Return a decoder of an enum's members; an unknown value is kept."""
    plain: Decoder[object] = integer if issubclass(of, IntEnum) else string

    def decode(value: object) -> E:
        return of(plain(value))

    return decode


# ---- Composed values


def array(of: Decoder[T]) -> Decoder[list[T]]:
    """Return a decoder of arrays."""

    def decode(value: object) -> list[T]:
        if type(value) is not list:
            raise DecodeError("array", kind(value))
        items: list[T] = []
        try:
            for each in cast("list[object]", value):
                items.append(of(each))  # noqa: PERF401 (its length tells which item is wrong)
        except DecodeError as error:
            error.inside(len(items))
            raise
        return items

    return decode


def nullable(of: Decoder[T]) -> Decoder[T | None]:
    """Return a decoder that accepts null, too."""

    def decode(value: object) -> T | None:
        return None if value is None else of(value)

    return decode


@overload
def union(a: Decoder[A], b: Decoder[B], /) -> Decoder[A | B]: ...
@overload
def union(a: Decoder[A], b: Decoder[B], c: Decoder[C], /) -> Decoder[A | B | C]: ...
@overload
def union(a: Decoder[A], b: Decoder[B], c: Decoder[C], d: Decoder[D], /) -> Decoder[A | B | C | D]: ...
@overload
def union(*of: Decoder[Any]) -> Decoder[Any]: ...
def union(*of: Decoder[Any]) -> Decoder[Any]:
    """Return a decoder of the first alternative that fits, preferring one that keeps every field."""

    def decode(value: object) -> Any:
        failures: list[DecodeError] = []
        lossy: list[Any] = []
        for one in of:
            try:
                found = one(value)
            except DecodeError as error:
                failures.append(error)
                continue
            if type(value) not in (dict, list) or encode(found) == value:
                return found
            lossy.append(found)
        if lossy:
            return lossy[0]
        inner = [error for error in failures if error.path]
        if len(inner) == 1:
            raise inner[0]
        expected = " or ".join(dict.fromkeys(f"{error.expected}{_at(error)}" for error in failures))
        raise DecodeError(expected, kind(value))

    return decode


def _at(error: DecodeError) -> str:
    return f" at {error.path}" if error.path else ""


# ---- Fields of an object


def fields(value: object) -> Fields:
    """Decode an object into its fields."""
    if type(value) is Object or isinstance(value, Mapping):
        return cast("Fields", value)
    raise DecodeError("object", kind(value))


def renamed(source: Fields, aliases: Mapping[str, str]) -> Fields:
    """Return the fields under the names that the model has. A name of a field wins over an alias."""
    found = {alias: name for alias, name in aliases.items() if alias in source and name not in source}
    return {found.get(name, name): value for name, value in source.items()} if found else source


def required(source: Fields, name: str, of: Decoder[T]) -> T:
    """Decode a required field."""
    try:
        return of(source.get(name, _MISSING))
    except DecodeError as error:
        error.inside(name)
        raise


def optional(source: Fields, name: str, of: Decoder[T]) -> T | Unset:
    """Decode an optional field. Null counts as absent where it is not a value of the field."""
    value = source.get(name, _MISSING)
    if value is _MISSING:
        return UNSET
    try:
        return of(value)
    except DecodeError as error:
        if value is None:
            return UNSET
        error.inside(name)
        raise


def rest(source: Fields, known: frozenset[str], of: Decoder[T]) -> dict[str, T]:
    """Decode the fields that the model has no name for."""
    return {name: required(source, name, of) for name in source if name not in known}


# ---- Models

# Makes an instance without `__init__`, whose keywords would take longer than the rest of decoding.
new: Final = object.__new__


def initialised(model: T) -> T:
    """Return a decoded model made anew by `__init__`, since a subclass may have more fields with defaults."""
    of: Any = type(model)
    given = [each for each in attributes(of) if each.init and hasattr(model, each.name)]
    made: T = of(**{each.alias: getattr(model, each.name) for each in given})
    return made


# ---- Encoding

_PLAIN: Final = frozenset((str, int, float, bool, type(None)))


def encode(value: Any) -> Any:
    """Return the JSON value of a typed one: of what a decoder returns, and of what a caller may pass."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        items = cast("Fields", value).items()
        return {name: encode(item) for name, item in items if not isinstance(item, Unset)}
    if isinstance(value, list | tuple | set | frozenset):
        return [encode(item) for item in cast("Iterable[object]", value)]
    if isinstance(value, dt.datetime):
        return getattr(value, "written", "") or value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, UUID):
        return getattr(value, "written", "") or str(value)
    given: object = value
    if isinstance(given, Sequence) and not isinstance(given, str | bytes | bytearray):
        return [encode(item) for item in cast("Sequence[object]", given)]
    return value.to_dict() if hasattr(value, "to_dict") else value


def encode_fields(
    known: Mapping[str, object], additional: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """Return the JSON object of a model, without UNSET fields. A known field wins over an additional one."""
    encoded: dict[str, Any] = encode({**additional, **known} if additional else known)
    return encoded
