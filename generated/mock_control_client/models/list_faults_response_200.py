# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines ListFaultsResponse200."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    array,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

from .active_fault import ActiveFault

_KNOWN: Final = frozenset({"faults"})


@define(kw_only=True)
class ListFaultsResponse200(Model):
    """ListFaultsResponse200.

    Attributes:
        faults (list[ActiveFault]): The faults.
    """

    faults: list[ActiveFault]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "faults": self.faults,
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
        self.faults = required(found, "faults", array(ActiveFault.from_dict))
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ListFaultsResponse200 else initialised(self)
