"""Orders of items: what is kept of them, who pays, and what answers of game servers have to look like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, insert, select, update

from openapi_mock import Problem
from openapi_mock.decoding import decode_json
from openapi_mock.document import is_list, is_mapping

from . import items, players
from .callbacks import BadAnswer
from .schema import orders, users

_MOST: Final = 2**63 - 1
_USES_OF_ORDERED_ITEMS: Final = 1
_TEXTS: Final = ("name", "description", "image_url")

State = Literal["completed", "canceled"]
_STATES: Final[tuple[State, ...]] = ("completed", "canceled")


class NotEnoughKreds(Exception):
    """The buyer cannot pay for the order."""


@dataclass(frozen=True, slots=True)
class OrderedItem:
    """An item as the game offers it for an order; `price` is in Kreds."""

    name: str
    description: str
    price: int
    image_url: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order that the game has answered: its state, what was ordered, and what that costs in Kreds."""

    id: int
    state: State
    items: tuple[OrderedItem, ...]
    price: int


@dataclass(frozen=True, slots=True)
class Request:
    """An order that a player has opened: what both of its callbacks carry."""

    id: int
    game_id: int
    buyer_id: int
    recipient_id: int
    order_info: str

    def payload(self, event: str) -> dict[str, Any]:
        return {
            "algorithm": "HMAC-SHA256",
            "event": event,
            "game_id": self.game_id,
            "buyer_id": self.buyer_id,
            "recipient_id": self.recipient_id,
            "order_id": self.id,
            "order_info": self.order_info,
        }


def open_order(
    connection: Connection, game_id: int, buyer_id: int, recipient_id: int, order_info: str, now_ms: int
) -> Request:
    """Raises Problem (404) for players that do not exist."""
    for user_id in (buyer_id, recipient_id):
        players.find(connection, user_id)
    row = {"game_id": game_id, "buyer_id": buyer_id, "recipient_id": recipient_id, "order_info": order_info}
    added = insert(orders).values(**row, state="requested", requested_ms=now_ms)
    order_id: int = connection.execute(added.returning(orders.c.id)).scalar_one()
    return Request(order_id, game_id, buyer_id, recipient_id, order_info)


def place(connection: Connection, request: Request, price: int) -> None:
    """Let the buyer pay. Raises NotEnoughKreds."""
    paid = (
        update(users)
        .where(users.c.id == request.buyer_id, users.c.kreds >= price)
        .values(kreds=users.c.kreds - price)
    )
    if connection.execute(paid).rowcount == 0:
        raise NotEnoughKreds(f"the buyer of order {request.id} cannot pay {price} Kreds")
    _set(connection, request, "placed", price)


def complete(connection: Connection, request: Request, ordered: Sequence[OrderedItem], price: int) -> None:
    """Put the items into the recipient's inventory."""
    for item in ordered:
        items.own(
            connection,
            game_id=request.game_id,
            user_id=request.recipient_id,
            identifier=_identifier(item.name),
            name=item.name,
            description=item.description,
            remaining_uses=_USES_OF_ORDERED_ITEMS,
            data=request.order_info,
        )
    _set(connection, request, "completed", price)


def give_up(connection: Connection, request: Request, state: Literal["canceled", "failed"]) -> None:
    """Give back what was paid, if anything was."""
    paid = connection.execute(select(orders.c.price).where(orders.c.id == request.id)).scalar()
    if paid is not None:
        refunded = update(users).where(users.c.id == request.buyer_id)
        connection.execute(refunded.values(kreds=users.c.kreds + paid))
    _set(connection, request, state, None)


def read_items(answer: bytes) -> tuple[OrderedItem, ...]:
    """The answer to `item_order_request`. Raises BadAnswer."""
    listed = _read_object(answer).get("items")
    if not is_list(listed) or not listed:
        raise BadAnswer("items: expected a list with at least one item")
    ordered = tuple(_read_item(each, f"items[{index}]") for index, each in enumerate(listed))
    if sum(each.price for each in ordered) > _MOST:
        raise BadAnswer("items: the prices are out of range")
    return ordered


def read_states(answers: Iterable[bytes]) -> State:
    """The answer to `item_order_placed`, which is the same however often it is sent. Raises BadAnswer."""
    states: list[State] = [_read_state(answer) for answer in answers]
    if len(set(states)) > 1:
        raise BadAnswer(f"told of the same order again, the game answered {states[-1]} after {states[0]}")
    return states[0]


def _read_state(answer: bytes) -> State:
    answered = _read_object(answer).get("state")
    state: State | None = next((each for each in _STATES if each == answered), None)
    if state is None:
        raise BadAnswer(f"state: expected {' or '.join(_STATES)}")
    return state


def _read_object(answer: bytes) -> dict[str, Any]:
    try:
        value = decode_json(answer)
    except Problem:
        raise BadAnswer("the game server's answer is not JSON") from None
    if not is_mapping(value):
        raise BadAnswer("the game server's answer is not a JSON object")
    return value


def _read_item(item: object, place_of_item: str) -> OrderedItem:
    if not is_mapping(item):
        raise BadAnswer(f"{place_of_item}: expected an object")
    for name in _TEXTS:
        if not isinstance(item.get(name), str) or not item[name].strip():
            raise BadAnswer(f"{place_of_item}.{name}: expected text that is not blank")
    price = item.get("price")
    if not isinstance(price, int) or isinstance(price, bool) or price < 0:
        raise BadAnswer(f"{place_of_item}.price: expected a whole number of Kreds, at least 0")
    return OrderedItem(item["name"], item["description"], price, item["image_url"])


def _identifier(name: str) -> str:
    """`Sharp Stick` becomes `sharp-stick`."""
    return re.sub(r"\W+", "-", name.lower()).strip("-") or "item"


def _set(connection: Connection, request: Request, state: str, price: int | None) -> None:
    connection.execute(update(orders).where(orders.c.id == request.id).values(state=state, price=price))
