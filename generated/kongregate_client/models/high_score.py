# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines HighScore."""

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
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"username", "level", "score", "avatar_url"})


@define(kw_only=True)
class HighScore(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("username")
        self.username = value if type(value) is str else required(found, "username", string)
        value = found.get("level")
        self.level = value if type(value) is int else required(found, "level", integer)
        value = found.get("score")
        self.score = value if type(value) is int else required(found, "score", integer)
        value = found.get("avatar_url")
        self.avatar_url = value if type(value) is str else required(found, "avatar_url", string)
        if len(found) > 4:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is HighScore else initialised(self)
