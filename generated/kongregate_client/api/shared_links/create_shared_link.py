# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/shared_links/create.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.create_shared_link_body import CreateSharedLinkBody
from ...models.failure import Failure
from ...models.success import Success

OPERATION: Operation[Success, Failure] = Operation(
    id="createSharedLink",
    method="POST",
    path="/api/shared_links/create.json",
    success={200: json_body(Success.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
    secrets=("api_key", "game_auth_token"),
)


def request(*, body: CreateSharedLinkBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
