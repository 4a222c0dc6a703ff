# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""From JSON to typed values and back.

A decoder takes a JSON value and gives back a typed one, or raises `DecodeError`. Models put them together so that
`from_dict` reads as their shape. What a decoder gives is what its annotation says; `encode` gives the JSON back.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum, IntEnum, StrEnum
from typing import Any, Final, NoReturn, Self, SupportsIndex, TypeVar, cast, overload
from uuid import UUID

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


# ---- JSON text


def _refuse(text: str) -> NoReturn:
    raise DecodeError("JSON", text)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse("a number out of range")


_JSON: Final = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)


def parse_json(content: bytes) -> object:
    """The value of a JSON text.

    Raises:
        DecodeError: Not UTF-8, not JSON, nested too deeply, or with a number out of all range.
    """
    try:
        value: object = _JSON.decode(content.decode())
    except UnicodeDecodeError:
        raise DecodeError("JSON", "bytes that are not UTF-8") from None
    except json.JSONDecodeError as error:
        raise DecodeError("JSON", f"text that is not JSON from character {error.pos} on") from None
    except RecursionError:
        raise DecodeError("JSON", "values nested too deeply") from None
    except ValueError:
        raise DecodeError("JSON", "a number with too many digits") from None
    return value


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
    """What JSON calls a value of this type."""
    return _KINDS.get(type(value), type(value).__name__)


def anything(value: object) -> Any:
    """Any JSON value."""
    if value is _MISSING:
        raise DecodeError("a value", "nothing")
    return value


def null(value: object) -> None:
    """Null and nothing else."""
    if value is not None:
        raise DecodeError("null", kind(value))


def boolean(value: object) -> bool:
    """True or false."""
    if value is True or value is False:
        return value
    raise DecodeError("boolean", kind(value))


def integer(value: object) -> int:
    """A whole number. JSON knows one kind of number, so 5.0 is one."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise DecodeError("integer", kind(value))


def number(value: object) -> float:
    """A number. A whole one stays as exact as it came."""
    if type(value) is int:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    raise DecodeError("number", kind(value))


def string(value: object) -> str:
    """A string."""
    if type(value) is str:
        return value
    raise DecodeError("string", kind(value))


class _WrittenDateTime(datetime.datetime):
    """A date and time that remembers how it was written, so that it goes back as it came."""

    written: str = ""

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        return (date_time, (self.written,)) if self.written else super().__reduce_ex__(protocol)


class _WrittenUUID(UUID):
    """A UUID that remembers how it was written, so that it goes back as it came."""

    __slots__ = ("written",)
    written: str

    def __reduce__(self) -> tuple[Any, ...]:
        return uuid, (self.written,)


_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def date(value: object) -> datetime.date:
    """A date such as 2024-02-29."""
    if type(value) is str and _DATE.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise DecodeError("date", "a date that does not exist") from None
    raise DecodeError("date", kind(value))


def date_time(value: object) -> datetime.datetime:
    """A date and time such as 2024-02-29T12:00:00Z."""
    if type(value) is str and _DATE_TIME.fullmatch(value):
        try:
            moment = _WrittenDateTime.fromisoformat(value.upper())
        except ValueError:
            raise DecodeError("date-time", "a time that does not exist") from None
        moment.written = value
        return moment
    raise DecodeError("date-time", kind(value))


def uuid(value: object) -> UUID:
    """A UUID in its hyphenated form."""
    if type(value) is str and _UUID.fullmatch(value):
        known = _WrittenUUID(value)
        object.__setattr__(known, "written", value)
        return known
    raise DecodeError("UUID", kind(value))


def file(value: object) -> File:
    """A file to upload, which JSON has no form for."""
    if isinstance(value, File):
        return value
    raise DecodeError("file", kind(value))


def constant(only: L) -> Decoder[L]:
    """One value and no other."""

    def decode(value: object) -> L:
        if type(value) is type(only) and value == only:
            return only
        raise DecodeError(json.dumps(only), kind(value) if type(value) is not type(only) else "another value")

    return decode


# ---- Enums, open for values that came after this package


class OpenStrEnum(StrEnum):
    """Strings, of which some are known. A new one becomes a member-like instance that keeps its value."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return _new_member(cls, str.__new__(cls, value), value) if isinstance(value, str) else None

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self._value_,)


class OpenIntEnum(IntEnum):
    """Integers, of which some are known. A new one becomes a member-like instance that keeps its value."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return _new_member(cls, int.__new__(cls, value), value) if type(value) is int else None

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self._value_,)


def _new_member(of: type[E], member: E, value: str | int) -> E:
    member._name_ = f"UNKNOWN_{value}"
    member._value_ = value
    return member


def member(of: type[E]) -> Decoder[E]:
    """A member of an enum, or an instance of it that keeps an unknown value."""
    plain: Decoder[object] = integer if issubclass(of, IntEnum) else string

    def decode(value: object) -> E:
        return of(plain(value))

    return decode


# ---- Composed values


def array(of: Decoder[T]) -> Decoder[list[T]]:
    """An array of values that are all alike."""

    def decode(value: object) -> list[T]:
        if type(value) is not list:
            raise DecodeError("array", kind(value))
        items: list[T] = []
        try:
            for item in cast("list[object]", value):
                items.append(of(item))
        except DecodeError as error:
            error.inside(len(items))
            raise
        return items

    return decode


def nullable(of: Decoder[T]) -> Decoder[T | None]:
    """A value, or null."""

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
    """The first of several shapes that fits: one that keeps all there is before one that drops something."""

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
    """The fields of an object."""
    if type(value) is dict or isinstance(value, Mapping):
        return cast("Fields", value)
    raise DecodeError("object", kind(value))


def renamed(source: Fields, aliases: Mapping[str, str]) -> Fields:
    """The fields under the names the model knows them by; a name of its own wins over an alias."""
    found = {alias: name for alias, name in aliases.items() if alias in source and name not in source}
    return {found.get(name, name): value for name, value in source.items()} if found else source


def required(source: Fields, name: str, of: Decoder[T]) -> T:
    """A field that has to be there."""
    try:
        return of(source.get(name, _MISSING))
    except DecodeError as error:
        error.inside(name)
        raise


def optional(source: Fields, name: str, of: Decoder[T]) -> T | Unset:
    """A field that may be left out. Null where null is no value of it counts as left out."""
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
    """The fields that have no name of their own in the model."""
    return {name: required(source, name, of) for name in source if name not in known}


# ---- Back to JSON

_PLAIN: Final = frozenset((str, int, float, bool, type(None)))


def encode(value: Any) -> Any:
    """The JSON value of anything a decoder gives, or a caller may hold."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        items = cast("Fields", value).items()
        return {name: encode(item) for name, item in items if not isinstance(item, Unset)}
    if isinstance(value, list | tuple | set | frozenset):
        return [encode(item) for item in cast("Iterable[object]", value)]
    if isinstance(value, datetime.datetime):
        return getattr(value, "written", "") or value.isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
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
    """The JSON object of a model. UNSET fields are left out; a known field wins over an additional one."""
    encoded: dict[str, Any] = encode({**additional, **known} if additional else known)
    return encoded
