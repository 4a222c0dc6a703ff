# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /accounts/{username}/badges.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...decoding import array
from ...models.badge import Badge
from ...models.failure import Failure
from ...operation import Operation, json_body
from ...types import Response

OPERATION: Operation[list[Badge], Failure] = Operation(
    id="listBadges",
    method="GET",
    path="/accounts/{username}/badges.json",
    success={200: json_body(array(Badge.from_dict))},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
)


def _get_kwargs(*, username: str) -> dict[str, Any]:
    return OPERATION.request(
        path={"username": username},
    )


def sync_detailed(*, client: Client, username: str) -> Response[list[Badge] | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(username=username))


async def asyncio_detailed(*, client: Client, username: str) -> Response[list[Badge] | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(username=username))


def sync(*, client: Client, username: str) -> list[Badge]:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(username=username))


async def asyncio(*, client: Client, username: str) -> list[Badge]:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(username=username))
