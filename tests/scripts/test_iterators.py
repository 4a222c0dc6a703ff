"""The iterators of a generated client for operations with `x-pagination`."""

from __future__ import annotations

import itertools

import httpx
import pytest


def things(*numbers):
    return [{"id": number, "kind": "small"} for number in numbers]


def serve(total, size=2, tell=("offset", "total")):
    """Return a handler that serves `total` things in pages of `size`."""

    def respond(request):
        offset = int(request.url.params.get("offset", 0))
        size_asked = min(int(request.url.params.get("limit", size)), size)
        page = {"results": things(*range(offset, min(offset + size_asked, total)))}
        known = {"offset": offset, "total": total}
        return httpx.Response(200, json=page | {name: known[name] for name in tell})

    return respond


@pytest.mark.parametrize("total", [0, 1, 4, 5])
@pytest.mark.parametrize("tell", [("offset", "total"), ("total",), ("offset",), ()])
async def test_every_item_is_yielded_once_without_a_superfluous_request(connect, total, tell):
    api, server = connect(serve(total, tell=tell))
    assert [thing.id for thing in api.things.iter_things()] == list(range(total))
    full_pages = max(1, -(-total // 2)) if "total" in tell else -(-total // 2) + 1
    assert len(server.requests) == full_pages
    later, server_too = connect(serve(total, tell=tell), asynchronous=True)
    assert [thing.id async for thing in later.things.iter_things()] == list(range(total))
    assert [each.url for each in server.requests] == [each.url for each in server_too.requests]


def test_the_first_page_leaves_start_and_size_to_the_server(connect):
    api, server = connect(serve(3))
    list(api.things.iter_things())
    assert [dict(each.url.params) for each in server.requests] == [{}, {"offset": "2"}]


def test_start_and_size_may_be_given(connect):
    api, server = connect(serve(10, size=5))
    assert [thing.id for thing in api.things.iter_things(offset=4, limit=3)] == [4, 5, 6, 7, 8, 9]
    assert [dict(each.url.params) for each in server.requests] == [
        {"offset": "4", "limit": "3"},
        {"offset": "7", "limit": "3"},
    ]


async def test_items_come_by_page_and_go_on_from_one(connect):
    api, _ = connect(serve(5))
    first = next(api.things.iter_things(kinds=["small"]).by_page())
    assert ([thing.id for thing in first.items], first.position, first.next_position) == ([0, 1], 0, 2)
    assert first.body.total == 5
    assert [thing.id for thing in api.things.iter_things(offset=first.next_position)] == [2, 3, 4]
    later, _ = connect(serve(5), asynchronous=True)
    pages = [page async for page in later.things.iter_things(offset=2).by_page()]
    assert [(page.position, page.next_position) for page in pages] == [(2, 4), (4, None)]


@pytest.mark.parametrize("offset", ["2", True, 1.5, []])
def test_a_start_that_is_no_integer_is_refused(connect, odd, offset):
    for asynchronous in (False, True):
        api, server = connect(serve(5), asynchronous=asynchronous)
        with pytest.raises(odd.errors.InvalidArgument, match=r"^listThings: offset: expected an integer"):
            api.things.iter_things(offset=offset)
        assert server.requests == []


def test_other_arguments_are_sent_with_every_page(connect):
    api, server = connect(serve(3))
    list(api.things.iter_things(day=None, kinds=["small"]))
    assert [each.url.params["kinds"] for each in server.requests] == ["small", "small"]


def test_pages_are_fetched_when_they_are_needed(connect):
    api, server = connect(serve(6))
    pages = api.things.iter_things()
    assert server.requests == []
    next(pages)
    next(pages)
    assert len(server.requests) == 1
    next(pages)
    assert len(server.requests) == 2


async def test_a_server_that_repeats_its_pages_is_caught(connect, odd):
    def cycle():
        turns = itertools.cycle([things(1, 2), things(3, 4), things(5, 6)])
        return lambda _: httpx.Response(200, json={"results": next(turns), "total": 10**9})

    message = "listThings: a page came again"
    api, server = connect(cycle())
    with pytest.raises(odd.errors.PaginationError, match=message):
        list(api.things.iter_things())
    later, server_too = connect(cycle(), asynchronous=True)
    with pytest.raises(odd.errors.PaginationError, match=message):
        [thing async for thing in later.things.iter_things()]
    assert len(server.requests) == len(server_too.requests) < 10


def test_a_page_that_was_not_asked_for_is_refused(connect, odd):
    def respond(request):
        return httpx.Response(
            200, json={"results": things(len(request.url.query)), "offset": 0, "total": 100}
        )

    api, _ = connect(respond)
    with pytest.raises(odd.errors.PaginationError, match="asked for the page at 1, got the one at 0"):
        list(api.things.iter_things())


def test_a_failing_page_raises_what_the_call_raises(connect, odd):
    api, _ = connect(lambda _: httpx.Response(500))
    with pytest.raises(odd.errors.StatusError):
        list(api.things.iter_things())


@pytest.mark.parametrize("pages", [0, 1, 3])
async def test_numbered_pages_end_with_the_last_one(connect, pages):
    def respond(request):
        number = int(request.url.params.get("page", 1))
        return httpx.Response(
            200, json={"page": number, "pages": pages, "entries": [f"{number}"] if pages else None}
        )

    api, server = connect(respond)
    expected = [str(number) for number in range(1, pages + 1)]
    assert list(api.things.iter_numbered()) == expected
    assert len(server.requests) == max(1, pages)
    later, _ = connect(respond, asynchronous=True)
    assert [entry async for entry in later.things.iter_numbered()] == expected


def test_numbered_pages_may_begin_in_the_middle(connect):
    def respond(request):
        number = int(request.url.params["page"])
        return httpx.Response(200, json={"page": number, "pages": 3, "entries": [f"{number}"]})

    api, _ = connect(respond)
    assert list(api.things.iter_numbered(page=2)) == ["2", "3"]
