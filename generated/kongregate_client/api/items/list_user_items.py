# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/user_items.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.failure import Failure
from ...models.inventory import Inventory
from ...operation import Operation, json_body
from ...types import Response

OPERATION: Operation[Inventory, Failure] = Operation(
    id="listUserItems",
    method="GET",
    path="/api/user_items.json",
    success={200: json_body(Inventory.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
    required=("api_key", "user_id"),
    secrets=("api_key",),
)


def _get_kwargs(*, api_key: str, user_id: int) -> dict[str, Any]:
    return OPERATION.request(
        query={"api_key": api_key, "user_id": user_id},
    )


def sync_detailed(*, client: Client, api_key: str, user_id: int) -> Response[Inventory | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(api_key=api_key, user_id=user_id))


async def asyncio_detailed(*, client: Client, api_key: str, user_id: int) -> Response[Inventory | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(api_key=api_key, user_id=user_id))


def sync(*, client: Client, api_key: str, user_id: int) -> Inventory:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(api_key=api_key, user_id=user_id))


async def asyncio(*, client: Client, api_key: str, user_id: int) -> Inventory:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(api_key=api_key, user_id=user_id))
