"""Validation of a spec, with errors that name the place and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.document import Document, Json, Problem, SpecError, did_you_mean, members
from generator.expansion import expansion_problems
from generator.extensions import field_problems
from generator.nodes import nodes
from generator.operation_checks import operation_problems
from generator.schema_checks import KEYWORDS, WORDS, schema_problems
from openapi_reader import Pointer, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_MESSAGE = 300
_UNEXPECTED = re.compile(r"Unevaluated properties are not allowed \((.*) (?:was|were) unexpected\)")


def validate(document: Document) -> None:
    """Check that a document keeps to OpenAPI 3.1, and has what a client needs.

    Raises:
        SpecError: With all problems that our own checks find or, if they find none, with all other
        violations.
    """
    version = document.data.get("openapi")
    if not isinstance(version, str) or not version.startswith("3.1"):
        raise document.error(f"an OpenAPI 3.1 document is needed, this one says {version!r}", ("openapi",))
    # First, since for these the validator reports errors about the whole document.
    if problems := [*_own_problems(document)]:
        raise SpecError(document.source, problems)
    try:
        # It would take extensions among the paths for paths.
        paths = members(document.data.get("paths", {}))
        errors = list(OpenAPIV31SpecValidator({**document.data, "paths": paths}).iter_errors())
    except Exception as error:  # Errors of its resolver have classes of their own.
        why = _first_line(str(error)) or type(error).__name__
        raise document.error(f"cannot be validated: {why}") from error
    problems = [problem for error in errors for problem in _violations(document, error)]
    if problems:
        raise SpecError(document.source, problems)


def _own_problems(document: Document) -> Iterator[Problem]:
    if problems := [*expansion_problems(document)]:
        yield from problems
        return
    yield from operation_problems(document)
    for kind, node, place in nodes(document):
        yield from field_problems(document, kind, node, place)
        if isinstance(node.get("$ref"), str):
            yield from _reference_problems(document, node, (*place, "$ref"))
        elif kind.startswith("schema"):
            yield from schema_problems(document, node, place)


def _reference_problems(document: Document, node: Json, place: Pointer) -> Iterator[Problem]:
    seen: list[str] = []
    while is_object(node) and isinstance(reference := node.get("$ref"), str):
        if reference in seen:
            yield document.problem(f"the reference {reference} leads back to itself", place)
            return
        seen.append(reference)
        try:
            node = document.lookup(reference, place)
        except SpecError as error:
            # A broken reference further along is reported at its own place.
            yield from error.problems if len(seen) == 1 else ()
            return


def _violations(document: Document, error: Any) -> Iterator[Problem]:
    place = tuple(error.absolute_path)
    unexpected = _UNEXPECTED.match(error.message)
    if not unexpected:
        yield document.problem(_first_line(error.message), place)
        return
    for word in re.findall(r"'([^']*)'", unexpected[1]):
        advice = "; it belongs in a schema" if word in KEYWORDS else did_you_mean(word, WORDS)
        advice = advice or "; an extension of OpenAPI begins with x-"
        yield document.problem(f"{word!r} is not allowed here{advice}", (*place, word))


def _first_line(message: str) -> str:
    line = (message.strip().splitlines() or [""])[0]
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[:_LONGEST_MESSAGE]}…"
