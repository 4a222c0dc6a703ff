# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines VerifyRequestsBodyPath."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import Object, encode_fields, fields, initialised, new, rest, string
from openapi_runtime.models import Model

_KNOWN: Final[frozenset[str]] = frozenset()


@define(kw_only=True)
class VerifyRequestsBodyPath(Model):
    """Values that the parameters of the path have to have, as text."""

    additional_properties: dict[str, str] = field(factory=dict[str, str])

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
            self.additional_properties = rest(found, _KNOWN, string)
        return self if cls is VerifyRequestsBodyPath else initialised(self)
