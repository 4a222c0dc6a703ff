# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SaveGuildBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    new,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"api_key", "guild_identifier", "guild_name", "server_identifier", "server_name"})


@define(kw_only=True)
class SaveGuildBody(Model):
    """SaveGuildBody.

    Attributes:
        api_key (str): The game's key. The client adds it. At least 1 character. A secret, left out of reprs.
        guild_identifier (str): The game's own identifier of the guild. At least 1 character.
        guild_name (str): The guild's name. At least 1 character.
        server_identifier (str): The game's own identifier of the server that the character or guild lives on.
            At least 1 character. The server's default is `"Default"`.
        server_name (str): What that server is called. At least 1 character. The server's default is
            `"Default"`.
    """

    api_key: str = field(repr=False)
    guild_identifier: str
    guild_name: str
    server_identifier: str | Unset = UNSET
    server_name: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "api_key": self.api_key,
                "guild_identifier": self.guild_identifier,
                "guild_name": self.guild_name,
                "server_identifier": self.server_identifier,
                "server_name": self.server_name,
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
        value = found.get("guild_identifier")
        self.guild_identifier = value if type(value) is str else required(found, "guild_identifier", string)
        value = found.get("guild_name")
        self.guild_name = value if type(value) is str else required(found, "guild_name", string)
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
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is SaveGuildBody else initialised(self)
