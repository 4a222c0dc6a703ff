# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines InvalidateUserInventory."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    Object,
    anything,
    constant,
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

_KNOWN: Final = frozenset({"event", "api_key", "time", "user_id", "username", "game_auth_token"})


@define(kw_only=True)
class InvalidateUserInventory(Model):
    """What a player owns has changed.

    Attributes:
        event (Literal['invalidate_user_inventory']): What happened.
        api_key (str): The game's key. A secret, left out of reprs.
        time (str): When, such as `2016-04-10 06:20:59 -0700`. Matches `^[0-9]{4}(-[0-9]{2}){2}
            [0-9]{2}(:[0-9]{2}){2} [+-][0-9]{4}$`.
        user_id (int): The player whom it concerns.
        username (str): The player's name at present.
        game_auth_token (str): The player's token for this game. A secret, left out of reprs.
    """

    event: Literal["invalidate_user_inventory"]
    api_key: str = field(repr=False)
    time: str
    user_id: int
    username: str
    game_auth_token: str = field(repr=False)
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "event": self.event,
                "api_key": self.api_key,
                "time": self.time,
                "user_id": self.user_id,
                "username": self.username,
                "game_auth_token": self.game_auth_token,
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
        self.event = required(
            found,
            "event",
            cast("Decoder[Literal['invalidate_user_inventory']]", constant("invalidate_user_inventory")),
        )
        value = found.get("api_key")
        self.api_key = value if type(value) is str else required(found, "api_key", string)
        value = found.get("time")
        self.time = value if type(value) is str else required(found, "time", string)
        value = found.get("user_id")
        self.user_id = value if type(value) is int else required(found, "user_id", integer)
        value = found.get("username")
        self.username = value if type(value) is str else required(found, "username", string)
        value = found.get("game_auth_token")
        self.game_auth_token = value if type(value) is str else required(found, "game_auth_token", string)
        if len(found) > 6:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is InvalidateUserInventory else initialised(self)
