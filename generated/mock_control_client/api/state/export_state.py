# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""GET /state"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.refusal import Refusal
from ...models.state import State

OPERATION: Operation[State, Refusal] = Operation(
    id="exportState",
    method="GET",
    path="/state",
    security=({}, {"token": ()}),
    success={200: json_body(State.from_dict)},
    failure={409: json_body(Refusal.from_dict), "4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request() -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request()
