# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines UserVars."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    boolean,
    encode_fields,
    fields,
    integer,
    nullable,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset(
    {
        "username",
        "level",
        "points",
        "avatar_url",
        "chat_avatar_url",
        "developer",
        "moderator",
        "admin",
        "game_title",
        "game_url",
        "gender",
        "age",
    }
)


@define(kw_only=True)
class UserVars:
    """UserVars.

    Attributes:
        username (str): The player's name.
        level (int): Level on the site. At least 0.
        points (int): Points on the site. At least 0.
        avatar_url (str): A picture.
        chat_avatar_url (str): A small picture.
        developer (bool): Whether the player makes games.
        moderator (bool): Whether the player moderates.
        admin (bool): Whether the player runs the site.
        game_title (str | None): The game being played.
        game_url (str | None): Where that game is.
        gender (str | None): Only where the player shows it.
        age (int | None): Only where the player shows it. At least 0.
    """

    username: str
    level: int
    points: int
    avatar_url: str
    chat_avatar_url: str
    developer: bool
    moderator: bool
    admin: bool
    game_title: str | None
    game_url: str | None
    gender: str | None | Unset = UNSET
    age: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "username": self.username,
                "level": self.level,
                "points": self.points,
                "avatar_url": self.avatar_url,
                "chat_avatar_url": self.chat_avatar_url,
                "developer": self.developer,
                "moderator": self.moderator,
                "admin": self.admin,
                "game_title": self.game_title,
                "game_url": self.game_url,
                "gender": self.gender,
                "age": self.age,
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
            points=required(found, "points", integer),
            avatar_url=required(found, "avatar_url", string),
            chat_avatar_url=required(found, "chat_avatar_url", string),
            developer=required(found, "developer", boolean),
            moderator=required(found, "moderator", boolean),
            admin=required(found, "admin", boolean),
            game_title=required(found, "game_title", nullable(string)),
            game_url=required(found, "game_url", nullable(string)),
            gender=optional(found, "gender", nullable(string)),
            age=optional(found, "age", nullable(integer)),
            additional_properties=rest(found, _KNOWN, anything),
        )
