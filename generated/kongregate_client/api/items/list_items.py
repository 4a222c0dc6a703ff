# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/items.json"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...client import Client
from ...models.catalogue import Catalogue
from ...models.failure import Failure
from ...operation import Operation, json_body
from ...types import UNSET, Response, Unset
from ...wire import Joined

OPERATION: Operation[Catalogue, Failure] = Operation(
    id="listItems",
    method="GET",
    path="/api/items.json",
    success={200: json_body(Catalogue.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
    required=("api_key",),
    secrets=("api_key",),
)


def _get_kwargs(*, api_key: str, tags: Sequence[str] | Unset = UNSET) -> dict[str, Any]:
    return OPERATION.request(
        query={"api_key": api_key, "tags": Joined(tags)},
    )


def sync_detailed(
    *, client: Client, api_key: str, tags: Sequence[str] | Unset = UNSET
) -> Response[Catalogue | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(api_key=api_key, tags=tags))


async def asyncio_detailed(
    *, client: Client, api_key: str, tags: Sequence[str] | Unset = UNSET
) -> Response[Catalogue | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(api_key=api_key, tags=tags))


def sync(*, client: Client, api_key: str, tags: Sequence[str] | Unset = UNSET) -> Catalogue:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(api_key=api_key, tags=tags))


async def asyncio(*, client: Client, api_key: str, tags: Sequence[str] | Unset = UNSET) -> Catalogue:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(api_key=api_key, tags=tags))
