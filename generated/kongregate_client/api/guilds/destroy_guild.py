# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/guilds/destroy.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.destroy_guild_body import DestroyGuildBody
from ...models.destroyed_guild import DestroyedGuild
from ...models.failure import Failure

OPERATION: Operation[DestroyedGuild, Failure] = Operation(
    id="destroyGuild",
    method="POST",
    path="/api/guilds/destroy.json",
    success={200: json_body(DestroyedGuild.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
    secrets=("api_key",),
)


def request(*, body: DestroyGuildBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
