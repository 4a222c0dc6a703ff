# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""GET /faults"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.list_faults_response_200 import ListFaultsResponse200
from ...models.refusal import Refusal

OPERATION: Operation[ListFaultsResponse200, Refusal] = Operation(
    id="listFaults",
    method="GET",
    path="/faults",
    security=({}, {"token": ()}),
    success={200: json_body(ListFaultsResponse200.from_dict)},
    failure={"4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request() -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request()
