# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines Badge."""

from __future__ import annotations

import datetime
from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    date_time,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"badge_id", "created_at"})


@define(kw_only=True)
class Badge(Model):
    """Badge.

    Attributes:
        badge_id (int): The badge's number.
        created_at (datetime.datetime): When it was earned.
    """

    badge_id: int
    created_at: datetime.datetime
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "badge_id": self.badge_id,
                "created_at": self.created_at,
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
        value = found.get("badge_id")
        self.badge_id = value if type(value) is int else required(found, "badge_id", integer)
        self.created_at = required(found, "created_at", date_time)
        if len(found) > 2:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Badge else initialised(self)
