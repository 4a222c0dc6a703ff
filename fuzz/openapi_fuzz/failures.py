"""Failures that a body reports, whatever the status: what a document marks with `x-failure`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import jsonschema_rs

from openapi_reader import is_object

from .media import is_json, media_type_of

_FALLBACK: Final = "Failed"
_REFUSALS: Final = ("400", "422")


class Failure(NamedTuple):
    """A failure as the document has it.

    Attributes:
        schema: Name of its schema.
        error: Name of the class that the client raises.
    """

    schema: str
    error: str

    @property
    def is_named(self) -> bool:
        """Whether the document has a class for its code."""
        return self.error != _FALLBACK


@dataclass(frozen=True)
class BodyShape:
    """One of the shapes that a body may have.

    Attributes:
        name: Name of its schema.
        mark: Its `x-failure`; None for a success.
        messages: Names of the texts that say what went wrong (`x-error-message`).
        fits: Returns whether a JSON value has this shape.
    """

    name: str
    mark: Mapping[str, Any] | None
    messages: tuple[str, ...]
    fits: Callable[[Any], bool]

    @property
    def failures(self) -> set[Failure]:
        """Every failure that the document names for this shape."""
        if self.mark is None:
            return set()
        return {Failure(self.name, error) for error in (*self.mark.get("classes", {}).values(), _FALLBACK)}

    @property
    def refusals(self) -> set[Failure]:
        """The failures of this shape that a request is refused with for breaking the document's rules."""
        classes: Mapping[str, str] = self.mark.get("classes", {}) if self.mark else {}
        return {Failure(self.name, error) for code, error in classes.items() if code in _REFUSALS}

    def failure(self, body: Any) -> Failure:
        """Return the failure that a body of this shape reports."""
        mark = self.mark or {}
        code = body.get(mark.get("code", "")) if is_object(body) else None
        return Failure(self.name, mark.get("classes", {}).get(str(code), _FALLBACK))


def body_shapes(
    root: Mapping[str, Any], resolve: Callable[[Any], Any], response: Mapping[str, Any]
) -> tuple[BodyShape, ...]:
    """Return the shapes that the JSON of a documented response may have."""
    media_type, schema = media_type_of(response)
    return tuple(_shapes(root, resolve, schema if is_json(media_type) else {}))


def failure_in(shapes: tuple[BodyShape, ...], content: bytes) -> Failure | None:
    """Return the failure that a body reports; None for a success, or for nothing documented."""
    if all(each.mark is None for each in shapes):
        return None
    fitting, body = _fitting(shapes, content)
    if not fitting or any(each.mark is None for each in fitting):
        return None
    return fitting[0].failure(body)


def untold(shapes: tuple[BodyShape, ...], content: bytes) -> list[str]:
    """Return the names of the texts that should say what went wrong, and are missing or empty."""
    if not any(each.messages for each in shapes):
        return []
    fitting, body = _fitting(shapes, content)
    names = fitting[0].messages if fitting else ()
    return [name for name in names if not is_object(body) or not body.get(name)]


def _fitting(shapes: tuple[BodyShape, ...], content: bytes) -> tuple[list[BodyShape], Any]:
    """Return the shapes that a body has, and its JSON value; none where it is no JSON."""
    try:
        body = json.loads(content)
    except ValueError:
        return [], None
    return [each for each in shapes if each.fits(body)], body


def _shapes(
    root: Mapping[str, Any], resolve: Callable[[Any], Any], schema: Mapping[str, Any]
) -> Iterator[BodyShape]:
    resolved = resolve(schema)
    alternatives = resolved.get("oneOf") or resolved.get("anyOf")
    if alternatives and "x-failure" not in resolved:
        for each in alternatives:
            yield from _shapes(root, resolve, each)
        return
    name = schema.get("$ref", "").rpartition("/")[2] or resolved.get("title", "")
    # References inside lead anywhere in the document, so the validator needs all of it.
    whole = {**root, **schema}
    validator = jsonschema_rs.Draft202012Validator(whole)
    messages = tuple(
        each
        for each, node in resolved.get("properties", {}).items()
        if node.get("x-error-message") and node.get("type") in ["string", "array"]
    )
    yield BodyShape(name, resolved.get("x-failure"), messages, validator.is_valid)
