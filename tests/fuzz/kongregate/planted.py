"""Faults in what the mock of Kongregate remembers, which the model has to find."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from openapi_fuzz import ServerFault, faults
from openapi_fuzz.server import Intercept

from .known import KEY, LAST, ROBIN


def memory_faults() -> Collection[ServerFault]:
    """A mock that forgets, does things twice, or does not look at what it should."""
    done, of_robin = {"success": True}, (f'"{KEY}"', f'"user_id":{ROBIN}')
    destroyed = {"server_identifier": "Default", "guild_identifier": "round-table"}
    return (
        ServerFault("a statistic is lost", "scores are", "submit", faults.always(done, *of_robin)),
        ServerFault("a statistic is added twice", "scores are", "submit", faults.twice),
        ServerFault("a use is taken twice", "uses|instead of", "use", faults.twice),
        ServerFault("a guild stays", "instead of|is there", "destroyGuild", faults.always(destroyed)),
        ServerFault("a link is lost", "instead of|not found", "createSharedLink", faults.always(done)),
        ServerFault("a message is sent again", "instead of", "sendPrivateMessage", faults.always(done)),
        ServerFault("tags are not looked at", "items are", "listItems", faults.without_query("tags")),
        *(
            ServerFault(
                f"{name} of {operation_id} is always {value}", shows, operation_id, always(name, value)
            )
            for operation_id, name, value, shows in (
                ("listItems", "items", [], "items are"),
                ("getFriendsHighScores", "friends_scores", [], "scores are"),
                ("getHighScores", "page_count", 1, "pages"),
                ("getUserInfo", "friend_ids", [], "friends are"),
                ("listUserKongpanions", "kongpanions", [], "kongpanions are"),
                ("listKongpanions", "kongpanions", [], "kongpanions are"),
                ("saveCharacter", "user_id", LAST, "is the character of"),
                ("saveCharacter", "guild_identifier", "round-table", "is the guild"),
                ("use", "usage_record_id", 9001, "usage records"),
            )
        ),
        ServerFault(
            "the page of friends is ignored",
            "friends are",
            "getUserInfo",
            faults.without_query("page_num"),
        ),
        ServerFault(
            "friends are listed unasked", "friends are", "getUserInfo", faults.with_query("friends", "true")
        ),
        ServerFault(
            "the page of scores is ignored",
            "scores are",
            "getHighScores",
            faults.without_query("lifetime_page"),
        ),
        ServerFault("a week has no scores", "scores are", "getHighScores", always("weekly_scores", [])),
        ServerFault(
            "a player of several is left out", "players are", "getUserInfo", faults.with_json(all_but_one)
        ),
        ServerFault(
            "badges are lost",
            "badges are",
            "listBadges",
            faults.with_json(lambda found: [] if isinstance(found, list) else found),
        ),
    )


def always(name: str, value: Any) -> Intercept:
    return faults.with_json(lambda body: {**body, name: value} if name in body else body)


def all_but_one(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "users": body["users"][:-1]} if "users" in body else body
