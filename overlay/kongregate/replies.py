"""What a game server replies to an event, made by helpers and checked before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import iscoroutine
from types import FunctionType, NoneType
from typing import Any, Final, TypeGuard, cast

from attrs import asdict, frozen

from .callbacks import Event, ItemOrderPlaced, ItemOrderRequest
from .errors import InvalidReply

Reply = Mapping[str, Any]
"""What an event is answered with, ready for JSON."""

_STATES: Final = ("completed", "canceled")


@frozen(kw_only=True)
class Item:
    """Something to buy, as the player is shown it.

    Attributes:
        name: What it is called.
        description: What it is.
        price: Price in Kreds, a whole number that is not negative.
        image_url: A picture.

    Raises:
        InvalidReply: A text is blank, or the price is no price.
    """

    name: str
    description: str
    price: int
    image_url: str

    def __attrs_post_init__(self) -> None:
        for field in ("name", "description", "image_url"):
            text = getattr(self, field)
            if not isinstance(text, str) or not text.strip():
                raise InvalidReply(f"an item's {field} has to be text that is not blank")
        if type(self.price) is not int or self.price < 0:
            raise InvalidReply("an item's price has to be a whole number of Kreds, 0 or more")


def items_reply(items: Iterable[Item]) -> Reply:
    """The answer to an `ItemOrderRequest`, ready for JSON.

    Raises:
        InvalidReply: There are no items, or one is no `Item`.
    """
    if isinstance(cast("object", items), Item | NoneType):
        raise InvalidReply(f"items_reply takes a list of Items, not {type(items).__name__}")
    listed = [_fields(each) for each in items]
    if not listed:
        raise InvalidReply("an order needs at least one item")
    return {"items": listed}


def completed() -> Reply:
    """The answer to an `ItemOrderPlaced`: the player has got the items."""
    return {"state": "completed"}


def canceled() -> Reply:
    """The answer to an `ItemOrderPlaced`: the player gets the money back."""
    return {"state": "canceled"}


def checked(event: Event, reply: object) -> Reply | None:
    """A reply as it can be sent, whoever made it. Raises InvalidReply where it does not go with the event."""
    if iscoroutine(reply):
        reply.close()
        raise InvalidReply(
            "on_event gave a coroutine that nobody awaited; kongregate.starlette.callback_route awaits one, "
            "handle_callback does not"
        )
    field, makers, read = _REPLIES.get(type(event), ("", "None", None))
    if read is None and reply is None:
        return None
    if read is not None and _holds(reply, field):
        return {field: read(reply[field])}
    raise InvalidReply(
        f"{type(event).__name__} is answered with {makers}; on_event returned {_returned(reply)}"
    )


# ---- what is in a reply


def _fields(item: object) -> dict[str, Any]:
    if not isinstance(item, Item):
        raise InvalidReply(f"items_reply takes Items, not {type(item).__name__}")
    return asdict(item)


def _holds(reply: object, field: str) -> TypeGuard[Reply]:
    return isinstance(reply, Mapping) and field in reply


def _items(listed: object) -> object:
    if not isinstance(listed, list):
        raise InvalidReply(f"items has to be a list, not {type(listed).__name__}")
    return items_reply([_item(each) for each in cast("list[object]", listed)])["items"]


def _item(fields: object) -> Item:
    try:
        return fields if isinstance(fields, Item) else Item(**cast("dict[str, Any]", fields))
    except TypeError:
        raise InvalidReply("an item has name, description, price and image_url, and no more") from None


def _state(state: object) -> object:
    if state not in _STATES:
        raise InvalidReply(f"state has to be {' or '.join(_STATES)}")
    return state


# What an event is answered with: the reply's field, what makes one, and how the field's value is checked.
_REPLIES: Final[Mapping[type, tuple[str, str, Callable[[object], object]]]] = {
    ItemOrderRequest: ("items", "items_reply(…)", _items),
    ItemOrderPlaced: ("state", "completed() or canceled()", _state),
}


def _returned(reply: object) -> str:
    """What somebody will look for in their code."""
    if isinstance(reply, FunctionType):
        return f"the function {reply.__name__} itself"
    return "None" if reply is None else type(reply).__name__
