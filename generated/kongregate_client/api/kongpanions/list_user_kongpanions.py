# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/kongpanions.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.failure import Failure
from ...models.user_kongpanions import UserKongpanions
from ...operation import Operation, json_body
from ...types import UNSET, Response, Unset

OPERATION: Operation[UserKongpanions, Failure] = Operation(
    id="listUserKongpanions",
    method="GET",
    path="/api/kongpanions.json",
    success={200: json_body(UserKongpanions.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
)


def _get_kwargs(*, username: str | Unset = UNSET, user_id: int | Unset = UNSET) -> dict[str, Any]:
    return OPERATION.request(
        query={"username": username, "user_id": user_id},
    )


def sync_detailed(
    *, client: Client, username: str | Unset = UNSET, user_id: int | Unset = UNSET
) -> Response[UserKongpanions | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(username=username, user_id=user_id))


async def asyncio_detailed(
    *, client: Client, username: str | Unset = UNSET, user_id: int | Unset = UNSET
) -> Response[UserKongpanions | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(username=username, user_id=user_id))


def sync(*, client: Client, username: str | Unset = UNSET, user_id: int | Unset = UNSET) -> UserKongpanions:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(username=username, user_id=user_id))


async def asyncio(
    *, client: Client, username: str | Unset = UNSET, user_id: int | Unset = UNSET
) -> UserKongpanions:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(username=username, user_id=user_id))
