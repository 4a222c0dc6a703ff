"""From a generated JSON value, or the text of a parameter, to the type that an argument of the client has."""

from __future__ import annotations

import datetime as dt
import json
import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, IntEnum
from typing import Any, Final, Literal, cast, get_args, get_origin
from uuid import UUID

from openapi_runtime import File, Unset
from openapi_runtime.errors import DecodeError

from ._schemathesis import Binary

_FROM_TEXT: Final[Mapping[Any, Callable[[str], Any]]] = {
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    UUID: UUID,
}
_NUMBERS: Final = {int: r"-?(0|[1-9]\d*)", float: r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?"}
# Python refuses to read longer ones.
_MAX_DIGITS: Final = 4000


class InexpressibleError(Exception):
    """Raised when the typed client has no arguments that would send a case."""


def typed(annotation: Any, value: Any, *, text: bool = False) -> Any:
    """Return a value as an annotation wants it.

    Args:
        annotation: The type.
        value: A JSON value.
        text: Whether numbers and booleans may be written as text, as those of paths and queries are.

    Raises:
        InexpressibleError: The value is of another type.
    """
    origin = get_origin(annotation)
    if is_union(annotation):
        return _first_fitting(get_args(annotation), value, text=text)
    if annotation is Any:
        return value
    if isinstance(value, Binary):
        return _bytes(annotation, value.data)
    if origin is Literal:
        return _only(value in get_args(annotation), value, value)
    if is_mapping(annotation):
        inner = (get_args(annotation) or (str, Any))[1]
        items: dict[str, Any] = _only(isinstance(value, dict), value, value)
        return {name: typed(inner, item) for name, item in items.items()}
    if _is_list(origin or annotation):
        inner = (get_args(annotation) or (Any,))[0]
        return [typed(inner, item, text=text) for item in _only(isinstance(value, list), value, value)]
    if hasattr(annotation, "from_dict"):
        return _model(annotation, value)
    return _scalar(annotation, _parsed(annotation, value) if text else value)


def is_union(annotation: Any) -> bool:
    """Return whether an annotation is a union."""
    return get_origin(annotation) in (typing.Union, types.UnionType)


def is_mapping(annotation: Any) -> bool:
    """Return whether an annotation is a mapping, or has one among its alternatives."""
    kinds = [get_origin(each) or each for each in alternatives(annotation)]
    return any(isinstance(kind, type) and issubclass(kind, Mapping) for kind in kinds)


def is_optional(annotation: Any) -> bool:
    """Return whether an argument of this type may be left out."""
    return Unset in alternatives(annotation)


def alternatives(annotation: Any) -> tuple[Any, ...]:
    """Return the types of a union; of any other annotation, the annotation alone."""
    return get_args(annotation) if is_union(annotation) else (annotation,)


def _is_list(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Sequence | set) and not issubclass(kind, str | bytes)


def _bytes(annotation: Any, data: bytes) -> Any:
    if annotation is bytes:
        return data
    return File(data) if annotation is File else _only(fits=False, value=data, result=data)


def _first_fitting(alternatives: tuple[Any, ...], value: Any, *, text: bool) -> Any:
    for alternative in alternatives:
        try:
            return typed(alternative, value, text=text)
        except InexpressibleError:
            continue
    raise InexpressibleError(f"{type(value).__name__} is none of {alternatives}")


def _model(model: Any, value: Any) -> Any:
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        value = {name: File(each.data) if isinstance(each, Binary) else each for name, each in fields.items()}
    try:
        return model.from_dict(value)
    except DecodeError as error:
        raise InexpressibleError(str(error)) from error


def _scalar(annotation: Any, value: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _converted(annotation, value)
    if annotation in _FROM_TEXT and isinstance(value, str):
        return _converted(_FROM_TEXT[annotation], value)
    if annotation is bytes and isinstance(value, str):
        # The body of a text, which the client leaves to the caller to encode.
        return _converted(str.encode, value)
    if annotation is float:
        return _only(type(value) in (int, float), value, value)
    if annotation is int and type(value) is float and value.is_integer():
        return int(value)
    if annotation is None or annotation is types.NoneType:
        return _only(value is None, value, None)
    return _only(type(value) is annotation, value, value)


def _converted(convert: Callable[[Any], Any], value: Any) -> Any:
    try:
        return convert(value)
    except ValueError as error:
        raise InexpressibleError(str(error)) from error


def _parsed(annotation: Any, value: Any) -> Any:
    """Return the number or the boolean that a text is, or the text of one, as the annotation wants it."""
    if annotation is str and type(value) in (bool, int, float):
        return json.dumps(value)
    if not isinstance(value, str):
        return value
    if annotation is bool:
        return {"true": True, "false": False}.get(value, value)
    kind: Any = int if _is_integer_enum(annotation) else annotation
    pattern = _NUMBERS.get(kind)
    if pattern and re.fullmatch(pattern, value, re.ASCII) and len(value) < _MAX_DIGITS:
        return kind(value)
    return value


def _is_integer_enum(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, IntEnum)


def _only(fits: bool, value: Any, result: Any) -> Any:  # noqa: FBT001
    if not fits:
        raise InexpressibleError(f"the client takes no value of type {type(value).__name__} here")
    return result
