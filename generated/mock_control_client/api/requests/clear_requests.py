# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""DELETE /requests"""

from __future__ import annotations

from openapi_runtime.bodies import json_body, no_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.refusal import Refusal

OPERATION: Operation[None, Refusal] = Operation(
    id="clearRequests",
    method="DELETE",
    path="/requests",
    security=({}, {"token": ()}),
    success={204: no_body},
    failure={"4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request() -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request()
