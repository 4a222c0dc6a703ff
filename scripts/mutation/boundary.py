"""Mutants between a mock and its clients, drawn from what a document offers.

Responses that are not what the server made, requests whose rules the mock forgets, and a state that does not
keep what it was given. `faults.py` plants them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from openapi_reader import Pointer, is_object, line_of, read

from .mutants import Mutant

JSON: TypeAlias = Any
Found: TypeAlias = Iterator[tuple[str, str, Mapping[str, Any]]]
"""Operator, what it acts on, and what is needed to plant it."""

ITEM: Final = "*"
"""Stands in a pointer for the items of an array."""

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_DEEPEST: Final = 6
_USER: Final = re.compile(r"user_?id$", re.IGNORECASE)
_CONSTRAINTS: Final = (
    *("minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "enum", "const"),
    "type",
)
# Others say what a value means, and rule nothing out.
_FORMATS: Final = frozenset({"date", "date-time", "email", "uri", "uuid", "ipv4", "ipv6", "hostname"})
_OF_ARRAYS: Final = ("array emptied", "element removed", "element doubled")
_OF_NUMBERS: Final = ("number negated", "number zeroed", "number off by one")
_OF_TEXTS: Final = ("text emptied", "text replaced", "text over-long", "text with odd characters")
# Not a wrong charset: nobody who reads JSON looks at it (RFC 8259, section 11).
_OF_RESPONSES: Final = (
    "status 202",
    "status 500",
    "status 404",
    "content type changed",
    "content type dropped",
)


@dataclass(frozen=True)
class _Operation:
    id: str
    method: str
    node: Mapping[str, JSON]
    pointer: Pointer
    parameters: tuple[tuple[Pointer, Mapping[str, JSON]], ...]


class _Document:
    def __init__(self, path: Path) -> None:
        tree = read(path)
        self.root: Mapping[str, JSON] = tree.value
        self.lines: Mapping[Pointer, int] = tree.lines

    def resolve(self, node: JSON, pointer: Pointer) -> tuple[JSON, Pointer]:
        """Follow references; return the node and where it stands."""
        while is_object(node) and "$ref" in node:
            parts = node["$ref"].removeprefix("#/").split("/")
            pointer = tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
            node = self.root
            for key in pointer:
                node = node[key]
        return node, pointer

    def operations(self) -> Iterator[_Operation]:
        for path, item in self.root.get("paths", {}).items():
            for method in _METHODS:
                if method not in item:
                    continue
                node, pointer = item[method], ("paths", path, method)
                shared = [
                    (("paths", path, "parameters", i), p) for i, p in enumerate(item.get("parameters", ()))
                ]
                own = [((*pointer, "parameters", i), p) for i, p in enumerate(node.get("parameters", ()))]
                parameters = tuple(
                    (where, found)
                    for found, where in (self.resolve(each, place) for place, each in [*shared, *own])
                )
                yield _Operation(node["operationId"], method, node, pointer, parameters)

    def line(self, pointer: Pointer) -> int:
        """Return the line of a pointer, or of what it stands in."""
        return line_of(self.lines, pointer) or 1

    def successes(self, operation: _Operation) -> Iterator[JSON]:
        """Yield the schemas of an operation's successes in JSON."""
        for status, response in operation.node.get("responses", {}).items():
            found, _ = self.resolve(response, ())
            schema = found.get("content", {}).get("application/json", {}).get("schema")
            if str(status).startswith("2") and schema is not None:
                yield schema

    def request_schemas(self, operation: _Operation) -> Iterator[tuple[Pointer, JSON]]:
        """Yield the schemas of what an operation takes, with their places."""
        for place, parameter in operation.parameters:
            if "schema" in parameter:
                yield (*place, "schema"), parameter["schema"]
        body, place = self.resolve(operation.node.get("requestBody", {}), (*operation.pointer, "requestBody"))
        for kind, media in body.get("content", {}).items():
            if "schema" in media:
                yield (*place, "content", kind, "schema"), media["schema"]


def mutants_of(path: Path, root: Path, *, has_state: bool) -> Iterator[Mutant]:
    """Yield the mutants of one document; those of state only where a mock has one."""
    document = _Document(path)
    for operation in document.operations():
        kinds: dict[str, Callable[[_Document, _Operation], Found]] = {
            "responses": _responses,
            "requests": _requests,
        }
        if has_state:
            kinds["state"] = _state
        for group, find in kinds.items():
            for operator, what, details in find(document, operation):
                place = details.get("pointer", operation.pointer)
                yield Mutant(
                    group,
                    operator,
                    path.relative_to(root).as_posix(),
                    operation.id,
                    document.line(place if group == "requests" else operation.pointer),
                    what,
                    operator,
                    # A rule of a schema that several operations share is one place.
                    site=f"{'/'.join(map(str, place))}:{operator}"
                    if group == "requests"
                    else f"{operation.id}:{what}",
                    reach=(frozenset({operation.id}),),
                    details={"fault": operator, "operation": operation.id, **details},
                )


# ---- Responses


def _responses(document: _Document, operation: _Operation) -> Found:
    for operator in _OF_RESPONSES:
        yield operator, "the response", {}
    for schema in document.successes(operation):
        yield from _values(document, schema, ())


def _values(document: _Document, schema: JSON, pointer: Pointer) -> Found:
    node, _ = document.resolve(schema, ())
    # Nobody promises in which words a failure is told.
    if len(pointer) > _DEEPEST or not is_object(node) or node.get("x-error-message"):
        return
    for each in (*node.get("oneOf", ()), *node.get("anyOf", ()), *node.get("allOf", ())):
        yield from _values(document, each, pointer)
    what, details = ".".join(map(str, pointer)) or "the body", {"pointer": pointer}
    types = _types(node)
    for kind, operators in (
        ("array", _OF_ARRAYS),
        ("integer", _OF_NUMBERS),
        ("number", _OF_NUMBERS),
        ("string", _OF_TEXTS),
        ("boolean", ("truth flipped",)),
    ):
        for operator in operators if kind in types else ():
            yield operator, what, details
    if "array" in types:
        yield from _values(document, node.get("items", {}), (*pointer, ITEM))
    if "object" in types and node.get("additionalProperties") is False:
        yield "property added", what, details
    for name, child in node.get("properties", {}).items():
        yield from _property(document, child, (*pointer, name))
        yield from _values(document, child, (*pointer, name))


def _property(document: _Document, child: JSON, pointer: Pointer) -> Found:
    what, details = ".".join(map(str, pointer)), {"pointer": pointer}
    for operator in ("property removed", "property renamed", "property retyped"):
        yield operator, what, details
    found, _ = document.resolve(child, ())
    if "null" not in _types(found) and not any(k in found for k in ("oneOf", "anyOf")):
        yield "property nulled", what, details


def _types(node: Mapping[str, JSON]) -> tuple[str, ...]:
    found = node.get("type", ())
    return (found,) if isinstance(found, str) else tuple(found)


# ---- Requests


def _requests(document: _Document, operation: _Operation) -> Found:
    security = operation.node.get("security", document.root.get("security"))
    # An empty requirement lets in whoever asks.
    if security and {} not in security:
        yield (
            "authentication not asked for",
            "security",
            {"pointer": (*operation.pointer, "security"), "value": []},
        )
    for place, parameter in operation.parameters:
        if parameter.get("required") and parameter["in"] != "path":
            yield _forgotten((*place, "required"))
    body, place = document.resolve(operation.node.get("requestBody", {}), (*operation.pointer, "requestBody"))
    if body.get("required"):
        yield _forgotten((*place, "required"))
    for where, schema in document.request_schemas(operation):
        yield from _rules(document, schema, where, 0)


def _rules(document: _Document, schema: JSON, pointer: Pointer, depth: int) -> Found:
    node, pointer = document.resolve(schema, pointer)
    if not is_object(node) or depth > _DEEPEST:
        return
    # Every text in a path or a query is a string, and values that are listed have their type.
    is_typed = node.keys() & {"enum", "const"} or (pointer[-1] == "schema" and node.get("type") == "string")
    for rule in _CONSTRAINTS:
        if rule in node and not (rule == "type" and is_typed):
            yield _forgotten((*pointer, rule))
    if node.get("format") in _FORMATS:
        yield _forgotten((*pointer, "format"))
    if node.get("additionalProperties") is False:
        yield _forgotten((*pointer, "additionalProperties"))
    for name in node.get("required", ()):
        others = [each for each in node["required"] if each != name]
        operator, what, details = _forgotten((*pointer, "required"))
        yield operator, f"{what} {name}", {**details, "value": others}
    for key, children in (
        ("properties", node.get("properties", {}).items()),
        *((key, enumerate(node.get(key, ()))) for key in ("allOf", "oneOf", "anyOf")),
    ):
        for name, child in children:
            yield from _rules(document, child, (*pointer, key, name), depth + 1)
    if is_object(node.get("items")):
        yield from _rules(document, node["items"], (*pointer, "items"), depth + 1)


def _forgotten(pointer: Pointer) -> tuple[str, str, Mapping[str, Any]]:
    return f"{pointer[-1]} not enforced", "/".join(map(str, pointer)), {"pointer": pointer}


# ---- State


def _state(document: _Document, operation: _Operation) -> Found:
    names = [(parameter["in"], parameter["name"]) for _, parameter in operation.parameters]
    fields, required = _fields(document, operation)
    users = [
        *(each for each in names if _USER.search(each[1])),
        *(("body", f) for f in fields if _USER.search(f)),
    ]
    if operation.method == "get":
        yield "stale", "what is read", {}
        yield from _pages(document, operation)
    else:
        lost = "delete that does nothing" if operation.method == "delete" else "lost write"
        yield lost, "what is written", {}
        # Whatever is idempotent may be done twice.
        if operation.method == "post" and not operation.node.get("x-idempotent"):
            yield "done twice", "what is written", {}
        for name in (each for each in fields if each not in required):
            yield "partial update", name, {"name": name}
    for where, name in users:
        yield "another user", name, {"where": where, "name": name}


def _pages(document: _Document, operation: _Operation) -> Found:
    for response in operation.node.get("responses", {}).values():
        pagination: dict[str, Any] = document.resolve(response, ())[0].get("x-pagination") or {}
        for role in ("limit", "offset", "page"):
            if role in pagination:
                name = pagination[role]
                yield f"{role} off by one", name, {"name": name}
                yield f"{role} ignored", name, {"name": name}


def _fields(document: _Document, operation: _Operation) -> tuple[list[str], list[str]]:
    """Return the fields of the body, and those of them that are required."""
    body, _ = document.resolve(operation.node.get("requestBody", {}), ())
    for media in body.get("content", {}).values():
        schema, _ = document.resolve(media.get("schema", {}), ())
        return [*schema.get("properties", {})], schema.get("required", [])
    return [], []
