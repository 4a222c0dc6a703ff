# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines UserSummary."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    boolean,
    encode_fields,
    fields,
    integer,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

from .user_vars import UserVars

_KNOWN: Final = frozenset({"user_id", "username", "user_vars", "private"})


@define(kw_only=True)
class UserSummary:
    """UserSummary.

    Attributes:
        user_id (int): The player's number.
        username (str): The player's name.
        user_vars (UserVars):
        private (bool): Whether the profile is private.
    """

    user_id: int
    username: str
    user_vars: UserVars
    private: bool | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "user_id": self.user_id,
                "username": self.username,
                "user_vars": self.user_vars,
                "private": self.private,
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
            user_id=required(found, "user_id", integer),
            username=required(found, "username", string),
            user_vars=required(found, "user_vars", UserVars.from_dict),
            private=optional(found, "private", boolean),
            additional_properties=rest(found, _KNOWN, anything),
        )
