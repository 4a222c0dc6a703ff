"""What is special about Kongregate: what its mock knows, what it refuses, and what it has to remember."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote

import faults
from faults import MockFault
from targets import Model, Operation, Target

from openapi_mock.behaviour import snake_case

if TYPE_CHECKING:
    from channel import Channel, Exchange

GAME, OTHER_GAME = 1001, 1002
KEY, OTHER_KEY = "made-up-api-key", "made-up-api-key-2"
GAMES = {KEY: GAME, OTHER_KEY: OTHER_GAME}
ROBIN, WREN, KIT, LAST = 765, 766, 767, 804
TOKEN, WRENS_TOKEN, OTHER_TOKEN = "made-up-game-token", "made-up-game-token-wren", "made-up-game-token-2"
TOKENS = {(GAME, ROBIN): TOKEN, (GAME, WREN): WRENS_TOKEN, (OTHER_GAME, ROBIN): OTHER_TOKEN}
STATISTICS = {"coins": 31, "best-time": 32, "high-score": 33, "rank": 34}
MOST = 2**63 - 1
RULES = {
    31: lambda before, value: min(before + value, MOST),
    32: min,
    33: max,
    34: lambda _, value: value,
}
UNLIMITED, USED_UP = 4712, 4713

BAD_PARAMETERS, INVALID_CREDENTIALS, FAILED = "BadParameters", "InvalidCredentials", "Failed"


class Kongregate(Target):
    """Kongregate Web Services, for the game whose key the client supplies."""

    pools: ClassVar[Mapping[str, Sequence[Any]]] = {
        "api_key": [*[KEY] * 10, OTHER_KEY, "made-up-wrong-key"],
        "game_auth_token": [*[TOKEN] * 8, WRENS_TOKEN, OTHER_TOKEN, "made-up-wrong-token"],
        "user_id": [*[ROBIN] * 8, WREN, KIT],
        "username": ["Robin", "Robin", "Wren", "Kit"],
        "usernames": [["Robin", "Wren"], ["Kit"]],
        "user_ids": [[ROBIN, WREN], [KIT]],
        "page_num": [1, 2],
        "tags": [["sword"], ["drink", "magic"], ["nobody"]],
        "statistic_id": list(STATISTICS.values()),
        "coins": [1, 5],
        "use.id": [4711, 4711, 4711, UNLIMITED, USED_UP],
        "createSharedLink.id": ["level-7", "level-8"],
        "destroySharedLink.id": ["level-7", "level-8"],
        "expiration": [4102444800, 4102444800, 4102444800, 1],
        "kv_params": ["{}", '{"kv_level": 7}', "no JSON"],
        "link_params": ["kv_level=7"],
        "guild_identifier": ["round-table", "square-table"],
        "server_identifier": ["Default", "Default", "east"],
        "character_identifier": ["knight-1"],
    }
    supplies: ClassVar[Mapping[str, Any]] = {"api_key": KEY}
    secrets: ClassVar[Collection[str]] = (KEY, OTHER_KEY, TOKEN, WRENS_TOKEN)

    def new_model(self) -> Model:
        return Memory()

    @property
    def faults(self) -> Collection[MockFault]:
        """A mock that forgets, does things twice, or does not look at what it should."""
        done, of_robin = {"success": True}, (f'"{KEY}"', f'"user_id":{ROBIN}')
        destroyed = {"server_identifier": "Default", "guild_identifier": "round-table"}
        return (
            MockFault("a statistic is lost", "scores of", "submit", faults.replying(done, *of_robin)),
            MockFault("a statistic is added twice", "scores of", "submit", faults.twice),
            MockFault("a use is taken twice", "uses|instead of", "use", faults.twice),
            MockFault("a guild stays", "instead of|is there", "destroyGuild", faults.replying(destroyed)),
            MockFault("a link is lost", "instead of|not found", "createSharedLink", faults.replying(done)),
            MockFault("a message is sent again", "instead of", "sendPrivateMessage", faults.replying(done)),
            MockFault("tags are not looked at", "asked for", "listItems", faults.without_query("tags")),
        )


@dataclass(frozen=True)
class Question:
    """What a case asks; every value as it is meant."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]

    @classmethod
    def of(cls, exchange: Exchange) -> Question:
        case = exchange.case
        return cls(
            {name: unquote(str(value)) for name, value in case.path_parameters.items()},
            dict(exchange.expected.query),
            case.body if isinstance(case.body, dict) else {},
        )

    def get(self, name: str, otherwise: Any = None) -> Any:
        return {**self.query, **self.path, **self.body}.get(name, otherwise)

    def number(self, name: str) -> int | None:
        value = self.get(name)
        return None if value is None else int(value)

    @property
    def game(self) -> int | None:
        return GAMES.get(self.get("api_key"))

    @property
    def guild(self) -> tuple[int | None, str, str | None]:
        return self.game, self.get("server_identifier", "Default"), self.get("guild_identifier")


class Memory(Model):
    """Predicts which answer is a failure, and compares what is read with what was written."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.uses: dict[int, int | None] = {}
        self.scores: dict[int, dict[str, int]] = {}
        self.guilds: set[tuple[int | None, str, str | None]] = {(GAME, "Default", "round-table")}
        self.lost_guilds: set[tuple[int | None, str, str | None]] = set()
        self.links: dict[tuple[int | None, str], int] = {(GAME, "level-7"): ROBIN}
        self.messages: set[tuple[int | None, int]] = set()

    # ---- which answer

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int | str]:
        asked = Question.of(exchange)
        refusal = self._credentials(asked)
        if refusal is None:
            refusal = getattr(self, f"_of_{snake_case(operation.id)}", lambda _: None)(asked)
        if isinstance(refusal, set):
            return refusal
        return operation.successes if refusal is None else {refusal}

    def _credentials(self, asked: Question) -> str | None:
        if asked.get("api_key") is None:
            return None
        user, token = asked.number("user_id"), asked.get("game_auth_token")
        wrong = asked.game is None or (token is not None and TOKENS.get((asked.game, user)) != token)
        return INVALID_CREDENTIALS if wrong else None

    def _one_player(self, asked: Question) -> str | None:
        """For operations that take a number or a name, and not both."""
        if (asked.get("user_id") is None) == (asked.get("username") is None):
            return BAD_PARAMETERS
        return None if self._player(asked) else FAILED

    def _player(self, asked: Question) -> int | None:
        name = asked.get("username")
        user = asked.number("user_id") if name is None else self.names.get(name)
        return user if user in self.names.values() else None

    def _of_submit(self, asked: Question) -> str | None:
        return None if self._player(asked) else FAILED

    _of_list_user_items = _of_submit
    _of_list_user_kongpanions = _one_player

    def _of_use(self, asked: Question) -> str | None:
        item = asked.body["id"]
        if (asked.game, asked.body["user_id"]) != (GAME, ROBIN) or item not in self.uses:
            return FAILED
        return None if self.uses[item] else BAD_PARAMETERS

    def _of_get_user_info(self, asked: Question) -> str | None:
        given = asked.query.keys() & {"username", "user_id", "usernames", "user_ids"}
        several = bool(given & {"usernames", "user_ids"})
        if len(given) != 1 or (several and asked.get("friends") == "true"):
            return BAD_PARAMETERS
        return None if several or self._player(asked) else FAILED

    def _of_get_high_scores(self, asked: Question) -> str | None:
        return None if asked.number("statistic_id") in {*STATISTICS.values(), 41} else FAILED

    def _of_get_friends_high_scores(self, asked: Question) -> str | None:
        return self._of_get_high_scores(asked) or self._of_submit(asked)

    def _of_save_character(self, asked: Question) -> str | None:
        if asked.get("guild_identifier") is None and asked.body.keys() & {"guild_name", "guild_admin_level"}:
            return BAD_PARAMETERS
        return None if asked.get("user_id") is None or self._player(asked) else FAILED

    def _of_destroy_guild(self, asked: Question) -> str | None:
        return None if asked.guild in self.guilds else FAILED

    def _of_create_shared_link(self, asked: Question) -> str | set[int | str] | None:
        owner = self.links.get((asked.game, asked.body["id"]), asked.body["user_id"])
        if asked.body["expiration"] <= time.time() or owner != asked.body["user_id"]:
            return BAD_PARAMETERS
        try:
            value = json.loads(asked.get("kv_params", "{}"))
        except ValueError:
            return BAD_PARAMETERS
        return None if isinstance(value, dict) else BAD_PARAMETERS

    def _of_destroy_shared_link(self, asked: Question) -> str | None:
        owner = self.links.get((asked.game, asked.path["id"]))
        return None if owner == asked.number("user_id") else FAILED

    def _of_send_private_message(self, asked: Question) -> str | None:
        sent = (asked.game, self._player(asked)) in self.messages
        return FAILED if sent or self._one_player(asked) else None

    def _of_list_badges(self, asked: Question) -> set[int | str] | None:
        return None if asked.path["username"] in self.names else {404}

    # ---- values

    def begin(self, channel: Channel) -> None:
        found = channel.ask("getUserInfo", user_ids=list(range(ROBIN, LAST + 1)))
        self.names = {each.username: each.user_id for each in found.users}
        self.uses = {UNLIMITED: None, USED_UP: 0, **self._inventory(channel)}
        self.scores = {number: self._lifetime(channel, number) for number in STATISTICS.values()}

    def observe(self, operation_id: str, exchange: Exchange) -> None:
        learn = getattr(self, f"_{snake_case(operation_id)}", None)
        if learn is not None and exchange.succeeded:
            learn(Question.of(exchange), exchange.response.json())

    def audit(self, channel: Channel) -> None:
        found = {**self.uses, **self._inventory(channel)}
        assert found == self.uses, f"the inventory has {found} uses, not {self.uses}"
        for number, known in self.scores.items():
            scores = self._lifetime(channel, number)
            assert scores == known, f"the scores of {number} are {scores}, not {known}"
        # Nothing reads guilds and links; but only what is there can be taken down.
        for game, server, guild in self.guilds | self.lost_guilds:
            if game == GAME:
                at = {"server_identifier": server, "guild_identifier": guild}
                is_there = self._goes(channel, "destroyGuild", **at)
                assert is_there == ((game, server, guild) in self.guilds), (
                    f"guild {guild!r} {'is' if is_there else 'is not'} there"
                )
        for (game, link), user in self.links.items():
            if game == GAME:
                proof = {"user_id": user, "game_auth_token": TOKENS[game, user]}
                assert self._goes(channel, "destroySharedLink", id=link, **proof), f"link {link!r} not found"

    @staticmethod
    def _goes(channel: Channel, operation_id: str, **arguments: Any) -> bool:
        try:
            channel.ask(operation_id, **arguments)
        except channel.package.errors.Failed:
            return False
        return True

    @staticmethod
    def _inventory(channel: Channel) -> dict[int, int | None]:
        return {each.id: each.remaining_uses for each in channel.ask("listUserItems", user_id=ROBIN).items}

    @staticmethod
    def _lifetime(channel: Channel, statistic_id: int) -> dict[str, int]:
        at: dict[str, Any] = {"scope": "lifetime", "statistic_id": statistic_id}
        first = channel.ask("getHighScores", **at)
        pages = [first, *(channel.ask("getHighScores", **at, lifetime_page=2),) * (first.page_count > 1)]
        return {each.username: each.score for page in pages for each in page.lifetime_scores}

    def _authenticate(self, asked: Question, player: dict[str, Any]) -> None:
        assert player["user_id"] == asked.number("user_id") == self.names[player["username"]]

    def _submit(self, asked: Question, _: dict[str, Any]) -> None:
        if asked.game != GAME:
            return
        (name,) = (name for name, user in self.names.items() if user == asked.body["user_id"])
        for statistic, number in STATISTICS.items():
            if statistic in asked.body:
                value, scores = int(asked.body[statistic]), self.scores[number]
                scores[name] = RULES[number](scores[name], value) if name in scores else value

    def _list_items(self, asked: Question, catalogue: dict[str, Any]) -> None:
        if "tags" in asked.query:
            wanted = set(asked.query["tags"].split(","))
            found = [set(each["tags"]) for each in catalogue["items"]]
            assert all(wanted & tags for tags in found), f"asked for {wanted}, got {found}"

    def _list_user_items(self, asked: Question, inventory: dict[str, Any]) -> None:
        known = {number: uses for number, uses in self.uses.items() if uses != 0}
        mine = (asked.game, asked.number("user_id")) == (GAME, ROBIN)
        found = {each["id"]: each["remaining_uses"] for each in inventory["items"]}
        assert found == (known if mine else {}), f"{found} uses, not {known if mine else {}}"

    def _use(self, asked: Question, used: dict[str, Any]) -> None:
        left = (self.uses[asked.body["id"]] or 0) - 1
        self.uses[asked.body["id"]] = left
        assert used["remaining_uses"] == left, f"{used['remaining_uses']} uses, not {left}"

    def _get_user_info(self, asked: Question, found: dict[str, Any]) -> None:
        for each in found.get("users", [found]):
            assert (
                self.names[each["username"]] == each["user_id"] == self.names[each["user_vars"]["username"]]
            )
            if each.get("private"):
                assert not each.get("friends"), "a private profile shows friends"
        if "username" in asked.query:
            assert found["username"] == asked.query["username"]

    def _get_high_scores(self, asked: Question, page: dict[str, Any]) -> None:
        scope, number = asked.path["scope"], asked.number("statistic_id")
        listed = page[f"{scope}_scores"]
        scores = [each["score"] for each in listed]
        assert scores == sorted(scores, reverse=number != STATISTICS["best-time"]), f"scores are {scores}"
        assert len(scores) <= page["per_page"]
        if scope == "lifetime" and number in self.scores:
            known = {each["username"]: self.scores[number].get(each["username"]) for each in listed}
            found = {each["username"]: each["score"] for each in listed}
            assert found == known, f"the scores of {number} are {found}, not {known}"

    def _save_character(self, asked: Question, saved: dict[str, Any]) -> None:
        assert saved["character_identifier"] == asked.body["character_identifier"]
        assert saved["guild_identifier"] == asked.get("guild_identifier")
        if asked.get("guild_identifier") is not None:
            self._save_guild(asked, saved)

    def _save_guild(self, asked: Question, saved: dict[str, Any]) -> None:
        assert (asked.game, saved["server_identifier"], saved["guild_identifier"]) == asked.guild
        self.guilds.add(asked.guild)
        self.lost_guilds.discard(asked.guild)

    def _destroy_guild(self, asked: Question, gone: dict[str, Any]) -> None:
        self.guilds.discard(asked.guild)
        self.lost_guilds.add(asked.guild)

    def _create_shared_link(self, asked: Question, _: dict[str, Any]) -> None:
        self.links[asked.game, asked.body["id"]] = asked.body["user_id"]

    def _destroy_shared_link(self, asked: Question, _: dict[str, Any]) -> None:
        self.links.pop((asked.game, asked.path["id"]), None)

    def _send_private_message(self, asked: Question, _: dict[str, Any]) -> None:
        user = self._player(asked)
        assert user is not None
        self.messages.add((asked.game, user))
