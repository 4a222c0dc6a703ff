# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""What an app shows to everybody; a leaderboard, or a name for somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options
    from openapi_runtime.pagination import AsyncPagedItems, PagedItems

    from ...models.leaderboard import Leaderboard
    from ...models.leaderboard_entry import LeaderboardEntry


class Apps(Resource):
    """What an app shows to everybody; a leaderboard, or a name for somebody new."""

    def get_leaderboard(
        self,
        *,
        app_id: int | Unset = UNSET,
        offset: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        start: int | Unset = UNSET,
        end: int | Unset = UNSET,
        options: Options | None = None,
    ) -> Leaderboard:
        """The app's users in order of their scores.

        Ranks users by the points they received, the best first. `start` and `end` narrow the points that
        count to an interval, for leaderboards of a day, a week or a month.

        Operation getLeaderboard: GET /v1/apps/{appId}/leaders

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            offset (int, optional): How many results to pass over. At least 0 and at most 2^53 - 1. The
                server's default is `0`.
            limit (int, optional): The most results to answer with; the server decides when it is left out or
                0. At least 0 and at most 2^53 - 1.
            start (int, optional): The beginning of the interval, included, in milliseconds since 1970-01-01
                UTC; the beginning of time when left out. At least 0 and at most 2^53 - 1.
            end (int, optional): The end of the interval, excluded, in milliseconds since 1970-01-01 UTC; now
                when left out. At least 0 and at most 2^53 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One page of the leaderboard.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_leaderboard

        options = self._begun(options, get_leaderboard.OPERATION)
        return self._call(
            get_leaderboard.OPERATION,
            get_leaderboard.request(
                app_id=self._supply(app_id, "appId", get_leaderboard.OPERATION, "app_id", options=options),
                offset=offset,
                limit=limit,
                start=start,
                end=end,
            ),
            options,
        )

    def iter_leaderboard(
        self,
        *,
        app_id: int | Unset = UNSET,
        offset: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        start: int | Unset = UNSET,
        end: int | Unset = UNSET,
        options: Options | None = None,
    ) -> PagedItems[Leaderboard, LeaderboardEntry]:
        """The app's users in order of their scores, item by item.

        Pages are fetched one after the other, each when its first item is asked for. `offset` says where to
        begin. `by_page()` of the result gives whole pages; `offset` takes the `next_position` of one.

        Operation getLeaderboard: GET /v1/apps/{appId}/leaders

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            offset (int, optional): How many results to pass over. At least 0 and at most 2^53 - 1. The
                server's default is `0`.
            limit (int, optional): The most results to answer with; the server decides when it is left out or
                0. At least 0 and at most 2^53 - 1.
            start (int, optional): The beginning of the interval, included, in milliseconds since 1970-01-01
                UTC; the beginning of time when left out. At least 0 and at most 2^53 - 1.
            end (int, optional): The end of the interval, excluded, in milliseconds since 1970-01-01 UTC; now
                when left out. At least 0 and at most 2^53 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The items of all pages.

        Raises:
            InvalidArgument: `offset` is not an integer.
            PaginationError: The server's pages do not advance.
            APIError: As `get_leaderboard` raises.
        """
        from openapi_runtime.pagination import OffsetPaginator

        from . import get_leaderboard

        paginator: OffsetPaginator[Leaderboard, LeaderboardEntry] = OffsetPaginator(
            get_leaderboard.OPERATION,
            offset,
            items=lambda page: page.results,
            end=lambda page: page.count,
            echo=lambda page: page.offset,
            argument="offset",
        )
        return paginator.iterate(
            lambda next_position: self.get_leaderboard(
                app_id=app_id, offset=next_position, limit=limit, start=start, end=end, options=options
            )
        )

    def get_random_display_name(self, *, app_id: int | Unset = UNSET, options: Options | None = None) -> str:
        """A display name that nobody has.

        Makes a name from the app's own adjectives and nouns, falling back to English where the app has none.
        Nobody on the whole KWS instance has it when the answer is sent; it is not reserved. A token of any
        scope serves, and so does none.

        Operation getRandomDisplayName: GET /v2/apps/{appId}/randomDisplayName

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The name.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_random_display_name

        options = self._begun(options, get_random_display_name.OPERATION)
        return self._call(
            get_random_display_name.OPERATION,
            get_random_display_name.request(
                app_id=self._supply(
                    app_id, "appId", get_random_display_name.OPERATION, "app_id", options=options
                ),
            ),
            options,
        )


class AppsWithRawResponse:
    """`Apps` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Apps(client, raw=True)
        self.get_leaderboard = returning_response(resource.get_leaderboard)
        self.get_random_display_name = returning_response(resource.get_random_display_name)


class AsyncApps(AsyncResource):
    """What an app shows to everybody; a leaderboard, or a name for somebody new."""

    async def get_leaderboard(
        self,
        *,
        app_id: int | Unset = UNSET,
        offset: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        start: int | Unset = UNSET,
        end: int | Unset = UNSET,
        options: Options | None = None,
    ) -> Leaderboard:
        """The app's users in order of their scores.

        Ranks users by the points they received, the best first. `start` and `end` narrow the points that
        count to an interval, for leaderboards of a day, a week or a month.

        Operation getLeaderboard: GET /v1/apps/{appId}/leaders

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            offset (int, optional): How many results to pass over. At least 0 and at most 2^53 - 1. The
                server's default is `0`.
            limit (int, optional): The most results to answer with; the server decides when it is left out or
                0. At least 0 and at most 2^53 - 1.
            start (int, optional): The beginning of the interval, included, in milliseconds since 1970-01-01
                UTC; the beginning of time when left out. At least 0 and at most 2^53 - 1.
            end (int, optional): The end of the interval, excluded, in milliseconds since 1970-01-01 UTC; now
                when left out. At least 0 and at most 2^53 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One page of the leaderboard.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            Forbidden: The token's app, user or scope does not allow it, a parent's permission is missing, or
                an event reached its limit.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_leaderboard

        options = self._begun(options, get_leaderboard.OPERATION)
        return await self._call(
            get_leaderboard.OPERATION,
            get_leaderboard.request(
                app_id=await self._supply(
                    app_id, "appId", get_leaderboard.OPERATION, "app_id", options=options
                ),
                offset=offset,
                limit=limit,
                start=start,
                end=end,
            ),
            options,
        )

    def iter_leaderboard(
        self,
        *,
        app_id: int | Unset = UNSET,
        offset: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        start: int | Unset = UNSET,
        end: int | Unset = UNSET,
        options: Options | None = None,
    ) -> AsyncPagedItems[Leaderboard, LeaderboardEntry]:
        """The app's users in order of their scores, item by item.

        Pages are fetched one after the other, each when its first item is asked for. `offset` says where to
        begin. `by_page()` of the result gives whole pages; `offset` takes the `next_position` of one.

        Operation getLeaderboard: GET /v1/apps/{appId}/leaders

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            offset (int, optional): How many results to pass over. At least 0 and at most 2^53 - 1. The
                server's default is `0`.
            limit (int, optional): The most results to answer with; the server decides when it is left out or
                0. At least 0 and at most 2^53 - 1.
            start (int, optional): The beginning of the interval, included, in milliseconds since 1970-01-01
                UTC; the beginning of time when left out. At least 0 and at most 2^53 - 1.
            end (int, optional): The end of the interval, excluded, in milliseconds since 1970-01-01 UTC; now
                when left out. At least 0 and at most 2^53 - 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The items of all pages.

        Raises:
            InvalidArgument: `offset` is not an integer.
            PaginationError: The server's pages do not advance.
            APIError: As `get_leaderboard` raises.
        """
        from openapi_runtime.pagination import OffsetPaginator

        from . import get_leaderboard

        paginator: OffsetPaginator[Leaderboard, LeaderboardEntry] = OffsetPaginator(
            get_leaderboard.OPERATION,
            offset,
            items=lambda page: page.results,
            end=lambda page: page.count,
            echo=lambda page: page.offset,
            argument="offset",
        )
        return paginator.iterate_async(
            lambda next_position: self.get_leaderboard(
                app_id=app_id, offset=next_position, limit=limit, start=start, end=end, options=options
            )
        )

    async def get_random_display_name(
        self, *, app_id: int | Unset = UNSET, options: Options | None = None
    ) -> str:
        """A display name that nobody has.

        Makes a name from the app's own adjectives and nouns, falling back to English where the app has none.
        Nobody on the whole KWS instance has it when the answer is sent; it is not reserved. A token of any
        scope serves, and so does none.

        Operation getRandomDisplayName: GET /v2/apps/{appId}/randomDisplayName

        Args:
            app_id (int, optional): The app's number (not its client id). The access token carries it. At
                least 1 and at most 2^53 - 1. Left out, the client's own appId is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The name.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            Unauthorized: There is no token, or it is malformed, unknown or expired.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_random_display_name

        options = self._begun(options, get_random_display_name.OPERATION)
        return await self._call(
            get_random_display_name.OPERATION,
            get_random_display_name.request(
                app_id=await self._supply(
                    app_id, "appId", get_random_display_name.OPERATION, "app_id", options=options
                ),
            ),
            options,
        )


class AsyncAppsWithRawResponse:
    """`AsyncApps` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncApps(client, raw=True)
        self.get_leaderboard = returning_response_async(resource.get_leaderboard)
        self.get_random_display_name = returning_response_async(resource.get_random_display_name)


__all__ = ["AsyncApps", "AsyncAppsWithRawResponse", "Apps", "AppsWithRawResponse"]
