"""Characters and their guilds on the servers of a game.

Every function that writes needs the game to be locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from openapi_mock.state import upsert
from openapi_mock.state.statements import Statement

from . import players
from .errors import bad_parameters, not_found
from .schema import characters, guilds, servers

_DEFAULT: Final = "Default"

_KEY: Final = ("game_id", "server_identifier", "identifier")
_SERVER: Final = Statement(
    select(servers.c.name).where(
        servers.c.game_id == bindparam("game_id"), servers.c.identifier == bindparam("identifier")
    )
)
_this: Final = tuple(guilds.c[name] == bindparam(name) for name in _KEY)
_GUILD: Final = Statement(select(guilds.c.name).where(*_this))
_DELETE: Final = Statement(delete(guilds).where(*_this))
_FREE_MEMBERS: Final = Statement(
    update(characters)
    .where(
        characters.c.game_id == bindparam("game"),
        characters.c.server_identifier == bindparam("server"),
        characters.c.guild_identifier == bindparam("guild"),
    )
    .values(guild_identifier=None, guild_admin_level=None)
)


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
        if not _exists(connection, _GUILD, key):
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
    if not _exists(connection, _GUILD, key):
        raise not_found("Guild")
    _FREE_MEMBERS.run(connection, {"game": game_id, "server": server, "guild": guild})
    _DELETE.run(connection, key)
    return {"server_identifier": server, "guild_identifier": guild}


def _save_server(connection: Connection, game_id: int, body: Mapping[str, Any]) -> str:
    """Create or rename the server in the body, and return its identifier."""
    identifier: str = body.get("server_identifier", _DEFAULT)
    key = {"game_id": game_id, "identifier": identifier}
    if "server_name" in body or not _exists(connection, _SERVER, key):
        upsert(connection, servers, key, name=body.get("server_name", _DEFAULT))
    return identifier


def _exists(connection: Connection, statement: Statement, key: Mapping[str, Any]) -> bool:
    return statement.first(connection, key) is not None
