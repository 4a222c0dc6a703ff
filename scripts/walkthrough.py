"""Run the tours of `examples/`, which call every operation, against the mock of each API.

Exit with 1 if a step fails, or if a tour leaves out a documented operation.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

import httpx
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openapi_mock import Mock, load, serve

ROOT = Path(__file__).resolve().parents[1]
WIDEST_VALUE = 72


class Tour(Protocol):
    """Calls every operation of the API at a URL through a client that takes `httpx_args`."""

    def __call__(self, base_url: str, httpx_args: dict[str, Any]) -> Iterator[object]:
        """Yield the result of each call."""
        ...


@dataclass
class Row:
    """A request with its response, or a step that sent none."""

    operation: str = ""
    request_line: str = ""
    status: str = ""
    came_back: str = ""
    milliseconds: str = ""

    @property
    def failed(self) -> bool:
        """Whether the step failed."""
        return self.operation == "failed" or (self.status != "" and not self.status.startswith("2"))


class Recorder:
    """Records each request and response of an httpx client with its operation."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._started = 0.0

    @property
    def httpx_args(self) -> dict[str, Any]:
        """Arguments for an httpx client that is to be recorded."""
        return {"event_hooks": {"request": [self._start], "response": [self._finish]}}

    def taken(self) -> list[Row]:
        """Return the rows since the last call."""
        rows, self._rows = self._rows, []
        return rows

    def _start(self, _request: httpx.Request) -> None:
        self._started = perf_counter()

    def _finish(self, response: httpx.Response) -> None:
        response.read()
        request = response.request
        self._rows.append(
            Row(
                request.extensions["operation"].id,
                f"{request.method} {request.url.path}",
                str(response.status_code),
                f"{len(response.content)} bytes",
                f"{(perf_counter() - self._started) * 1000:.1f}",
            )
        )


def take(tour: Tour, base_url: str) -> Iterator[Row]:
    """Yield the rows of a tour. A failing step ends it with a row that says why."""
    recorder = Recorder()
    steps = tour(base_url, recorder.httpx_args)
    while True:
        try:
            value = next(steps)
        except StopIteration:
            return
        except Exception as error:  # noqa: BLE001  # shown as the reason of the failure
            yield from recorder.taken()
            yield Row("failed", came_back=f"{type(error).__name__}: {error}")
            return
        rows = recorder.taken() or [Row()]
        rows[-1].came_back = _shown(value)
        yield from rows


def _shown(value: object) -> str:
    if value is None:
        return "nothing, as documented"
    text = value if isinstance(value, str) else repr(value).replace(", additional_properties={}", "")
    return text if len(text) <= WIDEST_VALUE else f"{text[: WIDEST_VALUE - 1]}…"


def left_out(mock: Mock, rows: Sequence[Row]) -> list[str]:
    """Return the operations of the document that have no success among the rows."""
    called = {row.operation for row in rows if not row.failed}
    return [operation.id for operation in mock.operations if operation.id not in called]


def show(title: str, rows: Sequence[Row], console: Console) -> None:
    """Print a table in a terminal, aligned plain text in a pipe."""
    heading = ("operation", "request line", "status", "what came back", "ms")
    if console.is_terminal:
        table = Table(title=title, title_justify="left")
        for column in heading:
            table.add_column(column, overflow="fold", justify="right" if column == "ms" else "left")
        for row in rows:
            table.add_row(*map(escape, astuple(row)), style="bold red" if row.failed else "")
        console.print(table)
        return
    lines = [heading, *(astuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    sys.stdout.write(f"{title}\n")
    for operation, request_line, status, came_back, milliseconds in lines:
        aligned = (
            text.ljust(width) for text, width in zip((operation, request_line, status), widths, strict=True)
        )
        sys.stdout.write("  ".join((*aligned, milliseconds.rjust(6), came_back)).rstrip() + "\n")


def walk_through(name: str, console: Console) -> bool:
    """Run and print the tour of one API. Return whether it succeeded."""
    mock = load(name)
    tour: Tour = importlib.import_module(f"{name}_tour").tour
    with serve(mock) as host:
        base_url = host + mock.operations[0].bases[0]
        rows = list(take(tour, base_url))
    show(f"{name}, against the mock on {base_url}", rows, console)
    missing = left_out(mock, rows)
    if missing:
        sys.stdout.write(
            f"No success for {', '.join(missing)}: each needs a call in examples/{name}_tour.py.\n"
        )
    else:
        sys.stdout.write(f"{len(mock.operations)} of {len(mock.operations)} operations succeeded.\n")
    return not missing and not any(row.failed for row in rows)


def main() -> int:
    sys.path.append(str(ROOT / "examples"))
    console = Console()
    names = sorted(path.stem for path in (ROOT / "openapi").glob("*.yaml"))
    with_tour = [name for name in names if (ROOT / "examples" / f"{name}_tour.py").exists()]
    for name in names:
        if name not in with_tour:
            sys.stdout.write(f"{name}: no tour, since there is no examples/{name}_tour.py\n")
    outcomes = [walk_through(name, console) for name in with_tour]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
