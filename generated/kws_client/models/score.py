# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Score."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, encode_fields, fields, integer, required, rest

_KNOWN: Final = frozenset({"score", "rank"})


@define(kw_only=True)
class Score:
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
        found = fields(source)
        return cls(
            score=required(found, "score", integer),
            rank=required(found, "rank", integer),
            additional_properties=rest(found, _KNOWN, anything),
        )
