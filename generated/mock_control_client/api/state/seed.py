# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""POST /seed"""

from __future__ import annotations

from openapi_runtime.bodies import json_body, no_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.refusal import Refusal
from ...models.seed_body import SeedBody

OPERATION: Operation[None, Refusal] = Operation(
    id="seed",
    method="POST",
    path="/seed",
    security=({}, {"token": ()}),
    success={204: no_body},
    failure={409: json_body(Refusal.from_dict), "4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request(*, body: SeedBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
