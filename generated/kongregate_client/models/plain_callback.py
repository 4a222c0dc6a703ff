# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines PlainCallback."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    encode_fields,
    fields,
    integer,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"event", "api_key", "time", "user_id", "username", "game_auth_token"})


@define(kw_only=True)
class PlainCallback:
    """PlainCallback.

    Attributes:
        event (str): What happened.
        api_key (str): The game's key. A secret, left out of reprs.
        time (str): When, such as `2016-04-10 06:20:59 -0700`.
        user_id (int): The player whom it concerns.
        username (str): The player's name.
        game_auth_token (str): The player's token for this game. A secret, left out of reprs.
    """

    event: str
    api_key: str = field(repr=False)
    time: str
    user_id: int | Unset = UNSET
    username: str | Unset = UNSET
    game_auth_token: str | Unset = field(default=UNSET, repr=False)
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
            event=required(found, "event", string),
            api_key=required(found, "api_key", string),
            time=required(found, "time", string),
            user_id=optional(found, "user_id", integer),
            username=optional(found, "username", string),
            game_auth_token=optional(found, "game_auth_token", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
