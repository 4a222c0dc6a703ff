"""Players, and the tokens that authenticate them to games."""

from __future__ import annotations

import secrets

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from .errors import invalid_credentials, not_found, one_of
from .schema import game_tokens, users

_TOKEN_BYTES = 32


def find(connection: Connection, user_id: int, *, lock: bool = False) -> str:
    """Return a player's name. Raises Problem (404).

    With `lock`, other transactions that change what belongs to the player wait until this one ends.
    """
    query = select(users.c.username).where(users.c.id == user_id)
    name: str | None = connection.execute(query.with_for_update() if lock else query).scalar()
    if name is None:
        raise not_found("User")
    return name


def find_one(connection: Connection, user_id: int | None, username: str | None) -> int:
    """Return the number of a player, given by number or by name. Raises Problem (400, 404)."""
    one_of((user_id, username), "username or user_id")
    found: int | None = connection.execute(select(users.c.id).where(_is(user_id, username))).scalar()
    if found is None:
        raise not_found("User")
    return found


def _is(user_id: int | None, username: str | None) -> ColumnElement[bool]:
    return users.c.username == username if user_id is None else users.c.id == user_id


def authenticate(
    connection: Connection, game_id: int, user_id: int, token: str, *, lock: bool = False
) -> str:
    """Return the name of the player with a token for the game. `lock` as in `find`. Raises Problem (403)."""
    row = _token_row(connection, game_id, user_id)
    if row is None or not secrets.compare_digest(row.token.encode(), token.encode()):
        raise invalid_credentials()
    return find(connection, user_id, lock=lock)


def game_token(connection: Connection, game_id: int, user_id: int) -> str:
    """Return the player's token for the game; create it on the first call."""
    row = _token_row(connection, game_id, user_id)
    if row is not None:
        return str(row.token)
    token = secrets.token_hex(_TOKEN_BYTES)
    connection.execute(insert(game_tokens).values(game_id=game_id, user_id=user_id, token=token))
    return token


def change_tokens(connection: Connection, user_id: int) -> None:
    """Replace the player's tokens for all games, as a change of the password does."""
    of_player = game_tokens.c.user_id == user_id
    for game_id in connection.execute(select(game_tokens.c.game_id).where(of_player)).scalars().all():
        renewed = update(game_tokens).where(of_player, game_tokens.c.game_id == game_id)
        connection.execute(renewed.values(token=secrets.token_hex(_TOKEN_BYTES)))


def _token_row(connection: Connection, game_id: int, user_id: int) -> Row[tuple[str]] | None:
    query = select(game_tokens.c.token)
    return connection.execute(
        query.where(game_tokens.c.game_id == game_id, game_tokens.c.user_id == user_id)
    ).first()
