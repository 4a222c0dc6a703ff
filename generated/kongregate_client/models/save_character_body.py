# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SaveCharacterBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
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
    {
        "api_key",
        "character_identifier",
        "character_name",
        "server_identifier",
        "server_name",
        "guild_identifier",
        "guild_name",
        "user_id",
        "guild_admin_level",
    }
)


@define(kw_only=True)
class SaveCharacterBody(Model):
    """SaveCharacterBody.

    Attributes:
        api_key (str): The game's key. The client adds it. At least 1 character. A secret, left out of reprs.
        character_identifier (str): The game's own identifier of the character. At least 1 character.
        character_name (str): The character's name. At least 1 character.
        server_identifier (str): The game's own identifier of the server that the character or guild lives on.
            At least 1 character. The server's default is `"Default"`.
        server_name (str): What that server is called. At least 1 character. The server's default is
            `"Default"`.
        guild_identifier (str | None): The guild that the character belongs to; empty or null takes it out of
            its guild.
        guild_name (str): The guild's name, for one that is created. At least 1 character.
        user_id (int): The player whose character it is. At least 1 and at most 2^63 - 1.
        guild_admin_level (str): What the character may do in the guild. Any text; `superadmin` and `admin`
            mean something to Kongregate.
    """

    api_key: str = field(repr=False)
    character_identifier: str
    character_name: str
    server_identifier: str | Unset = UNSET
    server_name: str | Unset = UNSET
    guild_identifier: str | None | Unset = UNSET
    guild_name: str | Unset = UNSET
    user_id: int | Unset = UNSET
    guild_admin_level: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "api_key": self.api_key,
                "character_identifier": self.character_identifier,
                "character_name": self.character_name,
                "server_identifier": self.server_identifier,
                "server_name": self.server_name,
                "guild_identifier": self.guild_identifier,
                "guild_name": self.guild_name,
                "user_id": self.user_id,
                "guild_admin_level": self.guild_admin_level,
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
        value = found.get("api_key")
        self.api_key = value if type(value) is str else required(found, "api_key", string)
        value = found.get("character_identifier")
        self.character_identifier = (
            value if type(value) is str else required(found, "character_identifier", string)
        )
        value = found.get("character_name")
        self.character_name = value if type(value) is str else required(found, "character_name", string)
        value = found.get("server_identifier", UNSET)
        self.server_identifier = (
            value
            if type(value) is str or type(value) is Unset
            else optional(found, "server_identifier", string)
        )
        value = found.get("server_name", UNSET)
        self.server_name = (
            value if type(value) is str or type(value) is Unset else optional(found, "server_name", string)
        )
        value = found.get("guild_identifier", UNSET)
        self.guild_identifier = (
            value
            if type(value) is str or value is None or type(value) is Unset
            else optional(found, "guild_identifier", nullable(string))
        )
        value = found.get("guild_name", UNSET)
        self.guild_name = (
            value if type(value) is str or type(value) is Unset else optional(found, "guild_name", string)
        )
        value = found.get("user_id", UNSET)
        self.user_id = (
            value if type(value) is int or type(value) is Unset else optional(found, "user_id", integer)
        )
        value = found.get("guild_admin_level", UNSET)
        self.guild_admin_level = (
            value
            if type(value) is str or type(value) is Unset
            else optional(found, "guild_admin_level", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is SaveCharacterBody else initialised(self)
