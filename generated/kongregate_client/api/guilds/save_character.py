# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/characters.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.failure import Failure
from ...models.save_character_body import SaveCharacterBody
from ...models.saved_character import SavedCharacter
from ...operation import Operation, json_body
from ...types import Response

OPERATION: Operation[SavedCharacter, Failure] = Operation(
    id="saveCharacter",
    method="POST",
    path="/api/characters.json",
    success={200: json_body(SavedCharacter.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
    secrets=("api_key",),
)


def _get_kwargs(*, body: SaveCharacterBody) -> dict[str, Any]:
    return OPERATION.request(
        body=body,
    )


def sync_detailed(*, client: Client, body: SaveCharacterBody) -> Response[SavedCharacter | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(body=body))


async def asyncio_detailed(*, client: Client, body: SaveCharacterBody) -> Response[SavedCharacter | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(body=body))


def sync(*, client: Client, body: SaveCharacterBody) -> SavedCharacter:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(body=body))


async def asyncio(*, client: Client, body: SaveCharacterBody) -> SavedCharacter:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(body=body))
