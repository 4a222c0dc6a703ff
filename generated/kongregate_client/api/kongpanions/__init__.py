# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""The site's collectable companions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...types import UNSET, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.kongpanions import Kongpanions
    from ...models.user_kongpanions import UserKongpanions


class KongpanionsApi:
    """The site's collectable companions."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list_kongpanions(self) -> Kongpanions:
        """Every kongpanion there is.

        Lists the site's companions, whether anybody has them or not.

        Operation listKongpanions: GET /api/kongpanions/index.json

        Returns:
            All companions, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_kongpanions

        return list_kongpanions.sync(client=self._client)

    def list_user_kongpanions(
        self, *, username: str | Unset = UNSET, user_id: int | Unset = UNSET
    ) -> UserKongpanions:
        """The kongpanions a player has.

        Give `username` or `user_id`.

        Operation listUserKongpanions: GET /api/kongpanions.json

        Args:
            username (str, optional): The player, by name. At least 1 character.
            user_id (int, optional): The player, by number. At least 1 and at most 2^63 - 1.

        Returns:
            The player's companions, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_user_kongpanions

        return list_user_kongpanions.sync(client=self._client, username=username, user_id=user_id)


class AsyncKongpanionsApi:
    """The site's collectable companions."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def list_kongpanions(self) -> Kongpanions:
        """Every kongpanion there is.

        Lists the site's companions, whether anybody has them or not.

        Operation listKongpanions: GET /api/kongpanions/index.json

        Returns:
            All companions, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_kongpanions

        return await list_kongpanions.asyncio(client=self._client)

    async def list_user_kongpanions(
        self, *, username: str | Unset = UNSET, user_id: int | Unset = UNSET
    ) -> UserKongpanions:
        """The kongpanions a player has.

        Give `username` or `user_id`.

        Operation listUserKongpanions: GET /api/kongpanions.json

        Args:
            username (str, optional): The player, by name. At least 1 character.
            user_id (int, optional): The player, by number. At least 1 and at most 2^63 - 1.

        Returns:
            The player's companions, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_user_kongpanions

        return await list_user_kongpanions.asyncio(client=self._client, username=username, user_id=user_id)


__all__ = ["AsyncKongpanionsApi", "KongpanionsApi"]
