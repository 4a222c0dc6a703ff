# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""POST /v1/users/{userId}/inviteUser"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.call_error import CallError
from ...models.invite_user_body import InviteUserBody
from ...models.token_error import TokenError
from ...operation import Operation, json_body, no_body
from ...types import Response

OPERATION: Operation[None, CallError | TokenError] = Operation(
    id="inviteUser",
    method="POST",
    path="/v1/users/{userId}/inviteUser",
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
)


def _get_kwargs(*, user_id: int, body: InviteUserBody) -> dict[str, Any]:
    return OPERATION.request(
        path={"userId": user_id},
        body=body,
    )


def sync_detailed(
    *, client: Client, user_id: int, body: InviteUserBody
) -> Response[CallError | TokenError | None]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(user_id=user_id, body=body))


async def asyncio_detailed(
    *, client: Client, user_id: int, body: InviteUserBody
) -> Response[CallError | TokenError | None]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(user_id=user_id, body=body))


def sync(*, client: Client, user_id: int, body: InviteUserBody) -> None:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(user_id=user_id, body=body))


async def asyncio(*, client: Client, user_id: int, body: InviteUserBody) -> None:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(user_id=user_id, body=body))
