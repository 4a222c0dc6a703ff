"""From text to values, in one pass over the events of the YAML parser."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from .pointers import Pointer
from .values import is_array, is_object

_MAX_BYTES: Final = 64 * 1024 * 1024
_MAX_DEPTH: Final = 200
# How long a number may be, by its base, so that a double is large enough for it.
_MAX_LENGTHS: Final = {8: 340, 10: 308, 16: 255}
# How many values may come from aliases, which can stand for far more than the file holds.
_MAX_ALIASED: Final = 100_000

# The parser written in C is ten times as fast; not every build of PyYAML has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS: Final = (None, "!", *(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map")))
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


class ReadError(ValueError):
    """Raised for a file that cannot be read.

    Attributes:
        source: Name of the file.
        message: What is wrong, without the place.
        line: The line, from 1, where it is known.
        pointer: The value that it is about, or the object whose key it is about, where it is known.
    """

    def __init__(
        self, source: str, message: str, *, line: int | None = None, pointer: Pointer | None = None
    ) -> None:
        place = source if line is None else f"{source}:{line}"
        super().__init__(f"{place}: {message}")
        self.source = source
        self.message = message
        self.line = line
        self.pointer = pointer


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file holds.

    Attributes:
        value: The JSON value. Keys are strings, as they are written.
        lines: The line of every value in it, from 1; of a member of an object, that of its key.
    """

    value: Any
    lines: Mapping[Pointer, int] = field(repr=False)


def read(path: Path, source: str | None = None) -> Tree:
    """Read a file.

    Args:
        path: A YAML or JSON file in UTF-8.
        source: The name of the file in errors; by default the path.

    Raises:
        ReadError: It cannot be opened, is not YAML, or passes a limit of size or depth.
    """
    source = source or str(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ReadError(source, f"larger than {_MAX_BYTES} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(source, error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise ReadError(source, f"not UTF-8: {error.reason} at byte {error.start}") from error
    return parse(text, source)


def parse(text: str, source: str) -> Tree:
    """Read text. Raises ReadError, which names the text by `source`."""
    reader = _Reader(source)
    try:
        return Tree(reader.document(yaml.parse(text, Loader=_LOADER)), reader.lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # At the end of the text the parser is one line too far.
        line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else None
        raise ReadError(source, f"not valid YAML: {error.problem}", line=line) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise ReadError(source, f"not valid YAML: {str(error).splitlines()[0]}") from error


class _Reader:
    """Builds values from events."""

    def __init__(self, source: str) -> None:
        self.lines: dict[Pointer, int] = {}
        self._source = source
        self._anchors: dict[str, tuple[Any, Pointer]] = {}
        self._aliased = 0

    def document(self, events: Iterator[Any]) -> Any:
        next(events)  # the start of the stream
        if isinstance(event := next(events), yaml.StreamEndEvent):
            self._fail("the file is empty", 1, ())
        value = self._value(next(events), events, ())
        next(events)  # the end of the document
        if not isinstance(event := next(events), yaml.StreamEndEvent):
            self._fail("a second document begins here; there may be one", _line(event), ())
        return value

    def _value(self, event: Any, events: Iterator[Any], pointer: Pointer) -> Any:
        line = self.lines.setdefault(pointer, _line(event))
        if len(pointer) > _MAX_DEPTH:
            self._fail("nested too deeply", line, ())
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, pointer)
        if event.tag not in _TAGS:
            self._fail(f"the tag {event.tag} is not supported: remove it", line, pointer)
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.implicit[0] and event.tag is None
            value = self._scalar(event.value, line, pointer) if is_plain else event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            value = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                value.append(self._value(item, events, (*pointer, len(value))))
        else:
            value = self._mapping(events, pointer)
        if event.anchor is not None:
            self._anchors[event.anchor] = value, pointer
        return value

    def _mapping(self, events: Iterator[Any], pointer: Pointer) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            line = _line(key)
            if not isinstance(key, yaml.ScalarEvent):
                self._fail("a key has to be a plain value", line, pointer)
            name = key.value
            if name == "<<" and key.implicit[0]:
                self._fail("merge keys (<<) are not part of YAML 1.2: write the members out", line, pointer)
            if name in values:
                self._fail(f"the key {name!r} is given twice", line, pointer)
            self.lines[*pointer, name] = line
            values[name] = self._value(next(events), events, (*pointer, name))
        return values

    def _alias(self, event: Any, pointer: Pointer) -> Any:
        if event.anchor not in self._anchors:
            message = (
                f"the alias *{event.anchor} needs an anchor &{event.anchor} on a value that ends before it"
            )
            self._fail(message, _line(event), pointer)
        return self._copy(*self._anchors[event.anchor], pointer, _line(event))

    def _copy(self, value: Any, origin: Pointer, pointer: Pointer, line: int) -> Any:
        """Copy an anchored value, and the lines in it."""
        self._aliased += 1
        if self._aliased > _MAX_ALIASED or len(pointer) > _MAX_DEPTH:
            self._fail("aliases make the document too large: write fewer of them", line, ())
        self.lines.setdefault(pointer, self.lines[origin])
        if is_object(value):
            return {
                key: self._copy(each, (*origin, key), (*pointer, key), line) for key, each in value.items()
            }
        if is_array(value):
            return [
                self._copy(each, (*origin, index), (*pointer, index), line)
                for index, each in enumerate(value)
            ]
        return value

    def _scalar(self, text: str, line: int, pointer: Pointer) -> Any:
        """Return the value of a scalar without quotes."""
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        is_integer = _INTEGER.fullmatch(text)
        if not is_integer and not _FLOAT.fullmatch(text):
            if _NOT_FINITE.fullmatch(text):
                self._fail(f"JSON has no number {text}: quote it if it is text", line, pointer)
            return text
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        number = math.inf
        if len(text) <= _MAX_LENGTHS[base]:
            number = int(text.removeprefix("0o"), base) if is_integer else float(text)
        if not math.isfinite(number):
            self._fail("a number is out of range: quote it if it is text", line, pointer)
        return number

    def _fail(self, message: str, line: int, pointer: Pointer) -> NoReturn:
        raise ReadError(self._source, message, line=line, pointer=pointer)


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1
