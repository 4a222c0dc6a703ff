"""What can be wrong with a spec, told with its place and what to do about it."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.document import (
    Document,
    Json,
    Pointer,
    Problem,
    SpecError,
    did_you_mean,
    is_array,
    is_object,
    members,
)
from generator.extensions import FIELDS, field_problems
from generator.nodes import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_MESSAGE = 300
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_UNEXPECTED = re.compile(r"Unevaluated properties are not allowed \((.*) (?:was|were) unexpected\)")


def _words(schema: Any) -> Iterator[str]:
    """The keywords that a schema of schemas or of documents describes, at any depth."""
    if is_object(schema):
        yield from schema.get("properties", {})
        schema = [*schema.values()]
    if is_array(schema):
        for each in schema:
            yield from _words(each)


# These have no types of their own.
_REGISTRY: Any = import_module("jsonschema_specifications").REGISTRY
_OPENAPI: Any = import_module("openapi_spec_validator.schemas").schema_v31
_SCHEMAS = [{**_OPENAPI}, *(each.contents for uri, each in _REGISTRY.items() if "2020-12" in uri)]
_WORDS = {*_words(_SCHEMAS), "discriminator", "example", "xml", *FIELDS}
# Where one schema says only a part of what a value is.
_PARTLY = {"$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"}


def validate(document: Document) -> None:
    """Check that a document keeps to OpenAPI 3.1, and has what a client needs.

    Raises:
        SpecError: With every problem that we have words for; if there is none, with every other violation.
    """
    version = document.data.get("openapi")
    if not isinstance(version, str) or not version.startswith("3.1"):
        raise document.error(f"an OpenAPI 3.1 document is needed, this one says {version!r}", ("openapi",))
    # First, since the validator's words on these are about the whole document.
    if problems := [*_own_problems(document)]:
        raise SpecError(document.source, problems)
    try:
        # It takes what tools have put beside the paths for paths.
        paths = members(document.data.get("paths", {}))
        errors = list(OpenAPIV31SpecValidator({**document.data, "paths": paths}).iter_errors())
    except Exception as error:  # the validator lets its resolver's errors through, each of a class of its own
        why = _first_line(str(error)) or type(error).__name__
        raise document.error(f"cannot be validated: {why}") from error
    problems = [problem for error in errors for problem in _violations(document, error)]
    if problems:
        raise SpecError(document.source, problems)


def _own_problems(document: Document) -> Iterator[Problem]:
    yield from _shared_ids(document)
    for kind, node, place in nodes(document):
        yield from field_problems(document, kind, node, place)
        if isinstance(node.get("$ref"), str):
            yield from _reference_problems(document, node["$ref"], (*place, "$ref"))
        elif kind.startswith("schema"):
            yield from _schema_problems(document, node, place)
        elif kind == "operation" and place[0] == "paths" and "operationId" not in node:
            advice = f"add one, such as operationId: {_operation_id(*map(str, place[-2:]))}"
            yield document.problem(f"the operation has no operationId: {advice}", place)


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


def _reference_problems(document: Document, reference: str, place: Pointer) -> Iterator[Problem]:
    try:
        document.lookup(reference, place)
    except SpecError as error:
        yield from error.problems


def _schema_problems(document: Document, schema: Json, place: Pointer) -> Iterator[Problem]:
    yield from _strayed_names(document, schema, place)
    for word in schema:
        # JSON Schema lets anybody add keywords; one that is nearly a known one, or holds a schema, is a slip.
        if word not in _WORDS and not word.startswith("x-"):
            strayed = "; does it belong under properties?" if _looks_like_schema(schema[word]) else ""
            if meant := did_you_mean(word, _WORDS) or strayed:
                yield document.problem(f"{word!r} is no keyword{meant}", (*place, word))
    kinds = schema.get("type", [])
    for kind in kinds if is_array(kinds) else [kinds]:
        if kind not in _TYPES:
            known = f"; the types are {', '.join(_TYPES)}"
            yield document.problem(
                f"{kind!r} is no type{did_you_mean(str(kind), _TYPES) or known}", (*place, "type")
            )
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            yield document.problem(
                f"the pattern {pattern!r} is none that Python reads: {error}", (*place, "pattern")
            )


def _violations(document: Document, error: Any) -> Iterator[Problem]:
    place = tuple(error.absolute_path)
    unexpected = _UNEXPECTED.match(error.message)
    if not unexpected:
        yield document.problem(_first_line(error.message), place)
        return
    for word in re.findall(r"'([^']*)'", unexpected[1]):
        advice = did_you_mean(word, _WORDS) or "; what is added to OpenAPI begins with x-"
        yield document.problem(f"{word!r} has no place here{advice}", (*place, word))


def _strayed_names(document: Document, schema: Json, place: Pointer) -> Iterator[Problem]:
    """Required properties that are there under nearly that name. Of a part, the other parts may have them."""
    named, required = schema.get("properties"), schema.get("required")
    if not is_object(named) or not is_array(required) or _PARTLY & {*schema, *place}:
        return
    for index, name in enumerate(required):
        if isinstance(name, str) and name not in named and (meant := did_you_mean(name, named)):
            yield document.problem(f"{name!r} is no property{meant}", (*place, "required", index))


def _looks_like_schema(value: Any) -> bool:
    return is_object(value) and ("type" in value or "$ref" in value)


def _operation_id(path: str, method: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", path)
    return method + "".join(word[:1].upper() + word[1:] for word in words)


def _first_line(message: str) -> str:
    line = (message.strip().splitlines() or [""])[0]
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[:_LONGEST_MESSAGE]}…"
