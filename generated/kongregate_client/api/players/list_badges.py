# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /accounts/{username}/badges.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import array
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.badge import Badge
from ...models.failure import Failure

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
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
)


def request(*, username: str) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"username": username},
    )
