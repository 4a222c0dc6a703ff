"""What an API gives page by page is what it gives at once."""

from typing import Any

import pytest
from binding import plain
from fuzzer import Fuzzer
from reached import Coverage
from targets import Operation, Target, targets

PAGED = [
    pytest.param(target, operation, id=f"{target}-{operation.id}")
    for target in targets()
    for operation in target.operations.values()
    if target.has_mock and operation.pages_by_offset
]


@pytest.mark.parametrize(("api", "operation"), PAGED)
def test_pages_join_up(api: Target, operation: Operation) -> None:
    operation_id, pagination = operation.id, operation.pagination
    with Fuzzer(api, Coverage()) as fuzzer:
        channel = fuzzer.channel
        endpoint = channel.endpoints[operation_id]
        everything = items(channel.ask(operation_id), pagination)
        assert everything
        name = "iter_" + endpoint.method.partition("_")[2]
        for limit in (1, 2, 3, len(everything), len(everything) + 1):
            sync = getattr(getattr(channel.package.Api(channel.client), endpoint.tag), name)
            awaited = getattr(getattr(channel.package.AsyncApi(channel.client), endpoint.tag), name)
            assert list(sync(limit=limit)) == everything
            assert channel.run(collect(awaited(limit=limit))) == everything
            for offset in range(0, len(everything) + 2, 3):
                page = channel.ask(operation_id, offset=offset, limit=limit)
                assert items(page, pagination) == everything[offset : offset + limit]


async def collect(found: Any) -> list[Any]:
    return [each async for each in found]


def items(page: Any, pagination: Any) -> list[Any]:
    (name,) = (name for name in page.__slots__ if plain(name) == plain(pagination["items"]))
    return list(getattr(page, name))
