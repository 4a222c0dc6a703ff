# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines UserInfoList."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    Object,
    anything,
    array,
    constant,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
)
from openapi_runtime.models import Model

from .user_info import UserInfo

_KNOWN: Final = frozenset({"success", "users"})


@define(kw_only=True)
class UserInfoList(Model):
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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        self.success = required(found, "success", cast("Decoder[Literal[True]]", constant(True)))
        self.users = required(found, "users", array(UserInfo.from_dict))
        if len(found) > 2:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is UserInfoList else initialised(self)
