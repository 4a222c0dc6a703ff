# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""DELETE /snapshots/{id}"""

from __future__ import annotations

from openapi_runtime.bodies import json_body, no_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.refusal import Refusal

OPERATION: Operation[None, Refusal] = Operation(
    id="dropSnapshot",
    method="DELETE",
    path="/snapshots/{id}",
    security=({}, {"token": ()}),
    success={204: no_body},
    failure={404: json_body(Refusal.from_dict), "4XX": json_body(Refusal.from_dict)},
    errors=ERRORS,
    base_paths=("/_mock",),
)


def request(*, id: int) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        path={"id": id},
    )
