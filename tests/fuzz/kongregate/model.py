"""What a server of Kongregate has to answer and to remember."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from openapi_python_client.strings import snake_case

from openapi_fuzz import Channel, Exchange, Failure, Model, Operation, Parameters

from .known import (
    BADGES,
    BEST_TIME,
    CATALOGUE,
    FRIENDS,
    GAME,
    GAMES,
    KIT,
    KONGPANIONS,
    LAST,
    MOST,
    MUTED,
    OWNED_KONGPANIONS,
    PRIVATE,
    ROBIN,
    STATISTICS,
    TOKENS,
    UNLIMITED,
    USED_UP,
)
from .submissions import is_submission, submission

SUBMIT = "/api/submit_statistics.json"
LISTS = ("friends", "friend_ids", "muted_users", "muted_user_ids")
PAGES = {"daily": "today_page", "weekly": "weekly_page", "lifetime": "lifetime_page"}
BAD_PARAMETERS, INVALID_CREDENTIALS, FAILED = "BadParameters", "InvalidCredentials", "Failed"
REFUSED, NOT_FOUND = Failure("Failure", INVALID_CREDENTIALS), Failure("Failure", FAILED)
# Who takes no key has nobody to refuse; and not everything can be missing.
UNREACHABLE_FAILURES: Mapping[str, Collection[Failure]] = {
    **dict.fromkeys(("authenticate", "createSharedLink", "listItems", "saveGuild"), (NOT_FOUND,)),
    **dict.fromkeys(
        ("getHighScores", "getFriendsHighScores", "getUserInfo", "listUserKongpanions"), (REFUSED,)
    ),
    "sendPrivateMessage": (NOT_FOUND,),
    "listBadges": (REFUSED, Failure("Failure", BAD_PARAMETERS)),
    "listKongpanions": (REFUSED, NOT_FOUND, Failure("Failure", BAD_PARAMETERS)),
}


def add(before: int, value: int) -> int:
    return min(before + value, MOST)


RULES = {
    31: add,
    32: min,
    33: max,
    34: lambda _, value: value,
    41: add,
}


class Sent(Parameters):
    """What a case sends, and for which game."""

    @classmethod
    def of(cls, exchange: Exchange) -> Sent:
        found = exchange.parameters
        body = submission(found.body) if exchange.case.operation.path == SUBMIT else found.body
        return cls(found.path, found.query, body, found.scope, found.fields)

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
        self.records: set[int] = set()
        self.scores: dict[tuple[int, str], dict[int, int]] = {}
        self.day = date.min
        self.guilds: set[tuple[int | None, str, str | None]] = {(GAME, "Default", "round-table")}
        self.lost_guilds: set[tuple[int | None, str, str | None]] = set()
        self.links: dict[tuple[int | None, str], int] = {(GAME, "level-7"): ROBIN}
        self.messages: set[tuple[int | None, int]] = set()

    # ---- which answer

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int | str]:
        sent = Sent.of(exchange)
        refusal = self._credentials(sent)
        if refusal is None:
            refusal = getattr(self, f"_of_{snake_case(operation.id)}", lambda _: None)(sent)
        if isinstance(refusal, set):
            return refusal
        return operation.successes if refusal is None else {refusal}

    def tolerates(self, operation: Operation, exchange: Exchange) -> bool:
        """Items used by GET, and submissions with anything else in them and the player's number as text."""
        case = exchange.case
        if exchange.expected.media_type != "application/json" or case.method not in ("GET", "POST"):
            return False
        if operation.id == "use":
            return case.method == "GET" and not exchange.has_wrong_body
        return operation.id == "submit" and is_submission(case.body)

    def _credentials(self, sent: Sent) -> str | None:
        if sent.get("api_key") is None:
            return None
        user, token = sent.number("user_id"), sent.get("game_auth_token")
        wrong = sent.game is None or (token is not None and TOKENS.get((sent.game, user)) != token)
        return INVALID_CREDENTIALS if wrong else None

    def _one_player(self, sent: Sent) -> str | None:
        """For operations that take a number or a name, and not both."""
        if (sent.get("user_id") is None) == (sent.get("username") is None):
            return BAD_PARAMETERS
        return None if self._player(sent) else FAILED

    def _player(self, sent: Sent) -> int | None:
        name = sent.get("username")
        user = sent.number("user_id") if name is None else self.names.get(name)
        return user if user in self.names.values() else None

    def _of_submit(self, sent: Sent) -> str | None:
        return None if self._player(sent) else FAILED

    _of_list_user_items = _of_submit
    _of_list_user_kongpanions = _one_player

    def _of_use(self, sent: Sent) -> str | None:
        item = sent.body["id"]
        if (sent.game, sent.body["user_id"]) != (GAME, ROBIN) or item not in self.uses:
            return FAILED
        return None if self.uses[item] else BAD_PARAMETERS

    def _of_get_user_info(self, sent: Sent) -> str | None:
        given = sent.query.keys() & {"username", "user_id", "usernames", "user_ids"}
        if len(given) != 1:
            return BAD_PARAMETERS
        return None if given & {"usernames", "user_ids"} or self._player(sent) else FAILED

    def _of_get_high_scores(self, sent: Sent) -> str | None:
        return None if sent.number("statistic_id") in RULES else FAILED

    def _of_get_friends_high_scores(self, sent: Sent) -> str | None:
        return self._of_get_high_scores(sent) or self._of_submit(sent)

    def _of_save_character(self, sent: Sent) -> str | None:
        if "guild_identifier" not in sent.body and sent.body.keys() & {"guild_name", "guild_admin_level"}:
            return BAD_PARAMETERS
        return None if sent.get("user_id") is None or self._player(sent) else FAILED

    def _of_destroy_guild(self, sent: Sent) -> str | None:
        return None if sent.guild in self.guilds else FAILED

    def _of_create_shared_link(self, sent: Sent) -> str | set[int | str] | None:
        owner = self.links.get((sent.game, sent.body["id"]), sent.body["user_id"])
        if sent.body["expiration"] <= time.time() or owner != sent.body["user_id"]:
            return BAD_PARAMETERS
        try:
            value = json.loads(sent.get("kv_params", "{}"))
        except ValueError:
            return BAD_PARAMETERS
        return None if isinstance(value, dict) else BAD_PARAMETERS

    def _of_destroy_shared_link(self, sent: Sent) -> str | None:
        owner = self.links.get((sent.game, sent.path["id"]))
        return None if owner == sent.number("user_id") else FAILED

    def _of_send_private_message(self, sent: Sent) -> str | None:
        is_repeated = (sent.game, self._player(sent)) in self.messages
        return FAILED if is_repeated or self._one_player(sent) else None

    _of_list_badges = _of_submit

    # ---- values

    def begin(self, channel: Channel) -> None:
        found = channel.call("getUserInfo", user_ids=list(range(ROBIN, LAST + 1)))
        self.names = {each.username: each.user_id for each in found.users}
        everybody = list(range(ROBIN, LAST + 1))
        assert list(self.names.values()) == everybody, f"the players are not all of {everybody}"
        self.uses = {UNLIMITED: None, USED_UP: 0, **self._inventory(channel)}
        self.day = datetime.now(UTC).date()
        players = [each for each in self.names.values() if each != KIT]
        self.scores = {
            (number, scope): {each: 1000 - 10 * (each - ROBIN) for each in those} if number < 34 else {}
            for number in RULES
            for scope, those in (("daily", players[::4]), ("weekly", players[::2]), ("lifetime", players))
        }

    def observe(self, operation_id: str, exchange: Exchange) -> None:
        learn = getattr(self, f"_{snake_case(operation_id)}", None)
        if learn is not None and exchange.succeeded:
            learn(Sent.of(exchange), exchange.response.json())

    def audit(self, channel: Channel) -> None:
        found = {**self.uses, **self._inventory(channel)}
        assert found == self.uses, f"the inventory has {found} uses, not {self.uses}"
        for number, scope in self.scores:
            first = channel.call("getHighScores", statistic_id=number, scope=scope)
            self._compare_scores(number, scope, 1, first.to_dict())
            for page in range(2, first.page_count + 1):
                at = {"statistic_id": number, "scope": scope, PAGES[scope]: page}
                self._compare_scores(number, scope, page, channel.call("getHighScores", **at).to_dict())
        for page, wanted in ((1, FRIENDS[ROBIN]), (2, [])):
            found = channel.call("getUserInfo", user_id=ROBIN, friends=True, page_num=page).friend_ids
            assert found == wanted, f"the friends are {found} on page {page}, not {wanted}"
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
            channel.call(operation_id, **arguments)
        except channel.package.errors.Failed:
            return False
        return True

    @staticmethod
    def _inventory(channel: Channel) -> dict[int, int | None]:
        return {each.id: each.remaining_uses for each in channel.call("listUserItems", user_id=ROBIN).items}

    def _compare_scores(self, number: int, scope: str, page: int, found: Mapping[str, Any]) -> None:
        # A day that ended meanwhile has other scores, and perhaps another week.
        if scope == "lifetime" or datetime.now(UTC).date() == self.day:
            self._compare_page(number, self.scores[number, scope], page, found, found[f"{scope}_scores"])

    def _compare_page(
        self, number: int, known: Mapping[int, int], page: int, found: Mapping[str, Any], listed: Any
    ) -> None:
        """The best first, of equal ones the lower number; as many as go on a page."""
        size = found["per_page"]
        ranked = sorted(
            known.items(), key=lambda each: (each[1] if number == BEST_TIME else -each[1], each[0])
        )
        wanted = ranked[(page - 1) * size : page * size]
        scores = [(self.names[each["username"]], each["score"]) for each in listed]
        assert scores == wanted, f"the scores are {scores}, not {wanted}"
        pages = max(1, -(-len(known) // size))
        assert found["page_count"] == pages, f"{found['page_count']} pages, not {pages}"

    def _authenticate(self, sent: Sent, player: dict[str, Any]) -> None:
        assert player["user_id"] == sent.number("user_id") == self.names[player["username"]]

    def _submit(self, sent: Sent, _: dict[str, Any]) -> None:
        user = sent.number("user_id")
        for statistic, number in STATISTICS[sent.game].items():
            if statistic in sent.body:
                value = int(sent.body[statistic])
                for scope in PAGES:
                    scores = self.scores[number, scope]
                    scores[user] = RULES[number](scores[user], value) if user in scores else value

    def _list_items(self, sent: Sent, catalogue: dict[str, Any]) -> None:
        tags = set(sent.query["tags"].split(",")) if "tags" in sent.query else None
        wanted = {name: its for name, its in CATALOGUE[sent.game].items() if tags is None or tags & its}
        found = {each["identifier"]: set(each["tags"]) for each in catalogue["items"]}
        assert found == wanted, f"the items are {found}, not {wanted}"

    def _list_user_items(self, sent: Sent, inventory: dict[str, Any]) -> None:
        known = {number: uses for number, uses in self.uses.items() if uses != 0}
        mine = (sent.game, sent.number("user_id")) == (GAME, ROBIN)
        found = {each["id"]: each["remaining_uses"] for each in inventory["items"]}
        assert found == (known if mine else {}), f"{found} uses, not {known if mine else {}}"

    def _use(self, sent: Sent, used: dict[str, Any]) -> None:
        left = (self.uses[sent.body["id"]] or 0) - 1
        self.uses[sent.body["id"]] = left
        assert used["remaining_uses"] == left, f"{used['remaining_uses']} uses, not {left}"
        record = used["usage_record_id"]
        assert record not in self.records, f"{record} is among the usage records already"
        self.records.add(record)

    def _get_user_info(self, sent: Sent, found: dict[str, Any]) -> None:
        for each in found.get("users", [found]):
            assert (
                self.names[each["username"]] == each["user_id"] == self.names[each["user_vars"]["username"]]
            )
        if "users" in found:
            self._compare_players(sent, found["users"])
        else:
            self._compare_profile(sent, found)

    def _compare_players(self, sent: Sent, found: Sequence[Mapping[str, Any]]) -> None:
        """Those of the players asked for that there are, in that order, each once, with empty lists."""
        if "user_ids" in sent.query:
            numbers = [int(each) for each in sent.query["user_ids"].split(",")]
        else:
            numbers = [self.names.get(each, 0) for each in sent.query["usernames"].split(",")]
        wanted = [each for each in dict.fromkeys(numbers) if each in self.names.values()]
        numbers_found = [each["user_id"] for each in found]
        assert numbers_found == wanted, f"the players are {numbers_found}, not {wanted}"
        listed = {name: value for each in found for name, value in each.items() if name in LISTS and value}
        assert not listed, f"one of several players has {listed}"

    def _compare_profile(self, sent: Sent, found: dict[str, Any]) -> None:
        user = self._player(sent)
        assert found["user_id"] == user
        assert found["private"] == (user in PRIVATE)
        # All of them go on one page.
        is_listed = int(sent.get("page_num", 1)) == 1 and sent.get("friends") == "true"
        wanted = FRIENDS.get(user, []) if is_listed and user not in PRIVATE else []
        assert found["friend_ids"] == wanted, f"the friends are {found['friend_ids']}, not {wanted}"
        assert [self.names[each] for each in found["friends"]] == wanted
        assert found["muted_user_ids"] == ([] if user in PRIVATE else MUTED.get(user, []))

    def _get_high_scores(self, sent: Sent, found: dict[str, Any]) -> None:
        scope, number = sent.path["scope"], int(sent.path["statistic_id"])
        self._compare_scores(number, scope, int(sent.get(PAGES[scope], 1)), found)

    def _get_friends_high_scores(self, sent: Sent, found: dict[str, Any]) -> None:
        number, user = int(sent.path["statistic_id"]), int(sent.path["user_id"])
        among = () if user in PRIVATE else (user, *FRIENDS.get(user, ()))
        known = {each: score for each, score in self.scores[number, "lifetime"].items() if each in among}
        self._compare_page(number, known, 1, found, found["friends_scores"])

    def _list_kongpanions(self, sent: Sent, found: dict[str, Any]) -> None:
        numbers = {each["id"] for each in found["kongpanions"]}
        assert numbers == KONGPANIONS, f"the kongpanions are {numbers}, not {KONGPANIONS}"

    def _list_user_kongpanions(self, sent: Sent, found: dict[str, Any]) -> None:
        owned = {each["id"]: each["shiny"] for each in found["kongpanions"]}
        wanted = OWNED_KONGPANIONS.get(self._player(sent), {})
        assert owned == wanted, f"the kongpanions are {owned}, not {wanted}"

    def _list_badges(self, sent: Sent, found: list[dict[str, Any]]) -> None:
        badges, wanted = [each["badge_id"] for each in found], BADGES.get(self._player(sent), [])
        assert badges == wanted, f"the badges are {badges}, not {wanted}"

    def _save_character(self, sent: Sent, saved: dict[str, Any]) -> None:
        assert saved["character_identifier"] == sent.body["character_identifier"]
        owner, user = saved["user_id"], sent.body.get("user_id")
        assert owner == user, f"{owner} is the character of {user}"
        found, guild = saved["guild_identifier"], sent.get("guild_identifier") or None
        assert found == guild, f"{found} is the guild, not {guild}"
        if guild is not None:
            self._save_guild(sent, saved)

    def _save_guild(self, sent: Sent, saved: dict[str, Any]) -> None:
        assert (sent.game, saved["server_identifier"], saved["guild_identifier"]) == sent.guild
        self.guilds.add(sent.guild)
        self.lost_guilds.discard(sent.guild)

    def _destroy_guild(self, sent: Sent, gone: dict[str, Any]) -> None:
        self.guilds.discard(sent.guild)
        self.lost_guilds.add(sent.guild)

    def _create_shared_link(self, sent: Sent, _: dict[str, Any]) -> None:
        self.links[sent.game, sent.body["id"]] = sent.body["user_id"]

    def _destroy_shared_link(self, sent: Sent, _: dict[str, Any]) -> None:
        self.links.pop((sent.game, sent.path["id"]), None)

    def _send_private_message(self, sent: Sent, _: dict[str, Any]) -> None:
        user = self._player(sent)
        assert user is not None
        self.messages.add((sent.game, user))
