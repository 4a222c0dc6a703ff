# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""POST /v1/users/{userId}/hasTriggeredEvent"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.event_limit import EventLimit
from ...models.has_triggered_event_body import HasTriggeredEventBody
from ...models.token_error import TokenError

OPERATION: Operation[EventLimit, CallError | TokenError] = Operation(
    id="hasTriggeredEvent",
    method="POST",
    path="/v1/users/{userId}/hasTriggeredEvent",
    security=({"bearer": ("app",)}, {"bearer": ("user",)}),
    success={200: json_body(EventLimit.from_dict)},
    failure={
        400: json_body(CallError.from_dict),
        401: json_body(TokenError.from_dict),
        403: json_body(CallError.from_dict),
        404: json_body(CallError.from_dict),
        405: json_body(CallError.from_dict),
        500: json_body(CallError.from_dict),
    },
    errors=ERRORS,
    idempotent=True,
)


def request(*, user_id: int, body: HasTriggeredEventBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"userId": user_id},
        body=body,
    )
