# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines HighScore."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, encode_fields, fields, integer, required, rest, string

_KNOWN: Final = frozenset({"username", "level", "score", "avatar_url"})


@define(kw_only=True)
class HighScore:
    """HighScore.

    Attributes:
        username (str): The player's name.
        level (int): Level on the site. At least 0.
        score (int): The statistic's value. At least 0.
        avatar_url (str): A picture.
    """

    username: str
    level: int
    score: int
    avatar_url: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "username": self.username,
                "level": self.level,
                "score": self.score,
                "avatar_url": self.avatar_url,
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
            username=required(found, "username", string),
            level=required(found, "level", integer),
            score=required(found, "score", integer),
            avatar_url=required(found, "avatar_url", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
