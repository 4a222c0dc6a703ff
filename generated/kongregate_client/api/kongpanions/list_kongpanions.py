# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/kongpanions/index.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.kongpanions import Kongpanions

OPERATION: Operation[Kongpanions, Failure] = Operation(
    id="listKongpanions",
    method="GET",
    path="/api/kongpanions/index.json",
    success={200: json_body(Kongpanions.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
)


def request() -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request()
