# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""What a game sells, and what players own of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.catalogue import Catalogue
    from ...models.inventory import Inventory
    from ...models.item_use import ItemUse


class Items(Resource):
    """What a game sells, and what players own of it."""

    def list_items(
        self,
        *,
        api_key: str | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        options: Options | None = None,
    ) -> Catalogue:
        """Everything the game sells.

        Lists the game's catalogue, all of it or the items that carry one of the tags.

        Operation listItems: GET /api/items.json

        Args:
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            tags (list[str], optional): Only items that carry at least one of these tags. At least 1 item.
                Each: at least 1 character. Matches `^[^,]+$`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The catalogue, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from . import list_items

        Constraints(
            type="array",
            nullable=True,
            min_items=1,
            items=Constraints(type="string", min_length=1, pattern="^[^,]+$"),
        ).check(tags, "tags", list_items.OPERATION)
        options = self._begun(options, list_items.OPERATION)
        return self._call(
            list_items.OPERATION,
            list_items.request(
                api_key=self._supply(api_key, "api_key", list_items.OPERATION, "api_key", options=options),
                tags=tags,
            ),
            options,
        )

    def list_user_items(
        self, *, user_id: int, api_key: str | Unset = UNSET, options: Options | None = None
    ) -> Inventory:
        """What a player owns in the game.

        Lists items that have uses left, and those that never run out (`remaining_uses` is null).

        Operation listUserItems: GET /api/user_items.json

        Args:
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The inventory, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_user_items

        options = self._begun(options, list_user_items.OPERATION)
        return self._call(
            list_user_items.OPERATION,
            list_user_items.request(
                api_key=self._supply(
                    api_key, "api_key", list_user_items.OPERATION, "api_key", options=options
                ),
                user_id=user_id,
            ),
            options,
        )

    def use(
        self,
        *,
        user_id: int,
        game_auth_token: str,
        id: int,
        api_key: str | Unset = UNSET,
        options: Options | None = None,
    ) -> ItemUse:
        """Use one of a player's items once.

        Takes one use off an item instance. An item that never runs out, or has run out, cannot be used.

        Operation use: POST /api/use_item.json

        Args:
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            game_auth_token (str): The player's token for this game, as the player's page handed it over. At
                least 1 character. A secret, left out of reprs.
            id (int): The number of the item instance, as `listUserItems` gives it. At least 1 and at most
                2^63 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What is left, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.use_body import UseBody
        from . import use

        options = self._begun(options, use.OPERATION)
        return self._call(
            use.OPERATION,
            use.request(
                body=UseBody(
                    api_key=self._supply(api_key, "api_key", use.OPERATION, "api_key", options=options),
                    user_id=user_id,
                    game_auth_token=game_auth_token,
                    id=id,
                ),
            ),
            options,
        )


class ItemsWithRawResponse:
    """`Items` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Items(client, raw=True)
        self.list_items = returning_response(resource.list_items)
        self.list_user_items = returning_response(resource.list_user_items)
        self.use = returning_response(resource.use)


class AsyncItems(AsyncResource):
    """What a game sells, and what players own of it."""

    async def list_items(
        self,
        *,
        api_key: str | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        options: Options | None = None,
    ) -> Catalogue:
        """Everything the game sells.

        Lists the game's catalogue, all of it or the items that carry one of the tags.

        Operation listItems: GET /api/items.json

        Args:
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            tags (list[str], optional): Only items that carry at least one of these tags. At least 1 item.
                Each: at least 1 character. Matches `^[^,]+$`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The catalogue, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from . import list_items

        Constraints(
            type="array",
            nullable=True,
            min_items=1,
            items=Constraints(type="string", min_length=1, pattern="^[^,]+$"),
        ).check(tags, "tags", list_items.OPERATION)
        options = self._begun(options, list_items.OPERATION)
        return await self._call(
            list_items.OPERATION,
            list_items.request(
                api_key=await self._supply(
                    api_key, "api_key", list_items.OPERATION, "api_key", options=options
                ),
                tags=tags,
            ),
            options,
        )

    async def list_user_items(
        self, *, user_id: int, api_key: str | Unset = UNSET, options: Options | None = None
    ) -> Inventory:
        """What a player owns in the game.

        Lists items that have uses left, and those that never run out (`remaining_uses` is null).

        Operation listUserItems: GET /api/user_items.json

        Args:
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The inventory, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_user_items

        options = self._begun(options, list_user_items.OPERATION)
        return await self._call(
            list_user_items.OPERATION,
            list_user_items.request(
                api_key=await self._supply(
                    api_key, "api_key", list_user_items.OPERATION, "api_key", options=options
                ),
                user_id=user_id,
            ),
            options,
        )

    async def use(
        self,
        *,
        user_id: int,
        game_auth_token: str,
        id: int,
        api_key: str | Unset = UNSET,
        options: Options | None = None,
    ) -> ItemUse:
        """Use one of a player's items once.

        Takes one use off an item instance. An item that never runs out, or has run out, cannot be used.

        Operation use: POST /api/use_item.json

        Args:
            user_id (int): The player's number. At least 1 and at most 2^63 - 1.
            game_auth_token (str): The player's token for this game, as the player's page handed it over. At
                least 1 character. A secret, left out of reprs.
            id (int): The number of the item instance, as `listUserItems` gives it. At least 1 and at most
                2^63 - 1.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What is left, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.use_body import UseBody
        from . import use

        options = self._begun(options, use.OPERATION)
        return await self._call(
            use.OPERATION,
            use.request(
                body=UseBody(
                    api_key=await self._supply(api_key, "api_key", use.OPERATION, "api_key", options=options),
                    user_id=user_id,
                    game_auth_token=game_auth_token,
                    id=id,
                ),
            ),
            options,
        )


class AsyncItemsWithRawResponse:
    """`AsyncItems` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncItems(client, raw=True)
        self.list_items = returning_response_async(resource.list_items)
        self.list_user_items = returning_response_async(resource.list_user_items)
        self.use = returning_response_async(resource.use)


__all__ = ["AsyncItems", "AsyncItemsWithRawResponse", "Items", "ItemsWithRawResponse"]
