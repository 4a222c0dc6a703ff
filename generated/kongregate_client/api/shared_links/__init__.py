# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Links that players share and that lead back into the game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.success import Success


class SharedLinks(Resource):
    """Links that players share and that lead back into the game."""

    def create_shared_link(
        self,
        *,
        game_auth_token: str,
        user_id: int,
        id: str,
        name: str,
        type: str,
        link_params: str,
        expiration: int,
        api_key: str | Unset = UNSET,
        kv_params: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Success:
        """Make a link that leads back into the game.

        The game gets the link's parameters when somebody follows it, until the link expires.

        Operation createSharedLink: POST /api/shared_links/create.json

        Args:
            game_auth_token (str): The player's token for this game, as the player's page handed it over. At
                least 1 character. A secret, left out of reprs.
            user_id (int): The player who shares. At least 1 and at most 2^63 - 1.
            id (str): The game's own identifier of the link. At least 1 character.
            name (str): What the link is called. At least 1 character.
            type (str): The kind of link, in the game's own words. At least 1 character.
            link_params (str): Query of the link, such as `kv_level=7`; only names that begin with `kv_` pass.
            expiration (int): When the link expires, in seconds since 1970-01-01 UTC. At least 0 and at most
                2^53 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            kv_params (str, optional): Further parameters, as the text of a JSON object.
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
        from ...models.create_shared_link_body import CreateSharedLinkBody
        from . import create_shared_link

        options = self._begun(options, create_shared_link.OPERATION)
        return self._call(
            create_shared_link.OPERATION,
            create_shared_link.request(
                body=CreateSharedLinkBody(
                    api_key=self._supply(
                        api_key, "api_key", create_shared_link.OPERATION, "api_key", options=options
                    ),
                    game_auth_token=game_auth_token,
                    user_id=user_id,
                    id=id,
                    name=name,
                    type=type,
                    link_params=link_params,
                    expiration=expiration,
                    kv_params=kv_params,
                ),
            ),
            options,
        )

    def destroy_shared_link(
        self,
        *,
        id: str,
        game_auth_token: str,
        user_id: int,
        api_key: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Success:
        """Take a link down.

        The link leads nowhere from now on.

        Operation destroySharedLink: POST /api/shared_links/{id}/destroy.json

        Args:
            id (str): The game's own identifier of the link. At least 1 character.
            game_auth_token (str): The player's token for this game, as the player's page handed it over. At
                least 1 character. A secret, left out of reprs.
            user_id (int): The player who shared it. At least 1 and at most 2^63 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
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
        from ...models.destroy_shared_link_body import DestroySharedLinkBody
        from . import destroy_shared_link

        options = self._begun(options, destroy_shared_link.OPERATION)
        return self._call(
            destroy_shared_link.OPERATION,
            destroy_shared_link.request(
                id=id,
                body=DestroySharedLinkBody(
                    api_key=self._supply(
                        api_key, "api_key", destroy_shared_link.OPERATION, "api_key", options=options
                    ),
                    game_auth_token=game_auth_token,
                    user_id=user_id,
                ),
            ),
            options,
        )


class SharedLinksWithRawResponse:
    """`SharedLinks` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = SharedLinks(client, raw=True)
        self.create_shared_link = returning_response(resource.create_shared_link)
        self.destroy_shared_link = returning_response(resource.destroy_shared_link)


class AsyncSharedLinks(AsyncResource):
    """Links that players share and that lead back into the game."""

    async def create_shared_link(
        self,
        *,
        game_auth_token: str,
        user_id: int,
        id: str,
        name: str,
        type: str,
        link_params: str,
        expiration: int,
        api_key: str | Unset = UNSET,
        kv_params: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Success:
        """Make a link that leads back into the game.

        The game gets the link's parameters when somebody follows it, until the link expires.

        Operation createSharedLink: POST /api/shared_links/create.json

        Args:
            game_auth_token (str): The player's token for this game, as the player's page handed it over. At
                least 1 character. A secret, left out of reprs.
            user_id (int): The player who shares. At least 1 and at most 2^63 - 1.
            id (str): The game's own identifier of the link. At least 1 character.
            name (str): What the link is called. At least 1 character.
            type (str): The kind of link, in the game's own words. At least 1 character.
            link_params (str): Query of the link, such as `kv_level=7`; only names that begin with `kv_` pass.
            expiration (int): When the link expires, in seconds since 1970-01-01 UTC. At least 0 and at most
                2^53 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            kv_params (str, optional): Further parameters, as the text of a JSON object.
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
        from ...models.create_shared_link_body import CreateSharedLinkBody
        from . import create_shared_link

        options = self._begun(options, create_shared_link.OPERATION)
        return await self._call(
            create_shared_link.OPERATION,
            create_shared_link.request(
                body=CreateSharedLinkBody(
                    api_key=await self._supply(
                        api_key, "api_key", create_shared_link.OPERATION, "api_key", options=options
                    ),
                    game_auth_token=game_auth_token,
                    user_id=user_id,
                    id=id,
                    name=name,
                    type=type,
                    link_params=link_params,
                    expiration=expiration,
                    kv_params=kv_params,
                ),
            ),
            options,
        )

    async def destroy_shared_link(
        self,
        *,
        id: str,
        game_auth_token: str,
        user_id: int,
        api_key: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Success:
        """Take a link down.

        The link leads nowhere from now on.

        Operation destroySharedLink: POST /api/shared_links/{id}/destroy.json

        Args:
            id (str): The game's own identifier of the link. At least 1 character.
            game_auth_token (str): The player's token for this game, as the player's page handed it over. At
                least 1 character. A secret, left out of reprs.
            user_id (int): The player who shared it. At least 1 and at most 2^63 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
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
        from ...models.destroy_shared_link_body import DestroySharedLinkBody
        from . import destroy_shared_link

        options = self._begun(options, destroy_shared_link.OPERATION)
        return await self._call(
            destroy_shared_link.OPERATION,
            destroy_shared_link.request(
                id=id,
                body=DestroySharedLinkBody(
                    api_key=await self._supply(
                        api_key, "api_key", destroy_shared_link.OPERATION, "api_key", options=options
                    ),
                    game_auth_token=game_auth_token,
                    user_id=user_id,
                ),
            ),
            options,
        )


class AsyncSharedLinksWithRawResponse:
    """`AsyncSharedLinks` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncSharedLinks(client, raw=True)
        self.create_shared_link = returning_response_async(resource.create_shared_link)
        self.destroy_shared_link = returning_response_async(resource.destroy_shared_link)


__all__ = ["AsyncSharedLinks", "AsyncSharedLinksWithRawResponse", "SharedLinks", "SharedLinksWithRawResponse"]
