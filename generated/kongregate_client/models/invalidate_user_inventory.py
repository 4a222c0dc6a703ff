# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines InvalidateUserInventory."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    anything,
    constant,
    encode_fields,
    fields,
    integer,
    required,
    rest,
    string,
)

_KNOWN: Final = frozenset({"event", "api_key", "time", "user_id", "username", "game_auth_token"})


@define(kw_only=True)
class InvalidateUserInventory:
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
        found = fields(source)
        return cls(
            event=required(
                found,
                "event",
                cast("Decoder[Literal['invalidate_user_inventory']]", constant("invalidate_user_inventory")),
            ),
            api_key=required(found, "api_key", string),
            time=required(found, "time", string),
            user_id=required(found, "user_id", integer),
            username=required(found, "username", string),
            game_auth_token=required(found, "game_auth_token", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
