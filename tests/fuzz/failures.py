"""Failures that a body tells, whatever the status: what the spec marks with `x-failure`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import jsonschema_rs

FALLBACK = "Failed"


class Failure(NamedTuple):
    """A failure as the spec has it: the name of its schema, and the error that the client raises for it."""

    schema: str
    error: str


@dataclass(frozen=True)
class Alternative:
    """One of the shapes that a body may have. `mark` is its `x-failure`; None for a success."""

    name: str
    mark: Mapping[str, Any] | None
    fits: Callable[[Any], bool]

    @property
    def failures(self) -> set[Failure]:
        """Every failure that the spec names for this shape."""
        if self.mark is None:
            return set()
        return {Failure(self.name, error) for error in (*self.mark.get("classes", {}).values(), FALLBACK)}

    def failure(self, body: Any) -> Failure:
        """What a body of this shape says."""
        mark = self.mark or {}
        code = body.get(mark.get("code")) if isinstance(body, Mapping) else None
        return Failure(self.name, mark.get("classes", {}).get(str(code), FALLBACK))


def shapes(spec: Mapping[str, Any], resolve: Callable[[Any], Any], response: Any) -> tuple[Alternative, ...]:
    """The shapes that a documented response's JSON may have."""
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    return tuple(_alternatives(spec, resolve, schema))


def told(known: tuple[Alternative, ...], content: bytes) -> Failure | None:
    """The failure that a body tells; None for a body that is a success, or nothing documented."""
    if all(each.mark is None for each in known):
        return None
    try:
        body = json.loads(content)
    except ValueError:
        return None
    found = [each for each in known if each.fits(body)]
    if not found or any(each.mark is None for each in found):
        return None
    return found[0].failure(body)


def _alternatives(
    spec: Mapping[str, Any], resolve: Callable[[Any], Any], schema: Mapping[str, Any]
) -> Iterator[Alternative]:
    resolved = resolve(schema)
    inner = resolved.get("oneOf") or resolved.get("anyOf")
    if inner and "x-failure" not in resolved:
        for each in inner:
            yield from _alternatives(spec, resolve, each)
        return
    name = schema.get("$ref", "").rpartition("/")[2] or resolved.get("title", "")
    # A reference inside leads to the components, so that they have to be there.
    whole = {**schema, "components": spec.get("components", {})}
    validator = jsonschema_rs.Draft202012Validator(whole)
    yield Alternative(name, resolved.get("x-failure"), validator.is_valid)
