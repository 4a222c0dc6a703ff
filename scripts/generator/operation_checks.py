"""Checks of paths and operations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator.document import Document, Json, Problem, SpecError, did_you_mean
from generator.nodes import METHODS, nodes
from openapi_reader import Pointer, is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUS = re.compile(r"[1-5]([0-9]{2}|XX)|default")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def operation_problems(document: Document) -> Iterator[Problem]:
    """Yield the errors in names, paths, parameters, statuses and security."""
    yield from _shared_ids(document)
    for kind, node, place in nodes(document):
        if kind == "paths":
            yield from _path_problems(document, node, place)
        elif kind == "item" and place[:-1] == ("paths",):
            # The key of a callback is an expression, and no path.
            yield from _item_problems(document, node, place)
        elif kind == "responses":
            yield from _status_problems(document, node, place)
        if kind in {"document", "operation"}:
            yield from _security_problems(document, node, place)


def _shared_ids(document: Document) -> Iterator[Problem]:
    first: dict[str, Pointer] = {}
    for kind, node, place in nodes(document):
        name = node.get("operationId")
        if kind != "operation" or not isinstance(name, str):
            continue
        there = (*place, "operationId")
        if (other := first.setdefault(name, there)) != there:
            lines = f"lines {document.line(other)} and {document.line(there)}"
            yield document.problem(f"two operations are called {name!r}, in {lines}: rename one", there)


def _path_problems(document: Document, paths: Json, place: Pointer) -> Iterator[Problem]:
    for path in paths:
        if not path.startswith(("/", "x-")):
            yield document.problem(f"a path begins with a slash: did you mean '/{path}'?", (*place, path))


def _item_problems(document: Document, item: Json, place: Pointer) -> Iterator[Problem]:
    shared = [*_parameters(document, item, place)]
    for method in METHODS:
        operation = item.get(method)
        if not is_object(operation):
            continue
        there = (*place, method)
        if "operationId" not in operation:
            advice = f"add one, such as operationId: {_operation_id(str(place[-1]), method)}"
            yield document.problem(f"the operation has no operationId: {advice}", there)
        own = [*_parameters(document, operation, there)]
        yield from _parameter_problems(document, own)
        yield from _placeholder_problems(document, [*shared, *own], there)
    yield from _parameter_problems(document, shared)


def _parameters(document: Document, holder: Json, place: Pointer) -> Iterator[tuple[Json, Pointer]]:
    """Yield the parameters of an operation or of a path item with their places, references followed."""
    listed = holder.get("parameters")
    for index, parameter in enumerate(listed if is_array(listed) else []):
        there = (*place, "parameters", index)
        found = _followed(document, parameter, there)
        if is_object(found):
            yield found, there


def _followed(document: Document, node: Any, place: Pointer) -> Any:
    if not is_object(node) or not isinstance(reference := node.get("$ref"), str):
        return node
    try:
        return document.lookup(reference, place)
    except SpecError:
        return None  # Broken references are reported by validate.


def _parameter_problems(document: Document, parameters: list[tuple[Json, Pointer]]) -> Iterator[Problem]:
    seen: set[tuple[Any, Any]] = set()
    for parameter, place in parameters:
        key = parameter.get("name"), parameter.get("in")
        if not all(isinstance(each, str) for each in key):
            yield document.problem("a parameter needs name and in, which are texts", place)
            continue
        if key in seen:
            yield document.problem(f"the {key[1]} parameter {key[0]!r} is given twice", place)
        elif not {"schema", "content"} & {*parameter}:
            yield document.problem(f"the parameter {key[0]!r} needs a schema", place)
        seen.add(key)


def _placeholder_problems(
    document: Document, parameters: list[tuple[Json, Pointer]], place: Pointer
) -> Iterator[Problem]:
    path = str(place[-2])
    expected = _PLACEHOLDER.findall(path)
    named = [(each.get("name"), there) for each, there in parameters if each.get("in") == "path"]
    given = {name: there for name, there in named if isinstance(name, str)}
    for name in dict.fromkeys(expected):
        if expected.count(name) > 1:
            yield document.problem(f"{{{name}}} is in the path twice: rename one", place)
        if name not in given:
            yield document.problem(f"{{{name}}} in the path needs a path parameter of that name", place)
    for name, there in given.items():
        if name not in expected:
            yield document.problem(f"the path {path} has no {{{name}}} for this parameter", there)


def _status_problems(document: Document, responses: Json, place: Pointer) -> Iterator[Problem]:
    for status in responses:
        if not _STATUS.fullmatch(status) and not status.startswith("x-"):
            why = f"{status!r} is not a status: write '404', '4XX' or default"
            yield document.problem(why, (*place, status))


def _security_problems(document: Document, node: Json, place: Pointer) -> Iterator[Problem]:
    components = document.data.get("components")
    schemes = components.get("securitySchemes") if is_object(components) else None
    known = schemes if is_object(schemes) else {}
    alternatives = node.get("security")
    for index, alternative in enumerate(alternatives if is_array(alternatives) else []):
        for name in alternative if is_object(alternative) else ():
            if name not in known:
                advice = did_you_mean(name, known) or "; define it under components, securitySchemes"
                there = (*place, "security", index, name)
                yield document.problem(f"there is no security scheme {name!r}{advice}", there)


def _operation_id(path: str, method: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", path)
    return method + "".join(word[:1].upper() + word[1:] for word in words)
