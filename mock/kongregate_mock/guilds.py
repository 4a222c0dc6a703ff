"""Characters and their guilds on the servers of a game.

Every function that writes needs the game to be locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, select, update

from openapi_mock.state import upsert

from . import players
from .errors import bad_parameters, not_found
from .schema import characters, guilds, servers

_DEFAULT: Final = "Default"


def save_character(connection: Connection, game_id: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """Create a character or replace it. Fields that the body leaves out are cleared.

    Raises Problem (400, 404).
    """
    for name in ("guild_name", "guild_admin_level"):
        if name in body and "guild_identifier" not in body:
            raise bad_parameters(f"{name} needs guild_identifier")
    # An empty identifier means no guild.
    guild = body.get("guild_identifier") or None
    user_id = body.get("user_id")
    if user_id is not None:
        players.find(connection, user_id)
    server = _save_server(connection, game_id, body)
    if guild is not None:
        key = {"game_id": game_id, "server_identifier": server, "identifier": guild}
        if not _exists(connection, guilds, key):
            upsert(connection, guilds, key, name=body.get("guild_name", guild))
    character = body["character_identifier"]
    upsert(
        connection,
        characters,
        {"game_id": game_id, "server_identifier": server, "identifier": character},
        name=body["character_name"],
        user_id=user_id,
        guild_identifier=guild,
        guild_admin_level=body.get("guild_admin_level") if guild else None,
    )
    return {
        "user_id": user_id,
        "server_identifier": server,
        "guild_identifier": guild,
        "character_identifier": character,
    }


def save_guild(connection: Connection, game_id: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """Create or rename a guild."""
    server, guild = _save_server(connection, game_id, body), body["guild_identifier"]
    key = {"game_id": game_id, "server_identifier": server, "identifier": guild}
    upsert(connection, guilds, key, name=body["guild_name"])
    return {"server_identifier": server, "guild_identifier": guild}


def destroy_guild(connection: Connection, game_id: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """Delete a guild; its characters stay. Raises Problem (404)."""
    server, guild = body.get("server_identifier", _DEFAULT), body["guild_identifier"]
    key = {"game_id": game_id, "server_identifier": server, "identifier": guild}
    if not _exists(connection, guilds, key):
        raise not_found("Guild")
    members = {"game_id": game_id, "server_identifier": server, "guild_identifier": guild}
    freed = update(characters).where(*_matches(characters, members))
    connection.execute(freed.values(guild_identifier=None, guild_admin_level=None))
    connection.execute(delete(guilds).where(*_matches(guilds, key)))
    return {"server_identifier": server, "guild_identifier": guild}


def _save_server(connection: Connection, game_id: int, body: Mapping[str, Any]) -> str:
    """Create or rename the server in the body, and return its identifier."""
    identifier: str = body.get("server_identifier", _DEFAULT)
    key = {"game_id": game_id, "identifier": identifier}
    if "server_name" in body or not _exists(connection, servers, key):
        upsert(connection, servers, key, name=body.get("server_name", _DEFAULT))
    return identifier


def _exists(connection: Connection, table: Table, key: Mapping[str, Any]) -> bool:
    return connection.execute(select(table.c.name).where(*_matches(table, key))).first() is not None


def _matches(table: Table, key: Mapping[str, Any]) -> list[Any]:
    return [table.c[name] == value for name, value in key.items()]
