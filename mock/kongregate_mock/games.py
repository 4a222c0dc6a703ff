"""Games, identified by their API keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from .errors import invalid_credentials, not_found
from .schema import games


@dataclass(frozen=True, slots=True)
class Game:
    """A game that calls the API, or receives callbacks."""

    id: int
    title: str
    api_key: str = field(repr=False)


_COLUMNS = (games.c.id, games.c.title, games.c.api_key)


def authenticate(connection: Connection, api_key: str, *, lock: bool = False) -> Game:
    """Return the game with an API key. Raises Problem (403).

    With `lock`, other transactions that change what belongs to the game wait until this one ends.
    """
    query = select(*_COLUMNS).where(games.c.api_key == api_key)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise invalid_credentials()
    return Game(*row)


def find(connection: Connection, game_id: int) -> Game:
    """Return a game by its number. Raises Problem (404)."""
    row = connection.execute(select(*_COLUMNS).where(games.c.id == game_id)).first()
    if row is None:
        raise not_found("Game")
    return Game(*row)
