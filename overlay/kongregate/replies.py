"""What a game server answers to a callback."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from inspect import iscoroutine
from types import FunctionType
from typing import Any, Final, NamedTuple

from attrs import asdict, frozen

from .callbacks import Event, ItemOrderPlaced, ItemOrderRequest, parse_callback
from .errors import CallbackError, InvalidReply

logger: Final = logging.getLogger("kongregate")

Reply = Mapping[str, Any]
"""What an event is answered with, ready for JSON."""

# What an event is answered with: the field by which its reply is known, and what makes one.
_REPLIES: Final[Mapping[type, tuple[str, str]]] = {
    ItemOrderRequest: ("items", "items_reply(…)"),
    ItemOrderPlaced: ("state", "completed() or canceled()"),
}


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
    listed = [_fields(each) for each in items]
    if not listed:
        raise InvalidReply("an order needs at least one item")
    return {"items": listed}


def _fields(item: object) -> dict[str, Any]:
    if not isinstance(item, Item):
        raise InvalidReply(f"items_reply takes Items, not {type(item).__name__}")
    return asdict(item)


def completed() -> Reply:
    """The answer to an `ItemOrderPlaced`: the player has got the items."""
    return {"state": "completed"}


def canceled() -> Reply:
    """The answer to an `ItemOrderPlaced`: the player gets the money back."""
    return {"state": "canceled"}


class Answer(NamedTuple):
    """An HTTP answer for any web framework."""

    status: int
    headers: dict[str, str]
    body: bytes


def handle_callback(body: bytes, *, api_key: str, on_event: Callable[[Event], Reply | None]) -> Answer:
    """Answer a callback: what a game's callback URL has to do, without any web framework.

    What is refused is logged, as a warning of the logger `kongregate`.

    Args:
        body: The body of the POST as it came.
        api_key: The game's key.
        on_event: Called with the event; returns `items_reply(…)`, `completed()`, `canceled()`, or None where
            the event needs no answer. What it raises is passed on.

    Returns:
        Status 200 with the reply, or 400 with a line that says why the body is no callback for this game.

    Raises:
        InvalidReply: `on_event` returned a reply that does not go with the event.
        ConfigurationError: `api_key` is blank.
    """
    try:
        event = parse_callback(body, api_key=api_key)
    except CallbackError as error:
        return refuse(error)
    return answer(event, on_event(event))


def refuse(error: CallbackError) -> Answer:
    """The answer to what is no callback for this game."""
    logger.warning("refused a callback: %s: %s", type(error).__name__, error)
    return _answer(HTTPStatus.BAD_REQUEST, "text/plain; charset=utf-8", str(error))


def answer(event: Event, reply: Reply | None) -> Answer:
    """The answer to an event. Raises InvalidReply where the reply does not go with it."""
    given: object = reply
    if iscoroutine(given):
        given.close()
        raise InvalidReply(
            "handle_callback does not await on_event; kongregate.starlette.callback_route does"
        )
    field, makers = _REPLIES.get(type(event), (None, "None"))
    if field is None and given is None:
        return _answer(HTTPStatus.OK, "text/plain; charset=utf-8", "")
    if not isinstance(reply, Mapping) or field not in reply:
        raise InvalidReply(
            f"{type(event).__name__} is answered with {makers}; on_event returned {_returned(given)}"
        )
    return _answer(HTTPStatus.OK, "application/json", json.dumps(reply))


def _returned(given: object) -> str:
    """What somebody will look for in their code."""
    if isinstance(given, FunctionType):
        return f"the function {given.__name__} itself"
    return "None" if given is None else type(given).__name__


def _answer(status: int, media_type: str, text: str) -> Answer:
    body = text.encode()
    return Answer(int(status), {"Content-Type": media_type, "Content-Length": str(len(body))}, body)
