"""Public profiles and lists of friends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, func, select

from openapi_mock.state.statements import Statement

from .errors import not_found, one_of
from .paging import page_count
from .schema import friendships, games, mutings, users

_PLAYERS: Final = select(
    users, games.c.title.label("game_title"), games.c.url.label("game_url")
).outerjoin_from(users, games, games.c.id == users.c.playing_game_id)
_SEVERAL: Final = {"usernames": "username", "user_ids": "id"}
_many: Final[BindParameter[Any]] = bindparam("wanted", expanding=True)
# By the parameters that name players.
_BY: Final = {
    "username": Statement(_PLAYERS.where(users.c.username == bindparam("wanted"))),
    "user_id": Statement(_PLAYERS.where(users.c.id == bindparam("wanted"))),
    "usernames": Statement(_PLAYERS.where(users.c.username.in_(_many))),
    "user_ids": Statement(_PLAYERS.where(users.c.id.in_(_many))),
}
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


def _others(relation: Table) -> Select[Any, Any]:
    """Return a query for the players whom a player has as friends, or has muted."""
    return (
        select(users.c.id, users.c.username)
        .join_from(relation, users, users.c.id == relation.c.other_id)
        .where(relation.c.user_id == bindparam("player"))
        .order_by(users.c.id)
    )


_MUTED: Final = Statement(_others(mutings))
_FRIENDS: Final = Statement(_others(friendships).offset(bindparam("skipped")).limit(bindparam("size")))
_FRIENDS_COUNT: Final = Statement(
    select(func.count()).select_from(friendships).where(friendships.c.user_id == bindparam("player"))
)


def info(connection: Connection, query: Mapping[str, Any], page_size: int) -> dict[str, Any]:
    """Return one profile with friends, or several, as the query asks. Raises Problem (400, 404)."""
    names = ("username", "user_id", "usernames", "user_ids")
    one_of((query.get(each) for each in names), "username, user_id, usernames or user_ids")
    given = next(each for each in names if query.get(each) is not None)
    if given in _SEVERAL:
        return _several(connection, given, query)
    return _one(connection, given, query, page_size)


def _several(connection: Connection, given: str, query: Mapping[str, Any]) -> dict[str, Any]:
    """Return profiles without friends, in the requested order, each once, without unknown players."""
    wanted: Sequence[Any] = query[given]
    column = _SEVERAL[given]
    rows = _BY[given].all(connection, {"wanted": wanted})
    found = {getattr(row, column): row._asdict() for row in rows}
    players = [found[each] for each in dict.fromkeys(wanted) if each in found]
    return {"success": True, "users": [_profile(each, query["page_num"]) for each in players]}


def _one(connection: Connection, given: str, query: Mapping[str, Any], page_size: int) -> dict[str, Any]:
    row = _BY[given].first(connection, {"wanted": query[given]})
    if row is None:
        raise not_found("User")
    player = row._asdict()
    page = query["page_num"]
    if player["private"]:
        return _profile(player, page)
    number = {"player": player["id"]}
    muted = _MUTED.all(connection, number)
    if not query["friends"]:
        return _profile(player, page, muted=muted)
    total = _FRIENDS_COUNT.scalar(connection, number)
    part = {"skipped": (page - 1) * page_size, "size": page_size}
    friends = _FRIENDS.all(connection, {**number, **part})
    return _profile(player, page, page_count(total, page_size), friends, muted)


def _profile(
    player: Mapping[str, Any],
    page: int,
    pages: int = 1,
    friends: Sequence[Any] = (),
    muted: Sequence[Any] = (),
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
