# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Catalogue."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import Decoder, anything, array, constant, encode_fields, fields, required, rest

from .catalogue_item import CatalogueItem

_KNOWN: Final = frozenset({"success", "items"})


@define(kw_only=True)
class Catalogue:
    """Catalogue.

    Attributes:
        success (Literal[True]):
        items (list[CatalogueItem]): What is for sale.
    """

    success: Literal[True]
    items: list[CatalogueItem]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "items": self.items,
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
            success=required(found, "success", cast("Decoder[Literal[True]]", constant(True))),
            items=required(found, "items", array(CatalogueItem.from_dict)),
            additional_properties=rest(found, _KNOWN, anything),
        )
