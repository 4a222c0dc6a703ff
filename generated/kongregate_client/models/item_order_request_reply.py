# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines ItemOrderRequestReply."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.constraints import Constraints
from openapi_runtime.decoding import Object, anything, array, encode_fields, fields, required, rest
from openapi_runtime.models import Model

from .item import Item

_KNOWN: Final = frozenset({"items"})


@define(kw_only=True)
class ItemOrderRequestReply(Model):
    """What the game offers for an order.

    Attributes:
        items (list[Item]): What is for sale. At least 1 item.
    """

    items: list[Item] = field(validator=Constraints(type="array", min_items=1))
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "items": self.items,
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
            items=required(found, "items", array(Item.from_dict)),
            additional_properties=rest(found, _KNOWN, anything),
        )
