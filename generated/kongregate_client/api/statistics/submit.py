# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""POST /api/submit_statistics.json"""

from __future__ import annotations

from typing import Any

from ...client import Client
from ...models.failure import Failure
from ...models.submit_body import SubmitBody
from ...models.success import Success
from ...operation import Operation, json_body
from ...types import Response

OPERATION: Operation[Success, Failure] = Operation(
    id="submit",
    method="POST",
    path="/api/submit_statistics.json",
    success={200: json_body(Success.from_dict)},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
    secrets=("api_key",),
)


def _get_kwargs(*, body: SubmitBody) -> dict[str, Any]:
    return OPERATION.request(
        body=body,
    )


def sync_detailed(*, client: Client, body: SubmitBody) -> Response[Success | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(client, _get_kwargs(body=body))


async def asyncio_detailed(*, client: Client, body: SubmitBody) -> Response[Success | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(client, _get_kwargs(body=body))


def sync(*, client: Client, body: SubmitBody) -> Success:
    """The value of a success; everything else is raised."""
    return OPERATION.call(client, _get_kwargs(body=body))


async def asyncio(*, client: Client, body: SubmitBody) -> Success:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(client, _get_kwargs(body=body))
