# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines HasTriggeredEventBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

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

_KNOWN: Final = frozenset({"eventId"})


@define(kw_only=True)
class HasTriggeredEventBody(Model):
    """HasTriggeredEventBody.

    Attributes:
        event_id (int): The event's number. At least 1 and at most 2^53 - 1.
    """

    json_names: ClassVar[Mapping[str, str]] = {"event_id": "eventId"}

    event_id: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "eventId": self.event_id,
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
        value = found.get("eventId")
        self.event_id = value if type(value) is int else required(found, "eventId", integer)
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is HasTriggeredEventBody else initialised(self)
