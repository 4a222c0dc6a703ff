# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines ItemUse."""

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
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"success", "remaining_uses", "usage_record_id"})


@define(kw_only=True)
class ItemUse(Model):
    """ItemUse.

    Attributes:
        success (Literal[True]):
        remaining_uses (int): Uses left. At least 0.
        usage_record_id (int): Number of the record of this use.
    """

    success: Literal[True]
    remaining_uses: int
    usage_record_id: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "remaining_uses": self.remaining_uses,
                "usage_record_id": self.usage_record_id,
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
        value = found.get("remaining_uses")
        self.remaining_uses = value if type(value) is int else required(found, "remaining_uses", integer)
        value = found.get("usage_record_id")
        self.usage_record_id = value if type(value) is int else required(found, "usage_record_id", integer)
        if len(found) > 3:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ItemUse else initialised(self)
