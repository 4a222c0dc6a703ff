# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines InviteUserBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, encode_fields, fields, required, rest, string

_KNOWN: Final = frozenset({"email"})


@define(kw_only=True)
class InviteUserBody:
    """InviteUserBody.

    Attributes:
        email (str): The friend's e-mail address. Format: email.
    """

    email: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "email": self.email,
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
            email=required(found, "email", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
