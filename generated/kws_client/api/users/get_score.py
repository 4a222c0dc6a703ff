# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v2/apps/{appId}/users/{userId}/score"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.score import Score
from ...models.token_error import TokenError

OPERATION: Operation[Score, CallError | TokenError] = Operation(
    id="getScore",
    method="GET",
    path="/v2/apps/{appId}/users/{userId}/score",
    security=({"bearer": ("app",)}, {"bearer": ("user",)}),
    success={200: json_body(Score.from_dict)},
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


def request(
    *,
    app_id: int,
    user_id: int,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    currency_id: int | Unset = UNSET,
) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"appId": app_id, "userId": user_id},
        query={"start": start, "end": end, "currencyId": currency_id},
    )
