"""Docstrings: constraints of schemas in English, and text wrapped to a width."""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from typing import Any

from generator.normalize import SERVER_DEFAULT

WIDTH = 110
_LIST_ITEM = re.compile(r"\s*([-*+]|\d+[.)])\s")


def docstring(text: str, indent: int) -> str:
    """Return a docstring literal, with all lines but the first indented by `indent` columns."""
    body = _escape(text.strip()) or "…"
    margin = " " * indent
    lines = [f"{margin}{line}" if line else "" for line in body.splitlines()]
    if len(lines) == 1:
        closing = '"""' if len(lines[0]) + 6 <= WIDTH else f'\n{margin}"""'
        return f'"""{body}{closing}'
    return '"""' + "\n".join(lines).lstrip() + f'\n{margin}"""'


def _escape(text: str) -> str:
    printable = "".join(char for char in text if char == "\n" or unicodedata.category(char)[0] != "C")
    escaped = printable.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'{escaped[:-1]}\\"' if escaped.endswith('"') else escaped


def fill(text: str, indent: int, first: str = "", hanging: int = 0) -> str:
    """Return Markdown with its paragraphs, not lists and code, wrapped to the width left by `indent`."""
    width = WIDTH - indent
    out: list[str] = []
    lead = first
    for block in _blocks(text):
        if block.startswith(("    ", "```", "|", "#")) or not block:
            out += [f"{' ' * hanging if out else ''}{line}" for line in block.splitlines()] or [""]
            continue
        inner = " " * (hanging + (2 if _LIST_ITEM.match(block) else 0))
        start = lead or (" " * hanging if out else "")
        lead = ""
        words = " ".join(block.split())
        out += textwrap.wrap(
            words,
            width,
            initial_indent=start,
            subsequent_indent=inner,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(line.rstrip() for line in out) or first.rstrip()


def _blocks(text: str) -> list[str]:
    blocks: list[str] = []
    fenced = False
    for line in text.expandtabs(4).strip().splitlines():
        fence = line.strip().startswith("```")
        joins = (
            blocks
            and blocks[-1]
            and line.strip()
            and not _LIST_ITEM.match(line)
            and not line.startswith("    ")
        )
        if fenced or (joins and not fence and not blocks[-1].startswith(("```", "|", "#", "    "))):
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line if line.strip() else "")
        if fence:
            fenced = not fenced
    return blocks


def sentence(text: str | None) -> str:
    """Return the text with a full stop at its end."""
    text = (text or "").strip()
    return text if not text or text[-1] in ".!?:)`|" else f"{text}."


def constraints(schema: dict[str, Any]) -> str:
    """Return the constraints of a schema in English, such as: At least 1 and at most 100."""
    said = [_range(schema), _length(schema), _items(schema), _format(schema)]
    if "multipleOf" in schema:
        said.append(f"A multiple of {schema['multipleOf']}.")
    if "pattern" in schema:
        said.append("Not blank." if schema["pattern"] == r"\S" else f"Matches `{schema['pattern']}`.")
    values = schema.get("x-enum", schema.get("enum"))
    if values is not None:
        said.append("One of " + ", ".join(f"`{_json(value)}`" for value in values) + ".")
    if SERVER_DEFAULT in schema:
        said.append(f"The server's default is `{_json(schema[SERVER_DEFAULT])}`.")
    if schema.get("deprecated"):
        said.append("Deprecated.")
    return " ".join(part for part in said if part)


_INTEGER_BITS = (31, 53, 63)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _range(schema: dict[str, Any]) -> str:
    words = {
        "minimum": "at least",
        "exclusiveMinimum": "more than",
        "maximum": "at most",
        "exclusiveMaximum": "less than",
    }
    # The library adds an inclusive bound of None to an exclusive one.
    limits = [(phrase, schema.get(key)) for key, phrase in words.items()]
    said = " and ".join(f"{phrase} {_number(limit)}" for phrase, limit in limits if limit is not None)
    return f"{said.capitalize()}." if said else ""


def _number(value: float) -> str:
    """Return a bound as text, with the limits of integer types as powers of two."""
    for power in _INTEGER_BITS:
        if abs(value) == 2**power - 1:
            return f"2^{power} - 1" if value > 0 else f"-(2^{power} - 1)"
    return str(int(value) if value == int(value) else value)


def _length(schema: dict[str, Any]) -> str:
    low, high = schema.get("minLength"), schema.get("maxLength")
    return _count(low, high, "character")


def _items(schema: dict[str, Any]) -> str:
    said = _count(schema.get("minItems"), schema.get("maxItems"), "item")
    return f"{said} No two alike.".strip() if schema.get("uniqueItems") else said


def _count(low: int | None, high: int | None, noun: str) -> str:
    if low is None and high is None:
        return ""
    if low == high or (low in (None, 0) and high is not None):
        return f"{'Exactly' if low == high else 'At most'} {high} {noun}{'' if high == 1 else 's'}."
    if high is None:
        return f"At least {low} {noun}{'' if low == 1 else 's'}."
    return f"{low} to {high} {noun}s."


def _format(schema: dict[str, Any]) -> str:
    known = {
        "date": "",
        "date-time": "",
        "uuid": "",
        "binary": "",
        "password": "A secret, left out of reprs.",
        "int32": "A 32-bit number.",
        "int64": "A 64-bit number.",
        "float": "",
        "double": "",
    }
    name = schema.get("format")
    return known.get(name, f"Format: {name}.") if name else ""
