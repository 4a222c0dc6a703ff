# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/high_scores/friends/{statistic_id}/{user_id}.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.friends_high_scores import FriendsHighScores

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
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
)


def request(*, statistic_id: int, user_id: int) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"statistic_id": statistic_id, "user_id": user_id},
    )
