# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines FriendsHighScores."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    Object,
    anything,
    array,
    constant,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

from .high_score import HighScore

_KNOWN: Final = frozenset({"success", "page_count", "per_page", "friends_scores"})


@define(kw_only=True)
class FriendsHighScores(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        self.success = required(found, "success", cast("Decoder[Literal[True]]", constant(True)))
        value = found.get("page_count")
        self.page_count = value if type(value) is int else required(found, "page_count", integer)
        value = found.get("per_page")
        self.per_page = value if type(value) is int else required(found, "per_page", integer)
        self.friends_scores = required(found, "friends_scores", array(HighScore.from_dict))
        if len(found) > 4:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is FriendsHighScores else initialised(self)
