# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/authenticate.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.authenticated import Authenticated
from ...models.failure import Failure

OPERATION: Operation[Authenticated, Failure] = Operation(
    id="authenticate",
    method="GET",
    path="/api/authenticate.json",
    success={200: json_body(Authenticated.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
    required=("user_id", "game_auth_token", "api_key"),
    secrets=("api_key", "game_auth_token"),
)


def request(*, user_id: int, game_auth_token: str, api_key: str) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        query={"user_id": user_id, "game_auth_token": game_auth_token, "api_key": api_key},
    )
