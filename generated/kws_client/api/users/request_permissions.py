# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""POST /v1/users/{userId}/requestPermissions"""

from __future__ import annotations

from openapi_runtime.bodies import json_body, no_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.request_permissions_body import RequestPermissionsBody
from ...models.token_error import TokenError

OPERATION: Operation[None, CallError | TokenError] = Operation(
    id="requestPermissions",
    method="POST",
    path="/v1/users/{userId}/requestPermissions",
    security=({"bearer": ("app",)}, {"bearer": ("user",)}),
    success={200: no_body, 204: no_body},
    failure={
        400: json_body(CallError.from_dict),
        401: json_body(TokenError.from_dict),
        403: json_body(CallError.from_dict),
        404: json_body(CallError.from_dict),
        405: json_body(CallError.from_dict),
        409: json_body(CallError.from_dict),
        500: json_body(CallError.from_dict),
    },
    errors=ERRORS,
)


def request(*, user_id: int, body: RequestPermissionsBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"userId": user_id},
        body=body,
    )
