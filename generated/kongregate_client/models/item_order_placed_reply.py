# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines ItemOrderPlacedReply."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.constraints import Constraints
from openapi_runtime.decoding import Object, anything, encode_fields, fields, member, required, rest
from openapi_runtime.models import Model

from .item_order_placed_reply_state import ItemOrderPlacedReplyState

_KNOWN: Final = frozenset({"state"})


@define(kw_only=True)
class ItemOrderPlacedReply(Model):
    """What became of an order. Canceled gives the Kreds back.

    Attributes:
        state (ItemOrderPlacedReplyState): Whether the player got the items. One of `"completed"`,
            `"canceled"`.
    """

    state: ItemOrderPlacedReplyState = field(validator=Constraints(enum=["completed", "canceled"]))
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "state": self.state,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
            InvalidArgument: A field violates a constraint.
        """
        found = source if type(source) is Object else fields(source)
        return cls(
            state=required(found, "state", member(ItemOrderPlacedReplyState)),
            additional_properties=rest(found, _KNOWN, anything),
        )
