# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines CallErrorInvalid."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import Object, encode_fields, fields, initialised, new, rest
from openapi_runtime.models import Model

from .field_error import FieldError

_KNOWN: Final[frozenset[str]] = frozenset()


@define(kw_only=True)
class CallErrorInvalid(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        if len(found) > 0:
            self.additional_properties = rest(found, _KNOWN, FieldError.from_dict)
        return self if cls is CallErrorInvalid else initialised(self)
