# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/high_scores/{scope}/{statistic_id}.json"""

from __future__ import annotations

from typing import Literal

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.get_high_scores_scope import GetHighScoresScope
from ...models.high_scores import HighScores

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
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
)


def request(
    *,
    scope: GetHighScoresScope | Literal["daily", "weekly", "lifetime"],
    statistic_id: int,
    today_page: int | Unset = UNSET,
    weekly_page: int | Unset = UNSET,
    lifetime_page: int | Unset = UNSET,
) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"scope": scope, "statistic_id": statistic_id},
        query={"today_page": today_page, "weekly_page": weekly_page, "lifetime_page": lifetime_page},
    )
