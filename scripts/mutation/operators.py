"""Operators on the syntax tree: for a node, the edits that make a fault of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from .source import Edit, Source

Operator: TypeAlias = Callable[[Source, Any], Iterator[Edit]]

_COMPARISONS: Final[Mapping[type[ast.cmpop], tuple[tuple[str, str], ...]]] = {
    ast.Lt: (("boundary", "<="), ("comparison", ">=")),
    ast.LtE: (("boundary", "<"), ("comparison", ">")),
    ast.Gt: (("boundary", ">="), ("comparison", "<=")),
    ast.GtE: (("boundary", ">"), ("comparison", "<")),
    ast.Eq: (("comparison", "!="),),
    ast.NotEq: (("comparison", "=="),),
    ast.Is: (("comparison", "is not"),),
    ast.IsNot: (("comparison", "is"),),
    ast.In: (("membership", "not in"),),
    ast.NotIn: (("membership", "in"),),
}
_COMPARISON_TOKEN: Final = re.compile(r"<=|>=|==|!=|<|>|\bis\s+not\b|\bnot\s+in\b|\bis\b|\bin\b")
_ARITHMETIC: Final[Mapping[type[ast.operator], tuple[str, str]]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
}
# What they say is for people and type checkers, or changes only how fast something is.
_SILENT_KEYWORDS: Final = frozenset(
    {
        *("description", "doc", "help", "message", "metavar", "title"),
        *("encoding", "flags", "frozen", "index", "maxsize", "slots", "stacklevel", "weakref_slot"),
    }
)
_SILENT_DECORATORS: Final = frozenset(
    {"abstractmethod", "cache", "final", "lru_cache", "override", "runtime_checkable", "wraps"}
)


def edits_of(source: Source, node: ast.AST) -> Iterator[Edit]:
    """Yield what the operators make of one node, leaving its children aside."""
    for kind, operators in _OPERATORS.items():
        if isinstance(node, kind):
            for operator in operators:
                yield from operator(source, node)


def name_of(node: ast.expr) -> str:
    """Return the last name of what is called, or nothing."""
    match node:
        case ast.Call(func=function):
            return name_of(function)
        case ast.Subscript(value=value):
            return name_of(value)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def is_silent(keyword: ast.keyword) -> bool:
    """Return whether a keyword argument changes nothing that can be observed."""
    return keyword.arg in _SILENT_KEYWORDS


# ---- Expressions


def _compare(source: Source, node: ast.Compare) -> Iterator[Edit]:
    operands = [node.left, *node.comparators]
    for left, right, operator in zip(operands, operands[1:], node.ops, strict=False):
        start, end = source.end(left), source.start(right)
        gap = source.between(start, end)
        for name, token in _COMPARISONS[type(operator)]:
            yield Edit(name, start, end, _COMPARISON_TOKEN.sub(token, gap, count=1))


def _connective(source: Source, node: ast.BoolOp) -> Iterator[Edit]:
    old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    start, end = source.end(node.values[0]), source.start(node.values[1])
    yield Edit("connective", start, end, re.sub(rf"\b{old}\b", new, source.between(start, end), count=1))


def _arithmetic(source: Source, node: ast.BinOp) -> Iterator[Edit]:
    if type(node.op) not in _ARITHMETIC:
        return
    old, new = _ARITHMETIC[type(node.op)]
    start, end = source.end(node.left), source.start(node.right)
    yield Edit("arithmetic", start, end, source.between(start, end).replace(old, new, 1))


def _without_not(source: Source, node: ast.UnaryOp) -> Iterator[Edit]:
    if isinstance(node.op, ast.Not):
        yield source.replace(node, "condition negated", f"({source.text(node.operand)})")


def _negated(source: Source, node: ast.If | ast.While | ast.IfExp) -> Iterator[Edit]:
    if not isinstance(node.test, ast.Compare | ast.UnaryOp):  # Those have operators of their own.
        yield source.replace(node.test, "condition negated", f"(not ({source.text(node.test)}))")


def _negated_filter(source: Source, node: ast.comprehension) -> Iterator[Edit]:
    for test in node.ifs:
        if not isinstance(test, ast.Compare | ast.UnaryOp):
            yield source.replace(test, "condition negated", f"(not ({source.text(test)}))")


def _constant(source: Source, node: ast.Constant) -> Iterator[Edit]:
    match node.value:
        case bool():
            yield source.replace(node, "truth", str(not node.value))
        case int() | float():
            yield source.replace(node, "number", repr(node.value + 1))
            if node.value > 0:
                yield source.replace(node, "number", repr(node.value - 1))
        case str() as text:
            yield source.replace(node, "text", repr(text + text[-1:] or "mutated"))
        case bytes() as content:
            yield source.replace(node, "text", repr(content + content[-1:] or b"mutated"))
        case _:
            pass


def _argument_dropped(source: Source, node: ast.Call) -> Iterator[Edit]:
    if name_of(node.func) == "cast":
        return
    every: list[ast.expr | ast.keyword] = sorted([*node.args, *node.keywords], key=source.start)
    for index, each in enumerate(every):
        is_droppable = isinstance(each, ast.keyword) and not is_silent(each)
        # The only positional argument is what the call is about.
        is_droppable |= isinstance(each, ast.expr) and each is node.args[-1] and len(node.args) > 1
        if not is_droppable:
            continue
        if index + 1 < len(every):
            yield Edit("argument dropped", source.start(each), source.start(every[index + 1]), "")
        elif index:
            yield Edit("argument dropped", source.end(every[index - 1]), source.end(each), "")
        else:
            yield source.replace(each, "argument dropped", "")


def _slice(source: Source, node: ast.Slice) -> Iterator[Edit]:
    for bound in (node.lower, node.upper):
        if bound is not None:
            yield source.replace(bound, "slice", "")


# ---- Statements


def _statement_deleted(source: Source, node: ast.Expr) -> Iterator[Edit]:
    if isinstance(node.value, ast.Call | ast.Await):
        yield source.replace(node, "statement deleted", "pass")


def _assignment_deleted(source: Source, node: ast.Assign) -> Iterator[Edit]:
    # Without an assignment to a name the next line fails, which shows nothing.
    if all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets):
        yield source.replace(node, "assignment deleted", "pass")


def _deleted(name: str) -> Operator:
    def deleted(source: Source, node: ast.stmt) -> Iterator[Edit]:
        yield source.replace(node, name, "pass")

    return deleted


def _raise_deleted(source: Source, node: ast.Raise) -> Iterator[Edit]:
    if node.exc is None or name_of(node.exc) not in {"AssertionError", "NotImplementedError"}:
        yield source.replace(node, "raise deleted", "pass")


def _return(source: Source, node: ast.Return) -> Iterator[Edit]:
    if node.value is None:
        yield source.replace(node, "return deleted", "pass")
    elif not isinstance(node.value, ast.Constant):
        yield source.replace(node.value, "value lost", "None")


def _jump(source: Source, node: ast.Break | ast.Continue) -> Iterator[Edit]:
    yield source.replace(node, "jump", "continue" if isinstance(node, ast.Break) else "break")


def _except_narrowed(source: Source, node: ast.ExceptHandler) -> Iterator[Edit]:
    # Wider ones mostly catch the same.
    if isinstance(node.type, ast.Tuple):
        for each in node.type.elts:
            others = ", ".join(source.text(other) for other in node.type.elts if other is not each)
            yield source.replace(node.type, "except narrowed", f"({others},)")
    elif node.type is not None:
        yield source.replace(node.type, "except narrowed", "()")


def _decorator_removed(source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Edit]:
    for each in node.decorator_list:
        if name_of(each) not in _SILENT_DECORATORS:
            at = source.content.rfind(b"@", 0, source.start(each))
            yield Edit("decorator removed", at, source.end(each), "")


_OPERATORS: Final[Mapping[Any, tuple[Operator, ...]]] = {
    ast.Compare: (_compare,),
    ast.BoolOp: (_connective,),
    ast.BinOp: (_arithmetic,),
    ast.UnaryOp: (_without_not,),
    (ast.If, ast.While, ast.IfExp): (_negated,),
    ast.comprehension: (_negated_filter,),
    ast.Constant: (_constant,),
    ast.Call: (_argument_dropped,),
    ast.Slice: (_slice,),
    ast.Expr: (_statement_deleted,),
    ast.Assign: (_assignment_deleted,),
    ast.AugAssign: (_deleted("assignment deleted"),),
    ast.Delete: (_deleted("statement deleted"),),
    ast.Raise: (_raise_deleted,),
    ast.Return: (_return,),
    (ast.Break, ast.Continue): (_jump,),
    ast.ExceptHandler: (_except_narrowed,),
    (ast.FunctionDef, ast.AsyncFunctionDef): (_decorator_removed,),
}
