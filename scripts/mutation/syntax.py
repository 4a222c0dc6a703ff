"""Mutants of a module: where in its syntax tree the operators may act."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from .mutants import Mutant
from .operators import edits_of, is_silent, name_of
from .source import Edit, Source

Function = ast.FunctionDef | ast.AsyncFunctionDef

# What is for type checkers, for people who read a log, or for nobody.
_UNPROMISED_CALLS: Final = frozenset(
    {"TypeVar", "ParamSpec", "NewType", "assert_never", "getLogger", "isEnabledFor", "Index", "warn"}
)
_LOGGERS: Final = frozenset({"logger", "_logger", "log", "_log"})
_UNPROMISED_NAMES: Final = frozenset({"__all__", "__slots__", "__version__", "VERSION", "__match_args__"})
_SECRECY: Final = re.compile(r"secret|redact|mask|hidden|hide|token|\*\*\*", re.IGNORECASE)


@dataclass(frozen=True)
class _Scope:
    """Where the walk is.

    Attributes:
        names: Those of the classes and functions around it.
        around: The lines of all functions in each class around it, and in the module.
        function: The innermost function.
        statement: The innermost statement in that.
    """

    names: tuple[str, ...] = ()
    around: tuple[frozenset[str], ...] = ()
    function: Function | None = None
    statement: ast.stmt | None = None

    @property
    def name(self) -> str:
        return ".".join(self.names) or "<module>"


def mutants_of(path: Path, root: Path, group: str) -> Iterator[Mutant]:
    """Yield every mutant of a module; those with the same site exclude each other."""
    source = Source(path.read_bytes())
    file = path.relative_to(root).as_posix()
    outermost = _Scope(around=(_lines_of_functions(source.tree),))
    for scope, node, edit in _Walk(source).edits(source.tree, outermost):
        before, after = source.shown(edit)
        yield Mutant(
            group,
            edit.operator,
            file,
            scope.name,
            source.line_of(edit.start),
            before,
            after,
            site=f"{edit.start}-{edit.end}",
            reach=_reach(scope, node),
            at_import=scope.function is None,
            details={"start": edit.start, "end": edit.end, "text": edit.text},
        )


def mutated(content: bytes, mutant: Mutant) -> bytes:
    """Return the source of a module with a mutant."""
    place = mutant.details
    text: str = place["text"]
    return content[: place["start"]] + text.encode() + content[place["end"] :]


def is_sound(root: Path, mutant: Mutant) -> bool:
    """Return whether a mutant is still Python."""
    try:
        ast.parse(mutated((root / mutant.file).read_bytes(), mutant))
    except SyntaxError:
        return False
    return True


class _Walk:
    def __init__(self, source: Source) -> None:
        self.source = source

    def edits(self, node: ast.AST, scope: _Scope) -> Iterator[tuple[_Scope, ast.AST, Edit]]:
        """Yield the edits of a node and of all below it, with their scopes."""
        if self._is_left_out(node):
            return
        inner = _inner(node, scope)
        # Decorators and defaults run where the function is defined, and matter where it is called.
        at = inner if isinstance(node, Function) else scope
        for edit in edits_of(self.source, node):
            yield (at, node, edit)
        for child in _children(node):
            yield from self.edits(child, inner)

    def _is_left_out(self, node: ast.AST) -> bool:
        match node:
            case ast.If(test=test):
                return name_of(test) == "TYPE_CHECKING" or "__name__" in self.source.text(test)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                return _is_empty(node) or (
                    name in {"__repr__", "__str__", "__dir__"} and not _SECRECY.search(self.source.text(node))
                )
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                return name in _UNPROMISED_NAMES
            case (
                ast.Expr(value=ast.Constant())
                | ast.Assert()
                | ast.Import()
                | ast.ImportFrom()
                | ast.JoinedStr()
            ):
                return True
            case ast.Call(func=function) | ast.Expr(value=ast.Call(func=function)):
                return name_of(function) in _UNPROMISED_CALLS or _is_logging(function)
            case ast.keyword():
                return is_silent(node)
            case _:
                return False


def _is_empty(node: Function) -> bool:
    """Return whether a function only declares something."""
    if any(name_of(each) == "overload" for each in node.decorator_list):
        return True
    return all(isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) for each in node.body)


def _is_logging(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and name_of(function.value) in _LOGGERS


def _inner(node: ast.AST, scope: _Scope) -> _Scope:
    match node:
        case ast.ClassDef(name=name):
            around = (_lines_of_functions(node), *scope.around)
            return _Scope((*scope.names, name), around, scope.function)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            # The reach of a nested function is its own.
            return _Scope((*scope.names, name), scope.around, node, node.body[0])
        case ast.stmt():
            return replace(scope, statement=node)
        case _:
            return scope


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the children that are neither types nor texts that nobody promises."""
    match node:
        case ast.AnnAssign(value=value):
            yield from [value] if value else []
        case ast.arguments(defaults=defaults, kw_defaults=others):
            yield from [*defaults, *(each for each in others if each is not None)]
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from [node.args, *node.body]
        case ast.ClassDef():
            yield from [*node.keywords, *node.decorator_list, *node.body]
        case ast.Raise(exc=ast.Call() as call):
            yield from (each for each in call.args if not _is_text(each))
            yield from (each for each in call.keywords if not _is_text(each.value))
        case ast.Call(func=ast.Name(id="cast"), args=[_, *others]):
            yield from others
        case ast.Call(func=ast.Subscript(value=function)):
            # What stands in brackets are types.
            yield from [function, *node.args, *node.keywords]
        case _:
            yield from ast.iter_child_nodes(node)


def _is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp | ast.IfExp):
        return any(_is_text(each) for each in ast.iter_child_nodes(node))
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


# ---- Which lines a test has to run to reach a place


def _reach(scope: _Scope, node: ast.AST) -> tuple[frozenset[str], ...]:
    """Return sets of lines, the nearest to the place first."""
    if scope.function is None:
        return scope.around
    body = _lines(scope.function.body[0].lineno, scope.function.end_lineno)
    lineno = getattr(node, "lineno", None)
    if lineno is None or isinstance(node, Function) or lineno < scope.function.body[0].lineno:
        return (body,)
    last = (
        node.test.end_lineno if isinstance(node, ast.If | ast.While) else getattr(node, "end_lineno", lineno)
    )
    statement = node if isinstance(node, ast.stmt) else scope.statement or scope.function.body[0]
    return _lines(lineno, last), _header(statement), body


def _header(statement: ast.stmt) -> frozenset[str]:
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno
    return _lines(statement.lineno, max(statement.lineno, last or 0))


def _lines_of_functions(node: ast.AST) -> frozenset[str]:
    functions = [each for each in ast.walk(node) if isinstance(each, Function)]
    return frozenset[str]().union(*(_lines(each.body[0].lineno, each.end_lineno) for each in functions))


def _lines(first: int, last: int | None) -> frozenset[str]:
    return frozenset(map(str, range(first, (last or first) + 1)))
