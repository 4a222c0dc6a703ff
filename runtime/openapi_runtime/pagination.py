"""Pagination. A paginator decides which page comes next; the caller, sync or async, only fetches it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any, Final, Generic, NoReturn, TypeVar

from .errors import DecodeError, PaginationError
from .operation import Operation
from .types import UNSET, Unset

Page = TypeVar("Page")
Item = TypeVar("Item")

Number = int | Unset | None

_MAX_REPEATS: Final = 10


class Paginator(Generic[Page, Item]):
    """Base of every style of pagination.

    Pagination ends where the server says so, or with an empty page. A server that does neither and repeats
    its pages is refused: at once where a page of several items comes again; where pages have one item each,
    after ten repeats, because equal items may be genuine.

    Args:
        operation: The operation that returns a page.
        start: Position of the first page; UNSET or None leaves it to the server.
        items: Returns the items of a page.
        end: Returns the number that says where the last page is.
        echo: Returns the position of a page as the server repeats it.

    Attributes:
        position: Position of the next page; UNSET leaves the first page to the server.
        more: Whether there may be a next page.
    """

    def __init__(
        self,
        operation: Operation[Any, Any],
        start: Number,
        items: Callable[[Page], Sequence[Item] | Unset | None],
        end: Callable[[Page], Number] = lambda _: UNSET,
        echo: Callable[[Page], Number] = lambda _: UNSET,
    ) -> None:
        self.position: int | Unset = UNSET if start is None else start
        self.more = True
        self._operation = operation
        self._items = items
        self._end = end
        self._echo = echo
        # Brent's algorithm finds a cycle of any length and keeps one page only.
        self._landmark: Sequence[Item] = ()
        self._pages = 0
        self._pages_to_landmark: int = 1
        self._repeats = 0

    def take(self, page: Page) -> Sequence[Item]:
        """Return the items of a page, and move `position` and `more` on to the next one.

        Raises:
            PaginationError: The server repeats its pages, or returned another page than it was asked for.
            DecodeError: The page does not hold the items.
        """
        try:
            items = self._items(page) or ()
        except DecodeError as error:
            error.operation_id = self._operation.id
            error.request_line = self._operation.request_line
            raise
        position = self._position_of(self._echo(page))
        if items:
            self._check_for_cycle(items)
        self.position, self.more = self._next(position, len(items), self._end(page))
        self.more = self.more and bool(items)
        return items

    def iterate(self, fetch: Callable[[int | Unset], Page]) -> Iterator[Item]:
        """Yield the items of all pages, each of which `fetch` returns for its position."""
        while self.more:
            yield from self.take(fetch(self.position))

    async def iterate_async(self, fetch: Callable[[int | Unset], Awaitable[Page]]) -> AsyncIterator[Item]:
        """Yield the items of all pages, as `iterate` does."""
        while self.more:
            for item in self.take(await fetch(self.position)):
                yield item

    def _check_for_cycle(self, items: Sequence[Item]) -> None:
        if items == self._landmark:
            self._repeats += 1
            if len(items) > 1 or self._repeats >= _MAX_REPEATS:
                self._fail("a page came again: the server repeats its pages")
        self._pages += 1
        if self._pages == self._pages_to_landmark:
            self._landmark = items
            self._pages_to_landmark *= 2
            self._repeats = 0

    def _position_of(self, echo: Number) -> int:
        if isinstance(self.position, int):
            if isinstance(echo, int) and echo != self.position:
                self._fail(f"asked for the page at {self.position}, got the one at {echo}")
            return self.position
        return echo if isinstance(echo, int) else self._first()

    def _first(self) -> int:
        raise NotImplementedError

    def _next(self, position: int, count: int, end: Number) -> tuple[int, bool]:
        raise NotImplementedError

    def _fail(self, why: str) -> NoReturn:
        raise self._operation.error(PaginationError, f": {why}")


class OffsetPaginator(Paginator[Page, Item]):
    """Pages that begin at an offset, counted in items; `end` is the number of items in all."""

    def _first(self) -> int:
        return 0

    def _next(self, position: int, count: int, end: Number) -> tuple[int, bool]:
        following = position + count
        return following, not isinstance(end, int) or following < end


class PageNumberPaginator(Paginator[Page, Item]):
    """Pages with numbers from 1; `end` is the number of pages."""

    def _first(self) -> int:
        return 1

    def _next(self, position: int, count: int, end: Number) -> tuple[int, bool]:
        del count
        return position + 1, not isinstance(end, int) or position < end
