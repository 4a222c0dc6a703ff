"""Orders of items, and their payment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, insert, select, update

from openapi_mock.control.actions import Refused

from . import items, players
from .callback_responses import OrderedItem, State
from .schema import orders, users

_USES_OF_ORDERED_ITEMS: Final = 1


class NotEnoughKreds(Refused):
    """Raised when the buyer cannot pay for an order."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order that the game has responded to: its state, its items, and the price in Kreds."""

    id: int
    state: State
    items: tuple[OrderedItem, ...]
    price: int


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order that a player has opened, as both of its callbacks describe it."""

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
) -> OpenOrder:
    """Create an order. Raises Problem (404) for players that do not exist."""
    for user_id in (buyer_id, recipient_id):
        players.find(connection, user_id)
    row = {"game_id": game_id, "buyer_id": buyer_id, "recipient_id": recipient_id, "order_info": order_info}
    added = insert(orders).values(**row, state="requested", requested_ms=now_ms)
    order_id: int = connection.execute(added.returning(orders.c.id)).scalar_one()
    return OpenOrder(order_id, game_id, buyer_id, recipient_id, order_info)


def place(connection: Connection, request: OpenOrder, price: int) -> None:
    """Charge the buyer. Raises NotEnoughKreds."""
    paid = (
        update(users)
        .where(users.c.id == request.buyer_id, users.c.kreds >= price)
        .values(kreds=users.c.kreds - price)
    )
    if connection.execute(paid).rowcount == 0:
        raise NotEnoughKreds(f"the buyer of order {request.id} cannot pay {price} Kreds")
    _set(connection, request, "placed", price)


def complete(connection: Connection, request: OpenOrder, ordered: Sequence[OrderedItem], price: int) -> None:
    """Add the items to the recipient's inventory."""
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


def give_up(connection: Connection, request: OpenOrder, state: Literal["canceled", "failed"]) -> None:
    """Cancel the order, and refund what was paid."""
    paid = connection.execute(select(orders.c.price).where(orders.c.id == request.id)).scalar()
    if paid is not None:
        refunded = update(users).where(users.c.id == request.buyer_id)
        connection.execute(refunded.values(kreds=users.c.kreds + paid))
    _set(connection, request, state, None)


def _identifier(name: str) -> str:
    """Return the identifier for a name: `sharp-stick` for `Sharp Stick`."""
    return re.sub(r"\W+", "-", name.lower()).strip("-") or "item"


def _set(connection: Connection, request: OpenOrder, state: str, price: int | None) -> None:
    connection.execute(update(orders).where(orders.c.id == request.id).values(state=state, price=price))
