"""Players, and the tokens that authenticate them to games."""

from __future__ import annotations

import secrets
from random import Random
from typing import Final

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from openapi_mock.state.statements import Statement

from .errors import invalid_credentials, not_found, one_of
from .schema import game_tokens, users

_TOKEN_BYTES: Final = 32

_name: Final = select(users.c.username).where(users.c.id == bindparam("player"))
_NAME: Final = Statement(_name)
_LOCKED_NAME: Final = Statement(_name.with_for_update())
_BY_ID: Final = Statement(select(users.c.id).where(users.c.id == bindparam("wanted")))
_BY_NAME: Final = Statement(select(users.c.id).where(users.c.username == bindparam("wanted")))
_TOKEN: Final = Statement(
    select(game_tokens.c.token).where(
        game_tokens.c.game_id == bindparam("game"), game_tokens.c.user_id == bindparam("player")
    )
)
_name_and_token: Final = (
    select(users.c.username, game_tokens.c.token)
    .select_from(
        users.join(
            game_tokens,
            and_(game_tokens.c.user_id == users.c.id, game_tokens.c.game_id == bindparam("game")),
        )
    )
    .where(users.c.id == bindparam("player"))
)
_NAME_AND_TOKEN: Final = Statement(_name_and_token)
_LOCKED_NAME_AND_TOKEN: Final = Statement(_name_and_token.with_for_update(of=users))
_GAMES: Final = Statement(select(game_tokens.c.game_id).where(game_tokens.c.user_id == bindparam("player")))
_INSERT: Final = Statement(insert(game_tokens))
_RENEW: Final = Statement(
    update(game_tokens)
    .where(game_tokens.c.game_id == bindparam("game"), game_tokens.c.user_id == bindparam("player"))
    .values(token=bindparam("renewed"))
)


def find(connection: Connection, user_id: int, *, lock: bool = False) -> str:
    """Return a player's name. Raises Problem (404).

    With `lock`, other transactions that change what belongs to the player wait until this one ends.
    """
    statement = _LOCKED_NAME if lock else _NAME
    name: str | None = statement.scalar(connection, {"player": user_id})
    if name is None:
        raise not_found("User")
    return name


def find_one(connection: Connection, user_id: int | None, username: str | None) -> int:
    """Return the number of a player, given by number or by name. Raises Problem (400, 404)."""
    one_of((user_id, username), "username or user_id")
    statement, wanted = (_BY_NAME, username) if user_id is None else (_BY_ID, user_id)
    found: int | None = statement.scalar(connection, {"wanted": wanted})
    if found is None:
        raise not_found("User")
    return found


def authenticate(
    connection: Connection, game_id: int, user_id: int, token: str, *, lock: bool = False
) -> str:
    """Return the name of the player with a token for the game. `lock` as in `find`. Raises Problem (403)."""
    statement = _LOCKED_NAME_AND_TOKEN if lock else _NAME_AND_TOKEN
    row = statement.first(connection, {"game": game_id, "player": user_id})
    if row is None or not secrets.compare_digest(row.token.encode(), token.encode()):
        raise invalid_credentials()
    return str(row.username)


def game_token(connection: Connection, game_id: int, user_id: int, random: Random) -> str:
    """Return the player's token for the game; create it on the first call."""
    known: str | None = _TOKEN.scalar(connection, {"game": game_id, "player": user_id})
    if known is not None:
        return known
    token = random.randbytes(_TOKEN_BYTES).hex()
    _INSERT.run(connection, {"game_id": game_id, "user_id": user_id, "token": token})
    return token


def change_tokens(connection: Connection, user_id: int, random: Random) -> None:
    """Replace the player's tokens for all games, as a change of the password does."""
    for game_id in _GAMES.scalars(connection, {"player": user_id}):
        key = {"game": game_id, "player": user_id}
        _RENEW.run(connection, {**key, "renewed": random.randbytes(_TOKEN_BYTES).hex()})
