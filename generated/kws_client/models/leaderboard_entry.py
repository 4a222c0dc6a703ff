# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines LeaderboardEntry."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    encode_fields,
    fields,
    integer,
    nullable,
    required,
    rest,
    string,
)

_KNOWN: Final = frozenset({"rank", "score", "user"})


@define(kw_only=True)
class LeaderboardEntry:
    """LeaderboardEntry.

    Attributes:
        rank (int): The user's place, 1 for the best. At least 1.
        score (int): Points received in the interval.
        user (str | None): The user's display name; null for a user who has none any more.
    """

    rank: int
    score: int
    user: str | None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "rank": self.rank,
                "score": self.score,
                "user": self.user,
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
            rank=required(found, "rank", integer),
            score=required(found, "score", integer),
            user=required(found, "user", nullable(string)),
            additional_properties=rest(found, _KNOWN, anything),
        )
