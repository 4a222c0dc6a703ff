"""Output of the command: tables in a terminal, plain lines in a pipe, never truncated."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.logging import RichHandler
from rich.table import Table
from rich.text import Text

from openapi_mock.engine import Mock

# How many cells of a row stand below each other: the first of these that fits the terminal is used.
_LINES_PER_ROW = (1, 2, 4)


def introduce(console: Console, mock: Mock[Any], url: str) -> None:
    """Show the mock's operations and its behaviour's banner. `url` is the base URL of its pages."""
    rows = [
        (each.method, each.path, each.id, " ".join(each.scopes), _source(mock, each.id))
        for each in mock.operations
    ]
    _show(console, ("method", "path", "operation", "scopes", "response"), rows)
    banner = mock.behaviour.banner()
    if to_try := [row for row in banner if not _is_page(row)]:
        _show(console, ("to try", ""), to_try)
    for what, path in filter(_is_page, banner):
        _say(console, f"{what}: {url}{path}")


def announce(console: Console, mock: Mock[Any], url: str) -> None:
    """Show the URLs of the operations, once they are served."""
    bases = Counter(url + base for each in mock.operations for base in each.bases) or Counter([url])
    for place, operations in bases.items():
        of_them = f"{operations} of the operations; " if len(bases) > 1 else ""
        _say(console, f"Serving on {place} ({of_them}Ctrl-C ends it)")


def warn(console: Console, line: str) -> None:
    """Say what the user should know before somebody else does."""
    console.print(f"Note: {line}", markup=False)


def _source(mock: Mock[Any], operation_id: str) -> str:
    if mock.is_handled(operation_id):
        return "handler"
    return "synthesised" if mock.can_respond(operation_id) else "none that is valid"


def _is_page(row: tuple[str, str]) -> bool:
    """Return whether a row of the banner holds the path of a page."""
    return row[1].startswith("/")


def _say(console: Console, line: str) -> None:
    """Print one line without wrapping it, so that a URL in it can be copied or clicked."""
    console.print(line, markup=False, soft_wrap=True)


def _show(console: Console, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table in a terminal, tab-separated lines in a pipe, without truncation."""
    if console.quiet:
        return
    if not console.is_terminal:
        # Not by rich, which replaces tabs by spaces.
        console.file.writelines("\t".join(row) + "\n" for row in (heading, *rows))
        return
    tables = [_table(heading, rows, lines) for lines in _LINES_PER_ROW]
    fitting = (each for each in tables if _width(console, each) <= console.width)
    console.print(next(fitting, tables[-1]), "")


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]], lines: int) -> Table:
    """Return a table in which cells, from the second column on, stand `lines` below each other."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    for title in _folded(heading, lines):
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*_folded(row, lines))
    return table


def _folded(row: Sequence[str], lines: int) -> list[Text]:
    first, *rest = row
    folded = ["\n".join(rest[start : start + lines]) for start in range(0, len(rest), lines)]
    # rich would align the first heading with the last line of the others.
    first += "\n" * (min(lines, len(rest)) - 1)
    return [Text(cell) for cell in (first, *folded)]


def _width(console: Console, table: Table) -> int:
    """Return the width that a table needs."""
    return console.measure(table, options=console.options.update_width(1000)).maximum


def log_to(console: Console, *, quiet: bool = False) -> None:
    """Log one line per request to the standard output, without colours if that is no terminal.

    If `quiet`, errors alone are logged, and to the standard error.
    """
    if quiet:
        logging.basicConfig(level=logging.ERROR, format="%(message)s")
        return
    handler: logging.Handler = logging.StreamHandler(sys.stdout)
    if console.is_terminal:
        handler = RichHandler(console=console, show_path=False, markup=False, log_time_format="[%X]")
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], format="%(message)s")
    logging.getLogger("openapi_mock").setLevel(logging.INFO)
