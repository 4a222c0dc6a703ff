# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines DeleteAppDataBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, encode_fields, fields, required, rest, string

_KNOWN: Final = frozenset({"name"})


@define(kw_only=True)
class DeleteAppDataBody:
    """DeleteAppDataBody.

    Attributes:
        name (str): The name whose value is forgotten. At least 1 character.
    """

    name: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "name": self.name,
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
            additional_properties=rest(found, _KNOWN, anything),
        )
