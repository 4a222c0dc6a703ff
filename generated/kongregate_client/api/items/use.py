# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/use_item.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.item_use import ItemUse
from ...models.use_body import UseBody

OPERATION: Operation[ItemUse, Failure] = Operation(
    id="use",
    method="POST",
    path="/api/use_item.json",
    success={200: json_body(ItemUse.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
    secrets=("api_key", "game_auth_token"),
)


def request(*, body: UseBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
