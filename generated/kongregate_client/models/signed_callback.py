# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines SignedCallback."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, encode_fields, fields, required, rest, string

_KNOWN: Final = frozenset({"signed_request"})


@define(kw_only=True)
class SignedCallback:
    """SignedCallback.

    Attributes:
        signed_request (str): Signature, a dot, and the payload. Matches `^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$`.
    """

    signed_request: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "signed_request": self.signed_request,
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
            signed_request=required(found, "signed_request", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
