"""An OpenAPI document whose errors name line and JSON pointer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote

from openapi_reader import Pointer, ReadError, Tree, format_pointer, is_array, is_object, line_of, parse, read

_MAX_REFERENCES = 50


class SpecificationError(Exception):
    """Raised for a document that cannot be served.

    The message names the file, and line (from 1) and JSON pointer where they are known.
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


class SpecificationErrors(SpecificationError):
    """Raised for several errors of a document. The message has a line for each; the place is the first's."""

    def __init__(self, errors: Sequence[SpecificationError]) -> None:
        first = errors[0]
        super().__init__(first.source, "", line=first.line, pointer=first.pointer)
        self.args = ("\n".join(map(str, errors)),)
        self.errors = tuple(errors)


def raise_all(errors: Iterable[SpecificationError]) -> None:
    """Raise one error for all of them, in the order of the document, if there are any."""
    unique = sorted({str(each): each for each in errors}.values(), key=lambda each: each.line or 0)
    if unique:
        raise unique[0] if len(unique) == 1 else SpecificationErrors(unique)


class Document:
    """An OpenAPI 3.1 document: its values (`root`), and the line of each."""

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
            found = f"openapi: {version!r}" if "openapi" in self.root else "no version"
            if isinstance(version, float):
                found = "a number: write openapi: 3.1.0"
            if "swagger" in self.root:
                found = f"swagger: {self.root['swagger']!r}, which is OpenAPI 2.0"
            raise self.error((), f"only OpenAPI 3.1 is served (openapi: 3.1.x); found {found}")

    @classmethod
    def load(cls, path: str | Path) -> Document:
        """Read a YAML or JSON file. Raises SpecificationError."""
        try:
            return cls._of(read(Path(path)), str(path))
        except ReadError as error:
            raise _specification_error(error) from error

    @classmethod
    def parse(cls, text: str, *, source: str = "<document>") -> Document:
        """Like `load`, from text."""
        try:
            return cls._of(parse(text, source), source)
        except ReadError as error:
            raise _specification_error(error) from error

    @classmethod
    def _of(cls, tree: Tree, source: str) -> Document:
        if not is_object(tree.value):
            raise SpecificationError(source, "expected a mapping at the top", line=1)
        return cls(tree.value, source=source, lines=tree.lines)

    def error(self, pointer: Pointer, message: str) -> SpecificationError:
        """Return an error about the value at `pointer`, with its line."""
        return SpecificationError(self.source, message, line=line_of(self._lines, pointer), pointer=pointer)

    @property
    def node(self) -> Node:
        return Node(self, self.root, ())


class Node:
    """A value of the document and its place. Raises errors that name the place, and follows references."""

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
        """Return a field with references followed, or None."""
        return self.child(key).resolved() if key in self.mapping() else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """Yield the fields of a mapping, with references followed."""
        for key in self.mapping():
            yield key, self.child(key).resolved()

    def elements(self) -> Iterator[Node]:
        """Yield the elements of a list, with references followed."""
        if not is_array(self.value):
            self.fail(f"expected a list, found {_kind(self.value)}")
        for index in range(len(self.value)):
            yield self.child(index).resolved()

    def mapping(self) -> dict[str, Any]:
        if not is_object(self.value):
            self.fail(f"expected a mapping, found {_kind(self.value)}")
        return self.value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string field. Raises SpecificationError if it is missing and has no default."""
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
        """Return the schema in a field, or None. Its own `$ref` stays, as it may have siblings."""
        if key not in self.mapping():
            return None
        node = self.child(key)
        if not isinstance(node.value, dict | bool):
            node.fail(f"expected a schema, found {_kind(node.value)}")
        return node

    def resolved(self) -> Node:
        """Return this node, or the target of its `$ref`."""
        node = self
        for _ in range(_MAX_REFERENCES):
            if not is_object(node.value) or not isinstance(node.value.get("$ref"), str):
                return node
            node = node.follow(node.value["$ref"])
        raise self.document.error(self.pointer, "the reference leads to itself")

    def follow(self, reference: str) -> Node:
        """Return the target of a reference at this place."""
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


def _specification_error(error: ReadError) -> SpecificationError:
    return SpecificationError(error.source, error.message, line=error.line, pointer=error.pointer)


def _kind(value: object) -> str:
    names: dict[type[Any], str] = {
        dict: "a mapping",
        list: "a list",
        str: "a string",
        bool: "a boolean",
        type(None): "nothing",
    }
    return names.get(type(value), "a number")
