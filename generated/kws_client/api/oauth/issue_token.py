# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""POST /oauth/token"""

from __future__ import annotations

from openapi_runtime.bodies import json_body
from openapi_runtime.operation import Operation, Request

from ...errors import ERRORS
from ...models.call_error import CallError
from ...models.token import Token
from ...models.token_error import TokenError
from ...models.token_request import TokenRequest

OPERATION: Operation[Token, TokenError | CallError] = Operation(
    id="issueToken",
    method="POST",
    path="/oauth/token",
    security=({"basic": ()},),
    success={200: json_body(Token.from_dict)},
    failure={
        400: json_body(TokenError.from_dict),
        401: json_body(TokenError.from_dict),
        405: json_body(CallError.from_dict),
        500: json_body(CallError.from_dict),
    },
    errors=ERRORS,
    secrets=("code", "code_verifier"),
)


def request(*, body: TokenRequest) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
    return OPERATION.request(
        body=body,
        media_type="application/x-www-form-urlencoded",
    )
