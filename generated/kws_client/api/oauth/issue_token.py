# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""POST /oauth/token"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.call_error import CallError
from ...models.token import Token
from ...models.token_error import TokenError
from ...models.token_request import TokenRequest
from ...operation import Operation, json_body
from ...types import Response

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
    secrets=("code",),
)


def _get_kwargs(*, body: TokenRequest) -> dict[str, Any]:
    return OPERATION.request(
        body=body,
        media_type="application/x-www-form-urlencoded",
    )


def sync_detailed(*, client: Client, body: TokenRequest) -> Response[Token | TokenError | CallError]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(body=body))


async def asyncio_detailed(*, client: Client, body: TokenRequest) -> Response[Token | TokenError | CallError]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(body=body))


def sync(*, client: Client, body: TokenRequest) -> Token:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(body=body))


async def asyncio(*, client: Client, body: TokenRequest) -> Token:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(body=body))
