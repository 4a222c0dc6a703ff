# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SavedCharacter."""

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
    nullable,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset(
    {"success", "server_identifier", "guild_identifier", "character_identifier", "user_id"}
)


@define(kw_only=True)
class SavedCharacter(Model):
    """SavedCharacter.

    Attributes:
        success (Literal[True]):
        server_identifier (str): The server's identifier.
        guild_identifier (str | None): The guild's identifier; null without a guild.
        character_identifier (str): The character's identifier.
        user_id (int | None): The player's number.
    """

    success: Literal[True]
    server_identifier: str
    guild_identifier: str | None
    character_identifier: str
    user_id: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "server_identifier": self.server_identifier,
                "guild_identifier": self.guild_identifier,
                "character_identifier": self.character_identifier,
                "user_id": self.user_id,
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
        self.success = required(found, "success", cast("Decoder[Literal[True]]", constant(True)))
        value = found.get("server_identifier")
        self.server_identifier = value if type(value) is str else required(found, "server_identifier", string)
        value = found.get("guild_identifier", UNSET)
        self.guild_identifier = (
            value
            if type(value) is str or value is None
            else required(found, "guild_identifier", nullable(string))
        )
        value = found.get("character_identifier")
        self.character_identifier = (
            value if type(value) is str else required(found, "character_identifier", string)
        )
        value = found.get("user_id", UNSET)
        self.user_id = (
            value
            if type(value) is int or value is None or type(value) is Unset
            else optional(found, "user_id", nullable(integer))
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is SavedCharacter else initialised(self)
