"""JSON Schema validation that returns Violations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import quote

from jsonschema_rs import (
    Draft202012,
    Draft202012Validator,
    ReferencingError,
    Registry,
    ValidationError,
    ValidationErrorKind,
)

from openapi_reader import Pointer, format_pointer, is_array, is_object, pointer_to

from .document import Document, Node
from .expansion import check_expansion
from .messages import Violation
from .metaschema import check_schema
from .operations import Location
from .sides import Mark, has_marks, without_required

_BASE = "openapi:///document"
# Bits beside the sign.
_WIDTHS = {"int32": 31, "int64": 63}
# What holds values, which may look like schemas.
_VALUES = frozenset({"const", "default", "enum", "example", "examples"})
_MASK = "the value"
# How many allowed values a message lists.
_MOST_OPTIONS = 20


class Validators:
    """Compiles validators for the schemas of one document.

    Each is compiled as a reference into the whole document, so that references between schemas, also
    recursive ones, resolve as they are written. Raises SpecificationError for those that combine too many.
    A property with the mark `unsaid` may be missing: these are for what a server says.
    """

    def __init__(self, document: Document, unsaid: Mark = "writeOnly") -> None:
        check_expansion(document)
        self._document = document
        self._has_sides = has_marks(document)
        root = without_required(document, unsaid) if self._has_sides else document.root
        self._registry = Registry([(_BASE, _with_widths(root))], draft=Draft202012)
        self._compiled: dict[Pointer, SchemaValidator] = {}
        self._checked: set[Pointer] = set()

    @cached_property
    def of_clients(self) -> Validators:
        """The validators for what a client says."""
        return Validators(self._document, "readOnly") if self._has_sides else self

    def compile(self, node: Node) -> SchemaValidator:
        """Return the validator for the schema at a node. Raises SpecificationError if it is not a schema."""
        if node.pointer not in self._compiled:
            self._compiled[node.pointer] = SchemaValidator(self._compile(node))
            check_schema(node, self._checked)
        return self._compiled[node.pointer]

    def _compile(self, node: Node) -> Draft202012Validator:
        reference = _BASE + "#" + quote(format_pointer(node.pointer)[1:], safe="/~")
        try:
            return Draft202012Validator(
                {"$ref": reference}, registry=self._registry, validate_formats=True, mask=_MASK, offline=True
            )
        except ValidationError as error:
            # Its path begins at the document's root.
            path = error.instance_path
            place = pointer_to(error.instance, path, node.document.root) if path else node.pointer
            raise node.document.error(place, f"not a schema: {error.message}") from error
        except (ReferencingError, ValueError) as error:
            raise node.document.error(node.pointer, f"not a schema: {str(error).splitlines()[0]}") from error


def _with_widths(value: Any) -> Any:
    """Return a document in which the formats `int32` and `int64` are limits."""
    if is_array(value):
        return [_with_widths(each) for each in value]
    if not is_object(value):
        return value
    found = {name: each if name in _VALUES else _with_widths(each) for name, each in value.items()}
    bits = _WIDTHS.get(str(found.get("format")))
    if bits is not None:
        for name, limit, tighter in (("minimum", -(2**bits), max), ("maximum", 2**bits - 1, min)):
            given = found.get(name, limit)
            found[name] = tighter(given, limit) if isinstance(given, int | float) else given
    return found


class SchemaValidator:
    """One compiled schema."""

    __slots__ = ("_validator",)

    def __init__(self, validator: Draft202012Validator) -> None:
        self._validator = validator

    def violations(self, value: Any, location: Location, prefix: Pointer = ()) -> list[Violation]:
        """Return the violations of a value. Every pointer begins with `prefix`."""
        try:
            if self._validator.is_valid(value):
                return []
            found = [each for error in self._validator.iter_errors(value) for each in _leaves(error, value)]
        except (ValueError, TypeError, OverflowError) as error:
            # The validator accepts JSON values only, which text with lone surrogates is not.
            return [Violation(location, prefix, "encoding", f"not a JSON value ({type(error).__name__})")]
        unique = dict.fromkeys((prefix + pointer, keyword, message) for pointer, keyword, message in found)
        return [Violation(location, *each) for each in unique]


def _leaves(error: ValidationError, value: Any) -> Iterable[tuple[Pointer, str, str]]:
    """Yield the innermost causes of an error in a value as pointer, keyword and message."""
    pointer = pointer_to(error.instance, error.instance_path, value)
    match error.kind:
        case ValidationErrorKind.Required(property=name):
            yield (*pointer, name), "required", "is required"
        case ValidationErrorKind.AdditionalProperties(unexpected=names):
            for name in names:
                yield (*pointer, name), "additionalProperties", "is not allowed"
        case ValidationErrorKind.UnevaluatedProperties(unexpected=names):
            for name in names:
                yield (*pointer, name), "unevaluatedProperties", "is not allowed"
        case (
            ValidationErrorKind.OneOfNotValid(context=branches) | ValidationErrorKind.AnyOf(context=branches)
        ):
            branch = _nearest(branches)
            if branch:
                for each in branch:
                    yield from _leaves(each, value)
            else:
                yield pointer, error.kind.name, "matches none of the alternatives"
        case ValidationErrorKind.OneOfMultipleValid():
            yield pointer, "oneOf", "matches more than one of the alternatives"
        case ValidationErrorKind.Not():
            yield pointer, "not", "is of a shape that is not allowed"
        case kind:
            yield pointer, kind.name, _sentence(error)


def _nearest(branches: list[list[ValidationError]]) -> list[ValidationError]:
    """Return the errors of the alternative that was probably meant: the one with the fewest.

    Alternatives that fail by the type of the value itself, or by a constant such as a discriminating
    property, come last.
    """

    def rank(errors: list[ValidationError]) -> tuple[bool, bool, int]:
        other_type = any(not each.instance_path and each.kind.name == "type" for each in errors)
        other_constant = any(each.kind.name in ("const", "enum") for each in errors)
        return other_type, other_constant, len(errors)

    failed = [errors for errors in branches if errors]
    return min(failed, key=rank) if failed else []


def _sentence(error: ValidationError) -> str:
    options = error.kind.options if isinstance(error.kind, ValidationErrorKind.Enum) else []
    if 1 < len(options) <= _MOST_OPTIONS:
        # The library's own message names the first two only.
        return f"is not one of {', '.join(json.dumps(each, ensure_ascii=False) for each in options)}"
    return error.message.removeprefix(_MASK).strip() or "is not valid"
