"""What game servers answer to the callbacks of an order, read and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from openapi_mock import Problem
from openapi_mock.decoding import decode_json
from openapi_mock.document import is_list, is_mapping

from .callbacks import BadAnswer
from .schema import GREATEST_INTEGER

_TEXTS: Final = ("name", "description", "image_url")

State = Literal["completed", "canceled"]
_STATES: Final[tuple[State, ...]] = ("completed", "canceled")


@dataclass(frozen=True, slots=True)
class OrderedItem:
    """An item as the game offers it for an order; `price` is in Kreds."""

    name: str
    description: str
    price: int
    image_url: str


def read_items(answer: bytes) -> tuple[OrderedItem, ...]:
    """The answer to `item_order_request`. Raises BadAnswer."""
    listed = _read_object(answer).get("items")
    if not is_list(listed) or not listed:
        raise BadAnswer("items: expected a list with at least one item")
    ordered = tuple(_read_item(each, f"items[{index}]") for index, each in enumerate(listed))
    if sum(each.price for each in ordered) > GREATEST_INTEGER:
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
