# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/kongpanions.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.user_kongpanions import UserKongpanions

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
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
)


def request(*, username: str | Unset = UNSET, user_id: int | Unset = UNSET) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        query={"username": username, "user_id": user_id},
    )
