# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines LeaderboardEntry."""

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
    nullable,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET

_KNOWN: Final = frozenset({"rank", "score", "user"})


@define(kw_only=True)
class LeaderboardEntry(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("rank")
        self.rank = value if type(value) is int else required(found, "rank", integer)
        value = found.get("score")
        self.score = value if type(value) is int else required(found, "score", integer)
        value = found.get("user", UNSET)
        self.user = (
            value if type(value) is str or value is None else required(found, "user", nullable(string))
        )
        if len(found) > 3:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is LeaderboardEntry else initialised(self)
