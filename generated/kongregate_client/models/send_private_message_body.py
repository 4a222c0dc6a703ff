# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SendPrivateMessageBody."""

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
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"api_key", "content", "user_id", "username", "image_url"})


@define(kw_only=True)
class SendPrivateMessageBody(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("api_key")
        self.api_key = value if type(value) is str else required(found, "api_key", string)
        value = found.get("content")
        self.content = value if type(value) is str else required(found, "content", string)
        value = found.get("user_id", UNSET)
        self.user_id = (
            value if type(value) is int or type(value) is Unset else optional(found, "user_id", integer)
        )
        value = found.get("username", UNSET)
        self.username = (
            value if type(value) is str or type(value) is Unset else optional(found, "username", string)
        )
        value = found.get("image_url", UNSET)
        self.image_url = (
            value if type(value) is str or type(value) is Unset else optional(found, "image_url", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is SendPrivateMessageBody else initialised(self)
