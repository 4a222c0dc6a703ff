# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines EventLimit."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, boolean, encode_fields, fields, required, rest

_KNOWN: Final = frozenset({"hasTriggeredEvent"})


@define(kw_only=True)
class EventLimit:
    """EventLimit.

    Attributes:
        has_triggered_event (bool): True once the event's limit is reached.
    """

    has_triggered_event: bool
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "hasTriggeredEvent": self.has_triggered_event,
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
            has_triggered_event=required(found, "hasTriggeredEvent", boolean),
            additional_properties=rest(found, _KNOWN, anything),
        )
