# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines FriendsHighScores."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    anything,
    array,
    constant,
    encode_fields,
    fields,
    integer,
    required,
    rest,
)

from .high_score import HighScore

_KNOWN: Final = frozenset({"success", "page_count", "per_page", "friends_scores"})


@define(kw_only=True)
class FriendsHighScores:
    """FriendsHighScores.

    Attributes:
        success (Literal[True]):
        page_count (int): How many pages there are. At least 0.
        per_page (int): The most scores that a page holds. At least 1.
        friends_scores (list[HighScore]): The best among friends.
    """

    success: Literal[True]
    page_count: int
    per_page: int
    friends_scores: list[HighScore]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "page_count": self.page_count,
                "per_page": self.per_page,
                "friends_scores": self.friends_scores,
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
            success=required(found, "success", cast("Decoder[Literal[True]]", constant(True))),
            page_count=required(found, "page_count", integer),
            per_page=required(found, "per_page", integer),
            friends_scores=required(found, "friends_scores", array(HighScore.from_dict)),
            additional_properties=rest(found, _KNOWN, anything),
        )
