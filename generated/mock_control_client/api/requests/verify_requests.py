# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""POST /requests/verify"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.refusal import Refusal
from ...models.verify_requests_body import VerifyRequestsBody
from ...models.verify_requests_response_200 import VerifyRequestsResponse200

OPERATION: Operation[VerifyRequestsResponse200, Refusal] = Operation(
    id="verifyRequests",
    method="POST",
    path="/requests/verify",
    security=({}, {"token": ()}),
    success={200: json_body(VerifyRequestsResponse200.from_dict)},
    failure={"4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
    idempotent=True,
)


def request(*, body: VerifyRequestsBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
