# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines TriggerEventBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    encode_fields,
    fields,
    integer,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"token", "points", "description"})


@define(kw_only=True)
class TriggerEventBody:
    """TriggerEventBody.

    Attributes:
        token (str): The event's code, which KWS provides. Not a credential. At least 1 character.
        points (int): How many points to award; the event's own amount when left out. At least 1 and at most
            2^53 - 1.
        description (str): Message to the user. May hold HTML, and `{{POINTS}}` where the number of points
            goes.
    """

    token: str
    points: int | Unset = UNSET
    description: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "token": self.token,
                "points": self.points,
                "description": self.description,
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
            token=required(found, "token", string),
            points=optional(found, "points", integer),
            description=optional(found, "description", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
