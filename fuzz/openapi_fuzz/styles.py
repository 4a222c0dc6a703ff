"""Reads the values of parameters from a case, in which schemathesis writes them in their styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

import jsonschema_rs
from schemathesis import Case

from openapi_reader import is_array, is_object

from ._schemathesis import DelimitedValue, declared_parameters, headers_of
from .values import InexpressibleError

_WHOLE: Final = re.compile("-?[0-9]{1,4000}")
# As they stand in a URL.
_SEPARATORS: Final = {"pipeDelimited": "|", "spaceDelimited": "%20"}


class UnreadableError(InexpressibleError):
    """Raised for a value of a parameter whose style is not read back; the client may be able to send it."""


def parameter_values(case: Case[Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield the name, the place and the value of each parameter of a case.

    Raises:
        UnreadableError: One is an object, in a style other than those of queries or with fields of any name.
    """
    containers: Mapping[str, Mapping[str, Any]] = {
        "path": case.path_parameters,
        "query": case.query,
        "header": {name: each for name, each in headers_of(case).items() if name.lower() != "content-type"},
        "cookie": case.cookies,
    }
    for place, written in containers.items():
        declared = declared_parameters(case, place)
        objects = [each for each in declared if _has_type(each, "object")]
        rest = {**written}
        for each in declared:
            name = each["name"]
            if name in rest and each not in objects:
                yield name, place, _value(each, rest.pop(name))
        for each in objects:
            fields = _fields(each, rest)
            if fields:
                yield each["name"], place, fields
        if objects and rest:
            raise UnreadableError(f"{place}: {min(rest)!r} may be a field of any object")
        for name, value in rest.items():
            yield name, place, unquote(value) if place == "path" and isinstance(value, str) else value


def has_objects(case: Case[Any]) -> bool:
    """Return whether the query has parameters for objects."""
    return any(_has_type(each, "object") for each in declared_parameters(case, "query"))


def joined_lists(case: Case[Any]) -> Iterator[Any]:
    """Yield what is written of the lists in headers and cookies, where commas join them."""
    places: Mapping[str, Mapping[str, Any]] = {"header": headers_of(case), "cookie": case.cookies}
    for place, written in places.items():
        for each in declared_parameters(case, place):
            if _has_type(each, "array") and each["name"] in written:
                yield written[each["name"]]


def lists_in_path_are_right(case: Case[Any]) -> bool:
    """Return whether the path has parameters for lists alone, and what is written of each is one it may be.

    A list of one is written like its item.
    """
    declared = declared_parameters(case, "path")
    return bool(declared) and all(
        _has_type(each, "array") and _is_right(each, case.path_parameters.get(each["name"]))
        for each in declared
    )


def _is_right(declared: Mapping[str, Any], written: Any) -> bool:
    texts = _value(declared, written)
    if not is_array(texts):
        return False
    items = declared["schema"].get("items")
    is_whole = is_object(items) and items.get("type") == "integer"
    values = [int(each) if is_whole and _WHOLE.fullmatch(each) else each for each in texts]
    return jsonschema_rs.is_valid(declared["schema"], values)


def _value(declared: Mapping[str, Any], written: Any) -> Any:
    """Return the value of a parameter that is no object."""
    if not isinstance(written, str):
        return written
    place, name = declared["in"], declared["name"]
    if not _has_type(declared, "array"):
        return unquote(_without_prefix(declared, written)) if place == "path" else written
    if place in {"header", "cookie"}:
        if not written:
            raise UnreadableError(f"{place}: {name!r} may be an empty list, or one with an empty text")
        return written.split(",")
    text = written.encoded if isinstance(written, DelimitedValue) else written
    if place == "query" and not isinstance(written, DelimitedValue):
        return written
    items = _without_prefix(declared, text).split(_separator(declared)) if text else []
    return [unquote(each) for each in items]


def _without_prefix(declared: Mapping[str, Any], text: str) -> str:
    """Return the text of a path parameter without what its style begins with."""
    return text.removeprefix(_prefix(declared)) if declared["in"] == "path" else text


def _separator(declared: Mapping[str, Any]) -> str:
    if declared["in"] == "path" and declared.get("explode"):
        return _prefix(declared) or ","
    return _SEPARATORS.get(declared.get("style", ""), ",")


def _prefix(declared: Mapping[str, Any]) -> str:
    return {"label": ".", "matrix": f";{declared['name']}="}.get(declared.get("style", ""), "")


def _fields(declared: Mapping[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """Take the fields of an object from what is written in a query, and return them."""
    properties: Iterable[str] = declared["schema"].get("properties", {})
    style, is_exploded = declared.get("style", "form"), declared.get("explode", True)
    if declared["in"] != "query" or style not in {"form", "deepObject"} or not is_exploded:
        return {}
    keys = {f"{declared['name']}[{each}]" if style == "deepObject" else each: each for each in properties}
    found = {keys[key]: written.pop(key) for key in keys if key in written}
    if any(is_array(each) or is_object(each) for each in found.values()):
        raise UnreadableError(f"query: {declared['name']!r} has fields that are no texts")
    return found


def _has_type(declared: Mapping[str, Any], wanted: str) -> bool:
    schema: Any = declared.get("schema", {})
    kinds = schema.get("type") if is_object(schema) else None
    return wanted == kinds or (is_array(kinds) and wanted in kinds)
