# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Characters and the guilds they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.destroyed_guild import DestroyedGuild
    from ...models.saved_character import SavedCharacter
    from ...models.saved_guild import SavedGuild


class Guilds(Resource):
    """Characters and the guilds they belong to."""

    def save_character(
        self,
        *,
        character_identifier: str,
        character_name: str,
        api_key: str | Unset = UNSET,
        server_identifier: str | Unset = UNSET,
        server_name: str | Unset = UNSET,
        guild_identifier: str | None | Unset = UNSET,
        guild_name: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        guild_admin_level: str | Unset = UNSET,
        options: Options | None = None,
    ) -> SavedCharacter:
        """Create or change a character.

        Creates the character, or changes the one of this identifier. A guild that does not exist is created.

        Operation saveCharacter: POST /api/characters.json

        Args:
            character_identifier (str): The game's own identifier of the character. At least 1 character.
            character_name (str): The character's name. At least 1 character.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            server_identifier (str, optional): The game's own identifier of the server that the character or
                guild lives on. At least 1 character. The server's default is `"Default"`.
            server_name (str, optional): What that server is called. At least 1 character. The server's
                default is `"Default"`.
            guild_identifier (str | None, optional): The guild that the character belongs to; empty or null
                takes it out of its guild.
            guild_name (str, optional): The guild's name, for one that is created. At least 1 character.
            user_id (int, optional): The player whose character it is. At least 1 and at most 2^63 - 1.
            guild_admin_level (str, optional): What the character may do in the guild. Any text; `superadmin`
                and `admin` mean something to Kongregate.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What was saved, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.save_character_body import SaveCharacterBody
        from . import save_character

        Constraints(type="string").check(guild_admin_level, "guild_admin_level", save_character.OPERATION)
        options = self._begun(options, save_character.OPERATION)
        return self._call(
            save_character.OPERATION,
            save_character.request(
                body=SaveCharacterBody(
                    api_key=self._supply(
                        api_key, "api_key", save_character.OPERATION, "api_key", options=options
                    ),
                    character_identifier=character_identifier,
                    character_name=character_name,
                    server_identifier=server_identifier,
                    server_name=server_name,
                    guild_identifier=guild_identifier,
                    guild_name=guild_name,
                    user_id=user_id,
                    guild_admin_level=guild_admin_level,
                ),
            ),
            options,
        )

    def save_guild(
        self,
        *,
        guild_identifier: str,
        guild_name: str,
        api_key: str | Unset = UNSET,
        server_identifier: str | Unset = UNSET,
        server_name: str | Unset = UNSET,
        options: Options | None = None,
    ) -> SavedGuild:
        """Create or rename a guild.

        Creates the guild, or renames the one of this identifier.

        Operation saveGuild: POST /api/guilds.json

        Args:
            guild_identifier (str): The game's own identifier of the guild. At least 1 character.
            guild_name (str): The guild's name. At least 1 character.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            server_identifier (str, optional): The game's own identifier of the server that the character or
                guild lives on. At least 1 character. The server's default is `"Default"`.
            server_name (str, optional): What that server is called. At least 1 character. The server's
                default is `"Default"`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What was saved, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.save_guild_body import SaveGuildBody
        from . import save_guild

        options = self._begun(options, save_guild.OPERATION)
        return self._call(
            save_guild.OPERATION,
            save_guild.request(
                body=SaveGuildBody(
                    api_key=self._supply(
                        api_key, "api_key", save_guild.OPERATION, "api_key", options=options
                    ),
                    guild_identifier=guild_identifier,
                    guild_name=guild_name,
                    server_identifier=server_identifier,
                    server_name=server_name,
                ),
            ),
            options,
        )

    def destroy_guild(
        self,
        *,
        guild_identifier: str,
        api_key: str | Unset = UNSET,
        server_identifier: str | Unset = UNSET,
        options: Options | None = None,
    ) -> DestroyedGuild:
        """Take a guild down.

        Removes the guild; its characters stay, without one.

        Operation destroyGuild: POST /api/guilds/destroy.json

        Args:
            guild_identifier (str): The game's own identifier of the guild. At least 1 character.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            server_identifier (str, optional): The game's own identifier of the server that the character or
                guild lives on. At least 1 character. The server's default is `"Default"`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What was removed, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.destroy_guild_body import DestroyGuildBody
        from . import destroy_guild

        options = self._begun(options, destroy_guild.OPERATION)
        return self._call(
            destroy_guild.OPERATION,
            destroy_guild.request(
                body=DestroyGuildBody(
                    api_key=self._supply(
                        api_key, "api_key", destroy_guild.OPERATION, "api_key", options=options
                    ),
                    guild_identifier=guild_identifier,
                    server_identifier=server_identifier,
                ),
            ),
            options,
        )


class GuildsWithRawResponse:
    """`Guilds` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Guilds(client, raw=True)
        self.save_character = returning_response(resource.save_character)
        self.save_guild = returning_response(resource.save_guild)
        self.destroy_guild = returning_response(resource.destroy_guild)


class AsyncGuilds(AsyncResource):
    """Characters and the guilds they belong to."""

    async def save_character(
        self,
        *,
        character_identifier: str,
        character_name: str,
        api_key: str | Unset = UNSET,
        server_identifier: str | Unset = UNSET,
        server_name: str | Unset = UNSET,
        guild_identifier: str | None | Unset = UNSET,
        guild_name: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        guild_admin_level: str | Unset = UNSET,
        options: Options | None = None,
    ) -> SavedCharacter:
        """Create or change a character.

        Creates the character, or changes the one of this identifier. A guild that does not exist is created.

        Operation saveCharacter: POST /api/characters.json

        Args:
            character_identifier (str): The game's own identifier of the character. At least 1 character.
            character_name (str): The character's name. At least 1 character.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            server_identifier (str, optional): The game's own identifier of the server that the character or
                guild lives on. At least 1 character. The server's default is `"Default"`.
            server_name (str, optional): What that server is called. At least 1 character. The server's
                default is `"Default"`.
            guild_identifier (str | None, optional): The guild that the character belongs to; empty or null
                takes it out of its guild.
            guild_name (str, optional): The guild's name, for one that is created. At least 1 character.
            user_id (int, optional): The player whose character it is. At least 1 and at most 2^63 - 1.
            guild_admin_level (str, optional): What the character may do in the guild. Any text; `superadmin`
                and `admin` mean something to Kongregate.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What was saved, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.save_character_body import SaveCharacterBody
        from . import save_character

        Constraints(type="string").check(guild_admin_level, "guild_admin_level", save_character.OPERATION)
        options = self._begun(options, save_character.OPERATION)
        return await self._call(
            save_character.OPERATION,
            save_character.request(
                body=SaveCharacterBody(
                    api_key=await self._supply(
                        api_key, "api_key", save_character.OPERATION, "api_key", options=options
                    ),
                    character_identifier=character_identifier,
                    character_name=character_name,
                    server_identifier=server_identifier,
                    server_name=server_name,
                    guild_identifier=guild_identifier,
                    guild_name=guild_name,
                    user_id=user_id,
                    guild_admin_level=guild_admin_level,
                ),
            ),
            options,
        )

    async def save_guild(
        self,
        *,
        guild_identifier: str,
        guild_name: str,
        api_key: str | Unset = UNSET,
        server_identifier: str | Unset = UNSET,
        server_name: str | Unset = UNSET,
        options: Options | None = None,
    ) -> SavedGuild:
        """Create or rename a guild.

        Creates the guild, or renames the one of this identifier.

        Operation saveGuild: POST /api/guilds.json

        Args:
            guild_identifier (str): The game's own identifier of the guild. At least 1 character.
            guild_name (str): The guild's name. At least 1 character.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            server_identifier (str, optional): The game's own identifier of the server that the character or
                guild lives on. At least 1 character. The server's default is `"Default"`.
            server_name (str, optional): What that server is called. At least 1 character. The server's
                default is `"Default"`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What was saved, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.save_guild_body import SaveGuildBody
        from . import save_guild

        options = self._begun(options, save_guild.OPERATION)
        return await self._call(
            save_guild.OPERATION,
            save_guild.request(
                body=SaveGuildBody(
                    api_key=await self._supply(
                        api_key, "api_key", save_guild.OPERATION, "api_key", options=options
                    ),
                    guild_identifier=guild_identifier,
                    guild_name=guild_name,
                    server_identifier=server_identifier,
                    server_name=server_name,
                ),
            ),
            options,
        )

    async def destroy_guild(
        self,
        *,
        guild_identifier: str,
        api_key: str | Unset = UNSET,
        server_identifier: str | Unset = UNSET,
        options: Options | None = None,
    ) -> DestroyedGuild:
        """Take a guild down.

        Removes the guild; its characters stay, without one.

        Operation destroyGuild: POST /api/guilds/destroy.json

        Args:
            guild_identifier (str): The game's own identifier of the guild. At least 1 character.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            server_identifier (str, optional): The game's own identifier of the server that the character or
                guild lives on. At least 1 character. The server's default is `"Default"`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What was removed, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.destroy_guild_body import DestroyGuildBody
        from . import destroy_guild

        options = self._begun(options, destroy_guild.OPERATION)
        return await self._call(
            destroy_guild.OPERATION,
            destroy_guild.request(
                body=DestroyGuildBody(
                    api_key=await self._supply(
                        api_key, "api_key", destroy_guild.OPERATION, "api_key", options=options
                    ),
                    guild_identifier=guild_identifier,
                    server_identifier=server_identifier,
                ),
            ),
            options,
        )


class AsyncGuildsWithRawResponse:
    """`AsyncGuilds` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncGuilds(client, raw=True)
        self.save_character = returning_response_async(resource.save_character)
        self.save_guild = returning_response_async(resource.save_guild)
        self.destroy_guild = returning_response_async(resource.destroy_guild)


__all__ = ["AsyncGuilds", "AsyncGuildsWithRawResponse", "Guilds", "GuildsWithRawResponse"]
