# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""GET /v1/countries/childAge"""

from __future__ import annotations

import datetime

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.child_age import ChildAge

OPERATION: Operation[ChildAge, CallError] = Operation(
    id="getChildAge",
    method="GET",
    path="/v1/countries/childAge",
    success={200: json_body(ChildAge.from_dict)},
    failure={
        400: json_body(CallError.from_dict),
        404: json_body(CallError.from_dict),
        405: json_body(CallError.from_dict),
        500: json_body(CallError.from_dict),
    },
    errors=ERRORS,
)


def request(*, dob: datetime.date | Unset = UNSET, country: str | Unset = UNSET) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        query={"dob": dob, "country": country},
    )
