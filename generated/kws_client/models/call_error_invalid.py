# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines CallErrorInvalid."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import encode_fields, fields, rest

from .field_error import FieldError

_KNOWN: Final[frozenset[str]] = frozenset()


@define(kw_only=True)
class CallErrorInvalid:
    """Each field that is wrong, by its dotted name (`address.street`, `permissions.0`)."""

    additional_properties: dict[str, FieldError] = field(factory=dict[str, FieldError])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {},
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
            additional_properties=rest(found, _KNOWN, FieldError.from_dict),
        )
