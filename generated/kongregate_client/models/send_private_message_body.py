# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SendPrivateMessageBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    encode_fields,
    fields,
    integer,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"api_key", "content", "user_id", "username", "image_url"})


@define(kw_only=True)
class SendPrivateMessageBody:
    """SendPrivateMessageBody.

    Attributes:
        api_key (str): The game's key. The client adds it. At least 1 character. A secret, left out of reprs.
        content (str): The message. At least 1 character.
        user_id (int): The player, by number. At least 1 and at most 2^63 - 1.
        username (str): The player, by name. At least 1 character.
        image_url (str): A picture to go with the message. At least 1 character.
    """

    api_key: str = field(repr=False)
    content: str
    user_id: int | Unset = UNSET
    username: str | Unset = UNSET
    image_url: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "api_key": self.api_key,
                "content": self.content,
                "user_id": self.user_id,
                "username": self.username,
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
            api_key=required(found, "api_key", string),
            content=required(found, "content", string),
            user_id=optional(found, "user_id", integer),
            username=optional(found, "username", string),
            image_url=optional(found, "image_url", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
