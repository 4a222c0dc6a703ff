# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines ItemOrderPlaced."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    Object,
    anything,
    constant,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset(
    {"event", "game_id", "buyer_id", "recipient_id", "order_id", "order_info", "algorithm"}
)


@define(kw_only=True)
class ItemOrderPlaced(Model):
    """A player has paid. The same order can be told of twice: hand the items out once for each `order_id`.

    Attributes:
        event (Literal['item_order_placed']): What happened.
        game_id (int): The game's number.
        buyer_id (int): The player who pays.
        recipient_id (int): The player who gets the items.
        order_id (int): The order's number.
        order_info (str): What the game named when it opened the purchase.
        algorithm (Literal['HMAC-SHA256']): How the request is signed.
    """

    event: Literal["item_order_placed"]
    game_id: int
    buyer_id: int
    recipient_id: int
    order_id: int
    order_info: str
    algorithm: Literal["HMAC-SHA256"] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "event": self.event,
                "game_id": self.game_id,
                "buyer_id": self.buyer_id,
                "recipient_id": self.recipient_id,
                "order_id": self.order_id,
                "order_info": self.order_info,
                "algorithm": self.algorithm,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
        """
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        self.event = required(
            found, "event", cast("Decoder[Literal['item_order_placed']]", constant("item_order_placed"))
        )
        value = found.get("game_id")
        self.game_id = value if type(value) is int else required(found, "game_id", integer)
        value = found.get("buyer_id")
        self.buyer_id = value if type(value) is int else required(found, "buyer_id", integer)
        value = found.get("recipient_id")
        self.recipient_id = value if type(value) is int else required(found, "recipient_id", integer)
        value = found.get("order_id")
        self.order_id = value if type(value) is int else required(found, "order_id", integer)
        value = found.get("order_info")
        self.order_info = value if type(value) is str else required(found, "order_info", string)
        self.algorithm = optional(
            found, "algorithm", cast("Decoder[Literal['HMAC-SHA256']]", constant("HMAC-SHA256"))
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ItemOrderPlaced else initialised(self)
