"""The callback URL as a route of Starlette or FastAPI. Only this module needs `starlette`."""

from __future__ import annotations

from collections.abc import Callable

try:
    from starlette.concurrency import run_in_threadpool
    from starlette.requests import ClientDisconnect, Request
    from starlette.responses import Response
    from starlette.routing import Route
except ModuleNotFoundError as missing:
    advice = "kongregate.starlette needs Starlette: pip install 'kws-clients[starlette]'"
    raise ModuleNotFoundError(advice, name=missing.name) from None

from openapi_runtime.settings import check_callable

from .api_key import ApiKey
from .callback_responses import Reply, handle_callback
from .callbacks import Event
from .forms import MAX_BYTES


def callback_route(path: str, *, api_key: str, on_event: Callable[[Event], Reply | None]) -> Route:
    """Return a route that responds to Kongregate's callbacks.

    Args:
        path: Path of the route, such as `/kongregate`.
        api_key: The game's key.
        on_event: As for `handle_callback`. It runs in a thread: call async code with `anyio.from_thread.run`.

    Raises:
        ConfigurationError: `api_key` cannot be a key, or `on_event` cannot be called.
    """
    ApiKey(api_key)
    check_callable("on_event", on_event)

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            # Nobody is left to read this; an exception would only fill the log.
            return Response(status_code=400)
        response = await run_in_threadpool(handle_callback, body, api_key=api_key, on_event=on_event)
        return Response(response.body, response.status, response.headers)

    return Route(path, endpoint, methods=["POST"])


async def _body(request: Request) -> bytes:
    """Return the body, or as much of it as shows that it is too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            break
    return body
