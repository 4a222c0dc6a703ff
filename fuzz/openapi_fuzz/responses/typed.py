"""Whether a value is what annotations say, at every depth."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

import attrs

from openapi_fuzz.endpoints import hints_of
from openapi_fuzz.values import is_union
from openapi_reader import is_array, is_object


def mismatches(value: Any, annotation: Any, package: types.ModuleType, place: str = "value") -> Iterator[str]:
    """Yield, in words, every part of a value that is no instance of its annotation.

    Args:
        value: What a client returned.
        annotation: What it said to return.
        package: The generated package, for names that its annotations use.
        place: What the value is called.
    """
    if annotation is Any:
        return
    origin = get_origin(annotation) or annotation
    if is_union(annotation):
        found = [[*mismatches(value, each, package, place)] for each in get_args(annotation)]
        if all(found):
            # Of a model the fields tell more than that none of the alternatives fits.
            yield from min(found, key=len)
    elif origin is Literal:
        if not any(type(each) is type(value) and each == value for each in get_args(annotation)):
            yield f"{place} is {value!r}, not {annotation}"
    elif attrs.has(origin):
        yield from _fields(value, origin, package, place)
    elif not _is_instance(value, origin):
        yield f"{place} is of type {type(value).__name__}, not {annotation}"
    elif is_array(value):
        inner = (*get_args(annotation), Any)[0]
        for index, item in enumerate(value):
            yield from mismatches(item, inner, package, f"{place}[{index}]")
    elif is_object(value):
        inner = (*get_args(annotation), Any, Any)[1]
        for name, item in value.items():
            yield from mismatches(item, inner, package, f"{place}[{name!r}]")


def _fields(value: Any, model: type[Any], package: types.ModuleType, place: str) -> Iterator[str]:
    if type(value) is not model:
        yield f"{place} is of type {type(value).__name__}, not {model.__name__}"
        return
    hints = hints_of(model, package)
    for field in attrs.fields(model):
        yield from mismatches(getattr(value, field.name), hints[field.name], package, f"{place}.{field.name}")


def _is_instance(value: Any, kind: Any) -> bool:
    if kind is None or kind is types.NoneType:
        return value is None
    if kind is float:
        # As PEP 484 has it; a whole number stays exact.
        return type(value) in (float, int)
    if kind is dt.date:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if kind is Mapping or kind is typing.Mapping:
        return is_object(value)
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
