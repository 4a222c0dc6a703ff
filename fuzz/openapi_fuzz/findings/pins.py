"""Failures that were found, kept as examples that later runs try first."""

from __future__ import annotations

import base64
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from schemathesis import BaseSchema, Case

from openapi_fuzz._schemathesis import (
    Binary,
    DelimitedValue,
    find_operation,
    has_body,
    headers_of,
    make_case,
    meta_of,
)
from openapi_reader import is_array, is_object

from .finding import Finding, SentCase
from .masks import Masks

_MOST: Final = 200
_BYTES, _BINARY, _DELIMITED = "$bytes", "$binary", "$delimited"


def pinned(sent_cases: Sequence[SentCase], masks: Masks) -> dict[str, Any] | None:
    """Return calls as values of JSON, without secrets; None where JSON cannot say them, or bytes hold one."""
    try:
        steps = [_hidden(_call(each), masks) for each in sent_cases]
        json.dumps(steps)
    except TypeError:
        return None
    return {"steps": steps}


def read_pins(folder: Path | None, target: str) -> list[dict[str, Any]]:
    """Return what is pinned for a target."""
    path = None if folder is None else folder / f"{target}.json"
    if path is None or not path.is_file():
        return []
    loaded: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def write_pins(folder: Path, found: Iterable[Finding]) -> list[Path]:
    """Add findings to what is pinned. Return the files that changed."""
    by_target: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        if each.pin is not None:
            pin = {"found": each.message.partition("\n")[0], **each.pin}
            by_target.setdefault(each.target, []).append(pin)
    return [path for target, pins in by_target.items() if (path := _merged(folder, target, pins)) is not None]


def unpinned(
    pin: Mapping[str, Any], schema: BaseSchema, labels: Mapping[str, str], masks: Masks
) -> Iterator[tuple[Case[Any], int]]:
    """Yield the calls of a pin, each with the number that chooses how it is sent.

    Args:
        pin: What `pinned` returned.
        schema: What cases belong to.
        labels: Method and path of each operation, by its id. A pin of an operation that is gone has no calls.
        masks: Knows the secrets.
    """
    steps: list[dict[str, Any]] = pin["steps"]
    if all(step["operation"] in labels for step in steps):
        for step in steps:
            fields = _revealed(step, masks)
            operation = find_operation(schema, labels[fields.pop("operation")])
            number = fields.pop("number")
            yield make_case(operation, **fields), number


def _merged(folder: Path, target: str, found: Sequence[dict[str, Any]]) -> Path | None:
    known = read_pins(folder, target)
    steps = [each["steps"] for each in known]
    new = [
        each for number, each in enumerate(found) if each["steps"] not in steps and each not in found[:number]
    ]
    if not new or len(known) >= _MOST:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps([*known, *new][:_MOST], indent=2, ensure_ascii=True)
    path = folder / f"{target}.json"
    # In one step, so that a run that is stopped leaves no half of it.
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{target}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
    Path(name).replace(path)
    return path


def _call(sent: SentCase) -> dict[str, Any]:
    case = sent.case
    return {
        "operation": sent.operation_id,
        "number": sent.number,
        "method": case.method,
        "path_parameters": dict(case.path_parameters),
        "query": dict(case.query),
        "headers": headers_of(case),
        "cookies": dict(case.cookies),
        **({"body": case.body} if has_body(case) else {}),
        "media_type": case.media_type,
        "multipart_content_types": case.multipart_content_types,
        "meta": meta_of(case),
    }


def _hidden(value: Any, masks: Masks) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, DelimitedValue):
        return {_DELIMITED: [masks.hide(str(value)), masks.hide(value.encoded)]}
    if isinstance(value, Binary | bytes):
        kind, data = (_BINARY, value.data) if isinstance(value, Binary) else (_BYTES, value)
        text = data.decode("latin-1")
        if masks.hide(text) != text:
            raise TypeError("a secret within bytes cannot be replaced")
        return {kind: base64.b64encode(data).decode()}
    if isinstance(value, str):
        return masks.hide(value)
    if is_object(value):
        return {masks.hide(str(name)): _hidden(item, masks) for name, item in value.items()}
    return [_hidden(item, masks) for item in value] if is_array(value) else value


def _revealed(value: Any, masks: Masks) -> Any:
    """Return what `_hidden` was given."""
    if isinstance(value, str):
        return masks.reveal(value)
    if is_array(value):
        return [_revealed(item, masks) for item in value]
    if not is_object(value):
        return value
    if [*value] == [_DELIMITED]:
        return DelimitedValue(*(masks.reveal(each) for each in value[_DELIMITED]))
    if [*value] == [_BYTES]:
        return base64.b64decode(value[_BYTES])
    if [*value] == [_BINARY]:
        return Binary(base64.b64decode(value[_BINARY]))
    return {masks.reveal(name): _revealed(item, masks) for name, item in value.items()}
