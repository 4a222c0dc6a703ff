# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""GET /api/user_info.json"""

from __future__ import annotations

from collections.abc import Sequence

from openapi_runtime.bodies import json_body
from openapi_runtime.decoding import union
from openapi_runtime.operation import Operation, Request
from openapi_runtime.serialization import Joined
from openapi_runtime.types import UNSET, Unset

from ...errors import ERRORS
from ...models.failure import Failure
from ...models.user_info import UserInfo
from ...models.user_info_list import UserInfoList

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
    failure_in_success={200: json_body(Failure.from_dict)},
    errors=ERRORS,
)


def request(
    *,
    username: str | Unset = UNSET,
    user_id: int | Unset = UNSET,
    usernames: Sequence[str] | Unset = UNSET,
    user_ids: Sequence[int] | Unset = UNSET,
    page_num: int | Unset = UNSET,
    friends: bool | Unset = UNSET,
) -> Request:
    """Build a request. Raises MissingArgument or InvalidArgument."""
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
