# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/private_message.json"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import union
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.message_failure import MessageFailure
from ...models.send_private_message_body import SendPrivateMessageBody
from ...models.success import Success

OPERATION: Operation[Success, Failure | MessageFailure] = Operation(
    id="sendPrivateMessage",
    method="POST",
    path="/api/private_message.json",
    success={200: json_body(Success.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(union(MessageFailure.from_dict, Failure.from_dict)),
        "5XX": json_body(union(MessageFailure.from_dict, Failure.from_dict)),
    },
    failure_in_success={200: json_body(union(MessageFailure.from_dict, Failure.from_dict))},
    errors=ERRORS,
    secrets=("api_key",),
)


def request(*, body: SendPrivateMessageBody) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
    )
