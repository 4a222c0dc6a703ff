# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Leaderboard."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, array, encode_fields, fields, integer, required, rest

from .leaderboard_entry import LeaderboardEntry

_KNOWN: Final = frozenset({"offset", "limit", "count", "results"})


@define(kw_only=True)
class Leaderboard:
    """Leaderboard.

    Attributes:
        offset (int): How many users were passed over. At least 0.
        limit (int): The most users that a page holds. At least 0.
        count (int): How many users there are in all. At least 0.
        results (list[LeaderboardEntry]): Users in order of rank.
    """

    offset: int
    limit: int
    count: int
    results: list[LeaderboardEntry]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "offset": self.offset,
                "limit": self.limit,
                "count": self.count,
                "results": self.results,
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
            offset=required(found, "offset", integer),
            limit=required(found, "limit", integer),
            count=required(found, "count", integer),
            results=required(found, "results", array(LeaderboardEntry.from_dict)),
            additional_properties=rest(found, _KNOWN, anything),
        )
