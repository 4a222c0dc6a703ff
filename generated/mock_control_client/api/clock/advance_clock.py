# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""POST /clock/advance"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.advance_clock_body import AdvanceClockBody
from ...models.clock import Clock
from ...models.refusal import Refusal

OPERATION: Operation[Clock, Refusal] = Operation(
    id="advanceClock",
    method="POST",
    path="/clock/advance",
    security=({}, {"token": ()}),
    success={200: json_body(Clock.from_dict)},
    failure={"4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request(*, body: AdvanceClockBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
