# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines CatalogueItem."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    array,
    encode_fields,
    fields,
    integer,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset(
    {"id", "identifier", "name", "description", "price", "tags", "game_id", "game_title", "image_url"}
)


@define(kw_only=True)
class CatalogueItem:
    """CatalogueItem.

    Attributes:
        id (int): The item's number.
        identifier (str): The game's own identifier.
        name (str): What it is called.
        description (str): What it is.
        price (int): Price in Kreds. At least 0.
        tags (list[str]): The item's tags.
        game_id (int): The game's number.
        game_title (str): What the game is called.
        image_url (str): A picture.
    """

    id: int
    identifier: str
    name: str
    description: str
    price: int
    tags: list[str]
    game_id: int | Unset = UNSET
    game_title: str | Unset = UNSET
    image_url: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "id": self.id,
                "identifier": self.identifier,
                "name": self.name,
                "description": self.description,
                "price": self.price,
                "tags": self.tags,
                "game_id": self.game_id,
                "game_title": self.game_title,
                "image_url": self.image_url,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
        """
        found = fields(source)
        return cls(
            id=required(found, "id", integer),
            identifier=required(found, "identifier", string),
            name=required(found, "name", string),
            description=required(found, "description", string),
            price=required(found, "price", integer),
            tags=required(found, "tags", array(string)),
            game_id=optional(found, "game_id", integer),
            game_title=optional(found, "game_title", string),
            image_url=optional(found, "image_url", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
