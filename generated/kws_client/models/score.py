# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Score."""

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

_KNOWN: Final = frozenset({"score", "rank"})


@define(kw_only=True)
class Score(Model):
    """Score.

    Attributes:
        score (int): Points received in the currency and the interval.
        rank (int): The user's place among the app's users, 1 for the best. At least 1.
    """

    score: int
    rank: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "score": self.score,
                "rank": self.rank,
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
        value = found.get("score")
        self.score = value if type(value) is int else required(found, "score", integer)
        value = found.get("rank")
        self.rank = value if type(value) is int else required(found, "rank", integer)
        if len(found) > 2:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Score else initialised(self)
