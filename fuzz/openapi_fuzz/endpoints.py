"""What a generated client offers for each operation: found in the package, not listed here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import openapi_runtime
import openapi_runtime.operation
from openapi_runtime.operation import Operation

# Parameters of a generated method that belong to no operation.
_NO_ARGUMENTS: Final = frozenset(("options", "self"))


@dataclass(frozen=True)
class Signature:
    """Arguments of a function of a generated package.

    Attributes:
        arguments: Their types by their Python names.
        parameters: The names of those for parameters. Others are for the body: its fields, or `body` itself.
    """

    arguments: Mapping[str, Any]
    parameters: frozenset[str]

    @classmethod
    def of(
        cls, function: Callable[..., Any], package: types.ModuleType, builder: Signature | None = None
    ) -> Signature:
        """Return the signature of a function; `builder` is that of the builder, if it is another one."""
        hints = hints_of(function, package)
        names = [name for name in inspect.signature(function).parameters if name not in _NO_ARGUMENTS]
        parameters = frozenset(names) - {"body"} if builder is None else builder.parameters
        return cls({name: hints[name] for name in names}, parameters)

    @property
    def takes_whole_body(self) -> bool:
        """Whether the body is one argument, rather than one for each field."""
        return "body" in self.arguments

    def find(self, name: str, place: str) -> tuple[str, Any] | None:
        """Return the Python name and the type of a parameter or field; None if it has no argument."""
        found = next((self._places[each] for each in _plain_names(name, place) if each in self._places), None)
        return None if found is None else (found, self.arguments[found])

    @cached_property
    def _places(self) -> Mapping[tuple[str, bool], str]:
        """The Python names, by the plain names and whether they are for the body."""
        return {(plain_name(each), each not in self.parameters): each for each in self.arguments}


@dataclass(frozen=True)
class Endpoint:
    """What a client offers for one operation.

    Attributes:
        operation: Its declaration.
        module: Where that is, with the function `request` that builds requests.
        builder: Signature of that function.
        facade: Signature of the façade's method.
        tag: The façade's attribute that has the method.
        resource: Name of the class that has the method.
        method: Name of the method.
    """

    operation: Operation[Any, Any]
    module: types.ModuleType
    builder: Signature
    facade: Signature
    tag: str
    resource: str
    method: str

    @property
    def iterator(self) -> str:
        """Name of the façade's method that iterates over all pages, if the operation is paginated."""
        return f"iter_{self.method.partition('_')[2]}"

    def method_of(self, facade: Any, *, raw: bool = False, name: str = "") -> Callable[..., Any]:
        """Return the method of a façade, or the one called `name` beside it; raw ones return a response."""
        resource = getattr(facade.with_raw_response if raw else facade, self.tag)
        found: Callable[..., Any] = getattr(resource, name or self.method)
        return found


def find_endpoints(package: types.ModuleType) -> dict[str, Endpoint]:
    """Return every endpoint of a generated package by operation id."""
    return {each.operation.id: each for each in _endpoints(package)}


def plain_name(name: str) -> str:
    """Return a name without case and underscores, so that `appId` and `app_id` are the same."""
    return re.sub(r"[\W_]", "", name).lower()


def _plain_names(name: str, place: str) -> Iterator[tuple[str, bool]]:
    """Yield the plain names that the argument for a parameter or a field may have, the likeliest first."""
    # What has the name of another argument is told apart by its place. No name of Python begins with a digit.
    for each in (name, f"{name}{place}", f"field{name}", f"field{name}{place}"):
        yield plain_name(each), place == "body"


def _endpoints(package: types.ModuleType) -> Iterator[Endpoint]:
    root = f"{package.__name__}.api"
    api = importlib.import_module(root).Api(None)
    for found in pkgutil.walk_packages(importlib.import_module(root).__path__, f"{root}."):
        module = importlib.import_module(found.name)
        if not hasattr(module, "OPERATION"):
            continue
        tag, method = found.name.rsplit(".", 2)[-2:]
        resource: type[object] = getattr(api, tag).__class__
        builder = Signature.of(module.request, package)
        facade = Signature.of(getattr(resource, method), package, builder)
        yield Endpoint(module.OPERATION, module, builder, facade, tag, resource.__name__, method)


@cache
def hints_of(of: Hashable, package: types.ModuleType) -> Mapping[str, Any]:
    """Return the annotations of a function, a class or a module of a generated package."""
    return typing.get_type_hints(of, localns=_Names(package, of))


class _Names(dict[str, Any]):
    """Names that annotations use although their module imports them for type checkers only."""

    def __init__(self, package: types.ModuleType, of: Any) -> None:
        super().__init__()
        self._places = [
            of if isinstance(of, types.ModuleType) else importlib.import_module(of.__module__),
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
