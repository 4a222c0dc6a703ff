"""Badges that players have earned."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from .schema import badges


def of_player(connection: Connection, user_id: int) -> list[dict[str, Any]]:
    """Return the badges of a player, oldest first, with times in UTC."""
    query = select(badges).where(badges.c.user_id == user_id).order_by(badges.c.earned_ms, badges.c.badge_id)
    return [
        {"badge_id": row.badge_id, "created_at": _text(row.earned_ms)} for row in connection.execute(query)
    ]


def _text(time_ms: int) -> str:
    return datetime.fromtimestamp(time_ms / 1000, UTC).isoformat(timespec="seconds")
