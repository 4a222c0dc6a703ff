# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Walking through pages. A pager decides; the façade, synchronous or not, only fetches what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, NoReturn, TypeVar

from .decoding import encode
from .errors import PaginationError
from .operation import Operation
from .types import UNSET, Unset

Page = TypeVar("Page")
Item = TypeVar("Item")

Count = int | Unset | None

_MOST_REPEATS: Final = 10


class Pager(Generic[Page, Item]):
    """What is common to every way of paging.

    A walk ends where the server says the end is, or with an empty page. Where a server does neither, and only goes
    round in circles, a page that came before ends it: at once if it has several items; as the tenth such page in a
    row if it has one, for entries may be equal and honest. Only a server that always has something new is read on.

    Attributes:
        position: What to ask the next page with; UNSET leaves the first page to the server.
        more: Whether there may be a next page.
    """

    def __init__(
        self,
        operation: Operation[Any, Any],
        start: Count,
        items: Callable[[Page], Sequence[Item] | Unset | None],
        end: Callable[[Page], Count] = lambda _: UNSET,
        echo: Callable[[Page], Count] = lambda _: UNSET,
    ) -> None:
        """Args tell where a page holds what.

        Args:
            operation: The operation that gives a page.
            start: Where to begin.
            items: The items of a page.
            end: The number that tells where the end is.
            echo: The position of a page as the server repeats it.
        """
        self.position: int | Unset = UNSET if start is None else start
        self.more = True
        self._operation = operation
        self._items = items
        self._end = end
        self._echo = echo
        # Of a page no more than its hash is kept: a walk may be long.
        self._seen: set[int] = set()
        self._repeats = 0

    def take(self, page: Page) -> Sequence[Item]:
        """The items of a page; afterwards `position` and `more` are those of the next one.

        Raises:
            PaginationError: The server goes round in circles, or gives another page than it was asked for.
        """
        items = self._items(page) or ()
        position = self._checked(self._echo(page))
        if items:
            self._refuse_circles(items)
        self.position, self.more = self._next(position, len(items), self._end(page))
        self.more = self.more and bool(items)
        return items

    def _refuse_circles(self, items: Sequence[Item]) -> None:
        page = hash(str(encode(items)))
        self._repeats = self._repeats + 1 if page in self._seen else 0
        self._seen.add(page)
        if self._repeats and (len(items) > 1 or self._repeats >= _MOST_REPEATS):
            self._fail("a page came again, so the server's pages go round in circles")

    def _checked(self, echo: Count) -> int:
        """Where this page stands."""
        if isinstance(self.position, int):
            if isinstance(echo, int) and echo != self.position:
                self._fail(f"asked for the page at {self.position}, got the one at {echo}")
            return self.position
        return echo if isinstance(echo, int) else self._first()

    def _first(self) -> int:
        raise NotImplementedError

    def _next(self, position: int, count: int, end: Count) -> tuple[int, bool]:
        raise NotImplementedError

    def _fail(self, why: str) -> NoReturn:
        raise self._operation.complaint(PaginationError, f": {why}")


class OffsetPager(Pager[Page, Item]):
    """Pages that begin at an offset, counted in items; `end` is the number of items in all."""

    def _first(self) -> int:
        return 0

    def _next(self, position: int, count: int, end: Count) -> tuple[int, bool]:
        following = position + count
        return following, not isinstance(end, int) or following < end


class NumberPager(Pager[Page, Item]):
    """Pages with numbers from 1; `end` is the number of pages."""

    def _first(self) -> int:
        return 1

    def _next(self, position: int, count: int, end: Count) -> tuple[int, bool]:
        del count
        return position + 1, not isinstance(end, int) or position < end
