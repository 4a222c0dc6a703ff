# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Authenticated."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    anything,
    constant,
    encode_fields,
    fields,
    integer,
    required,
    rest,
    string,
)

_KNOWN: Final = frozenset({"success", "username", "user_id"})


@define(kw_only=True)
class Authenticated:
    """Authenticated.

    Attributes:
        success (Literal[True]):
        username (str): The player's name at present.
        user_id (int): The player's number.
    """

    success: Literal[True]
    username: str
    user_id: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "username": self.username,
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
        found = fields(source)
        return cls(
            success=required(found, "success", cast("Decoder[Literal[True]]", constant(True))),
            username=required(found, "username", string),
            user_id=required(found, "user_id", integer),
            additional_properties=rest(found, _KNOWN, anything),
        )
