# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""GET /requests"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.refusal import Refusal
from ...models.requests import Requests

OPERATION: Operation[Requests, Refusal] = Operation(
    id="listRequests",
    method="GET",
    path="/requests",
    security=({}, {"token": ()}),
    success={200: json_body(Requests.from_dict)},
    failure={"4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request(
    *,
    operation: str | Unset = UNSET,
    status: int | Unset = UNSET,
    after: int | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        query={"operation": operation, "status": status, "after": after, "limit": limit},
    )
