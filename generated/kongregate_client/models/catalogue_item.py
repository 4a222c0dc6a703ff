# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines CatalogueItem."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    array,
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
    {"id", "identifier", "name", "description", "price", "tags", "game_id", "game_title", "image_url"}
)


@define(kw_only=True)
class CatalogueItem(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("id")
        self.id = value if type(value) is int else required(found, "id", integer)
        value = found.get("identifier")
        self.identifier = value if type(value) is str else required(found, "identifier", string)
        value = found.get("name")
        self.name = value if type(value) is str else required(found, "name", string)
        value = found.get("description")
        self.description = value if type(value) is str else required(found, "description", string)
        value = found.get("price")
        self.price = value if type(value) is int else required(found, "price", integer)
        self.tags = required(found, "tags", array(string))
        value = found.get("game_id", UNSET)
        self.game_id = (
            value if type(value) is int or type(value) is Unset else optional(found, "game_id", integer)
        )
        value = found.get("game_title", UNSET)
        self.game_title = (
            value if type(value) is str or type(value) is Unset else optional(found, "game_title", string)
        )
        value = found.get("image_url", UNSET)
        self.image_url = (
            value if type(value) is str or type(value) is Unset else optional(found, "image_url", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is CatalogueItem else initialised(self)
