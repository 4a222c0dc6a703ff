"""Friends and high scores, page after page: paging that the API's description has no words for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial
from types import NoneType
from typing import Any, Final, Literal, TypeVar

from attrs import frozen

from kongregate_client.api import players, statistics
from kongregate_client.api.players import get_user_info
from kongregate_client.api.statistics import get_high_scores
from kongregate_client.errors import APIError, DecodeError, InvalidArgument, MissingArgument
from kongregate_client.models.high_score import HighScore
from kongregate_client.models.high_scores import HighScores
from kongregate_client.models.user_info import UserInfo
from kongregate_client.models.user_info_list import UserInfoList
from openapi_runtime.operation import Operation
from openapi_runtime.pagination import PageNumberPaginator
from openapi_runtime.types import UNSET, Unset

E = TypeVar("E", bound=APIError)

Scope = Literal["daily", "weekly", "lifetime"]

_PAGE_OF_SCOPE: Final = {"daily": "today_page", "weekly": "weekly_page", "lifetime": "lifetime_page"}


@frozen
class Friend:
    """One friend of a player. Names change; the number stays."""

    user_id: int
    username: str


class Players(players.Players):
    """Who somebody is, their friends and their badges."""

    def iter_friends(
        self, *, user_id: int | Unset = UNSET, username: str | Unset = UNSET
    ) -> Iterator[Friend]:
        """A player's friends, page after page, each page fetched when its first friend is asked for.

        Operation getUserInfo: GET /api/user_info.json

        Args:
            user_id: The player, by number.
            username: The player, by name. One of the two.

        Yields:
            The friends; none if the profile is private.

        Raises:
            MissingArgument: Neither of the two is given, or both.
            PaginationError: The server's pages do not advance.
            APIError: As `get_user_info` raises.
        """
        paginator = _friends_paginator(user_id, username)
        while paginator.more:
            page = self.get_user_info(
                user_id=user_id, username=username, friends=True, page_num=paginator.position
            )
            yield from paginator.take(_single(page))


class AsyncPlayers(players.AsyncPlayers):
    """Who somebody is, their friends and their badges."""

    async def iter_friends(
        self, *, user_id: int | Unset = UNSET, username: str | Unset = UNSET
    ) -> AsyncIterator[Friend]:
        """See `Players.iter_friends`."""
        paginator = _friends_paginator(user_id, username)
        while paginator.more:
            page = await self.get_user_info(
                user_id=user_id, username=username, friends=True, page_num=paginator.position
            )
            for friend in paginator.take(_single(page)):
                yield friend


class Statistics(statistics.Statistics):
    """Numbers a game reports of its players, and the high scores made from them."""

    def iter_high_scores(self, *, statistic_id: int, scope: Scope) -> Iterator[HighScore]:
        """The best of a day, of a week or of all time, page after page, each fetched when it is needed.

        Operation getHighScores: GET /api/high_scores/{scope}/{statistic_id}.json

        Args:
            statistic_id: The statistic's number.
            scope: `daily`, `weekly` or `lifetime`.

        Yields:
            The scores of all pages.

        Raises:
            InvalidArgument: There is no such scope.
            PaginationError: The server's pages do not advance.
            APIError: As `get_high_scores` raises.
        """
        paginator = _high_scores_paginator(scope)
        while paginator.more:
            yield from paginator.take(
                self.get_high_scores(
                    scope=scope, statistic_id=statistic_id, **_page(scope, paginator.position)
                )
            )


class AsyncStatistics(statistics.AsyncStatistics):
    """Numbers a game reports of its players, and the high scores made from them."""

    async def iter_high_scores(self, *, statistic_id: int, scope: Scope) -> AsyncIterator[HighScore]:
        """See `Statistics.iter_high_scores`."""
        paginator = _high_scores_paginator(scope)
        while paginator.more:
            page = await self.get_high_scores(
                scope=scope, statistic_id=statistic_id, **_page(scope, paginator.position)
            )
            for score in paginator.take(page):
                yield score


# ---- friends


def _friends_paginator(user_id: int | Unset, username: str | Unset) -> PageNumberPaginator[UserInfo, Friend]:
    # As in every call, None is left out.
    given = [each for each in (user_id, username) if not isinstance(each, Unset | NoneType)]
    if len(given) != 1:
        kind = InvalidArgument if given else MissingArgument
        why = "iter_friends is about one player: give user_id or username"
        raise _about(get_user_info.OPERATION, kind(why))
    return PageNumberPaginator(
        get_user_info.OPERATION,
        UNSET,
        items=_friends,
        end=lambda page: page.num_pages,
        echo=lambda page: page.page_num,
    )


def _single(page: UserInfo | UserInfoList) -> UserInfo:
    if isinstance(page, UserInfo):
        return page
    raise _about(get_user_info.OPERATION, DecodeError("one player's profile", "a list of profiles"))


def _friends(page: UserInfo) -> list[Friend]:
    if len(page.friend_ids) != len(page.friends):
        raise _about(
            get_user_info.OPERATION,
            DecodeError(
                f"{len(page.friends)} numbers, one for each name", str(len(page.friend_ids)), "friend_ids"
            ),
        )
    return [Friend(*each) for each in zip(page.friend_ids, page.friends, strict=True)]


# ---- high scores


def _high_scores_paginator(scope: str) -> PageNumberPaginator[HighScores, HighScore]:
    if scope not in _PAGE_OF_SCOPE:
        raise _about(
            get_high_scores.OPERATION,
            InvalidArgument(f"iter_high_scores: scope has to be one of {', '.join(_PAGE_OF_SCOPE)}"),
        )
    return PageNumberPaginator(
        get_high_scores.OPERATION,
        UNSET,
        items=partial(_scores, f"{scope}_scores"),
        end=lambda page: page.page_count,
    )


def _page(scope: str, position: int | Unset) -> dict[str, int | Unset]:
    return {_PAGE_OF_SCOPE[scope]: position}


def _scores(name: str, page: HighScores) -> list[HighScore]:
    scores: list[HighScore] | Unset = getattr(page, name)
    if isinstance(scores, Unset):
        raise _about(get_high_scores.OPERATION, DecodeError("array", "nothing", name))
    return scores


def _about(operation: Operation[Any, Any], error: E) -> E:
    error.operation_id = operation.id
    error.request_line = f"{operation.method} {operation.path}"
    return error
