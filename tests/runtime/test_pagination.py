from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from attrs import frozen
from example_api import GET_THING

from openapi_runtime import UNSET, Unset
from openapi_runtime.errors import DecodeError, InvalidArgument, PaginationError, TimedOut
from openapi_runtime.pagination import OffsetPaginator, PageNumberPaginator, Paginator

Number = int | Unset | None


@frozen
class Page:
    """A page, and what the server says of it."""

    items: Sequence[object] | Unset | None
    end: Number = UNSET
    echo: Number = UNSET


def by_offset(start: Number = UNSET) -> Paginator[Page, object]:
    return OffsetPaginator(
        GET_THING, start, lambda page: page.items, lambda page: page.end, lambda page: page.echo
    )


def by_number(start: Number = UNSET) -> Paginator[Page, object]:
    return PageNumberPaginator(
        GET_THING, start, lambda page: page.items, lambda page: page.end, lambda page: page.echo
    )


class Walk:
    """Takes pages from a server until there are no more, and remembers where it asked for them."""

    def __init__(self, serve: Callable[[int | Unset], Page]) -> None:
        self.asked: list[int | Unset] = []
        self._serve = serve

    def items(self, paginator: Paginator[Page, object]) -> list[object]:
        found: list[object] = []
        while paginator.more:
            self.asked.append(paginator.position)
            found += paginator.take(self._serve(paginator.position)).items
        return found


def numbers(
    total: int, size: int = 2, tell: Sequence[str] = ("echo", "end")
) -> Callable[[int | Unset], Page]:
    """Serve so many numbers, at most `size` at a time."""

    def serve(position: int | Unset) -> Page:
        offset = position or 0
        known = {"echo": offset, "end": total}
        return Page(range(offset, min(offset + size, total)), **{name: known[name] for name in tell})

    return serve


def cycle(pages: Sequence[Sequence[object]], end: Number) -> Callable[[int | Unset], Page]:
    """Serve these pages over and over, whatever page is asked for."""
    turns: Iterator[Sequence[object]] = itertools.cycle(pages)
    return lambda _: Page(next(turns), end)


# ---- pages by offset


@pytest.mark.parametrize("total", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("tell", [("echo", "end"), ("end",), ("echo",), ()])
def test_every_item_comes_once_and_no_page_too_many_is_asked_for(total: int, tell: Sequence[str]) -> None:
    walk = Walk(numbers(total, tell=tell))
    assert walk.items(by_offset()) == list(range(total))
    full_pages = max(1, -(-total // 2)) if "end" in tell else -(-total // 2) + 1
    assert len(walk.asked) == full_pages


@pytest.mark.parametrize("start", [UNSET, None])
def test_the_first_page_leaves_the_start_to_the_server(start: Number) -> None:
    walk = Walk(numbers(3))
    walk.items(by_offset(start))
    assert walk.asked == [UNSET, 2]


def test_a_start_may_be_given() -> None:
    walk = Walk(numbers(10, size=3))
    assert walk.items(by_offset(4)) == [4, 5, 6, 7, 8, 9]
    assert walk.asked == [4, 7]


def test_the_server_may_begin_where_it_likes_if_it_says_so() -> None:
    paginator = by_offset()
    paginator.take(Page([5, 6], echo=5))
    assert paginator.position == 7


@pytest.mark.parametrize("items", [UNSET, None, []])
def test_a_page_without_items_is_the_last(items: Sequence[object] | Unset | None) -> None:
    paginator = by_offset(8)
    assert list(paginator.take(Page(items, end=100)).items) == []
    assert not paginator.more


def test_the_numbers_of_a_page_are_optional() -> None:
    paginator: Paginator[list[int], int] = OffsetPaginator(GET_THING, UNSET, lambda page: page)
    assert paginator.take([1, 2]).items == [1, 2]
    assert (paginator.position, paginator.more) == (2, True)


# ---- pages by number


@pytest.mark.parametrize("pages", [0, 1, 3])
def test_numbered_pages_end_with_the_last_one(pages: int) -> None:
    walk = Walk(lambda page: Page([f"{page or 1}"] if pages else None, end=pages, echo=page or 1))
    assert walk.items(by_number()) == [str(number) for number in range(1, pages + 1)]
    assert len(walk.asked) == max(1, pages)


def test_numbered_pages_may_begin_in_the_middle() -> None:
    walk = Walk(lambda page: Page([page], end=3))
    assert walk.items(by_number(2)) == [2, 3]


def test_numbered_pages_without_a_last_one_end_with_an_empty_one() -> None:
    walk = Walk(lambda page: Page([page] if (page or 1) < 4 else []))
    assert walk.items(by_number()) == [UNSET, 2, 3]
    assert walk.asked == [UNSET, 2, 3, 4]


def test_a_style_says_where_it_begins_and_goes_on() -> None:
    paginator: Paginator[Page, Any] = Paginator(GET_THING, UNSET, lambda page: page.items)
    with pytest.raises(NotImplementedError):
        paginator.take(Page([1]))
    paginator.position = 0
    with pytest.raises(NotImplementedError):
        paginator.take(Page([1]))


# ---- servers that go wrong


@pytest.mark.parametrize("end", [UNSET, 10**9])
@pytest.mark.parametrize(
    ("pages", "at_most"),
    [
        ([[1, 2]], 2),
        ([[1, 2], [3, 4]], 4),
        ([[1], [2, 3], [4]], 11),
        ([[n, n] for n in range(100)], 3 * 128),
        ([[1]], 228),
        ([[1], [2]], 456),
        ([[1], [2], [3]], 812),
    ],
)
def test_a_server_that_repeats_its_pages_is_caught(
    pages: Sequence[Sequence[object]], end: Number, at_most: int
) -> None:
    walk = Walk(cycle(pages, end))
    with pytest.raises(PaginationError) as caught:
        walk.items(by_offset())
    assert str(caught.value) == "getThing: a page came again: the server repeats its pages"
    assert caught.value.operation_id == "getThing"
    assert len(walk.asked) <= at_most


def test_a_cycle_that_begins_late_is_caught() -> None:
    turns = itertools.chain([[n, -n] for n in range(1, 50)], itertools.cycle([[0, 1], [2, 3], [4, 5]]))
    walk = Walk(lambda _: Page(next(turns)))
    with pytest.raises(PaginationError):
        walk.items(by_offset())
    assert len(walk.asked) < 3 * 50


@pytest.mark.parametrize("tell", [("end",), ()])
def test_equal_items_on_pages_of_their_own_are_genuine(tell: Sequence[str]) -> None:
    items = ["a"] * 60 + ["b"] + ["a"] * 60

    def serve(position: int | Unset) -> Page:
        offset = position or 0
        return Page(items[offset : offset + 1], **dict.fromkeys(tell, len(items)))

    assert Walk(serve).items(by_offset()) == items


def test_a_server_that_says_which_page_each_is_may_repeat_an_item_as_often_as_it_likes() -> None:
    walk = Walk(lambda position: Page(["a"] if (position or 0) < 1000 else [], echo=position or 0))
    assert walk.items(by_offset()) == ["a"] * 1000


def test_several_items_do_not_come_again_whatever_the_server_says() -> None:
    walk = Walk(lambda position: Page([1, 2], echo=position or 0))
    with pytest.raises(PaginationError, match="a page came again"):
        walk.items(by_offset())
    assert len(walk.asked) == 2


@pytest.mark.parametrize(
    ("start", "got"), [("5", "string"), (True, "boolean"), (1.5, "number"), ([], "array")]
)
def test_a_start_that_is_no_integer_is_refused(start: Any, got: str) -> None:
    with pytest.raises(InvalidArgument, match=rf"^getThing: offset: expected an integer, got {got}$"):
        OffsetPaginator(GET_THING, start, lambda page: [page], argument="offset")
    with pytest.raises(InvalidArgument, match=rf"^getThing: start: expected an integer, got {got}$"):
        by_number(start)


def test_a_page_that_was_not_asked_for_is_refused() -> None:
    paginator = by_offset(3)
    with pytest.raises(PaginationError, match=r"^getThing: asked for the page at 3, got the one at 0$"):
        paginator.take(Page([1], echo=0))


PAGES = [Page([1, 2]), Page([3]), Page([])]


def test_pages_are_fetched_one_by_one_while_their_items_are_needed() -> None:
    positions: list[int | Unset] = []

    def fetch(position: int | Unset) -> Page:
        positions.append(position)
        return PAGES[len(positions) - 1]

    items = by_number().iterate(fetch)
    assert positions == []
    assert (next(items), positions) == (1, [UNSET])
    assert (list(items), positions) == ([2, 3], [UNSET, 2, 3])


async def test_awaited_pages_are_fetched_one_by_one() -> None:
    positions: list[int | Unset] = []

    async def fetch(position: int | Unset) -> Page:
        positions.append(position)
        return PAGES[len(positions) - 1]

    assert [item async for item in by_offset().iterate_async(fetch)] == [1, 2, 3]
    assert positions == [UNSET, 2, 3]


def test_pages_say_where_they_begin_and_where_the_next_one_does() -> None:
    serve = numbers(5)
    pages = list(by_offset().iterate(serve).by_page())
    assert [list(page.items) for page in pages] == [[0, 1], [2, 3], [4]]
    assert [(page.position, page.next_position) for page in pages] == [(0, 2), (2, 4), (4, None)]
    assert [page.body.end for page in pages] == [5, 5, 5]
    assert [page.position for page in by_offset(pages[0].next_position).iterate(serve).by_page()] == [2, 4]


async def test_awaited_pages_say_where_they_begin_and_where_the_next_one_does() -> None:
    serve = numbers(5)

    async def fetch(position: int | Unset) -> Page:
        return serve(position)

    pages = [page async for page in by_offset(2).iterate_async(fetch).by_page()]
    assert [(page.position, page.next_position) for page in pages] == [(2, 4), (4, None)]
    assert [list(page.items) for page in pages] == [[2, 3], [4]]


def test_an_empty_page_is_the_last_one() -> None:
    (page,) = by_number().iterate(lambda _: Page(UNSET)).by_page()
    assert (list(page.items), page.position, page.next_position) == ([], 1, None)


def test_pages_go_on_after_the_items_that_were_taken() -> None:
    items = by_offset().iterate(numbers(5))
    assert next(items) == 0
    assert [page.position for page in items.by_page()] == [2, 4]
    assert list(items) == [1]
    assert list(items) == []


def failing_once(serve: Callable[[int | Unset], Page]) -> Callable[[int | Unset], Page]:
    """Serve pages, but for the second attempt, which fails."""
    attempts = itertools.count()

    def fetch(position: int | Unset) -> Page:
        if next(attempts) == 1:
            raise TimedOut
        return serve(position)

    return fetch


def test_a_page_that_could_not_be_fetched_is_asked_for_again() -> None:
    items = by_offset().iterate(failing_once(numbers(5)))
    found: list[object] = []
    with pytest.raises(TimedOut):
        found.extend(iter(lambda: next(items), None))
    assert [*found, *items] == [0, 1, 2, 3, 4]


async def test_an_awaited_page_that_could_not_be_fetched_is_asked_for_again() -> None:
    serve = failing_once(numbers(5))

    async def fetch(position: int | Unset) -> Page:
        return serve(position)

    items = by_offset().iterate_async(fetch)
    found = [await anext(items), await anext(items)]
    with pytest.raises(TimedOut):
        await anext(items)
    assert found + [item async for item in items] == [0, 1, 2, 3, 4]


def test_a_page_without_its_items_is_an_error_of_the_operation() -> None:
    def items(_: Page) -> list[object]:
        raise DecodeError("array", "nothing", "items")

    with pytest.raises(DecodeError, match=r"^getThing: items: expected array, got nothing$") as raised:
        OffsetPaginator(GET_THING, UNSET, items).take(PAGES[0])
    assert raised.value.request_line == GET_THING.request_line
