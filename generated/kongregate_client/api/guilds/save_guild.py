# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/guilds.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.failure import Failure
from ...models.save_guild_body import SaveGuildBody
from ...models.saved_guild import SavedGuild
from ...operation import Operation, json_body
from ...types import Response

OPERATION: Operation[SavedGuild, Failure] = Operation(
    id="saveGuild",
    method="POST",
    path="/api/guilds.json",
    success={200: json_body(SavedGuild.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
    secrets=("api_key",),
)


def _get_kwargs(*, body: SaveGuildBody) -> dict[str, Any]:
    return OPERATION.request(
        body=body,
    )


def sync_detailed(*, client: Client, body: SaveGuildBody) -> Response[SavedGuild | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(body=body))


async def asyncio_detailed(*, client: Client, body: SaveGuildBody) -> Response[SavedGuild | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(body=body))


def sync(*, client: Client, body: SaveGuildBody) -> SavedGuild:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(body=body))


async def asyncio(*, client: Client, body: SaveGuildBody) -> SavedGuild:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(body=body))
