# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/items.json"""

from __future__ import annotations

from collections.abc import Sequence

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request
from openapi_runtime.serialization import Joined
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.catalogue import Catalogue
from ...models.failure import Failure

OPERATION: Operation[Catalogue, Failure] = Operation(
    id="listItems",
    method="GET",
    path="/api/items.json",
    success={200: json_body(Catalogue.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
    required=("api_key",),
    secrets=("api_key",),
)


def request(*, api_key: str, tags: Sequence[str] | Unset = UNSET) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        query={"api_key": api_key, "tags": Joined(tags)},
    )
