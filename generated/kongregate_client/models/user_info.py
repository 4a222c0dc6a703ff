# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Defines UserInfo."""

from __future__ import annotations

from typing import Any, Final, Literal, Self, cast

from attrs import define, field
from openapi_runtime.decoding import (
    Decoder,
    anything,
    array,
    boolean,
    constant,
    encode_fields,
    fields,
    integer,
    required,
    rest,
    string,
)

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
class UserInfo:
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
        found = fields(source)
        return cls(
            success=required(found, "success", cast("Decoder[Literal[True]]", constant(True))),
            user_id=required(found, "user_id", integer),
            username=required(found, "username", string),
            private=required(found, "private", boolean),
            friends=required(found, "friends", array(string)),
            friend_ids=required(found, "friend_ids", array(integer)),
            muted_users=required(found, "muted_users", array(string)),
            muted_user_ids=required(found, "muted_user_ids", array(integer)),
            page_num=required(found, "page_num", integer),
            num_pages=required(found, "num_pages", integer),
            user_vars=required(found, "user_vars", UserVars.from_dict),
            additional_properties=rest(found, _KNOWN, anything),
        )
