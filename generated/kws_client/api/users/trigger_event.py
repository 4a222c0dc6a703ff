# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""POST /v1/users/{userId}/triggerEvent"""

from __future__ import annotations

from openapi_runtime.bodies import json_body, no_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.token_error import TokenError
from ...models.trigger_event_body import TriggerEventBody

OPERATION: Operation[None, CallError | TokenError] = Operation(
    id="triggerEvent",
    method="POST",
    path="/v1/users/{userId}/triggerEvent",
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


def request(*, user_id: int, body: TriggerEventBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"userId": user_id},
        body=body,
    )
