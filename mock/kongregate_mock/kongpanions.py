"""Kongpanions, the site's collectable companions, and their owners."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from openapi_mock.state.statements import Statement

from .schema import kongpanion_tags, kongpanions, owned_kongpanions

_EVERYTHING: Final = Statement(select(kongpanions).order_by(kongpanions.c.id))
_OF_PLAYER: Final = Statement(
    select(kongpanions, owned_kongpanions.c.shiny)
    .join_from(kongpanions, owned_kongpanions, owned_kongpanions.c.kongpanion_id == kongpanions.c.id)
    .where(owned_kongpanions.c.user_id == bindparam("player"))
    .order_by(kongpanions.c.id)
)
_TAGS: Final = Statement(
    select(kongpanion_tags.c.kongpanion_id, kongpanion_tags.c.tag).order_by(kongpanion_tags.c.tag)
)


def everything(connection: Connection) -> list[dict[str, Any]]:
    tags = _tags(connection)
    return [_describe(row, tags) for row in _EVERYTHING.all(connection, {})]


def of_player(connection: Connection, user_id: int) -> list[dict[str, Any]]:
    """Return the kongpanions of a player, each with whether it is shiny."""
    tags = _tags(connection)
    rows = _OF_PLAYER.all(connection, {"player": user_id})
    return [{**_describe(row, tags), "shiny": row.shiny} for row in rows]


def _tags(connection: Connection) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, tag in _TAGS.all(connection, {}):
        found.setdefault(number, []).append(tag)
    return found


def _describe(row: Row[Any], tags: dict[int, list[str]]) -> dict[str, Any]:
    sizes = (("", ""), ("_medium", "-m"), ("_small", "-s"))
    kinds = (("normal", ""), ("shiny", "-shiny"))
    icons = {
        f"{kind}_icon_url{size}": f"{row.icon_url}{kind_suffix}{size_suffix}.png"
        for kind, kind_suffix in kinds
        for size, size_suffix in sizes
    }
    description = {"id": row.id, "name": row.name, "description": row.description}
    return {**description, "tags": tags.get(row.id, []), **icons}
