"""One call by a client of its own, sync or async."""

from __future__ import annotations

import asyncio
from typing import Any

from openapi_runtime import Client
from openapi_runtime.operation import Operation, Request
from openapi_runtime.options import Options


def call_once(
    client: Client,
    operation: Operation[Any, Any],
    request: Request,
    options: Options | None = None,
    *,
    is_async: bool,
    raw: bool = False,
) -> Any:
    """Return the value of a call, or the whole response if it is a raw one, and close the client."""

    async def call() -> Any:
        async with client:
            send = operation.send_async if raw else operation.call_async
            return await send(client, request, options)

    if is_async:
        return asyncio.run(call())
    with client:
        send = operation.send if raw else operation.call
        return send(client, request, options)
