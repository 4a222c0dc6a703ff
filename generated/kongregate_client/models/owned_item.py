# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines OwnedItem."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    encode_fields,
    fields,
    integer,
    nullable,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset(
    {
        "id",
        "identifier",
        "name",
        "description",
        "remaining_uses",
        "data",
        "game_id",
        "game_title",
        "image_url",
    }
)


@define(kw_only=True)
class OwnedItem:
    """OwnedItem.

    Attributes:
        id (int): Number of this instance.
        identifier (str): The game's own identifier.
        name (str): What it is called.
        description (str): What it is.
        remaining_uses (int | None): Uses left; null when it never runs out. At least 0.
        data (str | None): What the game stored with it.
        game_id (int): The game's number.
        game_title (str): What the game is called.
        image_url (str): A picture.
    """

    id: int
    identifier: str
    name: str
    description: str
    remaining_uses: int | None
    data: str | None | Unset = UNSET
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
                "remaining_uses": self.remaining_uses,
                "data": self.data,
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
            remaining_uses=required(found, "remaining_uses", nullable(integer)),
            data=optional(found, "data", nullable(string)),
            game_id=optional(found, "game_id", integer),
            game_title=optional(found, "game_title", string),
            image_url=optional(found, "image_url", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
