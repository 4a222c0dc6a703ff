# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/shared_links/{id}/destroy.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.destroy_shared_link_body import DestroySharedLinkBody
from ...models.failure import Failure
from ...models.success import Success

OPERATION: Operation[Success, Failure] = Operation(
    id="destroySharedLink",
    method="POST",
    path="/api/shared_links/{id}/destroy.json",
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


def request(*, id: str, body: DestroySharedLinkBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"id": id},
        body=body,
    )
