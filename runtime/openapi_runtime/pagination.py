"""Pagination. A paginator decides which page comes next; the caller, sync or async, only fetches it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any, Final, Generic, NoReturn, TypeVar

from attrs import frozen

from .decoding import kind
from .errors import DecodeError, InvalidArgument, PaginationError
from .operation import Operation
from .types import UNSET, Unset

Body = TypeVar("Body")
Item = TypeVar("Item")

Number = int | Unset | None

# A page with one item may be genuine, though it comes again: a list can hold a value many times.
_MAX_REPEATS: Final = 100


@frozen
class Page(Generic[Body, Item]):
    """One page of a list.

    Attributes:
        items: Its items.
        body: The response as the operation returns it, with all that it says beside the items.
        position: Where it begins: an offset, or the number of the page.
        next_position: Where the next page begins; None after the last one. To go on from there later, even in
            another process, pass it as the argument with which the same list begins, such as `offset`.
    """

    items: Sequence[Item]
    body: Body
    position: int
    next_position: int | None


class PagedItems(Iterator[Item], Generic[Body, Item]):
    """The items of a list, on all of its pages, each of which is fetched when its first item is needed.

    Where a page cannot be fetched, the error is raised, and the next attempt asks for the same page. One
    thread or task at a time can use it.
    """

    def __init__(self, pages: Iterator[Page[Body, Item]]) -> None:
        self._pages = pages
        self._items: Iterator[Item] = iter(())

    def __next__(self) -> Item:
        while True:
            for item in self._items:
                return item
            self._items = iter(next(self._pages).items)

    def by_page(self) -> Iterator[Page[Body, Item]]:
        """Return the pages in place of their items; after some items, those that were not fetched yet."""
        return self._pages


class AsyncPagedItems(AsyncIterator[Item], Generic[Body, Item]):
    """The items of a list, on all of its pages, as those of `PagedItems` are."""

    def __init__(self, pages: AsyncIterator[Page[Body, Item]]) -> None:
        self._pages = pages
        self._items: Iterator[Item] = iter(())

    async def __anext__(self) -> Item:
        while True:
            for item in self._items:
                return item
            self._items = iter((await anext(self._pages)).items)

    def by_page(self) -> AsyncIterator[Page[Body, Item]]:
        """Return the pages in place of their items, as `PagedItems.by_page` does."""
        return self._pages


class Paginator(Generic[Body, Item]):
    """Base of every style of pagination.

    Pagination ends where the server says so, or with an empty page. A server that does neither and repeats
    its pages is refused: at once where a page of several items comes again; where pages have one item each,
    after a hundred repeats, and not at all where the server says which page each one is, because equal items
    may be genuine.

    Args:
        operation: The operation that returns a page.
        start: Position of the first page; UNSET or None leaves it to the server.
        items: Returns the items of a page.
        end: Returns the number that says where the last page is.
        echo: Returns the position of a page as the server repeats it.
        argument: Name of the argument that `start` came from.

    Attributes:
        position: Position of the next page; UNSET leaves the first page to the server.
        more: Whether there may be a next page.

    Raises:
        InvalidArgument: `start` is not an integer.
    """

    def __init__(
        self,
        operation: Operation[Any, Any],
        start: Number,
        items: Callable[[Body], Sequence[Item] | Unset | None],
        end: Callable[[Body], Number] = lambda _: UNSET,
        echo: Callable[[Body], Number] = lambda _: UNSET,
        argument: str = "start",
    ) -> None:
        self.position = _checked(start, argument, operation)
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

    def take(self, body: Body) -> Page[Body, Item]:
        """Return a page, and move `position` and `more` on to the next one.

        Raises:
            PaginationError: The server repeats its pages, or returned another page than it was asked for.
            DecodeError: The body does not hold the items.
        """
        try:
            items = self._items(body) or ()
        except DecodeError as error:
            error.operation_id = self._operation.id
            error.request_line = self._operation.request_line
            raise
        echo = self._echo(body)
        position = self._position_of(echo)
        # A server that says which page this is has moved on, and only the items are the same.
        if len(items) > 1 or (items and not isinstance(echo, int)):
            self._check_for_cycle(items)
        self.position, self.more = self._next(position, len(items), self._end(body))
        self.more = self.more and bool(items)
        return Page(items, body, position, self.position if self.more else None)

    def iterate(self, fetch: Callable[[int | Unset], Body]) -> PagedItems[Body, Item]:
        """Return the items of all pages, each of which `fetch` returns for its position."""
        return PagedItems(_Pages(self, fetch))

    def iterate_async(self, fetch: Callable[[int | Unset], Awaitable[Body]]) -> AsyncPagedItems[Body, Item]:
        """Return the items of all pages, as `iterate` does."""
        return AsyncPagedItems(_AsyncPages(self, fetch))

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


class _Pages(Iterator[Page[Body, Item]]):
    def __init__(self, paginator: Paginator[Body, Item], fetch: Callable[[int | Unset], Body]) -> None:
        self._paginator = paginator
        self._fetch = fetch

    def __next__(self) -> Page[Body, Item]:
        if not self._paginator.more:
            raise StopIteration
        return self._paginator.take(self._fetch(self._paginator.position))


class _AsyncPages(AsyncIterator[Page[Body, Item]]):
    def __init__(
        self, paginator: Paginator[Body, Item], fetch: Callable[[int | Unset], Awaitable[Body]]
    ) -> None:
        self._paginator = paginator
        self._fetch = fetch

    async def __anext__(self) -> Page[Body, Item]:
        if not self._paginator.more:
            raise StopAsyncIteration
        return self._paginator.take(await self._fetch(self._paginator.position))


class OffsetPaginator(Paginator[Body, Item]):
    """Pages that begin at an offset, counted in items; `end` is the number of items in all."""

    def _first(self) -> int:
        return 0

    def _next(self, position: int, count: int, end: Number) -> tuple[int, bool]:
        following = position + count
        return following, not isinstance(end, int) or following < end


class PageNumberPaginator(Paginator[Body, Item]):
    """Pages with numbers from 1; `end` is the number of pages."""

    def _first(self) -> int:
        return 1

    def _next(self, position: int, count: int, end: Number) -> tuple[int, bool]:
        del count
        return position + 1, not isinstance(end, int) or position < end


def _checked(start: object, argument: str, operation: Operation[Any, Any]) -> int | Unset:
    if start is None or isinstance(start, Unset):
        return UNSET
    if isinstance(start, bool) or not isinstance(start, int):
        why = f": {argument}: expected an integer, got {kind(start)}"
        raise operation.error(InvalidArgument, why)
    return start
