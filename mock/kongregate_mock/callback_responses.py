"""Decoding of the responses of game servers to the callbacks of an order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from openapi_mock import Problem
from openapi_mock.decoding import decode_json
from openapi_reader import is_array, is_object

from .callbacks import InvalidResponse
from .schema import GREATEST_INTEGER

_TEXTS: Final = ("name", "description", "image_url")

State = Literal["completed", "canceled"]
_STATES: Final[tuple[State, ...]] = ("completed", "canceled")


@dataclass(frozen=True, slots=True)
class OrderedItem:
    """An item that the game offers for an order; `price` is in Kreds."""

    name: str
    description: str
    price: int
    image_url: str


def read_items(body: bytes) -> tuple[OrderedItem, ...]:
    """Return the items in the response to `item_order_request`. Raises InvalidResponse."""
    listed = _read_object(body).get("items")
    if not is_array(listed) or not listed:
        raise InvalidResponse("items: expected a list with at least one item")
    ordered = tuple(_read_item(each, f"items[{index}]") for index, each in enumerate(listed))
    if sum(each.price for each in ordered) > GREATEST_INTEGER:
        raise InvalidResponse("items: the prices are out of range")
    return ordered


def read_states(bodies: Iterable[bytes]) -> State:
    """Return the state, the same in all responses to `item_order_placed`. Raises InvalidResponse."""
    states: list[State] = [_read_state(body) for body in bodies]
    if len(set(states)) > 1:
        raise InvalidResponse(
            f"item_order_placed sent again: the game responded {states[-1]} after {states[0]}"
        )
    return states[0]


def _read_state(body: bytes) -> State:
    found = _read_object(body).get("state")
    state: State | None = next((each for each in _STATES if each == found), None)
    if state is None:
        raise InvalidResponse(f"state: expected {' or '.join(_STATES)}")
    return state


def _read_object(body: bytes) -> dict[str, Any]:
    try:
        value = decode_json(body)
    except Problem:
        raise InvalidResponse("the game server's response is not JSON") from None
    if not is_object(value):
        raise InvalidResponse("the game server's response is not a JSON object")
    return value


def _read_item(item: object, place_of_item: str) -> OrderedItem:
    if not is_object(item):
        raise InvalidResponse(f"{place_of_item}: expected an object")
    for name in _TEXTS:
        if not isinstance(item.get(name), str) or not item[name].strip():
            raise InvalidResponse(f"{place_of_item}.{name}: expected text that is not blank")
    price = item.get("price")
    if not isinstance(price, int) or isinstance(price, bool) or price < 0:
        raise InvalidResponse(f"{place_of_item}.price: expected a whole number of Kreds, at least 0")
    return OrderedItem(item["name"], item["description"], price, item["image_url"])
