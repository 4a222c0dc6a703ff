"""Routing of a method and a raw path to an operation, by a tree of path segments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import unquote_to_bytes

from .messages import Problem, Violation
from .operations import Operation

# The longest superfluous base path that is recognized, in segments.
_LONGEST_BASE = 5
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(slots=True)
class _Branch:
    """What may follow a path prefix: literals, patterns by their literal length, then any segment."""

    literals: dict[str, _Branch] = field(default_factory=dict[str, "_Branch"])
    patterns: list[tuple[str, re.Pattern[str], _Branch]] = field(
        default_factory=list[tuple[str, re.Pattern[str], "_Branch"]]
    )
    anything: _Branch | None = None
    methods: dict[str, tuple[Operation, tuple[str, ...]]] = field(
        default_factory=dict[str, tuple[Operation, tuple[str, ...]]]
    )


class Router:
    """Finds operations. A literal segment takes precedence over a template; a trailing slash is ignored.

    `aliases` returns further path templates of an operation, which never hide a documented path. A
    placeholder that occurs only in an alias matches anything. Raises ValueError for an alias that lacks a
    placeholder of the documented path. `methods` returns further methods, which never hide a documented one.
    """

    def __init__(
        self,
        operations: Sequence[Operation],
        aliases: Callable[[Operation], Iterable[str]] = lambda _: (),
        methods: Callable[[Operation], Iterable[str]] = lambda _: (),
    ) -> None:
        self._root = _Branch()
        self._bases = tuple(dict.fromkeys(base for each in operations for base in each.bases))
        for operation in operations:
            self._add(operation, operation.path, operation.method)
        for operation in operations:
            for alias in aliases(operation):
                if missing := set(_PLACEHOLDER.findall(operation.path)) - set(_PLACEHOLDER.findall(alias)):
                    raise ValueError(
                        f"the alias {alias!r} of {operation.path!r} lacks {', '.join(sorted(missing))}"
                    )
                self._add(operation, alias, operation.method, documented=False)
            for method in methods(operation):
                self._add(operation, operation.path, method, documented=False)

    def match(self, method: str, raw_path: bytes) -> tuple[Operation, dict[str, str]]:
        """Return the operation and the decoded texts of its path. Raises Problem (400, 404, 405)."""
        values: list[str] = []
        segments = _segments(raw_path)
        branch = _find(self._root, segments, 0, values)
        if branch is None:
            why = f"there is nothing at this path{self._elsewhere(segments)}"
            raise Problem(404, "route-not-found", why)
        found = branch.methods.get(method)
        if found is None:
            # `Allow` has the documented methods only.
            documented = [each for each, (operation, _) in branch.methods.items() if operation.method == each]
            allow = ", ".join(documented)
            raise Problem(405, "method-not-allowed", f"allowed here: {allow}", headers={"allow": allow})
        operation, names = found
        return operation, dict(zip(names, values, strict=True))

    def _elsewhere(self, segments: Sequence[str]) -> str:
        """Return advice for a client with a wrong base path: where the operation is."""
        for start, base in product(range(min(len(segments), _LONGEST_BASE)), self._bases):
            place = [*base.split("/")[1:], *segments[start:]]
            if (branch := _find(self._root, place, 0, [])) and (path := _documented_path(branch)):
                question = "is the base URL right" if start else f"does the base URL lack {base}"
                return f", but there is at {base}{path}: {question}?"
        bases = " or ".join(filter(None, self._bases))
        return f"; operations are under {bases}" if bases else ""

    def _add(self, operation: Operation, template: str, method: str, *, documented: bool = True) -> None:
        names = tuple(_PLACEHOLDER.findall(template))
        for base in operation.bases:
            branch = self._root
            for segment in (base + template).rstrip("/").split("/")[1:]:
                branch = _descend(branch, segment)
            if method not in branch.methods:
                branch.methods[method] = (operation, names)
            elif documented:
                operation.node.fail(f"{method} {template} is documented twice")


def _documented_path(branch: _Branch) -> str:
    """Return the path template of a branch; empty if it begins with a placeholder."""
    operation, _ = next(iter(branch.methods.values()))
    return "" if operation.path.startswith("/{") else operation.path


def _segments(raw_path: bytes) -> list[str]:
    try:
        path = raw_path.removesuffix(b"/")
        if b"%" not in path:
            return path.decode().split("/")[1:]
        return [unquote_to_bytes(segment).decode() for segment in path.split(b"/")][1:]
    except UnicodeDecodeError as error:
        violation = Violation("path", (), "encoding", "the path is not valid UTF-8")
        raise Problem(400, "invalid-request", "the path is not valid UTF-8", (violation,)) from error


def _descend(branch: _Branch, segment: str) -> _Branch:
    """Return the branch for a segment of a template; create it if it does not exist."""
    if not _PLACEHOLDER.search(segment):
        return branch.literals.setdefault(segment, _Branch())
    if _PLACEHOLDER.fullmatch(segment):
        branch.anything = branch.anything or _Branch()
        return branch.anything
    parts = _PLACEHOLDER.split(segment)
    source = "".join("(.+?)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    for known, _, child in branch.patterns:
        if known == source:
            return child
    child = _Branch()
    branch.patterns.append((source, re.compile(source, re.DOTALL), child))
    branch.patterns.sort(key=lambda each: -len(each[0].replace("(.+?)", "")))
    return child


def _find(branch: _Branch, segments: Sequence[str], index: int, values: list[str]) -> _Branch | None:
    """Return the most specific branch for the rest of the segments. `values` gets the placeholders' texts."""
    # As long as there is one way only, there is nothing to come back to.
    while index < len(segments) and not branch.patterns and branch.anything is None:
        only = branch.literals.get(segments[index])
        if only is None:
            return None
        branch, index = only, index + 1
    if index == len(segments):
        return branch if branch.methods else None
    segment = segments[index]
    literal = branch.literals.get(segment)
    if literal and (found := _find(literal, segments, index + 1, values)):
        return found
    mark = len(values)
    for _, pattern, child in branch.patterns:
        if match := pattern.fullmatch(segment):
            values.extend(match.groups())
            if found := _find(child, segments, index + 1, values):
                return found
            del values[mark:]
    if branch.anything and segment:
        values.append(segment)
        if found := _find(branch.anything, segments, index + 1, values):
            return found
        del values[mark:]
    return None
