# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""POST /faults"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.active_fault import ActiveFault
from ...models.fault import Fault
from ...models.refusal import Refusal

OPERATION: Operation[ActiveFault, Refusal] = Operation(
    id="addFault",
    method="POST",
    path="/faults",
    security=({}, {"token": ()}),
    success={201: json_body(ActiveFault.from_dict)},
    failure={400: json_body(Refusal.from_dict), "4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request(*, body: Fault) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
