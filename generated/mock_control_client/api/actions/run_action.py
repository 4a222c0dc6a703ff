# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""POST /actions/{name}"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.refusal import Refusal
from ...models.run_action_body import RunActionBody
from ...models.run_action_response_200 import RunActionResponse200

OPERATION: Operation[RunActionResponse200, Refusal] = Operation(
    id="runAction",
    method="POST",
    path="/actions/{name}",
    security=({}, {"token": ()}),
    success={200: json_body(RunActionResponse200.from_dict)},
    failure={
        400: json_body(Refusal.from_dict),
        404: json_body(Refusal.from_dict),
        "4XX": json_body(Refusal.from_dict),
    },
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request(*, name: str, body: RunActionBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"name": name},
        body=body,
    )
