# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/kongpanions/index.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.failure import Failure
from ...models.kongpanions import Kongpanions
from ...operation import Operation, json_body
from ...types import Response

OPERATION: Operation[Kongpanions, Failure] = Operation(
    id="listKongpanions",
    method="GET",
    path="/api/kongpanions/index.json",
    success={200: json_body(Kongpanions.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
)


def _get_kwargs() -> dict[str, Any]:
    return OPERATION.request()


def sync_detailed(*, client: Client) -> Response[Kongpanions | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs())


async def asyncio_detailed(*, client: Client) -> Response[Kongpanions | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs())


def sync(*, client: Client) -> Kongpanions:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs())


async def asyncio(*, client: Client) -> Kongpanions:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs())
