# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v1/apps/{appId}/users/{userId}/appData"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.app_data_page import AppDataPage
from ...models.call_error import CallError
from ...models.token_error import TokenError

OPERATION: Operation[AppDataPage, CallError | TokenError] = Operation(
    id="getAppData",
    method="GET",
    path="/v1/apps/{appId}/users/{userId}/appData",
    security=({"bearer": ("app",)}, {"bearer": ("user",)}),
    success={200: json_body(AppDataPage.from_dict)},
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
    offset: int | Unset = UNSET,
    limit: int | Unset = UNSET,
    name: str | Unset = UNSET,
) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"appId": app_id, "userId": user_id},
        query={"offset": offset, "limit": limit, "name": name},
    )
