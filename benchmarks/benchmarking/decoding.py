"""From the bytes of a page of 50 to values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from .client import without_extras
from .measuring import FAST, OURS, STOCK, Effort, Goal, Result, Row, measure
from .server import PAGE, PAGE_SIZE
from .workers import Task, hire

NAME: Final = "decoding"
ROWS: Final = (
    Row(NAME, "decoding, 50 rows (stock: unchecked)", (Goal(OURS, STOCK, 0.55), Goal(FAST, STOCK, 0.2))),
)

_IN_ALL: Final = {OURS: "decoding:ours", FAST: "decoding:fast", STOCK: "decoding:stock"}
_PEERS: Final = {"msgspec": "decoding:with_msgspec", "pydantic": "decoding:with_pydantic"}

Tasks = Mapping[str, Task]


def measured(effort: Effort, names: frozenset[str], stock: Path) -> Iterator[Result]:
    """Yield what the rows with these names come to."""
    if NAME not in names:
        return
    makers = _IN_ALL if effort.is_short else {**_IN_ALL, **_PEERS}
    with hire(makers, further=[stock]) as (workers, missing):
        contenders = {name: each.work(NAME) for name, each in workers.items()}
        yield Result(ROWS[0], measure(contenders, effort), missing)


def ours() -> Tasks:
    """As installed without extras."""
    without_extras()
    return _operation()


def fast() -> Tasks:
    """With the extra `fast`."""
    import_module("msgspec")
    return _operation()


def _operation() -> Tasks:
    """What the client does with a response."""
    from kws_client.api.apps.get_leaderboard import OPERATION
    from openapi_runtime.messages import HTTPResponse

    read = OPERATION.success[200]
    headers = [(b"content-type", b"application/json")]
    return _task(lambda: read(HTTPResponse(200, headers, PAGE, sent_headers={}, path="")).results)


def stock() -> Tasks:
    """The stock client's models, which check nothing."""
    decode = import_module("kws_stock.models.leaderboard").Leaderboard.from_dict
    return _task(lambda: decode(json.loads(PAGE)).results)


def with_msgspec() -> Tasks:
    """Structures of msgspec, checked."""
    import msgspec

    fields = [("offset", int), ("limit", int), ("count", int)]
    entry: Any = msgspec.defstruct("Entry", [("rank", int), ("score", int), ("user", str | None)])
    page: Any = msgspec.defstruct("Page", [*fields, ("results", list[entry])])
    decoder: Any = msgspec.json.Decoder(page)
    return _task(lambda: decoder.decode(PAGE).results)


def with_pydantic() -> Tasks:
    """Models of pydantic, checked."""
    import pydantic

    entry: Any = pydantic.create_model("Entry", rank=int, score=int, user=str | None)
    page: Any = pydantic.create_model("Page", offset=int, limit=int, count=int, results=list[entry])
    return _task(lambda: page.model_validate_json(PAGE).results)


def _task(decode: Callable[[], Any]) -> Tasks:
    if len(decode()) != PAGE_SIZE:
        raise ValueError("something else was decoded")

    def task(calls: int) -> int:
        for _ in range(calls):
            decode()
        return calls

    return {NAME: task}
