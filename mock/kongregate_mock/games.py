"""Games, identified by their API keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, bindparam, select

from openapi_mock.state.statements import Statement

from .errors import invalid_credentials, not_found
from .schema import games


@dataclass(frozen=True, slots=True)
class Game:
    """A game that calls the API, or receives callbacks."""

    id: int
    title: str
    api_key: str = field(repr=False)


_games: Final = select(games.c.id, games.c.title, games.c.api_key)
_by_key: Final = _games.where(games.c.api_key == bindparam("key"))
_BY_KEY: Final = Statement(_by_key)
_LOCKED_BY_KEY: Final = Statement(_by_key.with_for_update())
_BY_ID: Final = Statement(_games.where(games.c.id == bindparam("game")))


def authenticate(connection: Connection, api_key: str, *, lock: bool = False) -> Game:
    """Return the game with an API key. Raises Problem (403).

    With `lock`, other transactions that change what belongs to the game wait until this one ends.
    """
    row = (_LOCKED_BY_KEY if lock else _BY_KEY).first(connection, {"key": api_key})
    if row is None:
        raise invalid_credentials()
    return Game(*row)


def find(connection: Connection, game_id: int) -> Game:
    """Return a game by its number. Raises Problem (404)."""
    row = _BY_ID.first(connection, {"game": game_id})
    if row is None:
        raise not_found("Game")
    return Game(*row)
