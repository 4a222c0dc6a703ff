"""Items: the catalogues of games, and the inventories of players."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from openapi_mock.state.statements import Statement

from .errors import bad_parameters, not_found
from .schema import games, item_tags, items, owned_items, usage_records

_CATALOGUE: Final = Statement(
    select(items, games.c.title.label("game_title"), item_tags.c.tag)
    .join_from(items, games, games.c.id == items.c.game_id)
    .outerjoin(item_tags, item_tags.c.item_id == items.c.id)
    .where(items.c.game_id == bindparam("game"))
    .order_by(items.c.id, item_tags.c.tag)
)
_SHOWN: Final = ("id", "identifier", "name", "description", "remaining_uses", "data")
_INVENTORY: Final = Statement(
    select(*(owned_items.c[name] for name in _SHOWN))
    .where(
        owned_items.c.game_id == bindparam("game"),
        owned_items.c.user_id == bindparam("player"),
        or_(owned_items.c.remaining_uses.is_(None), owned_items.c.remaining_uses > 0),
    )
    .order_by(owned_items.c.id)
)
_REMAINING_USES: Final = Statement(
    select(owned_items.c.remaining_uses).where(
        owned_items.c.id == bindparam("owned"),
        owned_items.c.game_id == bindparam("game"),
        owned_items.c.user_id == bindparam("player"),
    )
)
_USE: Final = Statement(
    update(owned_items).where(owned_items.c.id == bindparam("owned")).values(remaining_uses=bindparam("left"))
)
_RECORD: Final = Statement(insert(usage_records).returning(usage_records.c.id))
_ITEM: Final = Statement(
    select(items).where(items.c.game_id == bindparam("game"), items.c.identifier == bindparam("wanted"))
)
_OWN: Final = Statement(insert(owned_items).returning(owned_items.c.id))


def catalogue(connection: Connection, game_id: int, tags: Sequence[str] | None) -> list[dict[str, Any]]:
    """Return the items that the game sells; with tags, those that have at least one of the tags."""
    found: dict[int, dict[str, Any]] = {}
    for row in _CATALOGUE.all(connection, {"game": game_id}):
        item = found.setdefault(row.id, _in_catalogue(row))
        item["tags"] += [] if row.tag is None else [row.tag]
    return [each for each in found.values() if tags is None or not set(tags).isdisjoint(each["tags"])]


def _in_catalogue(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "identifier": row.identifier,
        "name": row.name,
        "description": row.description,
        "price": row.price,
        "tags": [],
        "game_id": row.game_id,
        "game_title": row.game_title,
        "image_url": row.image_url,
    }


def inventory(connection: Connection, game_id: int, user_id: int) -> list[dict[str, Any]]:
    """Return the player's items in the game that never run out or have uses left."""
    rows = _INVENTORY.all(connection, {"game": game_id, "player": user_id})
    return [dict(zip(_SHOWN, row, strict=True)) for row in rows]


def use(connection: Connection, game_id: int, user_id: int, owned_id: int, now_ms: int) -> dict[str, int]:
    """Take one use off an item, and record it. The player has to be locked. Raises Problem (400, 404)."""
    mine = {"owned": owned_id, "game": game_id, "player": user_id}
    row = _REMAINING_USES.first(connection, mine)
    if row is None:
        raise not_found("Item")
    if row.remaining_uses is None:
        raise bad_parameters("This item is unlimited and cannot be used")
    if row.remaining_uses == 0:
        raise bad_parameters("This item has no uses left")
    left = row.remaining_uses - 1
    _USE.run(connection, {"owned": owned_id, "left": left})
    record_id: int = _RECORD.scalar(connection, {"owned_item_id": owned_id, "used_ms": now_ms})
    return {"remaining_uses": left, "usage_record_id": record_id}


def give(connection: Connection, game_id: int, user_id: int, identifier: str) -> int:
    """Add an item of the catalogue to an inventory, and return its number there. Raises Problem (404)."""
    item = _ITEM.first(connection, {"game": game_id, "wanted": identifier})
    if item is None:
        raise not_found("Item")
    return own(
        connection,
        game_id=game_id,
        user_id=user_id,
        identifier=item.identifier,
        name=item.name,
        description=item.description,
        remaining_uses=item.uses,
    )


def own(connection: Connection, **values: Any) -> int:
    """Add a row to the inventories, and return its number."""
    number: int = _OWN.scalar(connection, values)
    return number
