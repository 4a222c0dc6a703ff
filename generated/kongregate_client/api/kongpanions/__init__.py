# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""The site's collectable companions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.kongpanions import Kongpanions
    from ...models.user_kongpanions import UserKongpanions


class KongpanionsApi(Resource):
    """The site's collectable companions."""

    def list_kongpanions(self, *, options: Options | None = None) -> Kongpanions:
        """Every kongpanion there is.

        Lists the site's companions, whether anybody has them or not.

        Operation listKongpanions: GET /api/kongpanions/index.json

        Args:
            options: Options of this call; the client's where it says nothing.

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

        return self._call(
            list_kongpanions.OPERATION,
            list_kongpanions.request(),
            options,
        )

    def list_user_kongpanions(
        self, *, username: str | Unset = UNSET, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> UserKongpanions:
        """The kongpanions a player has.

        Give `username` or `user_id`.

        Operation listUserKongpanions: GET /api/kongpanions.json

        Args:
            username (str, optional): The player, by name. At least 1 character.
            user_id (int, optional): The player, by number. At least 1 and at most 2^63 - 1.
            options: Options of this call; the client's where it says nothing.

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

        return self._call(
            list_user_kongpanions.OPERATION,
            list_user_kongpanions.request(
                username=username,
                user_id=user_id,
            ),
            options,
        )


class KongpanionsApiWithRawResponse:
    """`KongpanionsApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = KongpanionsApi(client, raw=True)
        self.list_kongpanions = returning_response(resource.list_kongpanions)
        self.list_user_kongpanions = returning_response(resource.list_user_kongpanions)


class AsyncKongpanionsApi(AsyncResource):
    """The site's collectable companions."""

    async def list_kongpanions(self, *, options: Options | None = None) -> Kongpanions:
        """Every kongpanion there is.

        Lists the site's companions, whether anybody has them or not.

        Operation listKongpanions: GET /api/kongpanions/index.json

        Args:
            options: Options of this call; the client's where it says nothing.

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

        return await self._call(
            list_kongpanions.OPERATION,
            list_kongpanions.request(),
            options,
        )

    async def list_user_kongpanions(
        self, *, username: str | Unset = UNSET, user_id: int | Unset = UNSET, options: Options | None = None
    ) -> UserKongpanions:
        """The kongpanions a player has.

        Give `username` or `user_id`.

        Operation listUserKongpanions: GET /api/kongpanions.json

        Args:
            username (str, optional): The player, by name. At least 1 character.
            user_id (int, optional): The player, by number. At least 1 and at most 2^63 - 1.
            options: Options of this call; the client's where it says nothing.

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

        return await self._call(
            list_user_kongpanions.OPERATION,
            list_user_kongpanions.request(
                username=username,
                user_id=user_id,
            ),
            options,
        )


class AsyncKongpanionsApiWithRawResponse:
    """`AsyncKongpanionsApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncKongpanionsApi(client, raw=True)
        self.list_kongpanions = returning_response_async(resource.list_kongpanions)
        self.list_user_kongpanions = returning_response_async(resource.list_user_kongpanions)


__all__ = [
    "AsyncKongpanionsApi",
    "AsyncKongpanionsApiWithRawResponse",
    "KongpanionsApi",
    "KongpanionsApiWithRawResponse",
]
