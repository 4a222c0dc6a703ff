"""Reading an OpenAPI file so that every complaint can name the place it is about."""

from __future__ import annotations

import copy
import difflib
import re
from typing import TYPE_CHECKING, Any, TypeGuard

from attrs import field, frozen
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Pointer = tuple[str | int, ...]
Json = dict[str, Any]
_LONGEST_LIST = 200


def is_object(value: Any) -> TypeGuard[Json]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Whether a JSON value is an array."""
    return isinstance(value, list)


def members(mapping: Any) -> Any:
    """What a mapping of paths or of responses is for, without what tools have put beside that."""
    if not is_object(mapping):
        return mapping
    return {key: value for key, value in mapping.items() if not key.startswith("x-")}


def contents(holder: Json) -> dict[str, Json]:
    """The media types of a response or of a request body."""
    found: dict[str, Json] | None = holder.get("content")
    return found or {}


def pascal(text: str) -> str:
    """`doThis` and `do-this` as the name of a class: `DoThis`."""
    words = re.findall(r"[A-Za-z0-9]+", text)
    return "".join(word[:1].upper() + word[1:] for word in words)


def pointer_text(pointer: Iterable[str | int]) -> str:
    """A JSON pointer as a person writes it: `#/paths/~1things/get`."""
    return "#/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def parts(reference: str) -> tuple[str, ...]:
    """The keys along a reference such as `#/components/schemas/Thing`."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/"))


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.75) -> str:
    """The question whether a known word was meant; nothing if there is none like it."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=cutoff)
    return f"; did you mean {close[0]!r}?" if close else ""


def _there_is(node: Any) -> str:
    """The names a reference could have meant, while a person can take them in."""
    names = ", ".join(node) if is_object(node) else ""
    return f"; there is: {names}" if names and len(names) <= _LONGEST_LIST else ""


@frozen
class Problem:
    """One thing that is wrong with a spec."""

    message: str
    pointer: Pointer = ()
    line: int | None = None


class SpecError(Exception):
    """A spec that no client can be generated from.

    Attributes:
        source: Name of the file.
        problems: What is wrong, each with its place.
    """

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = list(problems)
        super().__init__("\n".join(self._describe(problem) for problem in self.problems))

    def _describe(self, problem: Problem) -> str:
        place = self.source if problem.line is None else f"{self.source}:{problem.line}"
        pointer = f" at {pointer_text(problem.pointer)}" if problem.pointer else ""
        return f"{place}:{pointer} {problem.message}"


@frozen
class Document:
    """A spec as plain JSON values, and where in its file each of them stands."""

    source: str
    data: Json
    # A node of ruamel's, which has no types.
    _root: Any = field(repr=False, default=None)

    def line(self, pointer: Iterable[str | int]) -> int | None:
        """Line (from 1) of the deepest part of the pointer that exists in the file."""
        node = self._root
        if node is None:
            return None
        line: int = node.start_mark.line + 1
        for part in pointer:
            if node.id == "mapping":
                match = next(((key, value) for key, value in node.value if key.value == str(part)), None)
                if match is None:
                    return line
                key, node = match
                line = key.start_mark.line + 1
            elif node.id == "sequence" and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line + 1
            else:
                return line
        return line

    def lookup(self, reference: str, place: Pointer) -> Any:
        """What a reference leads to, which stands at `place`.

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
        """What a reference stands for: a copy, over which is laid what stands beside the reference.

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
        """A SpecError about one place of this document."""
        return SpecError(self.source, [self.problem(message, pointer)])

    def problem(self, message: str, pointer: Iterable[str | int] = ()) -> Problem:
        """A Problem with its line looked up."""
        place = tuple(pointer)
        return Problem(message, place, self.line(place))


def load(path: Path, source: str) -> Document:
    """Read a YAML or JSON file.

    Raises:
        SpecError: Not UTF-8, not YAML, a key given twice, or not a mapping.
    """
    try:
        yaml: Any = YAML(typ="safe", pure=True)
        root = yaml.compose(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        raise SpecError(source, [_yaml_problem(error)]) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise SpecError(source, [Problem(f"not valid YAML: {error}")]) from error
    if root is None or root.id != "mapping":
        raise SpecError(source, [Problem("an OpenAPI document is a mapping", (), 1)])
    return Document(source, _plain(root, source, ()), root)


def _yaml_problem(error: Any) -> Problem:
    mark = error.problem_mark or error.context_mark
    return Problem(f"not valid YAML: {error.problem}", (), mark.line + 1 if mark else None)


def _plain(node: Any, source: str, place: Pointer) -> Any:
    """JSON values from YAML nodes: keys are always strings, and dates stay the text that was written."""
    if node.id == "sequence":
        return [_plain(item, source, (*place, index)) for index, item in enumerate(node.value)]
    if node.id == "scalar":
        return _scalar(node, source, place)
    mapping: Json = {}
    for key, value in node.value:
        if key.value in mapping:
            problem = Problem(f"the key {key.value!r} is given twice", place, key.start_mark.line + 1)
            raise SpecError(source, [problem])
        mapping[key.value] = _plain(value, source, (*place, key.value))
    return mapping


def _scalar(node: Any, source: str, place: Pointer) -> Any:
    kind, text = str(node.tag).rsplit(":", 1)[-1], node.value
    try:
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind == "int":
            return int(text.replace("_", ""), 0 if text.lower().lstrip("+-").startswith(("0x", "0o")) else 10)
        if kind == "float":
            return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError as error:
        raise SpecError(
            source, [Problem(f"{text!r} is no {kind}", place, node.start_mark.line + 1)]
        ) from error
    return text
