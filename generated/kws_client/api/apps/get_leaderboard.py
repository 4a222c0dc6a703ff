# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v1/apps/{appId}/leaders"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.leaderboard import Leaderboard
from ...models.token_error import TokenError

OPERATION: Operation[Leaderboard, CallError | TokenError] = Operation(
    id="getLeaderboard",
    method="GET",
    path="/v1/apps/{appId}/leaders",
    security=({"bearer": ("app",)}, {"bearer": ("frontend",)}, {"bearer": ("user",)}),
    success={200: json_body(Leaderboard.from_dict)},
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
    offset: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"appId": app_id},
        query={"offset": offset, "limit": limit, "start": start, "end": end},
    )
