# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Success."""

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
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"success"})


@define(kw_only=True)
class Success(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        self.success = required(found, "success", cast("Decoder[Literal[True]]", constant(True)))
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Success else initialised(self)
