# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Success."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import Decoder, anything, constant, encode_fields, fields, required, rest

_KNOWN: Final = frozenset({"success"})


@define(kw_only=True)
class Success:
    """Success.

    Attributes:
        success (Literal[True]):
    """

    success: Literal[True]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
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
            additional_properties=rest(found, _KNOWN, anything),
        )
