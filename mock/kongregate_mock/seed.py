"""A made-up site for an empty database, with a result for every operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select

from .schema import (
    badges,
    friendships,
    game_tokens,
    games,
    guilds,
    item_tags,
    items,
    kongpanion_tags,
    kongpanions,
    mutings,
    owned_items,
    owned_kongpanions,
    servers,
    shared_links,
    statistics,
    usage_records,
    users,
)
from .statistics import LIFETIME, periods, record

_CDN: Final = "https://cdn.example"
_IN_2100_MS: Final = 4_102_444_800_000

_GAMES: Final = (
    {"id": 1001, "title": "Ocean Quest", "api_key": "made-up-api-key"},
    {"id": 1002, "title": "Reef Run", "api_key": "made-up-api-key-2"},
)
ROBIN: Final = 765
WREN: Final = 766
KIT: Final = 767
# The first three players, and more for further pages, by number.
_NAMES: Final = """
    Robin Wren Kit Lark Finch Heron Egret Swift Raven Jay Dove Crane Stork Teal Tern Gull Plover Puffin Osprey
    Falcon Kestrel Merlin Harrier Buzzard Condor Thrush Oriole Linnet Siskin Martin Pipit Dipper Bunting
    Avocet Curlew Godwit Whimbrel Sanderling Dunlin Turnstone
""".split()  # noqa: SIM905  # as words they fit a screen
_FRIENDS_OF_ROBIN: Final = range(WREN, ROBIN + 13)
_MUTED_BY_ROBIN: Final = ROBIN + 20
_SPECIAL: Final[Mapping[int, Mapping[str, Any]]] = {
    ROBIN: {"level": 12, "points": 4711, "playing_game_id": 1001, "kreds": 100},
    WREN: {"level": 3, "points": 40, "kreds": 5, "gender": "Female", "age": 21, "moderator": True},
    KIT: {"level": 8, "points": 900, "kreds": 50, "private": True, "age": 30},
}
_TOKENS: Final = (
    {"game_id": 1001, "user_id": ROBIN, "token": "made-up-game-token"},
    {"game_id": 1001, "user_id": WREN, "token": "made-up-game-token-wren"},
    {"game_id": 1002, "user_id": ROBIN, "token": "made-up-game-token-2"},
)
# Columns: game, number, identifier, name, description, price, uses, tags.
_ITEMS: Final = (
    (1001, 11, "sharp-stick", "Sharp Stick", "It has a point.", 10, 5, ("sword",)),
    (1001, 12, "potion", "Potion", "Tastes of mint.", 3, 1, ("drink", "magic")),
    (1001, 13, "castle", "Castle", "Stands for ever.", 500, None, ()),
    (1002, 21, "fin", "Fin", "Swims faster.", 7, 2, ("gear",)),
)
# Robin's inventory: number, item, remaining uses.
_OWNED: Final = ((4711, 11, 3), (4712, 13, None), (4713, 12, 0))
_STATISTICS: Final = (
    {"id": 31, "game_id": 1001, "name": "coins", "type": "Add"},
    {"id": 32, "game_id": 1001, "name": "best-time", "type": "Min"},
    {"id": 33, "game_id": 1001, "name": "high-score", "type": "Max"},
    {"id": 34, "game_id": 1001, "name": "rank", "type": "Replace"},
    {"id": 41, "game_id": 1002, "name": "coins", "type": "Add"},
)
_KONGPANIONS: Final = (
    (1, "Hoot", "An owl.", ("bird",)),
    (2, "Sprocket", "A robot.", ("machine", "small")),
    (3, "Inky", "An octopus.", ("sea",)),
)
_BADGES: Final = ((3, datetime(2016, 4, 10, 13, 20, 59, tzinfo=UTC)), (7, datetime(2017, 1, 2, tzinfo=UTC)))
_GUILD: Final = {"game_id": 1001, "server_identifier": "Default", "identifier": "round-table"}
_LINK: Final = {
    "game_id": 1001,
    "id": "level-7",
    "user_id": ROBIN,
    "name": "Try level 7",
    "type": "challenge",
    "link_params": "kv_level=7",
    "expires_ms": _IN_2100_MS,
}


def fill(connection: Connection, now_ms: int) -> None:
    """Fill an empty database. Some high scores are of today."""
    for table, rows in _site():
        connection.execute(insert(table), list(rows))
    when = periods(now_ms)
    for user_id in range(ROBIN, _last() + 1):
        value = 1000 - 10 * (user_id - ROBIN)
        values = {str(each["name"]): value for each in _STATISTICS[:3]}
        held = {scope: when[scope] for scope in _scopes(user_id)}
        record(connection, 1001, user_id, values, held)


def _kreds(connection: Connection) -> Iterator[str]:
    named = select(users.c.username, users.c.kreds).where(users.c.id.in_((ROBIN, WREN, KIT)))
    for name, kreds in connection.execute(named.order_by(users.c.id)):
        yield f"{name} {kreds}"


def banner(connection: Connection) -> list[tuple[str, str]]:
    """Return rows of things to try, as far as the database still holds the seeded data."""
    keys = set(connection.execute(select(games.c.api_key)).scalars())
    tokens = set(connection.execute(select(game_tokens.c.token)).scalars())
    rows = [
        (f"game {game['id']}", f"{game['title']}: api_key {game['api_key']}")
        for game in _GAMES
        if game["api_key"] in keys
    ]
    return rows and [
        *rows,
        *(
            (f"user {each['user_id']}", f"in game {each['game_id']}: game_auth_token {each['token']}")
            for each in _TOKENS
            if each["token"] in tokens
        ),
        ("users", f"{ROBIN} Robin, {WREN} Wren, {KIT} Kit (a private profile), and more up to {_last()}"),
        ("Kreds to spend", ", ".join(_kreds(connection))),
        ("items of Robin", "4711 (3 uses), 4712 (never runs out), 4713 (used up)"),
        (
            "statistics",
            ", ".join(f"{each['id']} {each['name']} ({each['type']})" for each in _STATISTICS[:4]),
        ),
        ("guild, link", f"{_GUILD['identifier']}, {_LINK['id']}"),
    ]


def _site() -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    yield games, ({**game, "url": f"https://games.example/{_slug(game['title'])}"} for game in _GAMES)
    yield users, map(_user, range(ROBIN, _last() + 1))
    yield game_tokens, _TOKENS
    yield friendships, _both_ways((ROBIN, friend) for friend in _FRIENDS_OF_ROBIN)
    yield mutings, [{"user_id": ROBIN, "other_id": _MUTED_BY_ROBIN}]
    yield items, map(_item, _ITEMS)
    yield item_tags, ({"item_id": number, "tag": tag} for _, number, *_, tags in _ITEMS for tag in tags)
    yield owned_items, map(_owned, _OWNED)
    yield usage_records, [{"id": 9000, "owned_item_id": 4713, "used_ms": _ms(_BADGES[0][1])}]
    yield statistics, _STATISTICS
    yield servers, [{"game_id": 1001, "identifier": "Default", "name": "Default"}]
    yield guilds, [{**_GUILD, "name": "The Round Table"}]
    yield shared_links, [_LINK]
    yield (
        kongpanions,
        (
            {"id": number, "name": name, "description": text, "icon_url": f"{_CDN}/{_slug(name)}"}
            for number, name, text, _ in _KONGPANIONS
        ),
    )
    yield (
        kongpanion_tags,
        ({"kongpanion_id": number, "tag": tag} for number, *_, tags in _KONGPANIONS for tag in tags),
    )
    yield (
        owned_kongpanions,
        (
            {"user_id": user, "kongpanion_id": number, "shiny": shiny}
            for user, number, shiny in ((ROBIN, 1, False), (ROBIN, 3, True), (WREN, 1, True))
        ),
    )
    yield (
        badges,
        ({"user_id": ROBIN, "badge_id": number, "earned_ms": _ms(earned)} for number, earned in _BADGES),
    )


def _user(user_id: int) -> dict[str, Any]:
    name = _NAMES[user_id - ROBIN]
    ordinary: dict[str, Any] = {
        "id": user_id,
        "username": name,
        "private": False,
        "level": 1 + user_id % 7,
        "points": user_id % 7 * 10,
        "avatar_url": f"{_CDN}/{_slug(name)}.png",
        "chat_avatar_url": f"{_CDN}/{_slug(name)}-small.png",
        "developer": False,
        "moderator": False,
        "admin": False,
        "playing_game_id": None,
        "gender": None,
        "age": None,
        "kreds": 0,
    }
    return {**ordinary, **_SPECIAL.get(user_id, {})}


def _item(item: tuple[int, int, str, str, str, int, int | None, tuple[str, ...]]) -> dict[str, Any]:
    game_id, number, identifier, name, description, price, uses, _ = item
    return {
        "id": number,
        "game_id": game_id,
        "identifier": identifier,
        "name": name,
        "description": description,
        "price": price,
        "uses": uses,
        "image_url": f"{_CDN}/{identifier}.png",
    }


def _owned(owned: tuple[int, int, int | None]) -> dict[str, Any]:
    number, item_id, left = owned
    item = next(_item(each) for each in _ITEMS if each[1] == item_id)
    copied = {name: item[name] for name in ("game_id", "identifier", "name", "description")}
    return {**copied, "id": number, "user_id": ROBIN, "remaining_uses": left}


def _scopes(user_id: int) -> Iterator[str]:
    """Yield the scopes of a player's scores: all time for everybody but Kit, others for some."""
    if user_id != KIT:
        everybody = [each for each in range(ROBIN, _last() + 1) if each != KIT]
        place = everybody.index(user_id)
        yield LIFETIME
        if place % 2 == 0:
            yield "weekly"
        if place % 4 == 0:
            yield "daily"


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Iterator[dict[str, int]]:
    for one, other in pairs:
        yield {"user_id": one, "other_id": other}
        yield {"user_id": other, "other_id": one}


def _last() -> int:
    return ROBIN + len(_NAMES) - 1


def _slug(text: object) -> str:
    return str(text).lower().replace(" ", "-")


def _ms(time: datetime) -> int:
    return int(time.timestamp()) * 1000
