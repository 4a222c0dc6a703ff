"""The arguments that a façade has for an operation, and values for them that no schema allows.

Which values are wrong comes from the document, and from nothing that the client says.
"""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from openapi_fuzz.document import Document, Node, Operation, limit
from openapi_fuzz.endpoints import Endpoint
from openapi_reader import is_object
from openapi_runtime import UNSET

from .constraints import is_forbidden, kinds_of, merged

MARK: Final = "made-up-value"
"""Stands in values that no error may show."""

_DEPTH: Final = 3000


class Word(enum.StrEnum):
    """A member of somebody's own enumeration."""

    MADE_UP = "made-up"


class Numeral:
    """Something like a number of a library for arithmetic."""

    def __index__(self) -> int:
        return 1


@dataclass(frozen=True)
class Argument:
    """An argument of the façade, as the document has it.

    Attributes:
        name: Its name in the document; empty for the mapping of further fields.
        python_name: Its name in the client.
        place: `path`, `query`, `header`, `cookie` or `body`.
        schema: Its schema.
        required: Whether it has to be given.
        from_client: Whether a client may fill it in.
        reserved: Of the mapping of further fields: names that have arguments of their own.
    """

    name: str
    python_name: str
    place: str
    schema: Node
    required: bool
    from_client: bool
    reserved: frozenset[str] = frozenset()

    @property
    def takes_none(self) -> bool:
        """Whether None is no value, but says that there is none."""
        return self.place != "body"

    def forbids(self, value: object, document: Document) -> bool:
        """Return whether the document has the client refuse a value."""
        if self.reserved or not self.name:
            return self._forbids_fields(value, document)
        if self.schema.get("x-checked"):
            return is_forbidden(self.schema, value, document, nullable=self.takes_none)
        # A text would be taken for a list of its letters.
        return kinds_of(self.schema) == ["array"] and isinstance(value, str | bytes)

    def _forbids_fields(self, value: object, document: Document) -> bool:
        if not isinstance(value, Mapping):
            return value is not UNSET
        fields = cast("Mapping[object, object]", value)
        if any(not isinstance(name, str) or name in self.reserved for name in fields):
            return True
        checked = bool(self.schema.get("x-checked"))
        return checked and any(is_forbidden(self.schema, each, document) for each in fields.values())


def arguments_of(document: Document, operation: Operation, endpoint: Endpoint) -> list[Argument]:
    """Return the arguments of an operation that the façade has by themselves."""
    found: list[Argument] = []
    for name, place, schema, required in _declared(document, operation):
        argument = endpoint.facade.find(name, place)
        if argument is not None:
            from_client = name in operation.from_client
            found.append(Argument(name, argument[0], place, schema, required, from_client))
    return [*found, *_further_fields(document, operation, endpoint)]


def _declared(document: Document, operation: Operation) -> Iterator[tuple[str, str, Node, bool]]:
    for each in operation.parameters:
        yield each["name"], each["in"], merged(document, each.get("schema", {})), bool(each.get("required"))
    body = _body(document, operation)
    for name, schema in body.get("properties", {}).items():
        yield name, "body", merged(document, schema), name in body.get("required", ())


def _body(document: Document, operation: Operation) -> Node:
    # Of several media types, the client has one.
    return merged(document, operation.bodies[0]) if operation.bodies else {}


def _further_fields(document: Document, operation: Operation, endpoint: Endpoint) -> Iterator[Argument]:
    body = _body(document, operation)
    further = body.get("additionalProperties")
    argument = endpoint.facade.find(str(body.get("x-argument-name")), "body")
    if is_object(further) and argument is not None:
        reserved = frozenset(body.get("properties", {}))
        schema = merged(document, further)
        yield Argument("", argument[0], "body", schema, required=False, from_client=False, reserved=reserved)


# ---- Values


def values_for(argument: Argument, document: Document, *, optional: bool) -> Iterator[object]:
    """Yield values around everything that a schema says, and of types that it says nothing of."""
    if argument.name:
        yield from _around(argument.schema, document)
    else:
        yield from ({"made up": each} for each in _around(argument.schema, document))
        yield from ({name: 1} for name in sorted(argument.reserved))
        yield from ({1: 1}, [("made up", 1)])
    yield from _odd()
    if optional:
        # Of a required argument, its type says that it must not be.
        yield UNSET


def _around(schema: Node, document: Document) -> Iterator[object]:
    """Yield values inside and outside of each bound, as near to it as they can be."""
    schema = merged(document, schema)
    yield from schema.get("enum", ())
    for bound in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if bound in schema:
            yield from (schema[bound] - 1, schema[bound], schema[bound] + 1)
    for bound in ("minLength", "maxLength"):
        if (length := limit(schema, bound)) is not None:
            yield from ("x" * max(0, length + more) for more in (-1, 0, 1))
    if kinds_of(schema) == ["array"]:
        yield from _lists(schema, document)
    yield from (MARK, f"{MARK},{MARK}", "", " ", 1, 0, -1)


def _lists(schema: Node, document: Document) -> Iterator[list[object]]:
    items: Node = schema.get("items", {})
    each = list(_around(items, document))
    right = next((one for one in each if not is_forbidden(items, one, document)), MARK)
    for bound in ("minItems", "maxItems"):
        if (length := limit(schema, bound)) is not None:
            yield from ([right] * max(0, length + more) for more in (-1, 0, 1))
    yield from ([right, one] for one in (*each, True, 1.5, None, [right]))


def _odd() -> Iterator[object]:
    """Yield values of types that a program may pass by mistake."""
    deep: list[object] = []
    for _ in range(_DEPTH):
        deep = [deep]
    yield from (None, True, False, 1.0, 1.5, math.nan, math.inf, 2**63, 10**400, b"made up")
    yield from ("\ud800", "\0", "é", "a\r\nb", ".", "..", "/", [], (), {}, ("made up",), {"made up"}, [b"x"])
    yield from (dt.datetime(2026, 1, 2, 3, 4), dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC))  # noqa: DTZ001
    yield from (dt.date(2026, 1, 2), Word.MADE_UP, Numeral(), object(), deep, {"made up": math.nan}, {1: 2})
