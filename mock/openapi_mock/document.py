"""An OpenAPI document, read with its positions: what is wrong is shown with line and JSON pointer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeAlias, TypeGuard
from urllib.parse import unquote

import yaml

Pointer: TypeAlias = tuple[str | int, ...]

_MAX_REFERENCES = 50
_MAX_DEPTH = 200


class SpecificationError(Exception):
    """A document that cannot be served.

    The message gives the file, and line (from 1) and JSON pointer where they are known.
    """

    def __init__(
        self, source: str, message: str, *, line: int | None = None, pointer: Pointer | None = None
    ) -> None:
        where = source if line is None else f"{source}:{line}"
        if pointer is not None:
            where += f": {format_pointer(pointer)}"
        super().__init__(f"{where}: {message}")
        self.source = source
        self.line = line
        self.pointer = pointer


def format_pointer(pointer: Pointer) -> str:
    """RFC 6901 as a URI fragment's text: `#/paths/~1users/get`."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def is_mapping(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


class Document:
    """The values of one OpenAPI 3.1 file (`root`), each found again in the source through its pointer."""

    def __init__(
        self,
        root: Mapping[str, Any],
        *,
        source: str = "<document>",
        lines: Mapping[Pointer, int] | None = None,
    ) -> None:
        self.root = dict(root)
        self.source = source
        self._lines = lines or {}
        version = self.root.get("openapi")
        if not isinstance(version, str) or not version.startswith("3.1"):
            raise self.error((), f"expected openapi: 3.1.x, found {version!r}")

    @classmethod
    def load(cls, path: str | Path) -> Document:
        """Read YAML or JSON. Raises SpecificationError for anything that cannot be read."""
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise SpecificationError(str(path), error.strerror or "cannot be read") from error
        except UnicodeDecodeError as error:
            raise SpecificationError(str(path), f"not UTF-8: {error.reason} at byte {error.start}") from error
        return cls.parse(text, source=str(path))

    @classmethod
    def parse(cls, text: str, *, source: str = "<document>") -> Document:
        """Like `load`, from text."""
        try:
            node = _LOADER(text).get_single_node()
        except yaml.MarkedYAMLError as error:
            # At the end of the text the parser is one line too far.
            line = min(error.problem_mark.line, text.rstrip().count("\n")) + 1 if error.problem_mark else None
            raise SpecificationError(source, error.problem or "not YAML", line=line) from error
        except (yaml.YAMLError, ValueError) as error:
            raise SpecificationError(source, f"not YAML: {str(error).splitlines()[0]}") from error
        except RecursionError as error:
            raise SpecificationError(source, "nested too deeply") from error
        reader = _Reader(source)
        root = reader.read(node, ())
        if not is_mapping(root):
            raise SpecificationError(source, "expected a mapping at the top", line=1)
        return cls(root, source=source, lines=reader.lines)

    def error(self, pointer: Pointer, message: str) -> SpecificationError:
        """An error about the value at `pointer`, with the line of the nearest known parent."""
        line = next(
            (self._lines[pointer[:n]] for n in range(len(pointer), -1, -1) if pointer[:n] in self._lines),
            None,
        )
        return SpecificationError(self.source, message, line=line, pointer=pointer)

    @property
    def node(self) -> Node:
        return Node(self, self.root, ())


class Node:
    """A value of the document and its place: complains about itself, and follows references."""

    __slots__ = ("document", "pointer", "value")

    def __init__(self, document: Document, value: Any, pointer: Pointer) -> None:
        self.document = document
        self.value: Any = value
        self.pointer = pointer

    def fail(self, message: str) -> NoReturn:
        raise self.document.error(self.pointer, message)

    def child(self, key: str | int) -> Node:
        return Node(self.document, self.value[key], (*self.pointer, key))

    def get(self, key: str) -> Node | None:
        """The field of that name with references followed, or None."""
        return self.child(key).resolved() if key in self.mapping() else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """The fields of a mapping, references followed."""
        for key in self.mapping():
            yield key, self.child(key).resolved()

    def elements(self) -> Iterator[Node]:
        """The elements of a list, references followed."""
        if not is_list(self.value):
            self.fail(f"expected a list, found {_kind(self.value)}")
        for index in range(len(self.value)):
            yield self.child(index).resolved()

    def mapping(self) -> dict[str, Any]:
        if not is_mapping(self.value):
            self.fail(f"expected a mapping, found {_kind(self.value)}")
        return self.value

    def text(self, key: str, default: str | None = None) -> str:
        """The string field of that name. Raises SpecificationError if it is missing without default."""
        value = self.mapping().get(key, default)
        if not isinstance(value, str):
            self.fail(f"{key}: expected a string, found {_kind(value)}")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self.mapping().get(key, default)
        if not isinstance(value, bool):
            self.fail(f"{key}: expected true or false, found {_kind(value)}")
        return value

    def schema(self, key: str = "schema") -> Node | None:
        """The schema in that field. Its own `$ref` stays, since a schema may have more beside it."""
        if key not in self.mapping():
            return None
        node = self.child(key)
        if not isinstance(node.value, dict | bool):
            node.fail(f"expected a schema, found {_kind(node.value)}")
        return node

    def resolved(self) -> Node:
        """This node, or what its `$ref` leads to."""
        node = self
        for _ in range(_MAX_REFERENCES):
            if not is_mapping(node.value) or not isinstance(node.value.get("$ref"), str):
                return node
            node = node.follow(node.value["$ref"])
        raise self.document.error(self.pointer, "a reference that leads to itself")

    def follow(self, reference: str) -> Node:
        """What a reference written at this place leads to."""
        if not reference.startswith("#"):
            self.fail(f"$ref {reference!r}: only references within the file are followed")
        value: Any = self.document.root
        pointer: Pointer = ()
        for part in reference[1:].split("/")[1:]:
            name = unquote(part).replace("~1", "/").replace("~0", "~")
            key = int(name) if isinstance(value, list) and name.isdecimal() else name
            value = self._step(value, key, reference)
            pointer = (*pointer, key)
        return Node(self.document, value, pointer)

    def _step(self, value: Any, key: str | int, reference: str) -> Any:
        try:
            return value[key]
        except (KeyError, IndexError, TypeError):
            self.fail(f"$ref {reference!r} leads nowhere")


class _Reader:
    """Builds JSON values from YAML nodes, with the plain forms of YAML 1.2: `no` and dates are strings."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: dict[Pointer, int] = {}

    def read(self, node: Any, pointer: Pointer) -> Any:
        if node is None:
            raise SpecificationError(self.source, "the file is empty", line=1)
        line = node.start_mark.line + 1
        self.lines[pointer] = line
        if len(pointer) > _MAX_DEPTH:
            raise SpecificationError(self.source, "nested too deeply", line=line)
        if isinstance(node, yaml.ScalarNode):
            return _scalar(str(node.value)) if self._is_plain(node) else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*pointer, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, pointer)

    @staticmethod
    def _is_plain(node: Any) -> bool:
        return node.style in {None, ""} and not str(node.tag).endswith(":binary")

    def _mapping(self, node: Any, pointer: Pointer) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise SpecificationError(
                    self.source, "a key has to be a plain value", line=line, pointer=pointer
                )
            name = str(key.value)
            if name in values:
                raise SpecificationError(
                    self.source, f"the key {name!r} is there twice", line=line, pointer=pointer
                )
            values[name] = self.read(value, (*pointer, name))
            self.lines[*pointer, name] = line
        return values


# The parser written in C is ten times as fast; not every build of PyYAML has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


def _scalar(text: str) -> Any:
    """The value of an unquoted scalar."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


def _kind(value: object) -> str:
    names: dict[type[Any], str] = {
        dict: "a mapping",
        list: "a list",
        str: "a string",
        bool: "a boolean",
        type(None): "nothing",
    }
    return names.get(type(value), "a number")
