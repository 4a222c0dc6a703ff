"""Pagination of friends and of high scores, which the API's description cannot express."""

from __future__ import annotations

from functools import partial
from types import NoneType
from typing import Any, Final, Literal

from attrs import frozen

from kongregate_client.api import players, statistics
from kongregate_client.api.players import get_user_info
from kongregate_client.api.statistics import get_high_scores
from kongregate_client.errors import DecodeError, InvalidArgument, MissingArgument
from kongregate_client.models import HighScore, HighScores, UserInfo, UserInfoList
from openapi_runtime.constraints import Constraints
from openapi_runtime.options import Options
from openapi_runtime.pagination import AsyncPagedItems, PagedItems, PageNumberPaginator
from openapi_runtime.types import UNSET, Unset

Scope = Literal["daily", "weekly", "lifetime"]

_PAGE_ARGUMENTS: Final = {"daily": "today_page", "weekly": "weekly_page", "lifetime": "lifetime_page"}


@frozen
class Friend:
    """One friend of a player. A username may change; the number stays."""

    user_id: int
    username: str


class Players(players.Players):
    """Who somebody is, their friends and their badges."""

    def iter_friends(
        self,
        *,
        user_id: int | Unset = UNSET,
        username: str | Unset = UNSET,
        page: int | Unset = UNSET,
        options: Options | None = None,
    ) -> PagedItems[UserInfo | UserInfoList, Friend]:
        """Return a player's friends on all pages; none if the profile is private.

        Each page is fetched when its first friend is needed, with getUserInfo (see `get_user_info`).
        `by_page()` of the result gives whole pages; `page` takes the `next_position` of one.

        Args:
            user_id: The player's number.
            username: The player's name, instead of the number.
            page: The page to begin with; the first one when left out.
            options: Options of these calls; the client's where it says nothing.

        Raises:
            MissingArgument: Neither is given.
            InvalidArgument: Both are given, or an argument has a wrong type.
            APIError: As `get_user_info` raises; PaginationError: the server's pages do not advance.
        """
        return _friends_paginator(user_id, username, page).iterate(
            lambda number: self.get_user_info(
                user_id=user_id, username=username, friends=True, page_num=number, options=options
            )
        )


class AsyncPlayers(players.AsyncPlayers):
    """Who somebody is, their friends and their badges."""

    def iter_friends(
        self,
        *,
        user_id: int | Unset = UNSET,
        username: str | Unset = UNSET,
        page: int | Unset = UNSET,
        options: Options | None = None,
    ) -> AsyncPagedItems[UserInfo | UserInfoList, Friend]:
        """Return a player's friends, as `Players.iter_friends` does."""
        return _friends_paginator(user_id, username, page).iterate_async(
            lambda number: self.get_user_info(
                user_id=user_id, username=username, friends=True, page_num=number, options=options
            )
        )


class Statistics(statistics.Statistics):
    """Numbers a game reports of its players, and the high scores made from them."""

    def iter_high_scores(
        self, *, statistic_id: int, scope: Scope, page: int | Unset = UNSET, options: Options | None = None
    ) -> PagedItems[HighScores, HighScore]:
        """Return the best scores of a scope, on all pages.

        Each page is fetched when its first score is needed, with getHighScores (see `get_high_scores`).
        `by_page()` of the result gives whole pages; `page` takes the `next_position` of one.

        Args:
            statistic_id: The statistic's number.
            scope: `daily`, `weekly` or `lifetime`.
            page: The page to begin with; the first one when left out.
            options: Options of these calls; the client's where it says nothing.

        Raises:
            InvalidArgument: There is no such scope, or `page` is not an integer.
            APIError: As `get_high_scores` raises; PaginationError: the server's pages do not advance.
        """
        return _high_scores_paginator(scope, page).iterate(
            lambda number: self.get_high_scores(
                scope=scope, statistic_id=statistic_id, **_page_argument(scope, number), options=options
            )
        )


class AsyncStatistics(statistics.AsyncStatistics):
    """Numbers a game reports of its players, and the high scores made from them."""

    def iter_high_scores(
        self, *, statistic_id: int, scope: Scope, page: int | Unset = UNSET, options: Options | None = None
    ) -> AsyncPagedItems[HighScores, HighScore]:
        """Return the best scores of a scope, as `Statistics.iter_high_scores` does."""
        return _high_scores_paginator(scope, page).iterate_async(
            lambda number: self.get_high_scores(
                scope=scope, statistic_id=statistic_id, **_page_argument(scope, number), options=options
            )
        )


def _page_argument(scope: Scope, number: int | Unset) -> dict[str, Any]:
    return {_PAGE_ARGUMENTS[scope]: number}


def _friends_paginator(
    user_id: int | Unset, username: str | Unset, page: int | Unset
) -> PageNumberPaginator[UserInfo | UserInfoList, Friend]:
    # As in every call, None is left out.
    given = [each for each in (user_id, username) if not isinstance(each, Unset | NoneType)]
    if len(given) != 1:
        kind = InvalidArgument if given else MissingArgument
        raise get_user_info.OPERATION.error(kind, ": one player's friends: give user_id or username")
    for name, value, of in (("user_id", user_id, "integer"), ("username", username, "string")):
        Constraints(type=of, nullable=True, min_length=1).check(value, name, get_user_info.OPERATION)
    return PageNumberPaginator(
        get_user_info.OPERATION,
        page,
        items=_friends,
        end=lambda body: UNSET if isinstance(body, UserInfoList) else body.num_pages,
        echo=lambda body: UNSET if isinstance(body, UserInfoList) else body.page_num,
        argument="page",
    )


def _friends(page: UserInfo | UserInfoList) -> list[Friend]:
    if isinstance(page, UserInfoList):
        raise DecodeError("one player's profile", "a list of profiles")
    if len(page.friend_ids) != len(page.friends):
        expected = f"{len(page.friends)} numbers, one for each name"
        raise DecodeError(expected, str(len(page.friend_ids)), "friend_ids")
    return list(map(Friend, page.friend_ids, page.friends))


def _high_scores_paginator(scope: str, page: int | Unset) -> PageNumberPaginator[HighScores, HighScore]:
    # A value of another type may not be hashable.
    if scope not in [*_PAGE_ARGUMENTS]:
        why = f": scope: expected one of {', '.join(_PAGE_ARGUMENTS)}"
        raise get_high_scores.OPERATION.error(InvalidArgument, why)
    return PageNumberPaginator(
        get_high_scores.OPERATION,
        page,
        items=partial(_scores, f"{scope}_scores"),
        end=lambda body: body.page_count,
        argument="page",
    )


def _scores(name: str, page: HighScores) -> list[HighScore]:
    scores: list[HighScore] | Unset = getattr(page, name)
    if isinstance(scores, Unset):
        raise DecodeError("array", "nothing", name)
    return scores
