"""Replies to events, and the HTTP responses that carry them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from kongregate_client import models
from kongregate_client.errors import DecodeError, InvalidArgument
from openapi_runtime.decoding import encode, null
from openapi_runtime.settings import check_callable

from .callbacks import Event, InvalidateUserInventory, parse_callback
from .errors import CallbackError, InvalidReply

logger: Final = logging.getLogger("kongregate")

Reply = Mapping[str, Any]
"""What a game server returns for an event, ready for JSON."""

_CHECKS: Final[Mapping[type[Event], Callable[[object], object]]] = {
    models.ItemOrderRequest: models.ItemOrderRequestReply.from_dict,
    models.ItemOrderPlaced: models.ItemOrderPlacedReply.from_dict,
    InvalidateUserInventory: null,
}


class CallbackResponse(NamedTuple):
    """The HTTP response to a callback, for any web framework."""

    status: int
    headers: dict[str, str]
    body: bytes


def items_reply(items: Iterable[models.Item]) -> Reply:
    """Return the reply to an `ItemOrderRequest`: the items that are ordered.

    Raises:
        InvalidReply: There are no items, or one of them is not an `Item`.
    """
    if not isinstance(items, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidReply(f"items_reply: items: expected a list of Item, got {type(items).__name__}")
    reply: Reply = _checked({"items": [*items]}, models.ItemOrderRequestReply.from_dict, "items_reply")
    return reply


def completed() -> Reply:
    """Return the reply to an `ItemOrderPlaced`: the player has received the items."""
    return models.ItemOrderPlacedReply(state=models.ItemOrderPlacedReplyState.COMPLETED).to_dict()


def canceled() -> Reply:
    """Return the reply to an `ItemOrderPlaced`: the player gets the Kreds back."""
    return models.ItemOrderPlacedReply(state=models.ItemOrderPlacedReplyState.CANCELED).to_dict()


def handle_callback(
    body: bytes, *, api_key: str, on_event: Callable[[Event], Reply | None]
) -> CallbackResponse:
    """Verify a callback, call `on_event` with its event, and return the HTTP response.

    The response is 200 with the reply, or 400 with a line that says why this is no callback for this game.
    That line is also logged as a warning of the logger `kongregate`.

    Args:
        body: The body of the POST as received.
        api_key: The game's key.
        on_event: Called with the event; returns `items_reply(…)`, `completed()`, `canceled()`, or None where
            the event takes no reply. What it raises is passed on.

    Raises:
        InvalidReply: `on_event` returned a reply that Kongregate does not accept for this event.
        ConfigurationError: `api_key` cannot be a key, or `on_event` cannot be called.
    """
    check_callable("on_event", on_event)
    try:
        event = parse_callback(body, api_key=api_key)
    except CallbackError as error:
        logger.warning("refused a callback: %s: %s", type(error).__name__, error)
        return _response(400, "text/plain; charset=utf-8", str(error))
    kind = type(event)
    reply = _checked(on_event(event), _CHECKS[kind], f"on_event returned no reply to {kind.__name__}")
    if reply is None:
        return _response(200, "text/plain; charset=utf-8", "")
    return _response(200, "application/json", json.dumps(reply))


def _checked(reply: object, check: Callable[[object], object], fault: str) -> Any:
    content = encode(reply)
    try:
        check(content)
    except (DecodeError, InvalidArgument) as error:
        raise InvalidReply(f"{fault}: {error}") from None
    return content


def _response(status: int, media_type: str, text: str) -> CallbackResponse:
    body = text.encode()
    return CallbackResponse(status, {"Content-Type": media_type, "Content-Length": str(len(body))}, body)
