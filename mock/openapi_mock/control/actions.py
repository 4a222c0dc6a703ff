"""Methods of a control object that programs can call with JSON arguments, such as over HTTP."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, wraps
from types import MethodType, SimpleNamespace
from typing import Any, Final, TypeVar, cast, get_type_hints

import msgspec

_MARK = "__is_action__"
_PYTHON_TYPES: Final = (date, datetime, bytes)
_Method = TypeVar("_Method", bound=Callable[..., Any])


class ActionError(ValueError):
    """Raised for arguments that an action does not take. The message names the argument."""


class Refused(Exception):
    """Raised by an action for what cannot be done as things are. Over HTTP it is the status 409.

    A behaviour's own errors, of what its actions call, are subclasses.
    """

    @property
    def reason(self) -> str:
        """What is told over HTTP."""
        return str(self) or type(self).__name__


def action(method: _Method) -> _Method:
    """Let programs call a method of a control object by its name. Its annotations say what it takes.

    They are checked in Python as well. Raises ActionError.
    """

    @wraps(method)
    def checked(self: object, *args: Any, **kwargs: Any) -> Any:
        _check(method, self, args, kwargs)
        return method(self, *args, **kwargs)

    setattr(checked, _MARK, True)
    return cast("_Method", checked)


class Action:
    """One action of a control object. `schema` is the JSON Schema of its arguments."""

    def __init__(self, name: str, method: Callable[..., Any]) -> None:
        self.name = name
        self.summary = (inspect.getdoc(method) or "").partition("\n")[0]
        self._method = method
        self._arguments = _arguments(name, method)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the arguments."""
        _, definitions = msgspec.json.schema_components([self._arguments])
        schema: dict[str, Any] = definitions[self._arguments.__name__]
        return schema

    def run(self, arguments: Mapping[str, Any]) -> Any:
        """Call the method, and return its result as a JSON value. Raises ActionError, and its own errors."""
        try:
            given = msgspec.convert(dict(arguments), self._arguments)
        except msgspec.ValidationError as error:
            raise ActionError(str(error)) from None
        return msgspec.to_builtins(self._method(**msgspec.structs.asdict(given)))


def actions_of(control: object) -> dict[str, Action]:
    """Return the actions of a control object by name, sorted."""
    names = sorted(name for name in dir(type(control)) if hasattr(getattr(type(control), name), _MARK))
    return {name: Action(name, getattr(control, name)) for name in names}


def _check(method: Any, control: object, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """Check the arguments of a call. Raises ActionError, and TypeError for those that are not there."""
    bound = inspect.signature(method).bind(control, *args, **kwargs).arguments
    _, *given = bound
    try:
        msgspec.convert(
            {name: bound[name] for name in given}, _arguments_of(method), builtin_types=_PYTHON_TYPES
        )
    except msgspec.ValidationError as error:
        raise ActionError(str(error)) from None


@lru_cache(maxsize=256)
def _arguments_of(method: Any) -> type[msgspec.Struct]:
    return _arguments(method.__name__, MethodType(method, object()))


def _arguments(name: str, method: Any) -> type[msgspec.Struct]:
    # Only of the parameters: what a method returns may be known to type checkers alone.
    plain = inspect.unwrap(getattr(method, "__func__", method))
    given = {each: note for each, note in plain.__annotations__.items() if each != "return"}
    hints = get_type_hints(SimpleNamespace(__annotations__=given), plain.__globals__, include_extras=True)
    fields = [
        (each.name, hints[each.name])
        if each.default is inspect.Parameter.empty
        else (each.name, hints[each.name], each.default)
        for each in inspect.signature(method).parameters.values()
    ]
    fields.sort(key=len)
    return msgspec.defstruct(name, fields, forbid_unknown_fields=True, kw_only=True)
