"""Public profiles and lists of friends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, RowMapping, Select, Table, func, select

from .errors import not_found, one_of
from .paging import page_count
from .schema import friendships, games, mutings, users

_PLAYERS: Final = select(
    users, games.c.title.label("game_title"), games.c.url.label("game_url")
).outerjoin_from(users, games, games.c.id == users.c.playing_game_id)
_SHOWN: Final = (
    "username",
    "level",
    "points",
    "avatar_url",
    "chat_avatar_url",
    "developer",
    "moderator",
    "admin",
    "game_title",
    "game_url",
)
_OPTIONAL: Final = ("gender", "age")


def info(connection: Connection, query: Mapping[str, Any], page_size: int) -> dict[str, Any]:
    """Return one profile with friends, or several, as the query asks. Raises Problem (400, 404)."""
    names = ("username", "user_id", "usernames", "user_ids")
    one_of((query.get(each) for each in names), "username, user_id, usernames or user_ids")
    if "usernames" in query:
        return _several(connection, users.c.username, query["usernames"], query)
    if "user_ids" in query:
        return _several(connection, users.c.id, query["user_ids"], query)
    column = users.c.username if "username" in query else users.c.id
    return _one(connection, column == query.get("username", query.get("user_id")), query, page_size)


def _several(
    connection: Connection, column: ColumnElement[Any], wanted: Sequence[Any], query: Mapping[str, Any]
) -> dict[str, Any]:
    """Return profiles without friends, in the requested order, each once, without unknown players."""
    rows = connection.execute(_PLAYERS.where(column.in_(wanted))).mappings()
    found = {row[column]: row for row in rows}
    players = [found[each] for each in dict.fromkeys(wanted) if each in found]
    return {"success": True, "users": [_profile(each, query["page_num"]) for each in players]}


def _one(
    connection: Connection, wanted: ColumnElement[bool], query: Mapping[str, Any], page_size: int
) -> dict[str, Any]:
    player = connection.execute(_PLAYERS.where(wanted)).mappings().first()
    if player is None:
        raise not_found("User")
    page = query["page_num"]
    if player["private"]:
        return _profile(player, page)
    muted = connection.execute(_others(mutings, player["id"])).all()
    if not query["friends"]:
        return _profile(player, page, muted=muted)
    everybody = _others(friendships, player["id"])
    total = connection.execute(select(func.count()).select_from(everybody.subquery())).scalar_one()
    friends = connection.execute(everybody.offset((page - 1) * page_size).limit(page_size)).all()
    return _profile(player, page, page_count(total, page_size), friends, muted)


def _others(relation: Table, user_id: int) -> Select[Any, Any]:
    """Return a query for the players whom a player has as friends, or has muted."""
    return (
        select(users.c.id, users.c.username)
        .join_from(relation, users, users.c.id == relation.c.other_id)
        .where(relation.c.user_id == user_id)
        .order_by(users.c.id)
    )


def _profile(
    player: RowMapping,
    page: int,
    pages: int = 1,
    friends: Sequence[Row[Any, Any]] = (),
    muted: Sequence[Row[Any, Any]] = (),
) -> dict[str, Any]:
    shown = {name: player[name] for name in _SHOWN}
    if not player["private"]:
        shown.update({name: player[name] for name in _OPTIONAL if player[name] is not None})
    return {
        "success": True,
        "user_id": player["id"],
        "username": player["username"],
        "private": player["private"],
        "friends": [each.username for each in friends],
        "friend_ids": [each.id for each in friends],
        "muted_users": [each.username for each in muted],
        "muted_user_ids": [each.id for each in muted],
        "page_num": page,
        "num_pages": pages,
        "user_vars": shown,
    }
