# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines StateTables."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import Object, array, encode_fields, fields, initialised, new, rest
from openapi_runtime.models import Model

from .state_tables_additional_property_item import StateTablesAdditionalPropertyItem

_KNOWN: Final[frozenset[str]] = frozenset()


@define(kw_only=True)
class StateTables(Model):
    """The rows by table."""

    additional_properties: dict[str, list[StateTablesAdditionalPropertyItem]] = field(
        factory=dict[str, list[StateTablesAdditionalPropertyItem]]
    )

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
            self.additional_properties = rest(
                found, _KNOWN, array(StateTablesAdditionalPropertyItem.from_dict)
            )
        return self if cls is StateTables else initialised(self)
