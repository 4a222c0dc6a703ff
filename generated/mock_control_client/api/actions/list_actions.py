# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""GET /actions"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.list_actions_response_200 import ListActionsResponse200
from ...models.refusal import Refusal

OPERATION: Operation[ListActionsResponse200, Refusal] = Operation(
    id="listActions",
    method="GET",
    path="/actions",
    security=({}, {"token": ()}),
    success={200: json_body(ListActionsResponse200.from_dict)},
    failure={"4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request() -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request()
