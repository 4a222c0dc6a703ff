# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Leaderboard."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    array,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

from .leaderboard_entry import LeaderboardEntry

_KNOWN: Final = frozenset({"offset", "limit", "count", "results"})


@define(kw_only=True)
class Leaderboard(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("offset")
        self.offset = value if type(value) is int else required(found, "offset", integer)
        value = found.get("limit")
        self.limit = value if type(value) is int else required(found, "limit", integer)
        value = found.get("count")
        self.count = value if type(value) is int else required(found, "count", integer)
        self.results = required(found, "results", array(LeaderboardEntry.from_dict))
        if len(found) > 4:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Leaderboard else initialised(self)
