# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SavedGuild."""

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
    new,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"success", "server_identifier", "guild_identifier"})


@define(kw_only=True)
class SavedGuild(Model):
    """SavedGuild.

    Attributes:
        success (Literal[True]):
        server_identifier (str): The server's identifier.
        guild_identifier (str): The guild's identifier.
    """

    success: Literal[True]
    server_identifier: str
    guild_identifier: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "server_identifier": self.server_identifier,
                "guild_identifier": self.guild_identifier,
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
        value = found.get("guild_identifier")
        self.guild_identifier = value if type(value) is str else required(found, "guild_identifier", string)
        if len(found) > 3:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is SavedGuild else initialised(self)
