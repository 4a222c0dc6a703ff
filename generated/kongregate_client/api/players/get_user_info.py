# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/user_info.json"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...client import Client
from ...decoding import union
from ...models.failure import Failure
from ...models.user_info import UserInfo
from ...models.user_info_list import UserInfoList
from ...operation import Operation, json_body
from ...types import UNSET, Response, Unset
from ...wire import Joined

OPERATION: Operation[UserInfo | UserInfoList, Failure] = Operation(
    id="getUserInfo",
    method="GET",
    path="/api/user_info.json",
    success={200: json_body(union(UserInfo.from_dict, UserInfoList.from_dict))},
    failure={
        500: json_body(Failure.from_dict),
        503: json_body(Failure.from_dict),
        "4XX": json_body(Failure.from_dict),
        "5XX": json_body(Failure.from_dict),
    },
    refusal={200: json_body(Failure.from_dict)},
)


def _get_kwargs(
    *,
    username: str | Unset = UNSET,
    user_id: int | Unset = UNSET,
    usernames: Sequence[str] | Unset = UNSET,
    user_ids: Sequence[int] | Unset = UNSET,
    page_num: int | Unset = UNSET,
    friends: bool | Unset = UNSET,
) -> dict[str, Any]:
    return OPERATION.request(
        query={
            "username": username,
            "user_id": user_id,
            "usernames": Joined(usernames),
            "user_ids": Joined(user_ids),
            "page_num": page_num,
            "friends": friends,
        },
    )


def sync_detailed(
    *,
    client: Client,
    username: str | Unset = UNSET,
    user_id: int | Unset = UNSET,
    usernames: Sequence[str] | Unset = UNSET,
    user_ids: Sequence[int] | Unset = UNSET,
    page_num: int | Unset = UNSET,
    friends: bool | Unset = UNSET,
) -> Response[UserInfo | UserInfoList | Failure]:
    """The whole answer, whatever its status."""
    return OPERATION.send(
        client,
        _get_kwargs(
            username=username,
            user_id=user_id,
            usernames=usernames,
            user_ids=user_ids,
            page_num=page_num,
            friends=friends,
        ),
    )


async def asyncio_detailed(
    *,
    client: Client,
    username: str | Unset = UNSET,
    user_id: int | Unset = UNSET,
    usernames: Sequence[str] | Unset = UNSET,
    user_ids: Sequence[int] | Unset = UNSET,
    page_num: int | Unset = UNSET,
    friends: bool | Unset = UNSET,
) -> Response[UserInfo | UserInfoList | Failure]:
    """The whole answer, whatever its status, awaited."""
    return await OPERATION.send_async(
        client,
        _get_kwargs(
            username=username,
            user_id=user_id,
            usernames=usernames,
            user_ids=user_ids,
            page_num=page_num,
            friends=friends,
        ),
    )


def sync(
    *,
    client: Client,
    username: str | Unset = UNSET,
    user_id: int | Unset = UNSET,
    usernames: Sequence[str] | Unset = UNSET,
    user_ids: Sequence[int] | Unset = UNSET,
    page_num: int | Unset = UNSET,
    friends: bool | Unset = UNSET,
) -> UserInfo | UserInfoList:
    """The value of a success; everything else is raised."""
    return OPERATION.call(
        client,
        _get_kwargs(
            username=username,
            user_id=user_id,
            usernames=usernames,
            user_ids=user_ids,
            page_num=page_num,
            friends=friends,
        ),
    )


async def asyncio(
    *,
    client: Client,
    username: str | Unset = UNSET,
    user_id: int | Unset = UNSET,
    usernames: Sequence[str] | Unset = UNSET,
    user_ids: Sequence[int] | Unset = UNSET,
    page_num: int | Unset = UNSET,
    friends: bool | Unset = UNSET,
) -> UserInfo | UserInfoList:
    """The value of a success, awaited; everything else is raised."""
    return await OPERATION.call_async(
        client,
        _get_kwargs(
            username=username,
            user_id=user_id,
            usernames=usernames,
            user_ids=user_ids,
            page_num=page_num,
            friends=friends,
        ),
    )
