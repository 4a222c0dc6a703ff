"""Python source whose parts are found by the nodes of its syntax tree."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol


class Placed(Protocol):
    """A node with a place."""

    lineno: int
    col_offset: int
    end_lineno: int | None
    end_col_offset: int | None


@dataclass(frozen=True)
class Edit:
    """A text that stands in place of another one."""

    operator: str
    start: int
    end: int
    text: str


class Source:
    """The source of a module. Offsets count bytes, as those of `ast` do."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.tree = ast.parse(content)
        self._starts = [0, *accumulate(len(line) for line in content.splitlines(keepends=True))]

    def start(self, node: Placed) -> int:
        """Return where a node begins."""
        return self._starts[node.lineno - 1] + node.col_offset

    def end(self, node: Placed) -> int:
        """Return where a node ends."""
        return self._starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)

    def text(self, node: Placed) -> str:
        """Return the text of a node."""
        return self.between(self.start(node), self.end(node))

    def between(self, start: int, end: int) -> str:
        """Return the text from one offset to another."""
        return self.content[start:end].decode()

    def replace(self, node: Placed, operator: str, text: str) -> Edit:
        """Return the edit that puts a text in place of a node."""
        return Edit(operator, self.start(node), self.end(node), text)

    def line_of(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return self.content.count(b"\n", 0, offset) + 1

    def shown(self, edit: Edit) -> tuple[str, str]:
        """Return the lines that an edit touches, before and after, each as one line."""
        first = self.content.rfind(b"\n", 0, edit.start) + 1
        last = self.content.find(b"\n", edit.end)
        last = len(self.content) if last < 0 else last
        before = self.between(first, last)
        after = self.between(first, edit.start) + edit.text + self.between(edit.end, last)
        return " ".join(before.split()), " ".join(after.split())
