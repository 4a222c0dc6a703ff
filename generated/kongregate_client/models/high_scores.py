# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines HighScores."""

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
    initialised,
    integer,
    new,
    optional,
    renamed,
    required,
    rest,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

from .high_score import HighScore

_KNOWN: Final = frozenset(
    {"success", "page_count", "per_page", "daily_scores", "weekly_scores", "lifetime_scores"}
)
_ALIASES: Final = {"today_scores": "daily_scores"}


@define(kw_only=True)
class HighScores(Model):
    """The list that goes with the scope asked for is present.

    Attributes:
        success (Literal[True]):
        page_count (int): How many pages there are. At least 0.
        per_page (int): The most scores that a page holds. At least 1.
        daily_scores (list[HighScore]): The best of today.
        weekly_scores (list[HighScore]): The best of this week.
        lifetime_scores (list[HighScore]): The best of all time.
    """

    success: Literal[True]
    page_count: int
    per_page: int
    daily_scores: list[HighScore] | Unset = UNSET
    weekly_scores: list[HighScore] | Unset = UNSET
    lifetime_scores: list[HighScore] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "page_count": self.page_count,
                "per_page": self.per_page,
                "daily_scores": self.daily_scores,
                "weekly_scores": self.weekly_scores,
                "lifetime_scores": self.lifetime_scores,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
        """
        found = renamed(fields(source), _ALIASES)
        self = new(cls)
        self.success = required(found, "success", cast("Decoder[Literal[True]]", constant(True)))
        value = found.get("page_count")
        self.page_count = value if type(value) is int else required(found, "page_count", integer)
        value = found.get("per_page")
        self.per_page = value if type(value) is int else required(found, "per_page", integer)
        self.daily_scores = optional(found, "daily_scores", array(HighScore.from_dict))
        self.weekly_scores = optional(found, "weekly_scores", array(HighScore.from_dict))
        self.lifetime_scores = optional(found, "lifetime_scores", array(HighScore.from_dict))
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is HighScores else initialised(self)
