# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Numbers a game reports of its players, and the high scores made from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.friends_high_scores import FriendsHighScores
    from ...models.get_high_scores_scope import GetHighScoresScope
    from ...models.high_scores import HighScores
    from ...models.success import Success


class Statistics(Resource):
    """Numbers a game reports of its players, and the high scores made from them."""

    def submit(
        self,
        *,
        user_id: int,
        api_key: str | Unset = UNSET,
        statistics: Mapping[str, int] | Unset = UNSET,
        options: Options | None = None,
    ) -> Success:
        """Report a player's statistics.

        Takes any number of statistics by their names. What a new value does to the one that is there depends
        on the statistic's type: the greater (Max) or the smaller one stays (Min), it is added (Add), or
        replaces it (Replace). A field that names no statistic of the game is passed over without an error,
        whatever it holds.

        Operation submit: POST /api/submit_statistics.json

        Args:
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            statistics (Mapping[str, int], optional): The value of the statistic of this name. At least 0 and
                at most 2^63 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Done, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.submit_body import SubmitBody
        from . import submit

        Constraints(
            type="object",
            reserved=("api_key", "user_id"),
            values=Constraints(type="integer", minimum=0, maximum=9223372036854775807),
        ).check(statistics, "statistics", submit.OPERATION)
        options = self._begun(options, submit.OPERATION)
        return self._call(
            submit.OPERATION,
            submit.request(
                body=SubmitBody(
                    api_key=self._supply(api_key, "api_key", submit.OPERATION, "api_key", options=options),
                    user_id=user_id,
                    additional_properties={} if isinstance(statistics, Unset) else dict(statistics),
                ),
            ),
            options,
        )

    def get_high_scores(
        self,
        *,
        scope: GetHighScoresScope | Literal["daily", "weekly", "lifetime"],
        statistic_id: int,
        today_page: int | Unset = UNSET,
        weekly_page: int | Unset = UNSET,
        lifetime_page: int | Unset = UNSET,
        options: Options | None = None,
    ) -> HighScores:
        """The best of a day, of a week, or of all time.

        The page is chosen by the parameter that goes with the scope; the others are ignored.

        Operation getHighScores: GET /api/high_scores/{scope}/{statistic_id}.json

        Args:
            scope (GetHighScoresScope): Which high scores. One of `"daily"`, `"weekly"`, `"lifetime"`.
            statistic_id (int): The statistic's number. At least 1 and at most 2^63 - 1.
            today_page (int, optional): Page of the daily high scores, from 1. At least 1 and at most 2^31 -
                1. The server's default is `1`.
            weekly_page (int, optional): Page of the weekly high scores, from 1. At least 1 and at most 2^31 -
                1. The server's default is `1`.
            lifetime_page (int, optional): Page of the high scores of all time, from 1. At least 1 and at most
                2^31 - 1. The server's default is `1`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One page of high scores, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_high_scores

        return self._call(
            get_high_scores.OPERATION,
            get_high_scores.request(
                scope=scope,
                statistic_id=statistic_id,
                today_page=today_page,
                weekly_page=weekly_page,
                lifetime_page=lifetime_page,
            ),
            options,
        )

    def get_friends_high_scores(
        self, *, statistic_id: int, user_id: int, options: Options | None = None
    ) -> FriendsHighScores:
        """The best among a player and their friends.

        Lists the scores of all time of the player's friends and of the player.

        Operation getFriendsHighScores: GET /api/high_scores/friends/{statistic_id}/{user_id}.json

        Args:
            statistic_id (int): The statistic's number. At least 1 and at most 2^63 - 1.
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One page of high scores, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_friends_high_scores

        return self._call(
            get_friends_high_scores.OPERATION,
            get_friends_high_scores.request(
                statistic_id=statistic_id,
                user_id=user_id,
            ),
            options,
        )


class StatisticsWithRawResponse:
    """`Statistics` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Statistics(client, raw=True)
        self.submit = returning_response(resource.submit)
        self.get_high_scores = returning_response(resource.get_high_scores)
        self.get_friends_high_scores = returning_response(resource.get_friends_high_scores)


class AsyncStatistics(AsyncResource):
    """Numbers a game reports of its players, and the high scores made from them."""

    async def submit(
        self,
        *,
        user_id: int,
        api_key: str | Unset = UNSET,
        statistics: Mapping[str, int] | Unset = UNSET,
        options: Options | None = None,
    ) -> Success:
        """Report a player's statistics.

        Takes any number of statistics by their names. What a new value does to the one that is there depends
        on the statistic's type: the greater (Max) or the smaller one stays (Min), it is added (Add), or
        replaces it (Replace). A field that names no statistic of the game is passed over without an error,
        whatever it holds.

        Operation submit: POST /api/submit_statistics.json

        Args:
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            statistics (Mapping[str, int], optional): The value of the statistic of this name. At least 0 and
                at most 2^63 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Done, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.submit_body import SubmitBody
        from . import submit

        Constraints(
            type="object",
            reserved=("api_key", "user_id"),
            values=Constraints(type="integer", minimum=0, maximum=9223372036854775807),
        ).check(statistics, "statistics", submit.OPERATION)
        options = self._begun(options, submit.OPERATION)
        return await self._call(
            submit.OPERATION,
            submit.request(
                body=SubmitBody(
                    api_key=await self._supply(
                        api_key, "api_key", submit.OPERATION, "api_key", options=options
                    ),
                    user_id=user_id,
                    additional_properties={} if isinstance(statistics, Unset) else dict(statistics),
                ),
            ),
            options,
        )

    async def get_high_scores(
        self,
        *,
        scope: GetHighScoresScope | Literal["daily", "weekly", "lifetime"],
        statistic_id: int,
        today_page: int | Unset = UNSET,
        weekly_page: int | Unset = UNSET,
        lifetime_page: int | Unset = UNSET,
        options: Options | None = None,
    ) -> HighScores:
        """The best of a day, of a week, or of all time.

        The page is chosen by the parameter that goes with the scope; the others are ignored.

        Operation getHighScores: GET /api/high_scores/{scope}/{statistic_id}.json

        Args:
            scope (GetHighScoresScope): Which high scores. One of `"daily"`, `"weekly"`, `"lifetime"`.
            statistic_id (int): The statistic's number. At least 1 and at most 2^63 - 1.
            today_page (int, optional): Page of the daily high scores, from 1. At least 1 and at most 2^31 -
                1. The server's default is `1`.
            weekly_page (int, optional): Page of the weekly high scores, from 1. At least 1 and at most 2^31 -
                1. The server's default is `1`.
            lifetime_page (int, optional): Page of the high scores of all time, from 1. At least 1 and at most
                2^31 - 1. The server's default is `1`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One page of high scores, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_high_scores

        return await self._call(
            get_high_scores.OPERATION,
            get_high_scores.request(
                scope=scope,
                statistic_id=statistic_id,
                today_page=today_page,
                weekly_page=weekly_page,
                lifetime_page=lifetime_page,
            ),
            options,
        )

    async def get_friends_high_scores(
        self, *, statistic_id: int, user_id: int, options: Options | None = None
    ) -> FriendsHighScores:
        """The best among a player and their friends.

        Lists the scores of all time of the player's friends and of the player.

        Operation getFriendsHighScores: GET /api/high_scores/friends/{statistic_id}/{user_id}.json

        Args:
            statistic_id (int): The statistic's number. At least 1 and at most 2^63 - 1.
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One page of high scores, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_friends_high_scores

        return await self._call(
            get_friends_high_scores.OPERATION,
            get_friends_high_scores.request(
                statistic_id=statistic_id,
                user_id=user_id,
            ),
            options,
        )


class AsyncStatisticsWithRawResponse:
    """`AsyncStatistics` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncStatistics(client, raw=True)
        self.submit = returning_response_async(resource.submit)
        self.get_high_scores = returning_response_async(resource.get_high_scores)
        self.get_friends_high_scores = returning_response_async(resource.get_friends_high_scores)


__all__ = ["AsyncStatistics", "AsyncStatisticsWithRawResponse", "Statistics", "StatisticsWithRawResponse"]
