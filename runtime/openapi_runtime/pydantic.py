"""Models as fields of Pydantic models, and as what functions of FastAPI take and return."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextvars import ContextVar
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError, core_schema

from .errors import DecodeError, InvalidArgument
from .types import File, Unset

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

    from .models import Model

M = TypeVar("M", bound="Model")

_REST: Final = "additional_properties"
_STEP: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
# Models whose schemas are being made: one that needs itself refers to itself.
_IN_PROGRESS: Final[ContextVar[frozenset[type]]] = ContextVar("_IN_PROGRESS", default=frozenset())


def core_schema_of(model: type[Model], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return how Pydantic validates, serialises and documents a model.

    `from_dict` and `to_dict` do the work; of the schema inside only JSON schemas are made.
    """
    ref = f"{model.__module__}.{model.__qualname__}:{id(model)}"
    others = _IN_PROGRESS.get()
    if model in others:
        return core_schema.definition_reference_schema(ref)
    token = _IN_PROGRESS.set(others | {model})
    try:
        shape = _shape(model, handler)
    finally:
        _IN_PROGRESS.reset(token)
    return core_schema.no_info_wrap_validator_function(
        _validator(model),
        shape,
        ref=ref,
        serialization=core_schema.plain_serializer_function_ser_schema(_to_dict),
    )


def _to_dict(model: Model) -> dict[str, Any]:
    return model.to_dict()


def _validator(model: type[M]) -> Callable[[object, object], M]:
    def validate(value: object, _: object) -> M:
        if isinstance(value, model):
            return value
        try:
            return model.from_dict(value)
        except (DecodeError, InvalidArgument) as error:
            details = _details(error)
        # Raised outside `except`, so that `__context__` cannot hold the value.
        raise ValidationError.from_exception_data(model.__name__, [details])

    return validate


def _details(error: DecodeError | InvalidArgument) -> InitErrorDetails:
    """Return what Pydantic shows of an error: as its input only the kind of a value, which may be secret."""
    if isinstance(error, InvalidArgument):
        fault = PydanticCustomError("constraint", "{fault}", {"fault": str(error)})
        return {"type": fault, "input": "object"}
    said = {"expected": error.expected, "got": error.got}
    steps: list[tuple[str, str]] = _STEP.findall(error.path)
    return {
        "type": PydanticCustomError("decoding", "expected {expected}, got {got}", said),
        "loc": tuple(int(index) if index else name for index, name in steps),
        "input": error.got,
    }


def _shape(model: type[Model], handler: GetCoreSchemaHandler) -> CoreSchema:
    hints = get_type_hints(model, localns=_siblings(model))
    of: Any = model
    attributes: dict[str, Attribute[Any]] = {each.name: each for each in fields(of)}
    rest = get_args(hints[_REST])[1] if attributes.pop(_REST, None) else None
    shape = core_schema.typed_dict_schema(
        {
            model.json_names.get(name, name): core_schema.typed_dict_field(
                handler.generate_schema(_documented(hints[name])), required=each.default is NOTHING
            )
            for name, each in attributes.items()
        }
    )
    if rest is not None:
        shape["extra_behavior"] = "allow"
        shape["extras_schema"] = handler.generate_schema(rest)
    return shape


def _documented(annotation: Any) -> Any:
    """Return the type of a field that is there: without UNSET, and bytes in place of a file."""
    if annotation is File:
        return bytes
    if get_origin(annotation) not in {Union, UnionType}:
        return annotation
    union: Any = Union
    return union[tuple(_documented(each) for each in get_args(annotation) if each is not Unset)]


def _siblings(model: type[Model]) -> dict[str, Any]:
    """Return the models of a package by their names, of which a module does not import those that need it."""
    packages = [sys.modules.get(each.__module__.rpartition(".")[0]) for each in reversed(model.__mro__)]
    return {
        name: getattr(package, name)
        for package in packages
        for name in getattr(package, "__all__", ())
        if hasattr(package, name)
    }
