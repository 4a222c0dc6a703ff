"""From a generated case to the arguments of the generated client's functions.

Nothing here lists endpoints or arguments: functions are found by the operation id that they carry, arguments
by their names, types by their annotations.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Literal, get_args, get_origin
from urllib.parse import unquote
from uuid import UUID

from schemathesis.core import NotSet
from schemathesis.generation.value import Binary

import openapi_runtime.operation
from openapi_runtime import File, Unset
from openapi_runtime.errors import DecodeError
from openapi_runtime.operation import Operation

if typing.TYPE_CHECKING:
    from schemathesis import Case


class Inexpressible(Exception):
    """The typed client has no arguments that would send this case."""


@dataclasses.dataclass(frozen=True)
class Function:
    """One callable of the client: names and types of its arguments, by names without case and underscores."""

    arguments: Mapping[str, tuple[str, Any]]

    @classmethod
    def of(cls, function: Callable[..., Any], package: types.ModuleType) -> Function:
        hints = typing.get_type_hints(function, localns=_Names(package, function))
        names = [name for name in inspect.signature(function).parameters if name not in ("self", "client")]
        return cls({plain(name): (name, hints[name]) for name in names})

    def __contains__(self, name: str) -> bool:
        return plain(name) in self.arguments

    def bind(self, name: str, place: str, value: Any, *, text: bool = False) -> tuple[str, Any]:
        """Python name and typed value of one parameter. Raises Inexpressible."""
        found = self.arguments.get(plain(name)) or self.arguments.get(plain(f"{name}{place}"))
        if found is None:
            raise Inexpressible(f"there is no argument for {place} {name!r}")
        python_name, annotation = found
        return python_name, typed(annotation, value, text=text)


@dataclasses.dataclass(frozen=True)
class Endpoint:
    """What the client offers for one operation: a request builder, and a method of the façade."""

    operation: Operation[Any, Any]
    module: types.ModuleType
    builder: Function
    facade: Function
    tag: str
    resource: str
    method: str


def endpoints(package: types.ModuleType) -> dict[str, Endpoint]:
    """Every endpoint of a generated package by operation id."""
    return {each.operation.id: each for each in _walk(package)}


def _walk(package: types.ModuleType) -> Iterator[Endpoint]:
    root = f"{package.__name__}.api"
    for found in pkgutil.walk_packages(importlib.import_module(root).__path__, f"{root}."):
        module = importlib.import_module(found.name)
        if not hasattr(module, "OPERATION"):
            continue
        tag, method = found.name.rsplit(".", 2)[-2:]
        api = importlib.import_module(root).Api(None)
        resource = type(getattr(api, tag))
        facade = Function.of(getattr(resource, method), package)
        builder = Function.of(module.request, package)
        yield Endpoint(module.OPERATION, module, builder, facade, tag, resource.__name__, method)


@dataclasses.dataclass
class Arguments:
    """A case as the client takes it: for the request builder, which takes a body, and for the façade.

    The façade takes the body's fields. It is None for a body that these cannot express.
    """

    builder: dict[str, Any]
    facade: dict[str, Any] | None


def bind(case: Case[Any], endpoint: Endpoint) -> Arguments:
    """Arguments that should send exactly this case, without what it leaves out. Raises Inexpressible."""
    if case.method.upper() != endpoint.operation.method:
        raise Inexpressible("another method")
    parameters = [
        *(("path", name, _unquoted(value)) for name, value in case.path_parameters.items()),
        *(("query", name, value) for name, value in case.query.items()),
        *(("header", name, value) for name, value in case.headers.items() if name.lower() != "content-type"),
        *(("cookie", name, value) for name, value in case.cookies.items()),
    ]
    builder = dict(endpoint.builder.bind(name, at, value, text=True) for at, name, value in parameters)
    facade = dict(endpoint.facade.bind(name, at, value, text=True) for at, name, value in parameters)
    if isinstance(case.body, NotSet):
        return Arguments(builder, facade)
    name, body = endpoint.builder.bind("body", "body", case.body)
    builder[name] = body
    return Arguments(builder, _with_fields(facade, case.body, body, endpoint.facade))


def _with_fields(arguments: dict[str, Any], raw: Any, body: Any, facade: Function) -> dict[str, Any] | None:
    """The façade's arguments for a body; None if they cannot say it: unknown fields, or none at all."""
    if "body" in facade:
        return {**arguments, **dict([facade.bind("body", "body", raw)])}
    if not raw:
        return _with_nothing(arguments, facade)
    known = {plain(name) for name in getattr(type(body), "__slots__", ()) or vars(body)}
    unknown = {name: value for name, value in raw.items() if plain(name) not in known}
    if unknown:
        rest = [each for each in facade.arguments.values() if _is_mapping(each[1])]
        if len(rest) != 1:
            return None
        name, annotation = rest[0]
        arguments = {**arguments, name: typed(annotation, unknown)}
    fields = (facade.bind(name, "body", value) for name, value in raw.items() if name not in unknown)
    return {**arguments, **dict(fields)}


def _with_nothing(arguments: dict[str, Any], facade: Function) -> dict[str, Any] | None:
    """The same for a body without fields, which is left out altogether where every field may be."""
    needed = [name for name, annotation in facade.arguments.values() if not _may_be_left_out(annotation)]
    missing = [name for name in needed if name not in arguments]
    return {**arguments, **{name: {} for name in missing}} if missing else None


def plain(name: str) -> str:
    """`appId`, `app_id` and `X-App-Id` without the prefix are written differently in different places."""
    return re.sub(r"[\W_]", "", name).lower()


def _unquoted(value: Any) -> Any:
    return unquote(value) if isinstance(value, str) else value


def _parted(value: Any) -> Any:
    """A list that is written with commas, of which only those between the items stand as they are."""
    written = getattr(value, "encoded", None)
    if written is None:
        return value
    return [unquote(item) for item in written.split(",")] if written else []


# ---- Values


def typed(annotation: Any, value: Any, *, text: bool = False) -> Any:
    """The value as its annotation wants it; with `text`, numbers and booleans may still be written out.

    Raises Inexpressible when it is of another type.
    """
    origin = get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        return _first_fitting(get_args(annotation), value, text=text)
    if annotation is Any:
        return value
    if isinstance(value, Binary):
        return _bytes(annotation, value.data)
    if origin is Literal:
        return _only(value in get_args(annotation), value, value)
    if _is_mapping(annotation):
        inner = (get_args(annotation) or (str, Any))[1]
        items = _only(isinstance(value, dict), value, value).items()
        return {name: typed(inner, item) for name, item in items}
    if _is_list(origin or annotation):
        inner = (get_args(annotation) or (Any,))[0]
        value = _parted(value) if text else value
        return [typed(inner, item, text=text) for item in _only(isinstance(value, list), value, value)]
    if hasattr(annotation, "from_dict"):
        return _model(annotation, value)
    return _scalar(annotation, _read(annotation, value) if text else value)


def _bytes(annotation: Any, data: bytes) -> Any:
    """Bytes, or the client's own way of naming them as a file."""
    if annotation is bytes:
        return data
    return File(data) if annotation is File else _only(False, data, data)


def _first_fitting(options: tuple[Any, ...], value: Any, *, text: bool) -> Any:
    for option in options:
        try:
            return typed(option, value, text=text)
        except Inexpressible:
            continue
    raise Inexpressible(f"{type(value).__name__} is none of {options}")


def _model(model: Any, value: Any) -> Any:
    """The model's instance, if it holds all of the value: a decoder may drop what it does not know."""
    if isinstance(value, dict):
        value = {name: File(item.data) if isinstance(item, Binary) else item for name, item in value.items()}
    try:
        instance = model.from_dict(value)
    except DecodeError as error:
        raise Inexpressible(str(error)) from error
    return instance


def _scalar(annotation: Any, value: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        try:
            return annotation(value)
        except ValueError as error:
            raise Inexpressible(str(error)) from error
    for kind, parse in _WRITTEN.items():
        if annotation is kind and isinstance(value, str):
            try:
                return parse(value)
            except ValueError as error:
                raise Inexpressible(str(error)) from error
    if annotation is float:
        return _only(type(value) in (int, float), value, value)
    if annotation is int and type(value) is float and value.is_integer():
        return int(value)
    if annotation is None or annotation is types.NoneType:
        return _only(value is None, value, None)
    return _only(type(value) is annotation, value, value)


_WRITTEN: Mapping[Any, Callable[[str], Any]] = {
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    UUID: UUID,
}
_NUMBERS = {int: r"-?(0|[1-9]\d*)", float: r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?"}


def _read(annotation: Any, value: Any) -> Any:
    """A number or a boolean that is written out, as a path or a query has it."""
    if not isinstance(value, str):
        return value
    if annotation is bool:
        return {"true": True, "false": False}.get(value, value)
    if annotation in _NUMBERS and re.fullmatch(_NUMBERS[annotation], value, re.ASCII) and len(value) < 4000:
        return annotation(value)
    return value


def _only(fits: bool, value: Any, result: Any) -> Any:
    if not fits:
        raise Inexpressible(f"a value of type {type(value).__name__}")
    return result


def _is_list(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Sequence | set) and kind not in (str, bytes)


def _options(annotation: Any) -> tuple[Any, ...]:
    united = get_origin(annotation) in (typing.Union, types.UnionType)
    return get_args(annotation) if united else (annotation,)


def _may_be_left_out(annotation: Any) -> bool:
    return Unset in _options(annotation)


def _is_mapping(annotation: Any) -> bool:
    kinds = [get_origin(each) or each for each in _options(annotation)]
    return any(isinstance(kind, type) and issubclass(kind, Mapping) for kind in kinds)


class _Names(dict[str, Any]):
    """Names that annotations use although the module imports them for type checkers only."""

    def __init__(self, package: types.ModuleType, function: Callable[..., Any]) -> None:
        super().__init__()
        self._places = [
            importlib.import_module(function.__module__),
            importlib.import_module(f"{package.__name__}.models"),
            openapi_runtime,
            openapi_runtime.operation,
            typing,
        ]

    def __missing__(self, name: str) -> Any:
        for place in self._places:
            if hasattr(place, name):
                return getattr(place, name)
        raise KeyError(name)
