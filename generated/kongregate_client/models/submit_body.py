# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SubmitBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
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

_KNOWN: Final = frozenset({"api_key", "user_id"})


@define(kw_only=True)
class SubmitBody(Model):
    """SubmitBody.

    Attributes:
        api_key (str): The game's key. The client adds it. At least 1 character. A secret, left out of reprs.
        user_id (int): The player's number. At least 1 and at most 2^63 - 1.
    """

    api_key: str = field(repr=False)
    user_id: int
    additional_properties: dict[str, int] = field(factory=dict[str, int], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "api_key": self.api_key,
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
        value = found.get("api_key")
        self.api_key = value if type(value) is str else required(found, "api_key", string)
        value = found.get("user_id")
        self.user_id = value if type(value) is int else required(found, "user_id", integer)
        if len(found) > 2:
            self.additional_properties = rest(found, _KNOWN, integer)
        return self if cls is SubmitBody else initialised(self)
