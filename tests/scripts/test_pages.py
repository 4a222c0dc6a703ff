from __future__ import annotations

import itertools

import httpx
import pytest


def things(*numbers):
    return [{"id": number, "kind": "small"} for number in numbers]


def server(total, size=2, tell=("offset", "total")):
    """A server with so many things, which gives at most `size` at a time."""

    def answer(request):
        offset = int(request.url.params.get("offset", 0))
        size_asked = min(int(request.url.params.get("limit", size)), size)
        page = {"results": things(*range(offset, min(offset + size_asked, total)))}
        known = {"offset": offset, "total": total}
        return httpx.Response(200, json=page | {name: known[name] for name in tell})

    return answer


@pytest.mark.parametrize("total", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("tell", [("offset", "total"), ("total",), ("offset",), ()])
async def test_every_item_comes_once_and_no_page_too_many_is_asked_for(connect, total, tell):
    api, wire = connect(server(total, tell=tell))
    assert [thing.id for thing in api.things.iter_things()] == list(range(total))
    full_pages = max(1, -(-total // 2)) if "total" in tell else -(-total // 2) + 1
    assert len(wire.requests) == full_pages
    later, wire_too = connect(server(total, tell=tell), asynchronous=True)
    assert [thing.id async for thing in later.things.iter_things()] == list(range(total))
    assert [each.url for each in wire.requests] == [each.url for each in wire_too.requests]


def test_the_first_page_leaves_start_and_size_to_the_server(connect):
    api, wire = connect(server(3))
    list(api.things.iter_things())
    assert [dict(each.url.params) for each in wire.requests] == [{}, {"offset": "2"}]


def test_start_and_size_may_be_given(connect):
    api, wire = connect(server(10, size=5))
    assert [thing.id for thing in api.things.iter_things(offset=4, limit=3)] == [4, 5, 6, 7, 8, 9]
    assert [dict(each.url.params) for each in wire.requests] == [
        {"offset": "4", "limit": "3"},
        {"offset": "7", "limit": "3"},
    ]


def test_pages_are_fetched_when_they_are_needed(connect):
    api, wire = connect(server(6))
    pages = api.things.iter_things()
    assert wire.requests == []
    next(pages)
    next(pages)
    assert len(wire.requests) == 1
    next(pages)
    assert len(wire.requests) == 2


def circling(pages, **known):
    """A server that gives these pages over and over, wherever it is asked to begin."""
    turns = itertools.cycle(pages)
    return lambda _: httpx.Response(200, json={"results": things(*next(turns)), **known})


@pytest.mark.parametrize("known", [{}, {"total": 10**9}])
@pytest.mark.parametrize(
    ("pages", "asked"),
    [
        ([[1, 2]], 2),
        ([[1, 2], [3, 4]], 3),
        ([[1], [2, 3], [4]], 5),
        ([[1]], 11),
        ([[1], [2]], 12),
        ([[1], [2], [3]], 13),
    ],
)
async def test_a_server_that_goes_round_in_circles_is_caught(connect, odd, pages, known, asked):
    message = "listThings: a page came again"
    api, wire = connect(circling(pages, **known))
    with pytest.raises(odd.errors.PaginationError, match=message):
        list(api.things.iter_things())
    later, wire_too = connect(circling(pages, **known), asynchronous=True)
    with pytest.raises(odd.errors.PaginationError, match=message):
        [thing async for thing in later.things.iter_things()]
    assert len(wire.requests) == len(wire_too.requests) == asked


@pytest.mark.parametrize("tell", [("total",), ()])
def test_equal_entries_on_pages_of_their_own_are_honest(connect, tell):
    entries = [*things(1) * 9, *things(2), *things(1) * 9]

    def answer(request):
        offset = int(request.url.params.get("offset", 0))
        page = {"results": entries[offset : offset + 1], "total": len(entries)}
        return httpx.Response(200, json={name: page[name] for name in ("results", *tell)})

    api, _ = connect(answer)
    assert [thing.id for thing in api.things.iter_things()] == [each["id"] for each in entries]


def test_a_server_that_answers_for_another_offset_is_caught(connect, odd):
    def answer(request):
        return httpx.Response(
            200, json={"results": things(len(request.url.query)), "offset": 0, "total": 100}
        )

    api, _ = connect(answer)
    with pytest.raises(odd.errors.PaginationError, match="asked for the page at 1, got the one at 0"):
        list(api.things.iter_things())


def test_a_failing_page_raises_what_the_call_raises(connect, odd):
    api, _ = connect(lambda _: httpx.Response(500))
    with pytest.raises(odd.errors.StatusError):
        list(api.things.iter_things())


@pytest.mark.parametrize("pages", [0, 1, 3])
async def test_numbered_pages_end_with_the_last_one(connect, pages):
    def answer(request):
        number = int(request.url.params.get("page", 1))
        return httpx.Response(
            200, json={"page": number, "pages": pages, "entries": [f"{number}"] if pages else None}
        )

    api, wire = connect(answer)
    expected = [str(number) for number in range(1, pages + 1)]
    assert list(api.things.iter_numbered()) == expected
    assert len(wire.requests) == max(1, pages)
    later, _ = connect(answer, asynchronous=True)
    assert [entry async for entry in later.things.iter_numbered()] == expected


def test_numbered_pages_may_begin_in_the_middle(connect):
    def answer(request):
        number = int(request.url.params["page"])
        return httpx.Response(200, json={"page": number, "pages": 3, "entries": [f"{number}"]})

    api, _ = connect(answer)
    assert list(api.things.iter_numbered(page=2)) == ["2", "3"]
