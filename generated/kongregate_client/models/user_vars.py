# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines UserVars."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    boolean,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    nullable,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
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
class UserVars(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("username")
        self.username = value if type(value) is str else required(found, "username", string)
        value = found.get("level")
        self.level = value if type(value) is int else required(found, "level", integer)
        value = found.get("points")
        self.points = value if type(value) is int else required(found, "points", integer)
        value = found.get("avatar_url")
        self.avatar_url = value if type(value) is str else required(found, "avatar_url", string)
        value = found.get("chat_avatar_url")
        self.chat_avatar_url = value if type(value) is str else required(found, "chat_avatar_url", string)
        value = found.get("developer")
        self.developer = value if type(value) is bool else required(found, "developer", boolean)
        value = found.get("moderator")
        self.moderator = value if type(value) is bool else required(found, "moderator", boolean)
        value = found.get("admin")
        self.admin = value if type(value) is bool else required(found, "admin", boolean)
        value = found.get("game_title", UNSET)
        self.game_title = (
            value if type(value) is str or value is None else required(found, "game_title", nullable(string))
        )
        value = found.get("game_url", UNSET)
        self.game_url = (
            value if type(value) is str or value is None else required(found, "game_url", nullable(string))
        )
        value = found.get("gender", UNSET)
        self.gender = (
            value
            if type(value) is str or value is None or type(value) is Unset
            else optional(found, "gender", nullable(string))
        )
        value = found.get("age", UNSET)
        self.age = (
            value
            if type(value) is int or value is None or type(value) is Unset
            else optional(found, "age", nullable(integer))
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is UserVars else initialised(self)
