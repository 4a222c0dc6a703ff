# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/high_scores/friends/{statistic_id}/{user_id}.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.failure import Failure
from ...models.friends_high_scores import FriendsHighScores
from ...operation import Operation, json_body
from ...types import Response

OPERATION: Operation[FriendsHighScores, Failure] = Operation(
    id="getFriendsHighScores",
    method="GET",
    path="/api/high_scores/friends/{statistic_id}/{user_id}.json",
    success={200: json_body(FriendsHighScores.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
)


def _get_kwargs(*, statistic_id: int, user_id: int) -> dict[str, Any]:
    return OPERATION.request(
        path={"statistic_id": statistic_id, "user_id": user_id},
    )


def sync_detailed(
    *, client: Client, statistic_id: int, user_id: int
) -> Response[FriendsHighScores | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(statistic_id=statistic_id, user_id=user_id))


async def asyncio_detailed(
    *, client: Client, statistic_id: int, user_id: int
) -> Response[FriendsHighScores | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(statistic_id=statistic_id, user_id=user_id))


def sync(*, client: Client, statistic_id: int, user_id: int) -> FriendsHighScores:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(statistic_id=statistic_id, user_id=user_id))


async def asyncio(*, client: Client, statistic_id: int, user_id: int) -> FriendsHighScores:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(statistic_id=statistic_id, user_id=user_id))
