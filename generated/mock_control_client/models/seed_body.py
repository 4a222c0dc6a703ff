# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines SeedBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import Object, anything, encode_fields, fields, initialised, new, rest
from openapi_runtime.models import Model

_KNOWN: Final[frozenset[str]] = frozenset()


@define(kw_only=True)
class SeedBody(Model):
    """SeedBody."""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

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
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is SeedBody else initialised(self)
