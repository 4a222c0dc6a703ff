# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines EventLimit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    boolean,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"hasTriggeredEvent"})


@define(kw_only=True)
class EventLimit(Model):
    """EventLimit.

    Attributes:
        has_triggered_event (bool): True once the event's limit is reached.
    """

    json_names: ClassVar[Mapping[str, str]] = {"has_triggered_event": "hasTriggeredEvent"}

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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("hasTriggeredEvent")
        self.has_triggered_event = (
            value if type(value) is bool else required(found, "hasTriggeredEvent", boolean)
        )
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is EventLimit else initialised(self)
