# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v2/apps/{appId}/randomDisplayName"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...decoding import string
from ...models.call_error import CallError
from ...models.token_error import TokenError
from ...operation import Operation, json_body
from ...types import Response

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
)


def _get_kwargs(*, app_id: int) -> dict[str, Any]:
    return OPERATION.request(
        path={"appId": app_id},
    )


def sync_detailed(*, client: Client, app_id: int) -> Response[str | CallError | TokenError]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(app_id=app_id))


async def asyncio_detailed(*, client: Client, app_id: int) -> Response[str | CallError | TokenError]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(app_id=app_id))


def sync(*, client: Client, app_id: int) -> str:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(app_id=app_id))


async def asyncio(*, client: Client, app_id: int) -> str:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(app_id=app_id))
