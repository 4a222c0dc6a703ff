# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Who somebody is, their friends and their badges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.authenticated import Authenticated
    from ...models.badge import Badge
    from ...models.user_info import UserInfo
    from ...models.user_info_list import UserInfoList


class Players(Resource):
    """Who somebody is, their friends and their badges."""

    def authenticate(
        self,
        *,
        user_id: int,
        game_auth_token: str,
        api_key: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Authenticated:
        """Check that a player is who they claim to be.

        Compares the token that the player's page handed to the game with the one Kongregate knows for this
        player and this game.

        Operation authenticate: GET /api/authenticate.json

        Args:
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            game_auth_token (str): The player's token for this game, as the player's page handed it over. At
                least 1 character. A secret, left out of reprs.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The player, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import authenticate

        options = self._begun(options, authenticate.OPERATION)
        return self._call(
            authenticate.OPERATION,
            authenticate.request(
                user_id=user_id,
                game_auth_token=game_auth_token,
                api_key=self._supply(api_key, "api_key", authenticate.OPERATION, "api_key", options=options),
            ),
            options,
        )

    def get_user_info(
        self,
        *,
        username: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        usernames: Sequence[str] | Unset = UNSET,
        user_ids: Sequence[int] | Unset = UNSET,
        page_num: int | Unset = UNSET,
        friends: bool | Unset = UNSET,
        options: Options | None = None,
    ) -> UserInfo | UserInfoList:
        """Public profiles, and one player's friends.

        Give exactly one of `username`, `user_id`, `usernames` and `user_ids`. One player is answered with
        muted users and, if asked for, with friends, at most 500 a page. Several are answered as a list of
        profiles, which have the same fields and empty lists. A private profile has empty lists, too.

        Operation getUserInfo: GET /api/user_info.json

        Args:
            username (str, optional): One player, by name. At least 1 character.
            user_id (int, optional): One player, by number. At least 1 and at most 2^63 - 1.
            usernames (list[str], optional): Several players, by name. 1 to 50 items. Each: at least 1
                character. Matches `^[^,]+$`.
            user_ids (list[int], optional): Several players, by number. 1 to 50 items. Each: at least 1 and at
                most 2^63 - 1.
            page_num (int, optional): Page of the friends, from 1. At least 1 and at most 2^31 - 1. The
                server's default is `1`.
            friends (bool, optional): Whether to list friends, which is for one player only. Without it their
                lists are empty, and there is one page. The server's default is `false`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One profile, several, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from . import get_user_info

        Constraints(
            type="array",
            nullable=True,
            min_items=1,
            max_items=50,
            items=Constraints(type="string", min_length=1, pattern="^[^,]+$"),
        ).check(usernames, "usernames", get_user_info.OPERATION)
        Constraints(
            type="array",
            nullable=True,
            min_items=1,
            max_items=50,
            items=Constraints(type="integer", minimum=1, maximum=9223372036854775807),
        ).check(user_ids, "user_ids", get_user_info.OPERATION)
        return self._call(
            get_user_info.OPERATION,
            get_user_info.request(
                username=username,
                user_id=user_id,
                usernames=usernames,
                user_ids=user_ids,
                page_num=page_num,
                friends=friends,
            ),
            options,
        )

    def list_badges(self, *, username: str, options: Options | None = None) -> list[Badge]:
        """The badges a player has earned.

        Answers with a bare list.

        Operation listBadges: GET /accounts/{username}/badges.json

        Args:
            username (str): The player's name. At least 1 character.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The badges, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_badges

        return self._call(
            list_badges.OPERATION,
            list_badges.request(
                username=username,
            ),
            options,
        )


class PlayersWithRawResponse:
    """`Players` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Players(client, raw=True)
        self.authenticate = returning_response(resource.authenticate)
        self.get_user_info = returning_response(resource.get_user_info)
        self.list_badges = returning_response(resource.list_badges)


class AsyncPlayers(AsyncResource):
    """Who somebody is, their friends and their badges."""

    async def authenticate(
        self,
        *,
        user_id: int,
        game_auth_token: str,
        api_key: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Authenticated:
        """Check that a player is who they claim to be.

        Compares the token that the player's page handed to the game with the one Kongregate knows for this
        player and this game.

        Operation authenticate: GET /api/authenticate.json

        Args:
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            game_auth_token (str): The player's token for this game, as the player's page handed it over. At
                least 1 character. A secret, left out of reprs.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The player, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import authenticate

        options = self._begun(options, authenticate.OPERATION)
        return await self._call(
            authenticate.OPERATION,
            authenticate.request(
                user_id=user_id,
                game_auth_token=game_auth_token,
                api_key=await self._supply(
                    api_key, "api_key", authenticate.OPERATION, "api_key", options=options
                ),
            ),
            options,
        )

    async def get_user_info(
        self,
        *,
        username: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        usernames: Sequence[str] | Unset = UNSET,
        user_ids: Sequence[int] | Unset = UNSET,
        page_num: int | Unset = UNSET,
        friends: bool | Unset = UNSET,
        options: Options | None = None,
    ) -> UserInfo | UserInfoList:
        """Public profiles, and one player's friends.

        Give exactly one of `username`, `user_id`, `usernames` and `user_ids`. One player is answered with
        muted users and, if asked for, with friends, at most 500 a page. Several are answered as a list of
        profiles, which have the same fields and empty lists. A private profile has empty lists, too.

        Operation getUserInfo: GET /api/user_info.json

        Args:
            username (str, optional): One player, by name. At least 1 character.
            user_id (int, optional): One player, by number. At least 1 and at most 2^63 - 1.
            usernames (list[str], optional): Several players, by name. 1 to 50 items. Each: at least 1
                character. Matches `^[^,]+$`.
            user_ids (list[int], optional): Several players, by number. 1 to 50 items. Each: at least 1 and at
                most 2^63 - 1.
            page_num (int, optional): Page of the friends, from 1. At least 1 and at most 2^31 - 1. The
                server's default is `1`.
            friends (bool, optional): Whether to list friends, which is for one player only. Without it their
                lists are empty, and there is one page. The server's default is `false`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            One profile, several, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from . import get_user_info

        Constraints(
            type="array",
            nullable=True,
            min_items=1,
            max_items=50,
            items=Constraints(type="string", min_length=1, pattern="^[^,]+$"),
        ).check(usernames, "usernames", get_user_info.OPERATION)
        Constraints(
            type="array",
            nullable=True,
            min_items=1,
            max_items=50,
            items=Constraints(type="integer", minimum=1, maximum=9223372036854775807),
        ).check(user_ids, "user_ids", get_user_info.OPERATION)
        return await self._call(
            get_user_info.OPERATION,
            get_user_info.request(
                username=username,
                user_id=user_id,
                usernames=usernames,
                user_ids=user_ids,
                page_num=page_num,
                friends=friends,
            ),
            options,
        )

    async def list_badges(self, *, username: str, options: Options | None = None) -> list[Badge]:
        """The badges a player has earned.

        Answers with a bare list.

        Operation listBadges: GET /accounts/{username}/badges.json

        Args:
            username (str): The player's name. At least 1 character.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The badges, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_badges

        return await self._call(
            list_badges.OPERATION,
            list_badges.request(
                username=username,
            ),
            options,
        )


class AsyncPlayersWithRawResponse:
    """`AsyncPlayers` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncPlayers(client, raw=True)
        self.authenticate = returning_response_async(resource.authenticate)
        self.get_user_info = returning_response_async(resource.get_user_info)
        self.list_badges = returning_response_async(resource.list_badges)


__all__ = ["AsyncPlayers", "AsyncPlayersWithRawResponse", "Players", "PlayersWithRawResponse"]
