"""What a game server replies to an event, made by helpers and checked before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from kongregate_client.errors import DecodeError, InvalidArgument
from kongregate_client.models.item import Item
from kongregate_client.models.item_order_placed import ItemOrderPlaced
from kongregate_client.models.item_order_placed_reply import ItemOrderPlacedReply
from kongregate_client.models.item_order_placed_reply_state import ItemOrderPlacedReplyState
from kongregate_client.models.item_order_request import ItemOrderRequest
from kongregate_client.models.item_order_request_reply import ItemOrderRequestReply
from openapi_runtime.decoding import encode, null

from .callbacks import Event, InvalidateUserInventory
from .errors import InvalidReply

Reply = Mapping[str, Any]
"""What an event is answered with, ready for JSON."""


def items_reply(items: Iterable[Item]) -> Reply:
    """The answer to an `ItemOrderRequest`, ready for JSON.

    Raises:
        InvalidReply: There are no items, or one is no `Item`.
    """
    reply: Reply = _valid(ItemOrderRequestReply.from_dict, {"items": [*items]}, "items_reply takes Items")
    return reply


def completed() -> Reply:
    """The answer to an `ItemOrderPlaced`: the player has got the items."""
    return ItemOrderPlacedReply(state=ItemOrderPlacedReplyState.COMPLETED).to_dict()


def canceled() -> Reply:
    """The answer to an `ItemOrderPlaced`: the player gets the money back."""
    return ItemOrderPlacedReply(state=ItemOrderPlacedReplyState.CANCELED).to_dict()


# How the answer to an event is read, and what makes one.
_REPLIES: Final[Mapping[type[Event], tuple[Callable[[object], object], str]]] = {
    ItemOrderRequest: (ItemOrderRequestReply.from_dict, "items_reply(…)"),
    ItemOrderPlaced: (ItemOrderPlacedReply.from_dict, "completed() or canceled()"),
    InvalidateUserInventory: (null, "None"),
}


def checked(event: Event, reply: object) -> Reply | None:
    """A reply as it is sent, whoever made it. Raises InvalidReply where it does not go with the event."""
    read, makers = _REPLIES[type(event)]
    told = f"{type(event).__name__} is answered with {makers}, and on_event returned something else"
    sent: Reply | None = _valid(read, reply, told)
    return sent


def _valid(read: Callable[[object], object], reply: object, told: str) -> Any:
    sent = encode(reply)
    try:
        read(sent)
    except (DecodeError, InvalidArgument) as error:
        raise InvalidReply(f"{told}: {error}") from None
    return sent
