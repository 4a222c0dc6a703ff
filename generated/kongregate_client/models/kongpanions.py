# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Kongpanions."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    Object,
    anything,
    array,
    constant,
    encode_fields,
    fields,
    initialised,
    new,
    optional,
    required,
    rest,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

from .kongpanion import Kongpanion

_KNOWN: Final = frozenset({"kongpanions", "success"})


@define(kw_only=True)
class Kongpanions(Model):
    """Kongpanions.

    Attributes:
        kongpanions (list[Kongpanion]): The companions.
        success (Literal[True]):
    """

    kongpanions: list[Kongpanion]
    success: Literal[True] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "kongpanions": self.kongpanions,
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
        self.kongpanions = required(found, "kongpanions", array(Kongpanion.from_dict))
        self.success = optional(found, "success", cast("Decoder[Literal[True]]", constant(True)))
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Kongpanions else initialised(self)
