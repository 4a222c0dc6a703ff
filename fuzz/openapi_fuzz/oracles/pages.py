"""Pagination: each page is the one that was asked for, and all pages together are everything, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from openapi_fuzz.channel import Channel
from openapi_fuzz.document import Operation
from openapi_fuzz.endpoints import plain_name
from openapi_fuzz.exchange import Exchange

from .tally import oracle


@oracle
def check_page(exchange: Exchange, pagination: Mapping[str, str]) -> None:
    """A page is the one that was asked for, and holds what it should."""
    (_check_offset if pagination["style"] == "offset" else _check_number)(exchange, pagination)


@oracle
def check_pages(channel: Channel, operation: Operation) -> list[Any]:
    """All pages together leave out nothing and repeat nothing, sync and async.

    Returns all items.
    """
    pagination = operation.pagination or {}
    check = _check_offsets if pagination["style"] == "offset" else _check_numbers
    return check(channel, operation.id, pagination)


# ---- One page


def _check_number(exchange: Exchange, pagination: Mapping[str, str]) -> None:
    """Pages are counted from 1, and there is nothing beyond the last one."""
    page, query = exchange.response.json(), exchange.parameters.query
    number, count = int(query.get(pagination["page"]) or 1), len(page[pagination["items"]])
    pages, got = page[pagination["pages"]], page.get(pagination["page"], number)
    _require(got == number, f"asked for page {number}, got {got}")
    # The first of an API without items may be empty.
    fits = bool(count) == (number <= pages) or (number, pages) == (1, 1)
    _require(fits, f"{count} items on page {number} of {pages}")


def _check_offset(exchange: Exchange, pagination: Mapping[str, str]) -> None:
    """A page begins where it was asked to, and holds as many items as there are, up to its limit."""
    page = exchange.response.json()
    query = {name: int(value) for name, value in exchange.expected.query if value.isdecimal()}
    offset = query.get(pagination["offset"], 0)
    count, total = len(page[pagination["items"]]), page.get(pagination.get("total"))
    limit = query.get(pagination["limit"]) or page.get(pagination["limit"])
    got = page.get(pagination["offset"], offset)
    _require(got == offset, f"asked for offset {offset}, got {got}")
    if limit:
        _require(count <= limit, f"{count} items on a page that holds {limit} at most")
    if limit and total is not None:
        # A server may have a limit of its own, and says so in the page.
        limit = min(limit, page.get(pagination["limit"], limit))
        wanted = min(limit, max(0, total - offset))
        _require(count == wanted, f"{count} items from {offset} on, of {total}, with limit {limit}")


# ---- All pages


def _check_offsets(channel: Channel, operation_id: str, pagination: Mapping[str, str]) -> list[Any]:
    everything = _items(channel.call(operation_id), pagination)
    offset_name, limit_name = (
        _argument(channel, operation_id, pagination[each]) for each in ("offset", "limit")
    )
    for limit in (1, 2, 3, len(everything), len(everything) + 1):
        _check_iterator(channel, operation_id, pagination, everything, **{limit_name: limit})
        for offset in range(0, len(everything) + 2, 3):
            found = channel.call(operation_id, **{offset_name: offset, limit_name: limit})
            page = _items(found, pagination)
            wanted = everything[offset : offset + limit]
            _require(page == wanted, f"offset {offset} with limit {limit} gives {page}, not {wanted}")
    return everything


def _check_numbers(channel: Channel, operation_id: str, pagination: Mapping[str, str]) -> list[Any]:
    first = channel.call(operation_id)
    name, count = _argument(channel, operation_id, pagination["page"]), _field(first, pagination["pages"])
    pages = [
        _items(channel.call(operation_id, **{name: number}), pagination) for number in range(1, count + 2)
    ]
    _require(pages[0] == _items(first, pagination), "page 1 is not the page without a number")
    _require(not pages.pop(), "there is something beyond the last page")
    everything = [item for page in pages for item in page]
    _check_iterator(channel, operation_id, pagination, everything)
    return everything


def _check_iterator(
    channel: Channel,
    operation_id: str,
    pagination: Mapping[str, str],
    everything: list[Any],
    **arguments: Any,
) -> None:
    endpoint = channel.endpoints[operation_id]
    name = endpoint.iterator
    found = channel.iterate(operation_id, **arguments)
    _require(found == everything, f"{name} with {arguments} gives {found}, not {everything}")
    _check_last_page(channel, name, pagination, everything)
    found = channel.run(
        _collected(channel.method(endpoint, "async", name=name, given=arguments)(**arguments))
    )
    _require(found == everything, f"async {name} with {arguments} gives {found}, not {everything}")
    _check_last_page(channel, f"async {name}", pagination, everything)


def _check_last_page(
    channel: Channel, name: str, pagination: Mapping[str, str], everything: list[Any]
) -> None:
    """A client that is told how much there is asks for no page beyond it."""
    request, received = channel.recording.request, channel.recording.received
    if everything and pagination.keys() & {"total", "pages"} and request and received:
        page = received.read(request).json()
        _require(bool(page[pagination["items"]]), f"{name} asks for a page beyond the last one")


def _argument(channel: Channel, operation_id: str, documented: str) -> str:
    """Return the client's name of a query parameter."""
    found = channel.endpoints[operation_id].facade.find(documented, "query")
    _require(found is not None, f"the client has no argument for {documented!r}")
    return found[0] if found else ""


async def _collected(items: AsyncIterator[Any]) -> list[Any]:
    return [each async for each in items]


def _items(page: Any, pagination: Mapping[str, str]) -> list[Any]:
    return list(_field(page, pagination["items"]))


def _field(page: Any, documented: str) -> Any:
    (name,) = (name for name in page.__slots__ if plain_name(name) == plain_name(documented))
    return getattr(page, name)


def _require(holds: bool, problem: str) -> None:  # noqa: FBT001
    if not holds:
        raise AssertionError(problem)
