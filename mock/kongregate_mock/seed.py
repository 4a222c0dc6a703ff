"""The initial state: from `seed.yaml`, or another file that fits `seed.schema.yaml`, to rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select

from openapi_mock.settings import Settings
from openapi_mock.state.seeds import Seed, read_seed, time_ms

from . import guilds, shared_links
from .schema import (
    FIRST_NUMBER,
    badges,
    friendships,
    game_tokens,
    games,
    item_tags,
    items,
    kongpanion_tags,
    kongpanions,
    mutings,
    owned_items,
    owned_kongpanions,
    servers,
    statistics,
    usage_records,
    users,
)
from .statistics import SCOPES, periods, record

_HERE: Final = Path(__file__).parent
_CDN: Final = "https://cdn.example"
_MOST_SHOWN: Final = 5
_USER_DEFAULTS: Final[Mapping[str, Any]] = {
    "private": False,
    "level": 1,
    "points": 0,
    "developer": False,
    "moderator": False,
    "admin": False,
    "gender": None,
    "age": None,
    "kreds": 0,
}


def read(settings: Settings) -> Seed:
    """Return the seed of the settings, or the default one. Raises SeedError."""
    seed = read_seed(settings.seed, settings.seed_source, _HERE)
    _check_games(seed)
    _check_users(seed)
    seed.check()
    return seed


def fill(connection: Connection, seed: Seed, *, now_ms: int) -> None:
    """Fill an empty database. Scores of a day are of today. Raises SeedError."""
    with seed.writing():
        for table, rows in _rows(seed):
            if found := list(rows):
                connection.execute(insert(table), found)
        for game in seed.value["games"]:
            _fill_servers(connection, game)
            for link in game.get("shared_links", ()):
                # Of a time when no link has expired.
                shared_links.create(connection, game["id"], _link(link), now_ms=0)
        when = periods(now_ms)
        for user in seed.value["users"]:
            for score in user.get("scores", ()):
                held = {scope: when[scope] for scope in score.get("scopes", SCOPES)}
                record(connection, score["game_id"], user["id"], score["statistics"], held)


def banner(connection: Connection, seed: Seed) -> list[tuple[str, str]]:
    """Return rows of things to try, as far as the database still holds the seeded data."""
    keys = set(connection.execute(select(games.c.api_key)).scalars())
    tokens = set(connection.execute(select(game_tokens.c.token)).scalars())
    rows = [
        (f"game {each['id']}", f"{each['title']}: api_key {each['api_key']}")
        for each in seed.value["games"]
        if each["api_key"] in keys
    ]
    return rows and [*rows, *_users_to_try(connection, seed, tokens), *_things_to_try(seed)]


# ---- What a schema cannot say


def _check_games(seed: Seed) -> None:
    seed.unique("the id", seed.members("id", "games"))
    seed.unique("the api_key", seed.members("api_key", "games"))
    seed.unique("the id", seed.members("id", "games", "*", "items"))
    seed.unique("the id", seed.members("id", "games", "*", "statistics"))
    seed.unique("the id", seed.members("id", "kongpanions"))
    players = {each["id"] for each in seed.value["users"]}
    seed.known("user", players, seed.members("user_id", "games", "*", "shared_links"))
    seed.known("user", players, seed.members("user_id", "games", "*", "servers", "*", "characters"))
    for place, _ in seed.each("games"):
        seed.unique("the identifier", seed.members("identifier", *place, "items"))
        seed.unique("the name", seed.members("name", *place, "statistics"))
        seed.unique("the server_identifier", seed.members("server_identifier", *place, "servers"))
        seed.unique("the id", seed.members("id", *place, "shared_links"))
    for place, _ in seed.each("games", "*", "servers"):
        there = seed.unique("the guild_identifier", seed.members("guild_identifier", *place, "guilds"))
        seed.unique("the character_identifier", seed.members("character_identifier", *place, "characters"))
        seed.known("guild there", there, seed.members("guild_identifier", *place, "characters"))


def _check_users(seed: Seed) -> None:
    players = seed.unique("the id", seed.members("id", "users"))
    seed.unique("the username", seed.members("username", "users"))
    seed.unique("the id", seed.members("id", "users", "*", "items"))
    seed.unique("the id", seed.members("id", "users", "*", "items", "*", "usage_records"))
    known = {each["id"]: each for each in seed.value["games"]}
    seed.known("game", known, seed.members("playing", "users"))
    for name in ("game_auth_tokens", "items", "scores"):
        seed.known("game", known, seed.members("game_id", "users", "*", name))
    there = {each["id"] for each in seed.value["kongpanions"]}
    seed.known("kongpanion", there, seed.members("id", "users", "*", "kongpanions"))
    for place, user in seed.each("users"):
        seed.unique("the game_id", seed.members("game_id", *place, "game_auth_tokens"))
        seed.unique("the badge_id", seed.members("badge_id", *place, "badges"))
        seed.unique("the id", seed.members("id", *place, "kongpanions"))
        for name in ("friends", "muted_users"):
            seed.known("other user", players - {user["id"]}, seed.each(*place, name))
    for place, owned in seed.each("users", "*", "items"):
        sold = {each["identifier"] for each in known.get(owned["game_id"], {}).get("items", ())}
        seed.known("item of this game", sold, [((*place, "identifier"), owned["identifier"])])
    for place, score in seed.each("users", "*", "scores"):
        counted = {each["name"] for each in known.get(score["game_id"], {}).get("statistics", ())}
        names = (((*place, "statistics", name), name) for name in score["statistics"])
        seed.known("statistic of this game", counted, names)


# ---- Rows


def _rows(seed: Seed) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    found, players = seed.value["games"], seed.value["users"]
    yield games, map(_game, found)
    yield items, (_item(game["id"], each) for game, each in _each(found, "items"))
    yield (
        item_tags,
        (
            {"item_id": item["id"], "tag": tag}
            for _, item in _each(found, "items")
            for tag in item.get("tags", ())
        ),
    )
    yield statistics, ({**each, "game_id": game["id"]} for game, each in _each(found, "statistics"))
    yield servers, (_server(game["id"], each) for game, each in _each(found, "servers"))
    yield from _kongpanions(seed.value["kongpanions"])
    yield users, map(_user, players)
    yield game_tokens, ({**each, "user_id": user["id"]} for user, each in _each(players, "game_auth_tokens"))
    yield friendships, _both_ways((user["id"], each) for user, each in _each(players, "friends"))
    yield mutings, ({"user_id": user["id"], "other_id": each} for user, each in _each(players, "muted_users"))
    yield from _inventories(seed)
    yield badges, (_badge(user["id"], each) for user, each in _each(players, "badges"))
    yield (
        owned_kongpanions,
        (
            {"user_id": user["id"], "kongpanion_id": each["id"], "shiny": each.get("shiny", False)}
            for user, each in _each(players, "kongpanions")
        ),
    )


def _each(owners: Iterable[Mapping[str, Any]], name: str) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """Yield what the owners have in a list, each with its owner."""
    return ((owner, each) for owner in owners for each in owner.get(name, ()))


def _game(game: Mapping[str, Any]) -> dict[str, Any]:
    url = game.get("url", f"https://games.example/{_slug(game['title'])}")
    return {"id": game["id"], "title": game["title"], "url": url, "api_key": game["api_key"]}


def _item(game_id: int, item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": item["id"],
        "game_id": game_id,
        "identifier": item["identifier"],
        "name": item["name"],
        "description": item.get("description", ""),
        "price": item["price"],
        "uses": item.get("uses"),
        "image_url": item.get("image_url", f"{_CDN}/{item['identifier']}.png"),
    }


def _server(game_id: int, server: Mapping[str, Any]) -> dict[str, Any]:
    identifier = server["server_identifier"]
    return {"game_id": game_id, "identifier": identifier, "name": server.get("server_name", identifier)}


def _user(user: Mapping[str, Any]) -> dict[str, Any]:
    name = _slug(user["username"])
    return {
        "id": user["id"],
        "username": user["username"],
        **{column: user.get(column, default) for column, default in _USER_DEFAULTS.items()},
        "avatar_url": user.get("avatar_url", f"{_CDN}/{name}.png"),
        "chat_avatar_url": user.get("chat_avatar_url", f"{_CDN}/{name}-small.png"),
        "playing_game_id": user.get("playing"),
    }


def _badge(user_id: int, badge: Mapping[str, Any]) -> dict[str, Any]:
    return {"user_id": user_id, "badge_id": badge["badge_id"], "earned_ms": time_ms(badge["created_at"])}


def _kongpanions(found: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    rows: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    for each in found:
        icons = each.get("icon_url", f"{_CDN}/{_slug(each['name'])}")
        text = each.get("description", "")
        rows.append({"id": each["id"], "name": each["name"], "description": text, "icon_url": icons})
        tags += [{"kongpanion_id": each["id"], "tag": tag} for tag in each.get("tags", ())]
    yield kongpanions, rows
    yield kongpanion_tags, tags


def _inventories(seed: Seed) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Yield the items that players own, and their uses, with the numbers that are left out."""
    sold = {(game["id"], each["identifier"]): each for game, each in _each(seed.value["games"], "items")}
    inventories = list(_each(seed.value["users"], "items"))
    numbers = _free_numbers(each for _, each in inventories)
    uses = [each for _, owned in inventories for each in owned.get("usage_records", ())]
    numbers_of_uses = _free_numbers(uses)
    rows: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    for user, owned in inventories:
        item = sold[owned["game_id"], owned["identifier"]]
        number = owned.get("id") or next(numbers)
        rows.append(
            {
                "id": number,
                "game_id": owned["game_id"],
                "user_id": user["id"],
                "identifier": owned["identifier"],
                "name": item["name"],
                "description": item.get("description", ""),
                "remaining_uses": owned.get("remaining_uses", item.get("uses")),
                "data": owned.get("data"),
            }
        )
        for each in owned.get("usage_records", ()):
            used = {"owned_item_id": number, "used_ms": time_ms(each["used_at"])}
            records.append({"id": each.get("id") or next(numbers_of_uses), **used})
    yield owned_items, rows
    yield usage_records, records


def _free_numbers(found: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Return numbers after those that are given."""
    return count(max([FIRST_NUMBER - 1, *(each["id"] for each in found if "id" in each)]) + 1)


def _both_ways(pairs: Iterable[tuple[int, int]]) -> list[dict[str, int]]:
    friends = {each for one, other in pairs for each in ((one, other), (other, one))}
    return [{"user_id": one, "other_id": other} for one, other in sorted(friends)]


def _fill_servers(connection: Connection, game: Mapping[str, Any]) -> None:
    for server in game.get("servers", ()):
        where = {"server_identifier": server["server_identifier"]}
        for each in server.get("guilds", ()):
            named = {"guild_name": each["guild_identifier"], **each}
            guilds.save_guild(connection, game["id"], {**where, **named})
        for each in server.get("characters", ()):
            guilds.save_character(connection, game["id"], {**where, **each})


def _link(link: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of the call that would create a link."""
    body = {name: link[name] for name in ("id", "user_id", "name", "type")}
    params = {"kv_params": json.dumps(link["kv_params"])} if "kv_params" in link else {}
    expiration = time_ms(link["expires"]) // 1000
    return {**body, **params, "link_params": link.get("link_params", ""), "expiration": expiration}


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


# ---- The banner


def _users_to_try(connection: Connection, seed: Seed, tokens: set[str]) -> Iterator[tuple[str, str]]:
    players = seed.value["users"]
    for user, each in _each(players, "game_auth_tokens"):
        if each["token"] in tokens:
            yield f"user {user['id']}", f"in game {each['game_id']}: game_auth_token {each['token']}"
    if shown := players[:3]:
        private = " (a private profile)"
        names = (f"{each['id']} {each['username']}{private * each.get('private', False)}" for each in shown)
        more = f", and {len(players) - len(shown)} more" if len(players) > len(shown) else ""
        yield "users", ", ".join(names) + more
    ids = [each["id"] for each in players if each.get("kreds")][:_MOST_SHOWN]
    named = select(users.c.username, users.c.kreds).where(users.c.id.in_(ids)).order_by(users.c.id)
    if kreds := [f"{name} {amount}" for name, amount in connection.execute(named)]:
        yield "Kreds to spend", ", ".join(kreds)


def _things_to_try(seed: Seed) -> Iterator[tuple[str, str]]:
    game = seed.value["games"][0]
    found: dict[str, list[str]] = {
        "items": [
            f"{each['id']} {each['identifier']} ({user['username']})"
            for user, each in _each(seed.value["users"], "items")
            if "id" in each
        ],
        "statistics": [
            f"{each['id']} {each['name']} ({each['type']})" for each in game.get("statistics", ())
        ],
        "guilds": [each["guild_identifier"] for _, each in _each(game.get("servers", ()), "guilds")],
        "links": [each["id"] for each in game.get("shared_links", ())],
    }
    yield from ((what, ", ".join(names[:_MOST_SHOWN])) for what, names in found.items() if names)
