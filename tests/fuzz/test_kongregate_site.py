"""The site by a model of its own: who plays, what they own and score, and what no operation reads back."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from fuzz_kongregate.clients import Clients
from fuzz_kongregate.seeds import GAMES, MOST, SCOPES, STATISTICS, seeds
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from kongregate import Friend
from kongregate_mock import PageSizes, create
from openapi_mock import Mock, Problem
from openapi_mock.catalog import find_document

GAME, KEY = 1001, "made-up-api-key"
PAGES = {"daily": "today_page", "weekly": "weekly_page", "lifetime": "lifetime_page"}
FRIENDS_ON_PAGE, SCORES_ON_PAGE = 2, 3
# A Monday morning; and how long it takes to other days and weeks, to the millisecond.
MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENT = timedelta(milliseconds=1)
SHOWN = ("level", "points", "avatar_url", "chat_avatar_url", "developer", "moderator", "admin")
RULES = {
    "Add": lambda before, value: min(before + value, MOST),
    "Min": min,
    "Max": max,
    "Replace": lambda _, value: value,
}
SERVERS = ("Default", "east")
GUILDS = ("round-table", "ä b")

values = st.one_of(st.sampled_from([0, 1, 2, MOST - 1, MOST]), st.integers(0, 10))
anybody = st.integers(0, 8)


@pytest.fixture(scope="module")
def mock():
    sizes = PageSizes(FRIENDS_ON_PAGE, SCORES_ON_PAGE)
    with Mock.from_file(find_document("kongregate"), behaviour=create(page_sizes=sizes)) as mock:
        yield mock


def part(listed, page, size):
    """The page of a list, and how many pages there are: one where it is empty."""
    return listed[(page - 1) * size : page * size], max(1, -(-len(listed) // size))


class Site(RuleBasedStateMachine):
    """What the documentation says of a site that began as its seed says."""

    def __init__(self, mock):
        super().__init__()
        self.control = mock.control
        self.pages = mock.behaviour.site
        self.control.reset()
        self.control.clock.stop()
        self.control.clock.set(MONDAY)
        self.opened = contextlib.ExitStack()
        self.clients = self.opened.enter_context(Clients(mock))

    @initialize(seed=seeds())
    def begin(self, seed):
        self.control.seed(seed)
        self.seed = seed
        self.players = {each["id"]: each for each in seed["users"]}
        self.numbers = sorted(self.players)
        pairs = [(number, each) for number, player in self.players.items() for each in player["friends"]]
        self.friends = {
            number: sorted({b for a, b in pairs if a == number} | {a for a, b in pairs if b == number})
            for number in self.numbers
        }
        self.scores = {}
        for number, player in self.players.items():
            for score in player["scores"]:
                for name, value in score["statistics"].items():
                    for scope in score["scopes"]:
                        self.record(number, name, value, scope)
        self.links, self.messages = {}, {}
        self.servers, self.guilds, self.characters = {}, {}, {}

    def teardown(self):
        with self.opened:
            if "seed" in vars(self):
                self.compare_store()

    # ---- players

    @rule(
        place=anybody,
        page=st.integers(1, 4),
        friends=st.sampled_from([True, True, False]),
        by_name=st.booleans(),
    )
    def profile(self, place, page, friends, by_name):
        number = self.number(place)
        player = self.players[number]
        who = {"username": player["username"]} if by_name else {"user_id": number}
        found = self.clients.read(
            lambda kong: kong.players.get_user_info(**who, page_num=page, friends=friends)
        )
        is_open = not player["private"]
        listed, pages = part(self.friends[number] if is_open and friends else [], page, FRIENDS_ON_PAGE)
        muted = sorted(player["muted_users"]) if is_open else []
        assert found.to_dict() == self.profile_of(number, page, pages, listed, muted)

    def profile_of(self, number, page, pages=1, friends=(), muted=()):
        player = self.players[number]
        title, _, url = GAMES.get(player.get("playing"), (None, None, None))
        optional = {
            name: player[name] for name in ("gender", "age") if name in player and not player["private"]
        }
        return {
            "success": True,
            "user_id": number,
            "username": player["username"],
            "private": player["private"],
            "friends": self.names(friends),
            "friend_ids": [*friends],
            "muted_users": self.names(muted),
            "muted_user_ids": [*muted],
            "page_num": page,
            "num_pages": pages,
            "user_vars": {
                "username": player["username"],
                **{name: player[name] for name in SHOWN},
                "game_title": title,
                "game_url": url,
                **optional,
            },
        }

    @rule(
        places=st.lists(anybody, min_size=1, max_size=5),
        by_name=st.booleans(),
        page=st.sampled_from([1, 1, 3]),
    )
    def several_profiles(self, places, by_name, page):
        numbers = [self.number(each) for each in places]
        if by_name:
            # A comma separates names.
            who = {"usernames": [*self.names(numbers), "nobody"]}
        else:
            who = {"user_ids": [*numbers, 10**6]}
        found = self.clients.read(lambda kong: kong.players.get_user_info(**who, page_num=page, friends=True))
        wanted = [self.profile_of(each, page) for each in dict.fromkeys(numbers)]
        assert found.to_dict() == {"success": True, "users": wanted}

    @rule(place=anybody)
    def friends_on_all_pages(self, place):
        number = self.number(place)
        friends = [] if self.players[number]["private"] else self.friends[number]
        found = list(self.clients.sync.players.iter_friends(user_id=number))
        assert found == [Friend(each, self.players[each]["username"]) for each in friends]

    @rule(
        name=st.sampled_from(["ROBIN", "nobody", "Robin ", "kit/kat", "x"]), number=st.integers(1000, 10**9)
    )
    def nobody(self, name, number):
        for call in (
            lambda kong: kong.players.get_user_info(username=name),
            lambda kong: kong.players.get_user_info(user_id=number),
            lambda kong: kong.players.list_badges(username=name),
            lambda kong: kong.kongpanions.list_user_kongpanions(username=name),
            lambda kong: kong.kongpanions.list_user_kongpanions(user_id=number),
            lambda kong: kong.items.list_user_items(user_id=number),
            lambda kong: kong.statistics.submit(user_id=number, statistics={"coins": 1}),
            lambda kong: kong.statistics.get_friends_high_scores(statistic_id=31, user_id=number),
            lambda kong: kong.statistics.get_high_scores(statistic_id=number, scope="daily"),
            lambda kong: kong.messages.send_private_message(user_id=number, content="a"),
            lambda kong: kong.messages.send_private_message(username=name, content="a"),
            lambda kong: kong.guilds.save_character(
                character_identifier="a", character_name="a", user_id=number
            ),
        ):
            assert self.clients.write(call) == "Failed"

    @rule(place=anybody, game=st.sampled_from([*GAMES]), wrong=st.sampled_from(["", "x", None]))
    def authenticate(self, place, game, wrong):
        number = self.number(place)
        token = self.control.game_auth_token(number, game_id=game)
        seeded = {each["game_id"]: each["token"] for each in self.players[number]["game_auth_tokens"]}
        assert token == seeded.get(game, token)
        given = "made-up" if wrong is None else token + wrong
        key = GAMES[game][1]
        found = self.clients.read(
            lambda kong: kong.players.authenticate(user_id=number, game_auth_token=given, api_key=key)
        )
        if given == token:
            assert (found.user_id, found.username) == (number, self.players[number]["username"])
        else:
            assert found == "InvalidCredentials"

    @rule(
        place=anybody,
        name=st.sampled_from(["Robin", "New one"]),
        kreds=st.sampled_from([0, 5]),
        private=st.booleans(),
    )
    def add_player(self, place, name, kreds, private):
        if name in self.names(self.numbers):
            with pytest.raises(Problem, match="username is taken"):
                self.control.add_user(name)
            return
        player = self.control.add_user(name, kreds=kreds, level=3, private=private)
        assert player.user_id == max(self.numbers) + 1
        assert self.control.kreds(player.user_id) == kreds
        avatar = f"https://cdn.kongregate.example/avatars/{name}"
        self.players[player.user_id] = {
            "username": name,
            "private": private,
            "level": 3,
            "points": 0,
            "avatar_url": f"{avatar}.png",
            "chat_avatar_url": f"{avatar}-chat.png",
            **dict.fromkeys(("developer", "moderator", "admin"), False),
            **{each: [] for each in ("muted_users", "items", "badges", "kongpanions", "game_auth_tokens")},
        }
        self.numbers.append(player.user_id)
        self.friends[player.user_id] = []

    # ---- what players own

    @rule(place=anybody, game=st.sampled_from([*GAMES]))
    def inventory(self, place, game):
        number, key = self.number(place), GAMES[game][1]
        found = self.clients.read(
            lambda kong: kong.items.list_user_items(user_id=number, api_key=key)
        ).to_dict()
        sold = {each["identifier"]: each for each in self.catalogue(game)}
        wanted = [
            {
                "identifier": each["identifier"],
                "name": sold[each["identifier"]]["name"],
                "description": sold[each["identifier"]]["description"],
                "remaining_uses": each.get("remaining_uses", sold[each["identifier"]].get("uses")),
                "data": each.get("data"),
            }
            for each in self.players[number]["items"]
            if each["game_id"] == game
        ]
        ids = [each.pop("id") for each in found["items"]]
        assert ids == sorted(set(ids))
        assert found == {"success": True, "items": [each for each in wanted if each["remaining_uses"] != 0]}

    @rule(game=st.sampled_from([*GAMES]), tags=st.sampled_from([None, ["sword"], ["drink", "ä"], ["none"]]))
    def sold(self, game, tags):
        arguments = {"api_key": GAMES[game][1], **({} if tags is None else {"tags": tags})}
        found = self.clients.read(lambda kong: kong.items.list_items(**arguments))
        wanted = [
            {
                **{
                    name: each[name]
                    for name in ("id", "identifier", "name", "description", "price", "image_url")
                },
                "tags": sorted(each["tags"]),
                "game_id": game,
                "game_title": GAMES[game][0],
            }
            for each in self.catalogue(game)
            if tags is None or {*tags} & {*each["tags"]}
        ]
        assert found.to_dict() == {"success": True, "items": wanted}

    @rule(place=anybody, by_name=st.booleans())
    def companions(self, place, by_name):
        number = self.number(place)
        name = self.players[number]["username"]
        who = {"username": name} if by_name else {"user_id": number}
        shiny = {each["id"]: each["shiny"] for each in self.players[number]["kongpanions"]}
        everything = [
            self.companion(each) for each in sorted(self.seed["kongpanions"], key=lambda each: each["id"])
        ]
        found = self.clients.read(lambda kong: kong.kongpanions.list_kongpanions())
        assert found.to_dict() == {"success": True, "kongpanions": everything}
        found = self.clients.read(lambda kong: kong.kongpanions.list_user_kongpanions(**who))
        owned = [{**each, "shiny": shiny[each["id"]]} for each in everything if each["id"] in shiny]
        assert found.to_dict() == {"success": True, "kongpanions": owned}

    @staticmethod
    def companion(seeded):
        shown = {name: seeded[name] for name in ("id", "name", "description")}
        icons = {
            f"{kind}_icon_url{size}": f"{seeded['icon_url']}{middle}{end}.png"
            for kind, middle in (("normal", ""), ("shiny", "-shiny"))
            for size, end in (("", ""), ("_medium", "-m"), ("_small", "-s"))
        }
        return {**shown, "tags": sorted(seeded["tags"]), **icons}

    @rule(place=anybody)
    def badges(self, place):
        player = self.players[self.number(place)]
        found = self.clients.read(lambda kong: kong.players.list_badges(username=player["username"]))
        earned = [(datetime.fromisoformat(each["created_at"]), each["badge_id"]) for each in player["badges"]]
        assert [(each.created_at, each.badge_id) for each in found] == sorted(earned)

    # ---- statistics

    def record(self, number, name, value, scope):
        kind = dict(STATISTICS.values())[name]
        table = self.scores.setdefault((name, scope, self.period(scope)), {})
        table[number] = RULES[kind](table[number], value) if number in table else value

    def period(self, scope):
        """The day, or the Monday of the week, that is now."""
        today = self.control.clock.now.date()
        first = {"daily": today, "weekly": today - timedelta(days=today.weekday())}
        return first.get(scope)

    @rule(
        place=anybody,
        statistics=st.dictionaries(
            st.sampled_from([*(name for name, _ in STATISTICS.values()), "unknown"]), values, max_size=3
        ),
    )
    def submit(self, place, statistics):
        number = self.number(place)
        found = self.clients.write(lambda kong: kong.statistics.submit(user_id=number, statistics=statistics))
        assert found.to_dict() == {"success": True}
        for name, value in statistics.items():
            for scope in SCOPES if name != "unknown" else ():
                self.record(number, name, value, scope)

    @rule(
        moved=st.sampled_from([-MOMENT, MOMENT, DAY - MOMENT, DAY, 6 * DAY, 7 * DAY - MOMENT, 7 * DAY, -DAY])
    )
    def move(self, moved):
        self.control.clock.advance(seconds=moved.total_seconds())

    @rule(statistic=st.sampled_from([*STATISTICS]), scope=st.sampled_from(SCOPES), page=st.integers(1, 4))
    def high_scores(self, statistic, scope, page):
        name, _ = STATISTICS[statistic]
        listed = self.ranked(statistic, self.scores.get((name, scope, self.period(scope)), {}))
        rows, pages = part(listed, page, SCORES_ON_PAGE)
        # Pages of the other scopes count for nothing.
        others = {argument: 9 for each, argument in PAGES.items() if each != scope}
        found = self.clients.read(
            lambda kong: kong.statistics.get_high_scores(
                statistic_id=statistic, scope=scope, **{PAGES[scope]: page}, **others
            )
        )
        rest = {"page_count": pages, "per_page": SCORES_ON_PAGE}
        assert found.to_dict() == {"success": True, f"{scope}_scores": rows, **rest}
        if page == 1:
            rows = self.clients.sync.statistics.iter_high_scores(statistic_id=statistic, scope=scope)
            assert [each.to_dict() for each in rows] == listed

    @rule(statistic=st.sampled_from([*STATISTICS]), place=anybody)
    def friends_high_scores(self, statistic, place):
        number = self.number(place)
        name, _ = STATISTICS[statistic]
        circle = () if self.players[number]["private"] else {number, *self.friends[number]}
        known = self.scores.get((name, "lifetime", None), {})
        listed = self.ranked(statistic, {each: value for each, value in known.items() if each in circle})
        rows, pages = part(listed, 1, SCORES_ON_PAGE)
        found = self.clients.read(
            lambda kong: kong.statistics.get_friends_high_scores(statistic_id=statistic, user_id=number)
        )
        rest = {"page_count": pages, "per_page": SCORES_ON_PAGE}
        assert found.to_dict() == {"success": True, "friends_scores": rows, **rest}

    def ranked(self, statistic, table):
        """The best first, of equal ones the lower number; the lowest is best where the least is kept."""
        sign = 1 if STATISTICS[statistic][1] == "Min" else -1
        ranked = sorted(table.items(), key=lambda each: (sign * each[1], each[0]))
        return [
            {
                "username": self.players[number]["username"],
                "level": self.players[number]["level"],
                "score": value,
                "avatar_url": self.players[number]["avatar_url"],
            }
            for number, value in ranked
        ]

    # ---- links

    def now_s(self):
        return self.control.clock() / 1000

    def live(self, game, link):
        found = self.links.get((game, link))
        return found if found and found["expires_ms"] > self.control.clock() else None

    @rule(
        place=anybody,
        link=st.sampled_from(["level-7", "a/b ?"]),
        lasts=st.sampled_from([-1, 0, 1, 60, 86_400, 10**10]),
        params=st.sampled_from(["", "kv_a=1", "?kv_a=%C3%A4+b&other=2&kv_=", "other=1", "kv_a=1&kv_a=2"]),
        more=st.sampled_from([None, "{}", '{"kv_b": 7, "c": [1]}', "[]", "", "no JSON", "null", "NaN"]),
    )
    def create_link(self, place, link, lasts, params, more):
        number = self.number(place)
        token = self.control.game_auth_token(number)
        expires = int(self.now_s() // 1) + lasts
        arguments = {} if more is None else {"kv_params": more}
        found = self.clients.write(
            lambda kong: kong.shared_links.create_shared_link(
                user_id=number,
                game_auth_token=token,
                id=link,
                name="Try it",
                type="challenge",
                link_params=params,
                expiration=expires,
                **arguments,
            )
        )
        there = self.live(GAME, link)
        is_object = more is None or more.startswith("{")
        if expires * 1000 <= self.control.clock() or (there and there["user_id"] != number) or not is_object:
            assert found == "BadParameters"
            return
        assert found.to_dict() == {"success": True}
        passing = [("kv_a", "ä b"), ("kv_", "")] if params.startswith("?") else []
        passing = passing or [(*each.split("="),) for each in params.split("&") if each.startswith("kv_")]
        self.links[GAME, link] = {
            "game_id": GAME,
            "id": link,
            "user_id": number,
            "name": "Try it",
            "type": "challenge",
            "link_params": urlencode(passing),
            "kv_params": more,
            "expires_ms": expires * 1000,
        }
        followed = self.pages.follow_link(GAME, link)
        assert followed == {**dict(passing), **json.loads(more or "{}")}

    @rule(
        place=anybody, link=st.sampled_from(["level-7", "a/b ?"]), wrong=st.sampled_from([False, False, True])
    )
    def destroy_link(self, place, link, wrong):
        number = self.number(place)
        token = "made-up" if wrong else self.control.game_auth_token(number)
        found = self.clients.write(
            lambda kong: kong.shared_links.destroy_shared_link(id=link, user_id=number, game_auth_token=token)
        )
        there = self.live(GAME, link)
        if wrong:
            assert found == "InvalidCredentials"
        elif there is None or there["user_id"] != number:
            assert found == "Failed"
        else:
            assert found.to_dict() == {"success": True}
            del self.links[GAME, link]

    @rule(link=st.sampled_from(["level-7", "a/b ?", "none"]))
    def follow_link(self, link):
        if self.live(GAME, link) is None:
            with pytest.raises(Problem, match="Shared link not found"):
                self.pages.follow_link(GAME, link)
        with pytest.raises(Problem, match="Shared link not found"):
            self.pages.follow_link(1002, link)

    # ---- messages

    @rule(
        place=anybody,
        game=st.sampled_from([*GAMES]),
        by_name=st.booleans(),
        image=st.sampled_from([None, "https://a.example"]),
    )
    def send_message(self, place, game, by_name, image):
        number = self.number(place)
        who = {"username": self.players[number]["username"]} if by_name else {"user_id": number}
        arguments = {**who, "api_key": GAMES[game][1], **({"image_url": image} if image else {})}
        found = self.clients.write(
            lambda kong: kong.messages.send_private_message(content="Hi ä", **arguments)
        )
        key = (game, number, self.control.clock() // 86_400_000)
        if key in self.messages:
            assert found == "Failed"
        else:
            assert found.to_dict() == {"success": True}
            self.messages[key] = {"content": "Hi ä", "image_url": image}

    @rule(place=anybody)
    def one_of_two(self, place):
        number = self.number(place)
        both = {"user_id": number, "username": self.players[number]["username"]}
        assert (
            self.clients.write(lambda kong: kong.messages.send_private_message(content="a", **both))
            == "Failed"
        )
        assert self.clients.write(lambda kong: kong.messages.send_private_message(content="a")) == "Failed"
        for call in (
            lambda kong, who: kong.players.get_user_info(**who),
            lambda kong, who: kong.kongpanions.list_user_kongpanions(**who),
        ):
            for who in ({}, both):
                assert self.clients.read(lambda kong, call=call, who=who: call(kong, who)) == "BadParameters"

    # ---- guilds

    @rule(
        place=anybody,
        character=st.sampled_from(["knight-1", "knight-2"]),
        server=st.sampled_from([None, *SERVERS]),
        server_name=st.sampled_from([None, "The East"]),
        guild=st.sampled_from(["left out", None, "", *GUILDS, *GUILDS]),
        guild_name=st.sampled_from([None, "The Table"]),
        level=st.sampled_from([None, "admin", "superadmin", "ä"]),
        has_player=st.booleans(),
    )
    def save_character(self, place, character, server, server_name, guild, guild_name, level, has_player):
        number = self.number(place) if has_player else None
        arguments = {
            "server_identifier": server,
            "server_name": server_name,
            "guild_name": guild_name,
            "guild_admin_level": level,
            "user_id": number,
        }
        given = {name: value for name, value in arguments.items() if value is not None}
        given.update({} if guild == "left out" else {"guild_identifier": guild})
        found = self.clients.write(
            lambda kong: kong.guilds.save_character(
                character_identifier=character, character_name=f"Sir {character}", **given
            )
        )
        if guild == "left out" and (guild_name or level):
            assert found == "BadParameters"
            return
        member_of = None if guild == "left out" else guild or None
        where = self.know_server(server, server_name)
        if member_of and (where, member_of) not in self.guilds:
            self.guilds[where, member_of] = guild_name or member_of
        self.characters[where, character] = (
            f"Sir {character}",
            number,
            member_of,
            level if member_of else None,
        )
        assert found.to_dict() == {
            "success": True,
            "user_id": number,
            "server_identifier": where,
            "guild_identifier": member_of,
            "character_identifier": character,
        }

    @rule(
        server=st.sampled_from([None, *SERVERS]),
        server_name=st.sampled_from([None, "The West"]),
        guild=st.sampled_from(GUILDS),
        name=st.sampled_from(["A", "ä"]),
    )
    def save_guild(self, server, server_name, guild, name):
        arguments = {"server_identifier": server, "server_name": server_name}
        given = {name: value for name, value in arguments.items() if value is not None}
        found = self.clients.write(
            lambda kong: kong.guilds.save_guild(guild_identifier=guild, guild_name=name, **given)
        )
        where = self.know_server(server, server_name)
        self.guilds[where, guild] = name
        assert found.to_dict() == {"success": True, "server_identifier": where, "guild_identifier": guild}

    @rule(server=st.sampled_from([None, *SERVERS]), guild=st.sampled_from(GUILDS))
    def destroy_guild(self, server, guild):
        given = {} if server is None else {"server_identifier": server}
        found = self.clients.write(lambda kong: kong.guilds.destroy_guild(guild_identifier=guild, **given))
        where = server or "Default"
        if (where, guild) not in self.guilds:
            assert found == "Failed"
            return
        assert found.to_dict() == {"server_identifier": where, "guild_identifier": guild}
        del self.guilds[where, guild]
        for key, (name, number, member_of, _) in self.characters.items():
            if (key[0], member_of) == (where, guild):
                self.characters[key] = (name, number, None, None)

    def know_server(self, server, name):
        where = server or "Default"
        self.servers[where] = name or self.servers.get(where, "Default")
        return where

    # ---- the model

    def number(self, place):
        return self.numbers[place % len(self.numbers)]

    def names(self, numbers):
        return [self.players[each]["username"] for each in numbers]

    def catalogue(self, game):
        found = next(each["items"] for each in self.seed["games"] if each["id"] == game)
        return sorted(found, key=lambda each: each["id"])

    def compare_store(self):
        """Nothing reads guilds, characters, links and messages back, so the mock's state is looked at."""
        state = self.control.export()
        servers = {(each["game_id"], each["identifier"]): each["name"] for each in state["servers"]}
        assert servers == {(GAME, where): name for where, name in self.servers.items()}
        guilds = {(each["server_identifier"], each["identifier"]): each["name"] for each in state["guilds"]}
        assert guilds == self.guilds
        characters = {
            (each["server_identifier"], each["identifier"]): (
                *(each[name] for name in ("name", "user_id", "guild_identifier", "guild_admin_level")),
            )
            for each in state["characters"]
        }
        assert characters == self.characters
        assert {(each["game_id"], each["id"]): each for each in state["shared_links"]} == self.links
        messages = {
            (each["game_id"], each["user_id"], each["day"]): {
                "content": each["content"],
                "image_url": each["image_url"],
            }
            for each in state["messages"]
        }
        assert messages == self.messages


def test_the_site_is_as_its_model(properties, mock):
    properties.run(lambda: Site(mock), steps=25, share=0.6)
