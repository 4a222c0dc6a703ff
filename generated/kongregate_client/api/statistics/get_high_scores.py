# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/high_scores/{scope}/{statistic_id}.json"""

from __future__ import annotations

from typing import Any, Literal

from ...client import Client
from ...models.failure import Failure
from ...models.get_high_scores_scope import GetHighScoresScope
from ...models.high_scores import HighScores
from ...operation import Operation, json_body
from ...types import UNSET, Response, Unset

OPERATION: Operation[HighScores, Failure] = Operation(
    id="getHighScores",
    method="GET",
    path="/api/high_scores/{scope}/{statistic_id}.json",
    success={200: json_body(HighScores.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
)


def _get_kwargs(
    *,
    scope: GetHighScoresScope | Literal["daily", "weekly", "lifetime"],
    statistic_id: int,
    today_page: int | Unset = UNSET,
    weekly_page: int | Unset = UNSET,
    lifetime_page: int | Unset = UNSET,
) -> dict[str, Any]:
    return OPERATION.request(
        path={"scope": scope, "statistic_id": statistic_id},
        query={"today_page": today_page, "weekly_page": weekly_page, "lifetime_page": lifetime_page},
    )


def sync_detailed(
    *,
    client: Client,
    scope: GetHighScoresScope | Literal["daily", "weekly", "lifetime"],
    statistic_id: int,
    today_page: int | Unset = UNSET,
    weekly_page: int | Unset = UNSET,
    lifetime_page: int | Unset = UNSET,
) -> Response[HighScores | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(
        client,
        _get_kwargs(
            scope=scope,
            statistic_id=statistic_id,
            today_page=today_page,
            weekly_page=weekly_page,
            lifetime_page=lifetime_page,
        ),
    )


async def asyncio_detailed(
    *,
    client: Client,
    scope: GetHighScoresScope | Literal["daily", "weekly", "lifetime"],
    statistic_id: int,
    today_page: int | Unset = UNSET,
    weekly_page: int | Unset = UNSET,
    lifetime_page: int | Unset = UNSET,
) -> Response[HighScores | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(
        client,
        _get_kwargs(
            scope=scope,
            statistic_id=statistic_id,
            today_page=today_page,
            weekly_page=weekly_page,
            lifetime_page=lifetime_page,
        ),
    )


def sync(
    *,
    client: Client,
    scope: GetHighScoresScope | Literal["daily", "weekly", "lifetime"],
    statistic_id: int,
    today_page: int | Unset = UNSET,
    weekly_page: int | Unset = UNSET,
    lifetime_page: int | Unset = UNSET,
) -> HighScores:
    """The value of a success; everything else is raised."""
    return OPERATION.call(
        client,
        _get_kwargs(
            scope=scope,
            statistic_id=statistic_id,
            today_page=today_page,
            weekly_page=weekly_page,
            lifetime_page=lifetime_page,
        ),
    )


async def asyncio(
    *,
    client: Client,
    scope: GetHighScoresScope | Literal["daily", "weekly", "lifetime"],
    statistic_id: int,
    today_page: int | Unset = UNSET,
    weekly_page: int | Unset = UNSET,
    lifetime_page: int | Unset = UNSET,
) -> HighScores:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(
        client,
        _get_kwargs(
            scope=scope,
            statistic_id=statistic_id,
            today_page=today_page,
            weekly_page=weekly_page,
            lifetime_page=lifetime_page,
        ),
    )
