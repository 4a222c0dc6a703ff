# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v2/apps/{appId}/randomDisplayName"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import string
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.token_error import TokenError

OPERATION: Operation[str, CallError | TokenError] = Operation(
    id="getRandomDisplayName",
    method="GET",
    path="/v2/apps/{appId}/randomDisplayName",
    security=({}, {"bearer": ("app",)}, {"bearer": ("frontend",)}, {"bearer": ("user",)}),
    success={200: json_body(string)},
    failure={
        400: json_body(CallError.from_dict),
        401: json_body(TokenError.from_dict),
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
