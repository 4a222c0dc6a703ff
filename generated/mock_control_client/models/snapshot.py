# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Defines Snapshot."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"id"})


@define(kw_only=True)
class Snapshot(Model):
    """A copy of the state.

    Attributes:
        id (int): Its number. A 64-bit number.
    """

    id: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "id": self.id,
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
        value = found.get("id")
        self.id = value if type(value) is int else required(found, "id", integer)
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Snapshot else initialised(self)
