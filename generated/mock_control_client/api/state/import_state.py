# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""PUT /state"""

from __future__ import annotations

from openapi_runtime.bodies import json_body, no_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.refusal import Refusal
from ...models.state import State

OPERATION: Operation[None, Refusal] = Operation(
    id="importState",
    method="PUT",
    path="/state",
    security=({}, {"token": ()}),
    success={204: no_body},
    failure={409: json_body(Refusal.from_dict), "4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request(*, body: State) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
