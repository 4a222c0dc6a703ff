# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v2/apps/{appId}/users/{userId}/score"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.call_error import CallError
from ...models.score import Score
from ...models.token_error import TokenError
from ...operation import Operation, json_body
from ...types import UNSET, Response, Unset

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
)


def _get_kwargs(
    *,
    app_id: int,
    user_id: int,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    currency_id: int | Unset = UNSET,
) -> dict[str, Any]:
    return OPERATION.request(
        path={"appId": app_id, "userId": user_id},
        query={"start": start, "end": end, "currencyId": currency_id},
    )


def sync_detailed(
    *,
    client: Client,
    app_id: int,
    user_id: int,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    currency_id: int | Unset = UNSET,
) -> Response[Score | CallError | TokenError]:
    """The whole answer, whatever its status."""
    return OPERATION.send(
        client, _get_kwargs(app_id=app_id, user_id=user_id, start=start, end=end, currency_id=currency_id)
    )


async def asyncio_detailed(
    *,
    client: Client,
    app_id: int,
    user_id: int,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    currency_id: int | Unset = UNSET,
) -> Response[Score | CallError | TokenError]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(
        client, _get_kwargs(app_id=app_id, user_id=user_id, start=start, end=end, currency_id=currency_id)
    )


def sync(
    *,
    client: Client,
    app_id: int,
    user_id: int,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    currency_id: int | Unset = UNSET,
) -> Score:
    """The value of a success; everything else is raised."""
    return OPERATION.call(
        client, _get_kwargs(app_id=app_id, user_id=user_id, start=start, end=end, currency_id=currency_id)
    )


async def asyncio(
    *,
    client: Client,
    app_id: int,
    user_id: int,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    currency_id: int | Unset = UNSET,
) -> Score:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(
        client, _get_kwargs(app_id=app_id, user_id=user_id, start=start, end=end, currency_id=currency_id)
    )
