# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines UseBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, encode_fields, fields, integer, required, rest, string

_KNOWN: Final = frozenset({"api_key", "user_id", "game_auth_token", "id"})


@define(kw_only=True)
class UseBody:
    """UseBody.

    Attributes:
        api_key (str): The game's key. The client adds it. At least 1 character. A secret, left out of reprs.
        user_id (int): The player's number. At least 1 and at most 2^63 - 1.
        game_auth_token (str): The player's token for this game, as the player's page handed it over. At least
            1 character. A secret, left out of reprs.
        id (int): The number of the item instance, as `listUserItems` gives it. At least 1 and at most 2^63 -
            1.
    """

    api_key: str = field(repr=False)
    user_id: int
    game_auth_token: str = field(repr=False)
    id: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "api_key": self.api_key,
                "user_id": self.user_id,
                "game_auth_token": self.game_auth_token,
                "id": self.id,
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
            api_key=required(found, "api_key", string),
            user_id=required(found, "user_id", integer),
            game_auth_token=required(found, "game_auth_token", string),
            id=required(found, "id", integer),
            additional_properties=rest(found, _KNOWN, anything),
        )
