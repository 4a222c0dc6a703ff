"""Checks of a single schema, without the schemas inside of it."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from generator.document import Document, Json, Problem, did_you_mean
from generator.extensions import FIELDS
from generator.nodes import SCHEMA_PARTS
from openapi_reader import Pointer, is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


def _words(schema: Any) -> Iterator[str]:
    """Yield the keywords that a metaschema describes, at any depth."""
    if is_object(schema):
        yield from schema.get("properties", {})
        schema = [*schema.values()]
    if is_array(schema):
        for each in schema:
            yield from _words(each)


# These have no types of their own.
_Validator: Any = import_module("jsonschema").Draft202012Validator
_REGISTRY: Any = import_module("jsonschema_specifications").REGISTRY
_OPENAPI: Any = import_module("openapi_spec_validator.schemas").schema_v31
KEYWORDS = {*_words([each.contents for uri, each in _REGISTRY.items() if "2020-12" in uri])}
WORDS = {*KEYWORDS, *_words({**_OPENAPI}), "discriminator", "example", "xml", *FIELDS}
_META = _Validator(_Validator.META_SCHEMA)
# Keywords whose schemas describe a value only partly.
_PARTLY = {"$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"}


def schema_problems(document: Document, schema: Json, place: Pointer) -> Iterator[Problem]:
    """Yield the errors in the keywords of a schema, without those of the schemas inside of it."""
    own = {key: _outline(value) if key in SCHEMA_PARTS else value for key, value in schema.items()}
    yield from _slips(document, schema, place)
    yield from _strayed_names(document, schema, place)
    problems = [*_type_problems(document, own, place), *_keyword_problems(document, own, place)]
    # Only a valid schema can validate a default.
    yield from problems or _default_problems(document, own, place)


def _outline(part: Any) -> Any:
    """Return a schema with empty schemas inside of it."""
    if is_object(part):
        return {name: Json() if is_object(each) else each for name, each in part.items()}
    return [{} if is_object(each) else each for each in part] if is_array(part) else part


def _slips(document: Document, schema: Json, place: Pointer) -> Iterator[Problem]:
    # JSON Schema allows unknown keywords; one that resembles a known one, or holds a schema, is a mistake.
    for word in schema:
        if word not in WORDS and not word.startswith("x-"):
            strayed = "; does it belong under properties?" if _looks_like_schema(schema[word]) else ""
            if meant := did_you_mean(word, WORDS) or strayed:
                yield document.problem(f"{word!r} is not a keyword{meant}", (*place, word))


def _strayed_names(document: Document, schema: Json, place: Pointer) -> Iterator[Problem]:
    """Yield required properties that are probably misspelt. Those of a part may be defined by other parts."""
    named, required = schema.get("properties"), schema.get("required")
    if not is_object(named) or not is_array(required) or _PARTLY & {*schema, *place}:
        return
    for index, name in enumerate(required):
        if isinstance(name, str) and name not in named and (meant := did_you_mean(name, named)):
            yield document.problem(f"{name!r} is not a property{meant}", (*place, "required", index))


def _type_problems(document: Document, schema: Json, place: Pointer) -> Iterator[Problem]:
    kinds = schema.get("type", [])
    for kind in kinds if is_array(kinds) else [kinds]:
        if kind not in TYPES:
            advice = did_you_mean(str(kind), TYPES) or f"; the types are {', '.join(TYPES)}"
            yield document.problem(f"{kind!r} is not a type{advice}", (*place, "type"))


def _keyword_problems(document: Document, schema: Json, place: Pointer) -> Iterator[Problem]:
    for error in _META.iter_errors(schema):
        if tuple(error.absolute_path)[:1] != ("type",):
            yield document.problem(error.message, (*place, *error.absolute_path))
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            why = f"the pattern {pattern!r} is not a regular expression of Python: {error}"
            yield document.problem(why, (*place, "pattern"))


def _default_problems(document: Document, schema: Json, place: Pointer) -> Iterator[Problem]:
    if "default" in schema:
        for error in _Validator(schema).iter_errors(schema["default"]):
            yield document.problem(f"the default does not fit: {error.message}", (*place, "default"))


def _looks_like_schema(value: Any) -> bool:
    return is_object(value) and ("type" in value or "$ref" in value)
