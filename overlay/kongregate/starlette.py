"""The callback URL as a route of Starlette, and so of FastAPI. Needs `starlette`; nothing else here does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable

try:
    from starlette.concurrency import run_in_threadpool
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        "kongregate.starlette needs Starlette: pip install 'kws-clients[starlette]'", name=missing.name
    ) from missing

from .answers import Answer, answer, check_handler, refuse
from .callbacks import Event, parse_callback
from .errors import CallbackError
from .forms import check_size
from .keys import Key
from .replies import Reply

Handler = Callable[[Event], Reply | Awaitable[Reply | None] | None]


def callback_route(path: str, *, api_key: str, on_event: Handler) -> Route:
    """A route that answers Kongregate's callbacks.

    Args:
        path: Where it is, such as `/kongregate`.
        api_key: The game's key.
        on_event: As for `handle_callback`. It runs in a thread; a coroutine that it returns is awaited in the
            event loop.

    Raises:
        ConfigurationError: `api_key` is no key, or `on_event` no function.
    """
    Key(api_key)
    check_handler(on_event)

    async def endpoint(request: Request) -> Response:
        status, headers, body = await _answered(request, api_key, on_event)
        return Response(body, status, headers)

    return Route(path, endpoint, methods=["POST"])


async def _answered(request: Request, api_key: str, on_event: Handler) -> Answer:
    try:
        event = parse_callback(await _body(request), api_key=api_key)
    except CallbackError as error:
        return refuse(error)
    reply = await run_in_threadpool(on_event, event)
    return answer(event, await reply if isawaitable(reply) else reply)


async def _body(request: Request) -> bytes:
    """Raises BodyTooLarge, before more than that is read."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        check_size(body)
    return body
