# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""POST /snapshots"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.refusal import Refusal
from ...models.snapshot import Snapshot

OPERATION: Operation[Snapshot, Refusal] = Operation(
    id="takeSnapshot",
    method="POST",
    path="/snapshots",
    security=({}, {"token": ()}),
    success={201: json_body(Snapshot.from_dict)},
    failure={409: json_body(Refusal.from_dict), "4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request() -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request()
