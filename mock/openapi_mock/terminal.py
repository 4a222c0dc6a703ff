"""What the command shows: folded to the width of a terminal, plain lines in a pipe, and never cut."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.logging import RichHandler
from rich.table import Table
from rich.text import Text

from .engine import Mock

# One below the other, columns take less room: the first of these that fits a terminal is taken.
_LINES_PER_ROW = (1, 2, 4)


def introduce(console: Console, mock: Mock, url: str) -> None:
    """Show what the mock serves, and what its behaviour has to say; `url` is where its pages are."""
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


def announce(console: Console, mock: Mock, url: str) -> None:
    """Show where the operations are, once they are there."""
    bases = Counter(url + base for each in mock.operations for base in each.bases) or Counter([url])
    for place, operations in bases.items():
        of_them = f"{operations} of the operations; " if len(bases) > 1 else ""
        _say(console, f"Serving on {place} ({of_them}Ctrl-C ends it)")


def _source(mock: Mock, operation_id: str) -> str:
    return "handler" if mock.is_handled(operation_id) else "synthesised"


def _is_page(row: tuple[str, str]) -> bool:
    """Whether a row of the banner leads to a page of the mock, by its path."""
    return row[1].startswith("/")


def _say(console: Console, line: str) -> None:
    """One line, which the terminal may fold: so an address in it stays whole when it is copied or clicked."""
    console.print(line, markup=False, soft_wrap=True)


def _show(console: Console, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in a terminal, tab-separated lines in a pipe. Nothing is cut in either."""
    if not console.is_terminal:
        # Not through rich, which makes spaces of tabs.
        console.file.writelines("\t".join(row) + "\n" for row in (heading, *rows))
        return
    tables = [_table(heading, rows, lines) for lines in _LINES_PER_ROW]
    fitting = (each for each in tables if _width(console, each) <= console.width)
    console.print(next(fitting, tables[-1]), "")


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]], lines: int) -> Table:
    """A table whose columns, from the second on, stand `lines` below each other."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    for title in _folded(heading, lines):
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*_folded(row, lines))
    return table


def _folded(row: Sequence[str], lines: int) -> list[Text]:
    first, *rest = row
    folded = ["\n".join(rest[start : start + lines]) for start in range(0, len(rest), lines)]
    # rich would put the first heading beside the last of those that are folded.
    first += "\n" * (min(lines, len(rest)) - 1)
    return [Text(cell) for cell in (first, *folded)]


def _width(console: Console, table: Table) -> int:
    """The width of a table that has all the room it wants."""
    return console.measure(table, options=console.options.update_width(1000)).maximum


def log_to(console: Console) -> None:
    """One line per request on the standard output; plain where that is no terminal."""
    handler: logging.Handler = logging.StreamHandler(sys.stdout)
    if console.is_terminal:
        handler = RichHandler(console=console, show_path=False, markup=False, log_time_format="[%X]")
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], format="%(message)s")
    logging.getLogger("openapi_mock").setLevel(logging.INFO)
