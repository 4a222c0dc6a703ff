# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/authenticate.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.authenticated import Authenticated
from ...models.failure import Failure
from ...operation import Operation, json_body
from ...types import Response

OPERATION: Operation[Authenticated, Failure] = Operation(
    id="authenticate",
    method="GET",
    path="/api/authenticate.json",
    success={200: json_body(Authenticated.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
    required=("user_id", "game_auth_token", "api_key"),
    secrets=("api_key", "game_auth_token"),
)


def _get_kwargs(*, user_id: int, game_auth_token: str, api_key: str) -> dict[str, Any]:
    return OPERATION.request(
        query={"user_id": user_id, "game_auth_token": game_auth_token, "api_key": api_key},
    )


def sync_detailed(
    *, client: Client, user_id: int, game_auth_token: str, api_key: str
) -> Response[Authenticated | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(
        client, _get_kwargs(user_id=user_id, game_auth_token=game_auth_token, api_key=api_key)
    )


async def asyncio_detailed(
    *, client: Client, user_id: int, game_auth_token: str, api_key: str
) -> Response[Authenticated | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(
        client, _get_kwargs(user_id=user_id, game_auth_token=game_auth_token, api_key=api_key)
    )


def sync(*, client: Client, user_id: int, game_auth_token: str, api_key: str) -> Authenticated:
    """The value of a success; everything else is raised."""
    return OPERATION.call(
        client, _get_kwargs(user_id=user_id, game_auth_token=game_auth_token, api_key=api_key)
    )


async def asyncio(*, client: Client, user_id: int, game_auth_token: str, api_key: str) -> Authenticated:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(
        client, _get_kwargs(user_id=user_id, game_auth_token=game_auth_token, api_key=api_key)
    )
