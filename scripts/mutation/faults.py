"""Plants a mutant of `boundary.py` in the mocks of this process."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeAlias

from openapi_mock import document as documents
from openapi_mock import engine
from openapi_mock.messages import NO_BODY, Call, Request, Response
from openapi_reader import Pointer, is_array, is_object

from .boundary import ITEM
from .mutants import Mutant

Respond: TypeAlias = Callable[[Request, Mapping[str, str]], Response]
Refuse: TypeAlias = Callable[[Any, Any], Response]
Handle: TypeAlias = Callable[[Any, Call], Response]
Endpoint: TypeAlias = Any
"""What the engine has for one operation."""

_BYTES: Final = "application/octet-stream"
_OF_ARRAYS: Final[Mapping[str, Callable[[list[Any]], list[Any]]]] = {
    "array emptied": lambda _: [],
    "element removed": lambda items: items[:-1],
    "element doubled": lambda items: items + items[-1:],
}
_LONG: Final = 5000
_ODD: Final = "\u202e\u0007é☃"


def plant(mutant: Mutant, file: Path) -> None:
    """Plant a mutant in every mock that serves a file from now on."""
    if mutant.group == "requests":
        _change_document(mutant.details, file)
        return
    operation = mutant.details["operation"]

    def change(mock: Any, endpoint: Endpoint) -> None:
        if endpoint.operation.id != operation:
            return
        if mutant.group == "responses":
            endpoint.respond = _spoiled(endpoint.respond, mutant.details)
            mock._refuse = _spoiled_failure(mock._refuse, endpoint, mutant.details)  # noqa: SLF001
        else:
            endpoint._handle = _forgetful(endpoint, mutant.details)  # noqa: SLF001 (nobody else has both call and transaction)

    for_endpoints(lambda mock: mock.document.source == str(file), change)


def for_endpoints(fits: Callable[[Any], bool], change: Callable[[Any, Endpoint], None]) -> None:
    """Have every operation of mocks that fit changed when they are made."""
    sound = engine.Mock.__init__

    def made(self: Any, *args: Any, **kwargs: Any) -> None:
        sound(self, *args, **kwargs)
        if fits(self):
            for endpoint in self._endpoints.values():
                change(self, endpoint)

    engine.Mock.__init__ = made  # type: ignore[method-assign]


# ---- Requests: the mock reads another document than everybody else


def _change_document(details: Mapping[str, Any], file: Path) -> None:
    sound = documents.Document.__init__

    def made(
        self: documents.Document, root: Mapping[str, Any], *, source: str = "", lines: Any = None
    ) -> None:
        if source == str(file):
            root = copy.deepcopy(dict(root))
            *parents, last = details["pointer"]
            node: Any = root
            for key in parents:
                node = node[key]
            if "value" in details:
                node[last] = details["value"]
            else:
                del node[last]
        sound(self, root, source=source, lines=lines)

    documents.Document.__init__ = made  # type: ignore[method-assign]


# ---- Responses


def _spoiled(respond: Respond, details: Mapping[str, Any]) -> Respond:
    def spoil(request: Request, texts: Mapping[str, str]) -> Response:
        response = respond(request, texts)
        match details["fault"].split():
            case ["status", status]:
                return dataclasses.replace(response, status=int(status))
            case ["content", "type", "changed"]:
                return _with_type(response, "text/html")
            case ["content", "type", "dropped"]:
                return _with_type(response, None)
            case _ if response.body is NO_BODY:
                return response
            case _:
                body = copy.deepcopy(response.body)
                return dataclasses.replace(response, body=_with_value(body, details))

    return spoil


def _spoiled_failure(refuse: Refuse, spoiled: Endpoint, details: Mapping[str, Any]) -> Refuse:
    """Spoil what an operation reports in the body of a success's status."""

    def spoil(problem: Any, endpoint: Endpoint) -> Response:
        response = refuse(problem, endpoint)
        is_success = HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES
        if endpoint is not spoiled or not is_success or "pointer" not in details:
            return response
        return dataclasses.replace(response, body=_with_value(copy.deepcopy(response.body), details))

    return spoil


class _Untyped(Response):
    """A response without a content type."""

    @cached_property
    def encoded_headers(self) -> tuple[tuple[bytes, bytes], ...]:
        return tuple(each for each in super().encoded_headers if each[0] != b"content-type")


def _with_type(response: Response, media_type: str | None) -> Response:
    """Return the same bytes with another content type, or with none."""
    if response.body is NO_BODY:
        return response
    kind = _Untyped if media_type is None else Response
    return kind(response.status, response.content, response.headers, media_type or _BYTES, response.delivery)


def _with_value(body: Any, details: Mapping[str, Any]) -> Any:
    pointer: Pointer = details["pointer"]
    holder = {"": body}
    for parent, key in _places(holder, ("", *pointer)):
        _change(parent, key, details["fault"])
    return holder[""]


def _places(node: Any, pointer: Pointer) -> Iterator[tuple[Any, Any]]:
    """Yield each place of a pointer, as what it stands in and its key there."""
    key, *rest = pointer
    keys: list[Any] = []
    if key == ITEM and is_array(node):
        keys = [*range(len(node))][:1]
    elif is_object(node) and key in node:
        keys = [key]
    for each in keys:
        if rest:
            yield from _places(node[each], tuple(rest))
        else:
            yield node, each


def _change(parent: Any, key: Any, fault: str) -> None:
    value = parent[key]
    if fault == "property removed":
        del parent[key]
    elif fault == "property renamed":
        parent[f"{key}_"] = parent.pop(key)
    else:
        parent[key] = _changed(value, fault)


def _changed(value: Any, fault: str) -> Any:  # noqa: PLR0912 (one case for each fault)
    if is_array(value) and fault in _OF_ARRAYS:
        return _OF_ARRAYS[fault](value)
    match fault, value:
        case "property retyped", _:
            return [value]
        case "property nulled", _:
            return None
        case "property added", _:
            return {**value, "undeclared": 1} if is_object(value) else value
        case "truth flipped", bool():
            return not value
        case _, bool() | None:
            return value
        case "number negated", int() | float():
            return -value
        case "number zeroed", int() | float():
            return 0
        case "number off by one", int() | float():
            return value + 1
        case "text emptied", str():
            return ""
        case "text replaced", str():
            return "replaced"
        case "text over-long", str():
            return value + "x" * _LONG
        case "text with odd characters", str():
            return value + _ODD
        case _:
            return value


# ---- State


class _Undone(Exception):
    """Rolls a transaction back."""


def _forgetful(endpoint: Endpoint, details: Mapping[str, Any]) -> Handle:
    handle: Handle = endpoint._handle  # noqa: SLF001

    def lost(handler: Any, call: Call) -> Response:
        kept: list[Response] = []
        with suppress(_Undone), endpoint._unit_of_work():  # noqa: SLF001
            kept.append(endpoint._checked(endpoint.checker.response(handler(call))))  # noqa: SLF001
            raise _Undone
        return kept[0]

    def twice(handler: Any, call: Call) -> Response:
        response = handle(handler, call)
        try:
            handle(handler, call)
        except Exception:  # noqa: BLE001 (what cannot be done twice was done once)
            return response
        return response

    changes = {"lost write": lost, "delete that does nothing": lost, "done twice": twice}
    fault = details["fault"]
    if fault in changes:
        return changes[fault]
    if fault == "stale":
        return _stale(handle)
    if fault == "another user":
        return _for_another(handle, details)
    return lambda handler, call: handle(handler, _with_argument(call, fault, details["name"]))


def _stale(handle: Handle) -> Handle:
    seen: dict[str, Response] = {}

    def stale(handler: Any, call: Call) -> Response:
        return seen.setdefault(repr((call.path, call.query, call.principal)), handle(handler, call))

    return stale


def _for_another(handle: Handle, details: Mapping[str, Any]) -> Handle:
    """Take the user of an earlier call for the one of this call."""
    seen: list[Any] = []
    where, name = details["where"], details["name"]

    def misplaced(handler: Any, call: Call) -> Response:
        values = call.body if where == "body" else getattr(call, where)
        if not is_object(values) or name not in values:
            return handle(handler, call)
        value = values[name]
        if value not in seen:
            seen.append(value)
        others = [each for each in seen if each != value]
        other = others[-1] if others else value + 1 if isinstance(value, int) else value
        changes: dict[str, Any] = {where: {**values, name: other}}
        return handle(handler, dataclasses.replace(call, **changes))

    return misplaced


def _with_argument(call: Call, fault: str, name: str) -> Call:
    if fault == "partial update":
        if not is_object(call.body):
            return call
        return dataclasses.replace(call, body={key: value for key, value in call.body.items() if key != name})
    query = dict(call.query)
    if fault.endswith("ignored"):
        query.pop(name, None)
    elif isinstance(query.get(name), int):
        query[name] += 1
    return dataclasses.replace(call, query=query)
