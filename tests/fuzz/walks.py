"""Walks through pages: what an API gives page by page is what it gives at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from binding import plain

if TYPE_CHECKING:
    from channel import Channel
    from targets import Operation


def check_pages(channel: Channel, operation: Operation) -> list[Any]:
    """All items. Raises AssertionError if pages leave out or repeat any, sync or async."""
    pagination = operation.pagination or {}
    walk = _by_offset if pagination["style"] == "offset" else _by_number
    return walk(channel, operation.id, pagination)


def _by_offset(channel: Channel, operation_id: str, pagination: Mapping[str, str]) -> list[Any]:
    everything = _items(channel.ask(operation_id), pagination)
    for limit in (1, 2, 3, len(everything), len(everything) + 1):
        _check_iterated(channel, operation_id, everything, limit=limit)
        for offset in range(0, len(everything) + 2, 3):
            page = channel.ask(operation_id, offset=offset, limit=limit)
            assert _items(page, pagination) == everything[offset : offset + limit]
    return everything


def _by_number(channel: Channel, operation_id: str, pagination: Mapping[str, str]) -> list[Any]:
    first = channel.ask(operation_id)
    count = _field(first, pagination["pages"])
    pages = [channel.ask(operation_id, **{pagination["page"]: number}) for number in range(1, count + 2)]
    assert _items(pages[0], pagination) == _items(first, pagination)
    assert not _items(pages.pop(), pagination), "there is something beyond the last page"
    everything = [item for page in pages for item in _items(page, pagination)]
    _check_iterated(channel, operation_id, everything)
    return everything


def _check_iterated(channel: Channel, operation_id: str, everything: list[Any], **arguments: Any) -> None:
    endpoint = channel.endpoints[operation_id]
    name = "iter_" + endpoint.method.partition("_")[2]
    sync, awaited = (
        getattr(getattr(getattr(channel.package, api)(channel.client), endpoint.tag), name)
        for api in ("Api", "AsyncApi")
    )
    assert list(sync(**arguments)) == everything
    assert channel.run(_collected(awaited(**arguments))) == everything


async def _collected(found: Any) -> list[Any]:
    return [each async for each in found]


def _items(page: Any, pagination: Mapping[str, str]) -> list[Any]:
    return list(_field(page, pagination["items"]))


def _field(page: Any, documented: str) -> Any:
    (name,) = (name for name in page.__slots__ if plain(name) == plain(documented))
    return getattr(page, name)
