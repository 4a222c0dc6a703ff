# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/user_items.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.inventory import Inventory

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
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
    required=("api_key", "user_id"),
    secrets=("api_key",),
)


def request(*, api_key: str, user_id: int) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        query={"api_key": api_key, "user_id": user_id},
    )
