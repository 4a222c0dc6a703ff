# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/characters.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.save_character_body import SaveCharacterBody
from ...models.saved_character import SavedCharacter

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
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
    secrets=("api_key",),
)


def request(*, body: SaveCharacterBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
