"""Registration of methods of a behaviour as handlers of operations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from typing import Any, TypeAlias, TypeVar

from .behaviour import Behaviour
from .messages import Call

Handler: TypeAlias = Callable[[Call], Any]
_Method = TypeVar("_Method", bound=Callable[[Any, Any], Any])

_REGISTERED = "__operation_ids__"


class HandlerError(Exception):
    """Raised for a behaviour whose handlers do not fit the document. The message names the handler."""


def operation(operation_id: str) -> Callable[[_Method], _Method]:
    """Register a method of a behaviour as the handler of the operation with this `operationId`.

    A handler takes a `Call`. It returns a JSON value (sent with the first documented 2xx), a `Response`, or
    None or `NO_BODY` for an empty success. A subclass may override it without the decorator.
    """

    def register(method: _Method) -> _Method:
        setattr(method, _REGISTERED, (*getattr(method, _REGISTERED, ()), operation_id))
        return method

    return register


def find_handlers(behaviour: Behaviour[Any], operation_ids: Collection[str]) -> dict[str, Handler]:
    """Return the behaviour's handlers by operation id.

    Raises:
        HandlerError: One is for an operation that the document lacks, two are for the same operation, or one
            has the name of a hook.
    """
    names: dict[str, str] = {}
    for handler, name, operation_id in _registered(type(behaviour)):
        other = names.setdefault(operation_id, name)
        if hasattr(Behaviour, name):
            raise HandlerError(f"{handler}: a hook has this name; give the handler another one")
        if operation_id not in operation_ids:
            raise HandlerError(f"{handler}: {_unknown(operation_id, operation_ids)}")
        if other != name:
            raise HandlerError(f"{handler}: {operation_id!r} already has the handler {other!r}")
    return {operation_id: getattr(behaviour, name) for operation_id, name in names.items()}


def _registered(kind: type[Behaviour[Any]]) -> Iterator[tuple[str, str, str]]:
    """Yield each registered handler: its qualified name, its name and the operation id."""
    for owner in reversed(kind.__mro__):
        for name, method in vars(owner).items():
            for operation_id in getattr(method, _REGISTERED, ()):
                yield f"{owner.__name__}.{name}", name, operation_id


def _unknown(operation_id: str, operation_ids: Collection[str]) -> str:
    nearest = get_close_matches(operation_id, operation_ids, n=1)
    advice = f"; did you mean {nearest[0]!r}?" if nearest else ""
    return f"the document has no operation {operation_id!r}{advice}"
