"""Whatever its schema lets a seed say is what the mock then holds, field by field; the rest is refused."""

from __future__ import annotations

import copy
import itertools
import json
import re
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import strategies as st

import kongregate_mock
import kws
import kws_mock
from openapi_fuzz.places import at
from openapi_mock import MovableClock, SeedError, Settings, load
from openapi_mock.control.actions import Refused
from openapi_reader import read

NOW_MS = 1_767_225_600_000
PACKAGES = {"kws": kws_mock, "kongregate": kongregate_mock}
TIMES = st.sampled_from(["1970-01-01T00:00:00Z", "2016-04-10T06:20:59-07:00", "2024-03-01T12:00:00.5Z"])
FORMATS = {
    "date-time": TIMES,
    "date": st.dates().map(str),
    "email": st.integers(1, 999).map(lambda number: f"Somebody{number}@family.example"),
}
# Text is told apart by its number: no two fields of a seed have the same.
NUMBERS = st.integers(1, 10**6)


def drawn(draw, schema, definitions):
    """A value that a schema allows; fields that may be left out sometimes are."""
    schema = {**schema, **definitions.get(schema.get("$ref", "").rpartition("/")[2], {})}
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    match schema["type"]:
        case "object":
            found = {}
            for name, each in schema.get("properties", {}).items():
                if name in schema.get("required", ()) or draw(st.integers(0, 3)):
                    found[name] = drawn(draw, each, definitions)
            if schema.get("additionalProperties"):
                names = schema.get("propertyNames", {"type": "string"})
                for _ in range(draw(st.integers(0, 2))):
                    found[drawn(draw, names, definitions)] = drawn(
                        draw, schema["additionalProperties"], definitions
                    )
            needed = schema.get("dependentRequired", {})
            return {name: each for name, each in found.items() if {*needed.get(name, ())} <= found.keys()}
        case "array":
            count = draw(st.integers(schema.get("minItems", 0), 2))
            found = [drawn(draw, schema["items"], definitions) for _ in range(count)]
            unique = {json.dumps(each): each for each in found}
            return [*unique.values()] if schema.get("uniqueItems") else found
        case "integer":
            return draw(st.integers(max(schema["minimum"], -99), min(schema["maximum"], 10**6)))
        case "boolean" | ["boolean", "null"]:
            return draw(
                st.sampled_from([True, False, None] if schema["type"] != "boolean" else [True, False])
            )
    if "format" in schema:
        return draw(FORMATS[schema["format"]])
    if "pattern" in schema:
        return draw(st.sampled_from(["en", "fr", "gb"]))
    return f"ä {draw(NUMBERS)}"


def document(draw, name):
    schema = read(Path(PACKAGES[name].__file__).parent / "seed.schema.yaml").value
    found = {key: drawn(draw, each, schema["$defs"]) for key, each in schema["properties"].items()}
    if "start" in found and draw(st.booleans()):
        del found["start"]
    return {"kws": connected_kws, "kongregate": connected_site}[name](draw, found, schema["$defs"])


def numbered(*lists):
    for number, each in enumerate(itertools.chain(*lists), 1):
        each["id"] = number


def every(owners, name):
    return [each for owner in owners for each in owner.get(name, ())]


def set_known(draw, owner, name, known):
    """Let a field name something that there is; without anything, the field is left out."""
    if name in owner and known:
        owner[name] = draw(st.sampled_from(known))
    else:
        owner.pop(name, None)


# ---- KWS


def connected_kws(draw, seed, definitions):
    """A seed in which numbers are unique, and names those of something that there is."""
    owners = ["ocean", "forest"]
    seed["currencies"] = [drawn(draw, {"$ref": "#/$defs/currency"}, definitions) for _ in range(4)]
    for each, owner in zip(seed["currencies"], owners * 2, strict=True):
        each["owner"] = owner
    seed["apps"] = [drawn(draw, {"$ref": "#/$defs/app"}, definitions) for _ in range(2)]
    numbered(seed["currencies"])
    numbered(seed["apps"])
    numbered(every(seed["apps"], "events"))
    numbered(seed["users"])
    for each in seed["apps"]:
        each["owner"] = draw(st.sampled_from(owners))
        each["clientId"] += f" {each['id']}"
        own = [currency["id"] for currency in seed["currencies"] if currency["owner"] == each["owner"]]
        each["defaultCurrency"] = draw(st.sampled_from(own))
        for event in each.get("events", ()):
            event |= {"currency": draw(st.sampled_from(own)), "token": f"{event['token']} {event['id']}"}
    for user in seed["users"]:
        for name in {"username", "email"} & user.keys():
            user[name] = f"{user['id']}{user[name]}"
        for each, app in zip(user.get("apps", ()), draw(st.permutations(seed["apps"])), strict=False):
            connect_membership(draw, seed, user, each, app)
    return seed


def connect_membership(draw, seed, user, membership, app):
    membership["id"] = app["id"]
    if "displayName" in membership:
        membership["displayName"] += f" {user['id']} {app['id']}"
    own = [each["id"] for each in seed["currencies"] if each["owner"] == app["owner"]]
    for each in membership.get("points", ()):
        each["currency"] = draw(st.sampled_from(own))
        set_known(draw, each, "event", [event["token"] for event in app.get("events", ())])


def ms(text):
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def rows_of_kws(seed):
    """The rows of a seed by table, each with the columns that it decides."""
    yield (
        "currencies",
        [
            {
                "id": each["id"],
                "owner": each["owner"],
                "singular_name": each["singularName"],
                "plural_name": each["pluralName"],
            }
            for each in seed["currencies"]
        ],
    )
    yield "apps", [app_row(each) for each in seed["apps"]]
    yield (
        "redirect_uris",
        [{"app_id": app["id"], "uri": each} for app in seed["apps"] for each in app.get("redirectUris", ())],
    )
    yield (
        "name_words",
        [
            {"app_id": app["id"], "language": language, "kind": kind, "word": word}
            for app in seed["apps"]
            for language, words in app.get("displayNameWords", {}).items()
            for kind in ("adjective", "noun")
            for word in words[f"{kind}s"]
        ],
    )
    yield (
        "events",
        [
            {
                "id": each["id"],
                "app_id": app["id"],
                "code": each["token"],
                "points": each["points"],
                "currency_id": each["currency"],
                "limit_per_user": each.get("limitPerUser"),
            }
            for app in seed["apps"]
            for each in app.get("events", ())
        ],
    )
    yield "users", [user_row(each) for each in seed["users"]]
    yield from rows_of_memberships(seed)


def app_row(app):
    return {
        "id": app["id"],
        "owner": app["owner"],
        "name": app["name"],
        "client_id": app["clientId"],
        "implicit_flow": app.get("implicitFlow", False),
        "loopback_redirects": app.get("loopbackRedirects", False),
        "default_currency_id": app["defaultCurrency"],
        "invitation_reward": app.get("invitationReward", 25),
    }


def user_row(user):
    address = user.get("address", {})
    return {
        "id": user["id"],
        "sign_in_name": user.get("username"),
        "date_of_birth": user["dateOfBirth"],
        "language": user.get("language"),
        "first_name": user.get("firstName"),
        "last_name": user.get("lastName"),
        "email": user.get("email"),
        "email_key": user["email"].lower() if "email" in user else None,
        "parent_email": user.get("parentEmail"),
        "street": address.get("street"),
        "post_code": address.get("postCode"),
        "city": address.get("city"),
        "country": address.get("countryCode"),
    }


def rows_of_memberships(seed):
    start_ms = ms(seed["start"]) if "start" in seed else NOW_MS
    found = [
        ({"app_id": each["id"], "user_id": user["id"]}, each)
        for user in seed["users"]
        for each in user.get("apps", ())
    ]
    events = {
        (app["id"], each["token"]): each["id"] for app in seed["apps"] for each in app.get("events", ())
    }
    yield (
        "activations",
        [
            {
                **key,
                "display_name": each.get("displayName"),
                "activated_ms": ms(each["joined"]) if "joined" in each else start_ms,
            }
            for key, each in found
        ],
    )
    yield (
        "permissions",
        [
            {**key, "name": name, "granted": granted}
            for key, each in found
            for name, granted in each.get("permissions", {}).items()
        ],
    )
    yield (
        "app_data",
        [
            {**key, "name": name, "value": value}
            for key, each in found
            for name, value in each.get("appData", {}).items()
        ],
    )
    yield (
        "device_tokens",
        [{**key, "token": token} for key, each in found for token in each.get("deviceTokens", ())],
    )
    yield (
        "transactions",
        [
            {
                **key,
                "currency_id": points["currency"],
                "amount": points["amount"],
                "kind": points.get("kind", "received"),
                "event_id": events.get((key["app_id"], points.get("event"))),
                "at_ms": ms(points["at"]) if "at" in points else start_ms,
            }
            for key, each in found
            for points in each.get("points", ())
        ],
    )


# ---- Kongregate


def connected_site(draw, seed, definitions):
    seed["games"] = [drawn(draw, {"$ref": "#/$defs/game"}, definitions) for _ in range(2)]
    seed["users"] = [drawn(draw, {"$ref": "#/$defs/user"}, definitions) for _ in range(3)]
    for each in (seed["games"], every(seed["games"], "items"), every(seed["games"], "statistics")):
        numbered(each)
    numbered(seed["users"], ())
    numbered(seed["kongpanions"])
    players = [each["id"] for each in seed["users"]]
    for game in seed["games"]:
        game["api_key"] += f" {game['id']}"
        connect_game(draw, game, players)
    for user in seed["users"]:
        user["username"] += f" {user['id']}"
        connect_player(draw, seed, user, [each for each in players if each != user["id"]])
    owned = every(seed["users"], "items")
    for given in (owned, every(owned, "usage_records")):
        for number, each in enumerate(given, 1):
            if "id" in each:
                each["id"] = number
    return seed


def told_apart(found, name):
    for number, each in enumerate(found):
        each[name] += f" {number}"


def connect_game(draw, game, players):
    told_apart(game.get("items", ()), "identifier")
    told_apart(game.get("statistics", ()), "name")
    told_apart(game.get("servers", ()), "server_identifier")
    told_apart(game.get("shared_links", ()), "id")
    for each in game.get("shared_links", ()):
        each |= {"user_id": draw(st.sampled_from(players)), "expires": "2100-01-01T00:00:00Z"}
        if "link_params" in each:
            each["link_params"] = f"kv_a={draw(NUMBERS)}&b=1"
        if "kv_params" in each:
            each["kv_params"] = {"kv_b": draw(NUMBERS)}
    for server in game.get("servers", ()):
        told_apart(server.get("guilds", ()), "guild_identifier")
        told_apart(server.get("characters", ()), "character_identifier")
        for each in server.get("characters", ()):
            set_known(draw, each, "user_id", players)
            set_known(
                draw,
                each,
                "guild_identifier",
                [each["guild_identifier"] for each in server.get("guilds", ())],
            )
            if "guild_identifier" not in each:
                each.pop("guild_admin_level", None)


def connect_player(draw, seed, user, others):
    games = {each["id"]: each for each in seed["games"]}
    set_known(draw, user, "playing", [*games])
    for name in ("friends", "muted_users"):
        if name in user:
            user[name] = draw(st.lists(st.sampled_from(others), unique=True))
    for each, game in zip(user.get("game_auth_tokens", ()), draw(st.permutations([*games])), strict=False):
        each["game_id"] = game
    for number, each in enumerate(user.get("badges", ()), 1):
        each["badge_id"] += number * 10**7
    companions = [each["id"] for each in seed["kongpanions"]]
    user["kongpanions"] = [
        {**each, "id": number} for each, number in zip(user.get("kongpanions", ()), companions, strict=False)
    ]
    selling = [each for each in games.values() if each.get("items")]
    user["items"] = user.get("items", []) if selling else []
    for each in user["items"]:
        game = draw(st.sampled_from(selling))
        each |= {"game_id": game["id"], "identifier": draw(st.sampled_from(game["items"]))["identifier"]}
    for place, each in enumerate(user.get("scores", ())):
        game = [*games.values()][place]
        counted = [each["name"] for each in game.get("statistics", ())]
        values = [*each["statistics"].values()]
        each |= {"game_id": game["id"], "statistics": dict(zip(counted, values, strict=False))}


def rows_of_kongregate(seed):
    games, users = seed["games"], seed["users"]

    def of(owners, key, name):
        return [({key: owner["id"]}, each) for owner in owners for each in owner.get(name, ())]

    yield "games", [chosen(each, "id", "title", "url", "api_key") for each in games]
    kept = ("id", "identifier", "name", "price", "image_url")
    yield (
        "items",
        [
            key | chosen(each, *kept) | {"uses": each.get("uses"), "description": each.get("description", "")}
            for key, each in of(games, "game_id", "items")
        ],
    )
    yield (
        "item_tags",
        [
            {"item_id": each["id"], "tag": tag}
            for each in every(games, "items")
            for tag in each.get("tags", ())
        ],
    )
    yield "statistics", [key | each for key, each in of(games, "game_id", "statistics")]
    yield (
        "kongpanions",
        [
            chosen(each, "id", "name", "icon_url") | {"description": each.get("description", "")}
            for each in seed["kongpanions"]
        ],
    )
    yield (
        "kongpanion_tags",
        [
            {"kongpanion_id": each["id"], "tag": tag}
            for each in seed["kongpanions"]
            for tag in each.get("tags", ())
        ],
    )
    yield "users", [player_row(each) for each in users]
    yield "game_tokens", [key | each for key, each in of(users, "user_id", "game_auth_tokens")]
    friends = {
        pair
        for key, each in of(users, "user_id", "friends")
        for pair in itertools.permutations([key["user_id"], each])
    }
    yield "friendships", [{"user_id": one, "other_id": other} for one, other in friends]
    yield "mutings", [key | {"other_id": each} for key, each in of(users, "user_id", "muted_users")]
    yield (
        "badges",
        [
            key | {"badge_id": each["badge_id"], "earned_ms": ms(each["created_at"])}
            for key, each in of(users, "user_id", "badges")
        ],
    )
    yield (
        "owned_kongpanions",
        [
            key | {"kongpanion_id": each["id"], "shiny": each.get("shiny", False)}
            for key, each in of(users, "user_id", "kongpanions")
        ],
    )
    yield from rows_of_servers(games)
    yield from rows_of_inventories(seed)


def chosen(value, *names):
    return {name: value[name] for name in names if name in value}


def player_row(user):
    texts = chosen(user, "id", "username", "avatar_url", "chat_avatar_url")
    flags = dict.fromkeys(["private", "developer", "moderator", "admin"], False)
    counts = {"level": 1, "points": 0, "kreds": 0, "gender": None, "age": None}
    given = {name: user.get(name, default) for name, default in (flags | counts).items()}
    return texts | given | {"playing_game_id": user.get("playing")}


def rows_of_servers(games):
    found = [
        ({"game_id": game["id"], "server_identifier": each["server_identifier"]}, each)
        for game in games
        for each in game.get("servers", ())
    ]
    yield (
        "servers",
        [
            {
                "game_id": key["game_id"],
                "identifier": key["server_identifier"],
                "name": each.get("server_name", key["server_identifier"]),
            }
            for key, each in found
        ],
    )
    yield (
        "guilds",
        [
            key
            | {
                "identifier": guild["guild_identifier"],
                "name": guild.get("guild_name", guild["guild_identifier"]),
            }
            for key, each in found
            for guild in each.get("guilds", ())
        ],
    )
    yield (
        "characters",
        [
            key
            | {"identifier": character["character_identifier"], "name": character["character_name"]}
            | {name: character.get(name) for name in ("user_id", "guild_identifier", "guild_admin_level")}
            for key, each in found
            for character in each.get("characters", ())
        ],
    )
    yield (
        "shared_links",
        [
            {
                "game_id": game["id"],
                **chosen(each, "id", "user_id", "name", "type"),
                "link_params": each.get("link_params", "").partition("&")[0],
                "kv_params": json.dumps(each["kv_params"]) if "kv_params" in each else None,
                "expires_ms": ms(each["expires"]),
            }
            for game in games
            for each in game.get("shared_links", ())
        ],
    )


def rows_of_inventories(seed):
    sold = {
        (game["id"], each["identifier"]): each for game in seed["games"] for each in game.get("items", ())
    }
    owned = [
        (user["id"], each, sold[each["game_id"], each["identifier"]])
        for user in seed["users"]
        for each in user["items"]
    ]
    yield (
        "owned_items",
        [
            chosen(each, "id", "game_id", "identifier")
            | {"user_id": user, "name": item["name"], "description": item.get("description", "")}
            | {"remaining_uses": each.get("remaining_uses", item.get("uses")), "data": each.get("data")}
            for user, each, item in owned
        ],
    )
    yield (
        "usage_records",
        [
            chosen(used, "id") | {"used_ms": ms(used["used_at"])}
            for _, each, _ in owned
            for used in each.get("usage_records", ())
        ],
    )
    scopes = ("daily", "weekly", "lifetime")
    numbers = {
        (game["id"], each["name"]): each["id"]
        for game in seed["games"]
        for each in game.get("statistics", ())
    }
    yield (
        "scores",
        [
            {
                "statistic_id": numbers[each["game_id"], name],
                "scope": scope,
                "user_id": user["id"],
                "value": value,
            }
            for user in seed["users"]
            for each in user.get("scores", ())
            for name, value in each["statistics"].items()
            for scope in each.get("scopes", scopes)
        ],
    )


ROWS = {"kws": rows_of_kws, "kongregate": rows_of_kongregate}


class Mocks:
    def __init__(self, name):
        self.name = name
        self.mock = load(name, settings=Settings(clock=MovableClock(lambda: NOW_MS), random=Random(0)))
        self.mock.control.clock.stop()
        folder = Path(PACKAGES[name].__file__).parent
        self.value = json.loads(json.dumps(read(folder / "seed.yaml").value, default=str))


@pytest.fixture(scope="module")
def mocks_by_name():
    made = {name: Mocks(name) for name in PACKAGES}
    yield made
    for each in made.values():
        each.mock.close()


@pytest.fixture(params=PACKAGES)
def mocks(request, mocks_by_name):
    return mocks_by_name[request.param]


def test_each_field_of_a_seed_is_in_its_row(mocks, properties):
    def check(data):
        seed = document(data.draw, mocks.name)
        mocks.mock.control.seed(copy.deepcopy(seed))
        state = mocks.mock.control.export()
        for table, rows in ROWS[mocks.name](seed):
            found = [*state[table]]
            assert len(found) == len(rows), table
            # What is decided most stands first, so that a number that is given is not taken by another row.
            for row in sorted(rows, key=len, reverse=True):
                fitting = [each for each in found if row.items() <= each.items()]
                assert fitting, (table, row, found)
                found.remove(fitting[0])

    properties.hold(check, st.data(), share=0.4)


def test_secrets_of_a_seed_open_what_they_are_for_and_nothing_else(mocks_by_name, properties):
    mock = mocks_by_name["kws"].mock
    redirect = "https://game.example/callback"
    url = f"https://kws.example/oauth?clientId=example-client&redirectUri={redirect}"

    def check(secret, password):
        seed = copy.deepcopy(mocks_by_name["kws"].value)
        seed["apps"][0]["clientSecret"] = secret
        seed["users"][0]["password"] = password
        mock.control.seed(seed)
        for given in (secret, f"{secret} ", "made-up-secret"):
            settings = {"client_id": "example-client", "client_secret": given, "max_retries": 0}
            with kws.KWS(
                "https://kws.example", httpx_args={"transport": mock.transport()}, **settings
            ) as app:
                if given == secret:
                    app.apps.get_leaderboard()
                else:
                    with pytest.raises(kws.APIError):
                        app.apps.get_leaderboard()
        assert mock.control.sign_in(url, "robin", password).startswith(f"{redirect}?code=")
        for wrong in (f"{password} ", "made-up-password"):
            with pytest.raises(Refused):
                mock.control.sign_in(url, "robin", wrong)

    texts = st.text("abcä:%+/", min_size=1, max_size=12)
    properties.hold(check, texts, texts, share=0.1)


# ---- What is refused


def twice(*path):
    """The element of a list once more, as the last one."""

    def spoil(seed):
        found = at(seed, path)
        found.append(copy.deepcopy(found[0]))
        return [(*path, len(found) - 1)]

    return spoil


def same(name, path, other):
    """Another element has the same value under a name."""

    def spoil(seed):
        at(seed, other)[name] = at(seed, path)[name]
        return [(*other, name)]

    return spoil


def given(*path, value):
    """Another value at a place."""

    def spoil(seed):
        at(seed, path[:-1])[path[-1]] = value
        return [path]

    return spoil


TWICE, UNKNOWN = "is given twice", "there is no such"
RULES = {
    "kws": [
        (same("id", ("currencies", 0), ("currencies", 1)), TWICE, "id"),
        (same("id", ("apps", 0), ("apps", 1)), TWICE, "id"),
        (same("clientId", ("apps", 0), ("apps", 1)), TWICE, "clientId"),
        (same("id", ("apps", 0, "events", 0), ("apps", 0, "events", 1)), TWICE, "id"),
        (same("id", ("apps", 0, "events", 0), ("apps", 1, "events", 0)), TWICE, "id"),
        (same("token", ("apps", 0, "events", 0), ("apps", 0, "events", 1)), TWICE, "token"),
        (same("id", ("users", 0), ("users", 1)), TWICE, "id"),
        (same("username", ("users", 0), ("users", 1)), TWICE, "username"),
        (given("users", 2, "email", value="ROBIN@family.example"), TWICE, "email"),
        (same("displayName", ("users", 0, "apps", 0), ("users", 1, "apps", 0)), TWICE, "displayName"),
        (same("displayName", ("users", 0, "apps", 0), ("users", 0, "apps", 1)), TWICE, "displayName"),
        (same("id", ("users", 0, "apps", 0), ("users", 0, "apps", 1)), TWICE, "app"),
        (given("apps", 0, "defaultCurrency", value=9), UNKNOWN, "currency of the app's owner"),
        (given("apps", 0, "defaultCurrency", value=4), UNKNOWN, "currency of the app's owner"),
        (given("apps", 0, "events", 0, "currency", value=4), UNKNOWN, "currency of the app's owner"),
        (given("users", 1, "apps", 0, "id", value=9), UNKNOWN, "app"),
        (
            given("users", 0, "apps", 0, "points", 0, "currency", value=4),
            UNKNOWN,
            "currency of the app's owner",
        ),
        (
            given("users", 0, "apps", 0, "points", 0, "event", value="first-swim"),
            UNKNOWN,
            "event of this app",
        ),
        (
            given("users", 0, "apps", 1, "points", 0, "amount", value=2**53 - 1),
            "receives more than",
            "user 5073",
        ),
    ],
    "kongregate": [
        (same("id", ("games", 0), ("games", 1)), TWICE, "id"),
        (same("api_key", ("games", 0), ("games", 1)), TWICE, "api_key"),
        (same("id", ("games", 0, "items", 0), ("games", 0, "items", 1)), TWICE, "id"),
        (same("id", ("games", 0, "items", 0), ("games", 1, "items", 0)), TWICE, "id"),
        (same("id", ("games", 0, "statistics", 0), ("games", 0, "statistics", 1)), TWICE, "id"),
        (same("id", ("games", 0, "statistics", 0), ("games", 1, "statistics", 0)), TWICE, "id"),
        (same("identifier", ("games", 0, "items", 1), ("games", 0, "items", 2)), TWICE, "identifier"),
        (same("name", ("games", 0, "statistics", 0), ("games", 0, "statistics", 1)), TWICE, "name"),
        (twice("games", 0, "servers"), TWICE, "server_identifier"),
        (twice("games", 0, "servers", 0, "guilds"), TWICE, "guild_identifier"),
        (twice("games", 0, "servers", 0, "characters"), TWICE, "character_identifier"),
        (twice("games", 0, "shared_links"), TWICE, "id"),
        (given("games", 0, "shared_links", 0, "user_id", value=9), UNKNOWN, "user"),
        (given("games", 0, "servers", 0, "characters", 0, "user_id", value=9), UNKNOWN, "user"),
        (
            given("games", 0, "servers", 0, "characters", 0, "guild_identifier", value="none"),
            UNKNOWN,
            "guild there",
        ),
        (same("id", ("kongpanions", 0), ("kongpanions", 1)), TWICE, "id"),
        (same("id", ("users", 0), ("users", 1)), TWICE, "id"),
        (same("username", ("users", 0), ("users", 1)), TWICE, "username"),
        (same("id", ("users", 0, "items", 0), ("users", 0, "items", 1)), TWICE, "id"),
        (twice("users", 0, "items", 2, "usage_records"), TWICE, "id"),
        (given("users", 0, "playing", value=9), UNKNOWN, "game"),
        (given("users", 0, "game_auth_tokens", 0, "game_id", value=9), UNKNOWN, "game"),
        (given("users", 0, "items", 0, "game_id", value=9), UNKNOWN, "game"),
        (given("users", 0, "scores", 0, "game_id", value=9), UNKNOWN, "game"),
        (given("users", 0, "items", 0, "identifier", value="fin"), UNKNOWN, "item of this game"),
        (given("users", 0, "scores", 0, "statistics", "none", value=1), UNKNOWN, "statistic of this game"),
        (given("users", 0, "kongpanions", 0, "id", value=9), UNKNOWN, "kongpanion"),
        (given("users", 0, "friends", 0, value=765), UNKNOWN, "other user"),
        (given("users", 0, "muted_users", 0, value=9), UNKNOWN, "other user"),
        (twice("users", 0, "game_auth_tokens"), TWICE, "game_id"),
        (twice("users", 0, "badges"), TWICE, "badge_id"),
        (twice("users", 0, "kongpanions"), TWICE, "id"),
    ],
}


@pytest.mark.parametrize(
    ("name", "spoil", "words", "what"),
    [
        pytest.param(name, *rule, id=f"{name} {number}")
        for name, rules in RULES.items()
        for number, rule in enumerate(rules)
    ],
)
def test_what_a_schema_cannot_say_is_refused_in_its_place(name, spoil, words, what, mocks_by_name):
    mocks = mocks_by_name[name]
    seed = copy.deepcopy(mocks.value)
    if name == "kongregate":
        character = {"character_identifier": "a", "character_name": "b", "guild_identifier": "round-table"}
        seed["games"][0]["servers"][0]["characters"] = [{**character, "user_id": 765}]
        mocks.mock.control.seed(copy.deepcopy(seed))
    (path,) = spoil(seed)
    before = mocks.mock.control.export()
    with pytest.raises(SeedError) as refused:
        mocks.mock.control.seed(seed)
    place = "/".join(map(str, path))
    said = {TWICE: f"the {what} {TWICE}: see #/", UNKNOWN: f"{UNKNOWN} {what}"}.get(words, f"{what} {words}")
    wanted = re.compile(rf"seed: #/{re.escape(place)}(/\w+)?: {said}")
    assert [each for each in refused.value.errors if wanted.match(each)], refused.value.errors
    assert mocks.mock.control.export() == before
