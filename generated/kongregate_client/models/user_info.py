# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines UserInfo."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    Object,
    anything,
    array,
    boolean,
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

from .user_vars import UserVars

_KNOWN: Final = frozenset(
    {
        "success",
        "user_id",
        "username",
        "private",
        "friends",
        "friend_ids",
        "muted_users",
        "muted_user_ids",
        "page_num",
        "num_pages",
        "user_vars",
    }
)


@define(kw_only=True)
class UserInfo(Model):
    """UserInfo.

    Attributes:
        success (Literal[True]):
        user_id (int): The player's number.
        username (str): The player's name.
        private (bool): Whether the profile is private; its lists are then empty.
        friends (list[str]): Names of friends, where they were asked for.
        friend_ids (list[int]): Numbers of friends, in the same order.
        muted_users (list[str]): Names of muted players.
        muted_user_ids (list[int]): Numbers of muted players, in the same order.
        page_num (int): This page of friends. At least 1.
        num_pages (int): How many pages there are. At least 0.
        user_vars (UserVars):
    """

    success: Literal[True]
    user_id: int
    username: str
    private: bool
    friends: list[str]
    friend_ids: list[int]
    muted_users: list[str]
    muted_user_ids: list[int]
    page_num: int
    num_pages: int
    user_vars: UserVars
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "success": self.success,
                "user_id": self.user_id,
                "username": self.username,
                "private": self.private,
                "friends": self.friends,
                "friend_ids": self.friend_ids,
                "muted_users": self.muted_users,
                "muted_user_ids": self.muted_user_ids,
                "page_num": self.page_num,
                "num_pages": self.num_pages,
                "user_vars": self.user_vars,
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
        value = found.get("user_id")
        self.user_id = value if type(value) is int else required(found, "user_id", integer)
        value = found.get("username")
        self.username = value if type(value) is str else required(found, "username", string)
        value = found.get("private")
        self.private = value if type(value) is bool else required(found, "private", boolean)
        self.friends = required(found, "friends", array(string))
        self.friend_ids = required(found, "friend_ids", array(integer))
        self.muted_users = required(found, "muted_users", array(string))
        self.muted_user_ids = required(found, "muted_user_ids", array(integer))
        value = found.get("page_num")
        self.page_num = value if type(value) is int else required(found, "page_num", integer)
        value = found.get("num_pages")
        self.num_pages = value if type(value) is int else required(found, "num_pages", integer)
        self.user_vars = required(found, "user_vars", UserVars.from_dict)
        if len(found) > 11:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is UserInfo else initialised(self)
