"""OpenAPI documents whose errors name file, line and place."""

from __future__ import annotations

import copy
import difflib
import re
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from openapi_reader import Pointer, ReadError, format_pointer, is_array, is_object, line_of, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Json = dict[str, Any]
_LONGEST_LIST = 200


def mappings(node: Any) -> Iterator[Json]:
    """Yield every mapping inside a JSON value."""
    if is_object(node):
        yield node
        node = list(node.values())
    if is_array(node):
        for child in node:
            yield from mappings(child)


def members(mapping: Any) -> Any:
    """Return a mapping of paths or of responses without the extensions in it."""
    if not is_object(mapping):
        return mapping
    return {key: value for key, value in mapping.items() if not key.startswith("x-")}


def contents(holder: Json) -> dict[str, Json]:
    """Return the media types of a response or of a request body."""
    found: dict[str, Json] | None = holder.get("content")
    return found or {}


def pascal(text: str) -> str:
    """Return a name as that of a class: `DoThis` for `doThis` and `do-this`."""
    words = re.findall(r"[A-Za-z0-9]+", text)
    return "".join(word[:1].upper() + word[1:] for word in words)


def parts(reference: str) -> tuple[str, ...]:
    """Return the keys in a reference such as `#/components/schemas/Thing`."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/"))


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.75) -> str:
    """Return the question whether a similar known word was meant, or an empty text."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=cutoff)
    return f"; did you mean {close[0]!r}?" if close else ""


def _there_is(node: Any) -> str:
    """Return the names that exist at a place, unless there are too many to read."""
    names = ", ".join(node) if is_object(node) else ""
    return f"; there is: {names}" if names and len(names) <= _LONGEST_LIST else ""


@frozen
class Problem:
    """One error in a spec."""

    message: str
    pointer: Pointer = ()
    line: int | None = None


class SpecError(Exception):
    """Raised for a spec that no client can be generated from.

    Attributes:
        source: Name of the file.
        problems: The errors in it.
    """

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = list(problems)
        super().__init__("\n".join(self._describe(problem) for problem in self.problems))

    def _describe(self, problem: Problem) -> str:
        place = self.source if problem.line is None else f"{self.source}:{problem.line}"
        pointer = f" at {format_pointer(problem.pointer)}" if problem.pointer else ""
        return f"{place}:{pointer} {problem.message}"


@frozen
class Document:
    """A spec as JSON values, with the line of each."""

    source: str
    data: Json
    lines: Mapping[Pointer, int] = field(repr=False, factory=dict[Pointer, int])

    def line(self, pointer: Iterable[str | int]) -> int | None:
        """Return the line (from 1) of the deepest part of the pointer that exists in the file."""
        return line_of(self.lines, pointer)

    def lookup(self, reference: str, place: Pointer) -> Any:
        """Return the target of a reference that is written at `place`.

        Raises:
            SpecError: It leads nowhere, or out of the file.
        """
        if not reference.startswith("#/"):
            raise self.error(
                f"the reference {reference} leads out of this file: copy its target into it", place
            )
        node: Any = self.data
        for part in parts(reference):
            if is_object(node) and part in node:
                node = node[part]
            elif is_array(node) and part.isdecimal() and int(part) < len(node):
                node = node[int(part)]
            else:
                raise self.error(f"the reference {reference} leads nowhere{_there_is(node)}", place)
        return node

    def follow(self, node: Any, place: Pointer) -> Any:
        """Return a copy of the target of a node's reference, updated with the siblings of the reference.

        Raises:
            SpecError: It leads nowhere, out of the file, or back to itself.
        """
        seen: list[str] = []
        while is_object(node) and "$ref" in node:
            reference: str = node["$ref"]
            if reference in seen:
                raise self.error(f"the reference {reference} leads back to itself", place)
            seen.append(reference)
            target = copy.deepcopy(self.lookup(reference, place))
            if not is_object(target):
                return target
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def error(self, message: str, pointer: Iterable[str | int] = ()) -> SpecError:
        """Return a SpecError about one place of this document."""
        return SpecError(self.source, [self.problem(message, pointer)])

    def problem(self, message: str, pointer: Iterable[str | int] = ()) -> Problem:
        """Return a Problem with its line."""
        place = tuple(pointer)
        return Problem(message, place, self.line(place))


def load(path: Path, source: str) -> Document:
    """Read a YAML or JSON file.

    Raises:
        SpecError: It cannot be read, or is not a mapping.
    """
    try:
        tree = read(path, source)
    except ReadError as error:
        raise SpecError(source, [Problem(error.message, error.pointer or (), error.line)]) from error
    if not is_object(tree.value):
        raise SpecError(source, [Problem("an OpenAPI document is a mapping", (), 1)])
    return Document(source, tree.value, tree.lines)
