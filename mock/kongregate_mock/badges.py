"""Badges that players have earned."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from openapi_mock.state.statements import Statement

from .schema import badges

_OF_PLAYER: Final = Statement(
    select(badges.c.badge_id, badges.c.earned_ms)
    .where(badges.c.user_id == bindparam("player"))
    .order_by(badges.c.earned_ms, badges.c.badge_id)
)


def of_player(connection: Connection, user_id: int) -> list[dict[str, Any]]:
    """Return the badges of a player, oldest first, with times in UTC."""
    rows = _OF_PLAYER.all(connection, {"player": user_id})
    return [{"badge_id": badge_id, "created_at": _text(earned_ms)} for badge_id, earned_ms in rows]


def _text(time_ms: int) -> str:
    return datetime.fromtimestamp(time_ms / 1000, UTC).isoformat(timespec="seconds")
