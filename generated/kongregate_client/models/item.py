# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Item."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.constraints import Constraints
from openapi_runtime.decoding import Object, anything, encode_fields, fields, integer, required, rest, string
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"name", "description", "price", "image_url"})


@define(kw_only=True)
class Item(Model):
    """Something to buy, as the player is shown it.

    Attributes:
        name (str): What it is called. Not blank.
        description (str): What it is. Not blank.
        price (int): Price in Kreds. At least 0.
        image_url (str): A picture. Not blank.
    """

    name: str = field(validator=Constraints(type="string", pattern="\\S"))
    description: str = field(validator=Constraints(type="string", pattern="\\S"))
    price: int = field(validator=Constraints(type="integer", minimum=0))
    image_url: str = field(validator=Constraints(type="string", pattern="\\S"))
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "name": self.name,
                "description": self.description,
                "price": self.price,
                "image_url": self.image_url,
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
            name=required(found, "name", string),
            description=required(found, "description", string),
            price=required(found, "price", integer),
            image_url=required(found, "image_url", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
