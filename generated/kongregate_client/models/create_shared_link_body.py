# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines CreateSharedLinkBody."""

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
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset(
    {"api_key", "game_auth_token", "user_id", "id", "name", "type", "link_params", "expiration", "kv_params"}
)


@define(kw_only=True)
class CreateSharedLinkBody(Model):
    """CreateSharedLinkBody.

    Attributes:
        api_key (str): The game's key. The client adds it. At least 1 character. A secret, left out of reprs.
        game_auth_token (str): The player's token for this game, as the player's page handed it over. At least
            1 character. A secret, left out of reprs.
        user_id (int): The player who shares. At least 1 and at most 2^63 - 1.
        id (str): The game's own identifier of the link. At least 1 character.
        name (str): What the link is called. At least 1 character.
        type (str): The kind of link, in the game's own words. At least 1 character.
        link_params (str): Query of the link, such as `kv_level=7`; only names that begin with `kv_` pass.
        expiration (int): When the link expires, in seconds since 1970-01-01 UTC. At least 0 and at most 2^53
            - 1.
        kv_params (str): Further parameters, as the text of a JSON object.
    """

    api_key: str = field(repr=False)
    game_auth_token: str = field(repr=False)
    user_id: int
    id: str
    name: str
    type: str
    link_params: str
    expiration: int
    kv_params: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "api_key": self.api_key,
                "game_auth_token": self.game_auth_token,
                "user_id": self.user_id,
                "id": self.id,
                "name": self.name,
                "type": self.type,
                "link_params": self.link_params,
                "expiration": self.expiration,
                "kv_params": self.kv_params,
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
        value = found.get("api_key")
        self.api_key = value if type(value) is str else required(found, "api_key", string)
        value = found.get("game_auth_token")
        self.game_auth_token = value if type(value) is str else required(found, "game_auth_token", string)
        value = found.get("user_id")
        self.user_id = value if type(value) is int else required(found, "user_id", integer)
        value = found.get("id")
        self.id = value if type(value) is str else required(found, "id", string)
        value = found.get("name")
        self.name = value if type(value) is str else required(found, "name", string)
        value = found.get("type")
        self.type = value if type(value) is str else required(found, "type", string)
        value = found.get("link_params")
        self.link_params = value if type(value) is str else required(found, "link_params", string)
        value = found.get("expiration")
        self.expiration = value if type(value) is int else required(found, "expiration", integer)
        value = found.get("kv_params", UNSET)
        self.kv_params = (
            value if type(value) is str or type(value) is Unset else optional(found, "kv_params", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is CreateSharedLinkBody else initialised(self)
