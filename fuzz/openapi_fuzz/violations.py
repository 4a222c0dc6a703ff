"""Cases that break a single rule of the document, in one place at any depth, and keep all others.

Generated wrong values mostly break several rules at once, and a server that forgets one of these refuses them
all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Final

import jsonschema_rs
from hypothesis.errors import NoSuchExample
from schemathesis import BaseSchema, Case

from openapi_reader import Pointer, is_array, is_object

from . import cases
from ._schemathesis import DelimitedValue
from .document import Document, Operation, limit
from .normal_form import with_schemas
from .places import at, places_in, put, without
from .responses.shapes import flat, written_place

_CONTAINERS: Final = {"path": "path_parameters", "query": "query", "header": "headers", "cookie": "cookies"}
_FORM: Final = "application/x-www-form-urlencoded"
_DEEPEST: Final = 6
_ODD: Final = ("made-up", "", " ", "!", "\n", "ä", "A", "-", "a b")
_ANY: Final[Sequence[Any]] = (7, 7.5, -1, True, *_ODD, ["made-up"], [], {"made-up": 7}, {}, None)


@dataclass(frozen=True)
class Violation:
    """A case that breaks a rule.

    Attributes:
        case: The case.
        place: Where.
        rule: The keyword of JSON Schema that forbids it.
    """

    case: Case[Any]
    place: Pointer
    rule: str

    def __str__(self) -> str:
        return f"{self.rule} of {written_place(self.place)}"


def violations(
    schema: BaseSchema,
    document: Document,
    operation: Operation,
    is_accepted: Callable[[Case[Any]], bool] = lambda _: True,
) -> Iterator[Violation]:
    """Yield a case for each rule of each place of an operation's requests, if anything breaks it alone.

    Args:
        schema: Where cases are drawn from.
        document: What says the rules.
        operation: The operation.
        is_accepted: Says whether a server accepts a case. One that it refuses anyway, although the document
            allows it, is changed only where it accepts none.
    """
    bases = _Bases(schema, operation, is_accepted)
    for parameter in operation.parameters:
        location = parameter["in"]
        place: Pointer = (_CONTAINERS[location], parameter["name"])
        if parameter.get("required") and location != "path":
            yield from bases.without(place)
        if "schema" in parameter:
            yield from _at(_Writing(document, bases, location), parameter["schema"], place)
    for media_type, node in operation.contents.items():
        if media_type == _FORM or "json" in media_type:
            location = "form" if media_type == _FORM else "json"
            yield from _at(_Writing(document, bases, location, media_type), node, ("body",))


@dataclass
class _Bases:
    """Cases that the document allows, of which a place is changed."""

    schema: BaseSchema
    operation: Operation
    is_accepted: Callable[[Case[Any]], bool]
    drawn: list[Case[Any]] = field(default_factory=list[Case[Any]])
    tried: dict[int, bool] = field(default_factory=dict[int, bool])

    def having(self, place: Pointer, media_type: str | None = None) -> Case[Any] | None:
        """Return a case with something at a place; None if it is too rare."""

        def fits(case: Case[Any]) -> bool:
            return media_type in {None, case.media_type} and _value_at(case, place) is not _ABSENT

        for case in self.drawn:
            if fits(case):
                return case
        found = (
            self._draw(lambda case: fits(case) and self._is_accepted(case))
            or self._draw_addition(fits, place)
            or self._draw(fits)
        )
        self.drawn += [found] if found is not None else []
        return found

    def _draw(self, fits: Callable[[Case[Any]], bool]) -> Case[Any] | None:
        with suppress(NoSuchExample):
            return cases.draw_one(self.schema, self.operation.label, fits=fits)
        return None

    def _draw_addition(self, fits: Callable[[Case[Any]], bool], place: Pointer) -> Case[Any] | None:
        """Return an accepted case with a parameter of a drawn one; None if that is refused as well."""
        known = [case for case in self.drawn if self._is_accepted(case)]
        if not known or place[0] == "body" or place[2:]:
            return None

        def added(case: Case[Any]) -> Iterator[Case[Any]]:
            value = _value_at(case, place)
            for each in known if not is_array(value) else ():
                both = _changed(each, place, value)
                if self._is_accepted(both):
                    yield both

        drawn = self._draw(lambda case: fits(case) and any(added(case)))
        return None if drawn is None else next(added(drawn))

    def _is_accepted(self, case: Case[Any]) -> bool:
        # Asked once: what can be done only once is found twice.
        number = cases.fingerprint(case)
        if number not in self.tried:
            self.tried[number] = self.is_accepted(case)
        return self.tried[number]

    def without(self, place: Pointer) -> Iterator[Violation]:
        """Yield a case that lacks a required parameter."""
        if (base := self.having(place)) is not None:
            yield Violation(_changed(base, place, _ABSENT), place, "required")


@dataclass(frozen=True)
class _Writing:
    """How values of one part of the request are written."""

    document: Document
    bases: _Bases
    location: str
    media_type: str | None = None

    def can_write(self, value: Any, node: Mapping[str, Any]) -> bool:
        """Return whether a wrong value arrives as one: where everything is a text, much would be allowed."""
        types = _types(self.document, node)
        if self.location == "json":
            return True
        if is_object(value):
            return "object" in types
        if is_array(value):
            return (
                "array" in types and bool(value) and all(each and type(each) in (int, str) for each in value)
            )
        if "string" not in types:
            # A list of one is written as its item is.
            return "array" not in types and (value == "made-up" or type(value) in (int, float))
        if not isinstance(value, str) or self.location in {"query", "form"}:
            return isinstance(value, str)
        return bool(value) and value.isascii() and value.isprintable() and value == value.strip()

    def read(self, value: Any, node: Mapping[str, Any]) -> Any:
        """Return a value with numbers and booleans in place of the texts of a list that commas join."""
        items = [each["items"] for each in _alternatives(self.document, node) if "items" in each]
        if not is_array(value) or any("string" in _types(self.document, each) for each in items):
            return value
        return [_read(each) for each in value]


def _at(writing: _Writing, node: Any, place: Pointer) -> Iterator[Violation]:
    """Yield a case for each rule at a place and below it."""
    node = with_schemas("schema", flat(writing.document, node), partial(_sendable, writing.document))
    if not is_object(node) or len(place) > _DEEPEST:
        return
    base = writing.bases.having(place, writing.media_type)
    if base is None:
        return
    for rule, value in _breaking(writing, node, writing.read(_value_at(base, place), node)):
        yield Violation(_changed(base, place, value), place, rule)
    for name, child in node.get("properties", {}).items():
        yield from _at(writing, child, (*place, name))
    if is_object(node.get("items")):
        yield from _at(writing, node["items"], (*place, 0))


def _breaking(writing: _Writing, node: Mapping[str, Any], allowed: Any) -> Iterator[tuple[str, Any]]:
    """Yield values that break a single rule of a schema: one for each rule and each required property."""
    whole = {**node, "components": _sendable_components(writing.document)}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    seen: set[tuple[str, Any]] = set()
    for value in _candidates(node, allowed):
        if not writing.can_write(value, node):
            continue
        errors = [[*error.schema_path] for error in validator.iter_errors(value)]
        rule = str(errors[0][0]) if len(errors) == 1 else ""
        lacking = frozenset(allowed) - frozenset(value) if is_object(allowed) and is_object(value) else None
        if rule and len(errors[0]) == 1 and (rule, lacking) not in seen:
            seen.add((rule, lacking))
            yield rule, str(value) if writing.location in {"header", "cookie"} else value


def _candidates(node: Mapping[str, Any], allowed: Any) -> Iterator[Any]:
    """Yield values near an allowed one, the nearest first."""
    if isinstance(allowed, str):
        yield from _texts(node, allowed)
    elif is_array(allowed):
        yield from _arrays(node, allowed)
    elif is_object(allowed):
        for left_out in allowed:
            yield {name: each for name, each in allowed.items() if name != left_out}
        yield {**allowed, "made-up": 7}
    elif isinstance(allowed, int | float):
        yield from _numbers(node, allowed)
    yield from _ANY


def _texts(node: Mapping[str, Any], allowed: str) -> Iterator[str]:
    least, most = limit(node, "minLength"), limit(node, "maxLength")
    if most is not None:
        filler = allowed or "x"
        yield (filler * (most // len(filler) + 1))[: most + 1]
        yield allowed + filler[-1] * (most + 1 - len(allowed))
    if least:
        yield allowed[: least - 1]
        yield allowed[:1] * (least - 1)
    for odd in _ODD:
        yield allowed + odd
        yield odd + allowed
        yield allowed[:-1] + odd


def _arrays(node: Mapping[str, Any], allowed: list[Any]) -> Iterator[list[Any]]:
    yield allowed + allowed[-1:]
    least, most = limit(node, "minItems"), limit(node, "maxItems")
    if least:
        yield allowed[: least - 1]
    if most is not None and allowed:
        yield (allowed * (most + 1))[: most + 1]


def _numbers(node: Mapping[str, Any], allowed: float) -> Iterator[float]:
    step = node.get("multipleOf", 1)
    limits = {"minimum": -step, "exclusiveMinimum": 0, "exclusiveMaximum": 0, "maximum": step}
    yield from (node[name] + beyond for name, beyond in limits.items() if name in node)
    yield allowed + step / 2


@lru_cache
def _sendable_components(document: Document) -> Any:
    return with_schemas("components", document.root.get("components", {}), partial(_sendable, document))


def _sendable(document: Document, schema: Mapping[str, Any]) -> Any:
    """Return a schema without the properties that only a server says: nobody sends nor needs them."""
    found, said = dict(schema), {*_said_by_server(document, schema)}
    if "properties" in found:
        found["properties"] = {k: v for k, v in found["properties"].items() if k not in said}
    if "required" in found:
        found["required"] = [name for name in found["required"] if name not in said]
    return found


def _said_by_server(document: Document, schema: Any) -> Iterator[str]:
    """Yield the names of the properties that are `readOnly`, also in parts of an `allOf`."""
    schema = document.resolve(schema)
    for name, each in schema.get("properties", {}).items():
        if each.get("readOnly") or document.resolve(each).get("readOnly"):
            yield name
    for part in schema.get("allOf", ()):
        yield from _said_by_server(document, part)


def _read(item: Any) -> Any:
    with suppress(ValueError):
        return json.loads(item) if isinstance(item, str) else item
    return item


def _types(document: Document, schema: Any) -> set[str]:
    """Return the types that a schema names, also in its alternatives; what names none may be any text."""
    named = [each.get("type", "string") for each in _alternatives(document, schema)]
    return {kind for kinds in named for kind in ([kinds] if isinstance(kinds, str) else kinds)}


def _alternatives(document: Document, schema: Any, depth: int = _DEEPEST) -> Iterator[Mapping[str, Any]]:
    """Yield the schemas of which a value has one: that schema itself where it names a type."""
    node = flat(document, schema)
    several = node.get("anyOf") or node.get("oneOf")
    if "type" in node or not several or depth <= 0:
        yield node
        return
    for each in several:
        yield from _alternatives(document, each, depth - 1)


# ---- Places


_ABSENT: Final = object()


def _value_at(case: Case[Any], place: Pointer) -> Any:
    container = _container(case, place)
    return at(container, place[1:]) if place[1:] in {*places_in(container)} else _ABSENT


def _changed(case: Case[Any], place: Pointer, value: Any) -> Case[Any]:
    """Return a case with another value at a place, or without it."""
    container, inner = _container(case, place), place[1:]
    if place[0] == "query" and isinstance(place[-1], int):
        # Beside the others: an empty text by itself is written like an empty list.
        inner, value = inner[:-1], [value, *at(container, inner[:-1])]
    changed = without(container, inner) if value is _ABSENT else put(container, inner, value)
    if place[0] != "body":
        drawn = getattr(case, str(place[0]))
        changed = {name: cases.written_like(drawn.get(name), each) for name, each in changed.items()}
    names = (*_CONTAINERS.values(), "body", "media_type")
    parts: dict[str, Any] = {name: getattr(case, name) for name in names}
    made: Case[Any] = case.operation.Case(**{**parts, str(place[0]): changed})
    return made


def _container(case: Case[Any], place: Pointer) -> Any:
    """Return the part of a case that a place is in, with lists where texts with commas stand for some."""
    container = getattr(case, str(place[0]))
    if place[0] == "body":
        return container
    return {
        name: value.split(",") if isinstance(value, DelimitedValue) else value
        for name, value in container.items()
    }
