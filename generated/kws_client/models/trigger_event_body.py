# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines TriggerEventBody."""

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
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"token", "points", "description"})


@define(kw_only=True)
class TriggerEventBody(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("token")
        self.token = value if type(value) is str else required(found, "token", string)
        value = found.get("points", UNSET)
        self.points = (
            value if type(value) is int or type(value) is Unset else optional(found, "points", integer)
        )
        value = found.get("description", UNSET)
        self.description = (
            value if type(value) is str or type(value) is Unset else optional(found, "description", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is TriggerEventBody else initialised(self)
