# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines UserInfoList."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import Decoder, anything, array, constant, encode_fields, fields, required, rest

from .user_info import UserInfo

_KNOWN: Final = frozenset({"success", "users"})


@define(kw_only=True)
class UserInfoList:
    """UserInfoList.

    Attributes:
        success (Literal[True]):
        users (list[UserInfo]): One profile for each player found, with empty lists.
    """

    success: Literal[True]
    users: list[UserInfo]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "users": self.users,
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
            success=required(found, "success", cast("Decoder[Literal[True]]", constant(True))),
            users=required(found, "users", array(UserInfo.from_dict)),
            additional_properties=rest(found, _KNOWN, anything),
        )
