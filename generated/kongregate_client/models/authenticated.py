# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Authenticated."""

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
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"success", "username", "user_id"})


@define(kw_only=True)
class Authenticated(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        self.success = required(found, "success", cast("Decoder[Literal[True]]", constant(True)))
        value = found.get("username")
        self.username = value if type(value) is str else required(found, "username", string)
        value = found.get("user_id")
        self.user_id = value if type(value) is int else required(found, "user_id", integer)
        if len(found) > 3:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Authenticated else initialised(self)
