"""Private messages: a game may send a player one per day (UTC)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from openapi_mock import Problem
from openapi_mock.state.statements import Statement

from . import players
from .days import day_of
from .errors import message_refused
from .schema import messages

_SENT: Final = Statement(
    select(messages.c.day).where(
        messages.c.game_id == bindparam("game_id"),
        messages.c.user_id == bindparam("user_id"),
        messages.c.day == bindparam("day"),
    )
)
_INSERT: Final = Statement(insert(messages))


def send(connection: Connection, game_id: int, body: Mapping[str, Any], now_ms: int) -> None:
    """Send a message. Raises Problem (400), whose body has the format of messages."""
    try:
        user_id = players.find_one(connection, body.get("user_id"), body.get("username"))
        players.find(connection, user_id, lock=True)
    except Problem as problem:
        raise message_refused(problem.message) from problem
    key = {"game_id": game_id, "user_id": user_id, "day": day_of(now_ms)}
    if _SENT.first(connection, key) is not None:
        raise message_refused("This player was sent a message today")
    row = {**key, "content": body["content"], "image_url": body.get("image_url")}
    _INSERT.run(connection, row)
