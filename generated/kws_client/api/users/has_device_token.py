# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v1/apps/{appId}/users/hasDeviceToken"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import boolean
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.token_error import TokenError

OPERATION: Operation[bool, CallError | TokenError] = Operation(
    id="hasDeviceToken",
    method="GET",
    path="/v1/apps/{appId}/users/hasDeviceToken",
    security=({"bearer": ("user",)},),
    success={200: json_body(boolean)},
    failure={
        400: json_body(CallError.from_dict),
        401: json_body(TokenError.from_dict),
        403: json_body(CallError.from_dict),
        404: json_body(CallError.from_dict),
        405: json_body(CallError.from_dict),
        500: json_body(CallError.from_dict),
    },
    errors=ERRORS,
)


def request(*, app_id: int) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"appId": app_id},
    )
