# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines AppDataEntry."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, encode_fields, fields, integer, required, rest, string

_KNOWN: Final = frozenset({"name", "value"})


@define(kw_only=True)
class AppDataEntry:
    """AppDataEntry.

    Attributes:
        name (str): The name, of any characters. At least 1 character.
        value (int): The value, a whole number. At least -(2^53 - 1) and at most 2^53 - 1.
    """

    name: str
    value: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "name": self.name,
                "value": self.value,
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
            name=required(found, "name", string),
            value=required(found, "value", integer),
            additional_properties=rest(found, _KNOWN, anything),
        )
