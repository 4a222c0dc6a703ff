"""What the mock of Kongregate holds at first, as far as cases are drawn from it and the model knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

GAME, OTHER_GAME = 1001, 1002
KEY, OTHER_KEY = "made-up-api-key", "made-up-api-key-2"
GAMES = {KEY: GAME, OTHER_KEY: OTHER_GAME}
ROBIN, WREN, KIT, LAST = 765, 766, 767, 804
TOKEN, WRENS_TOKEN, OTHER_TOKEN = "made-up-game-token", "made-up-game-token-wren", "made-up-game-token-2"
TOKENS = {(GAME, ROBIN): TOKEN, (GAME, WREN): WRENS_TOKEN, (OTHER_GAME, ROBIN): OTHER_TOKEN}
STATISTICS = {
    GAME: {"coins": 31, "best-time": 32, "high-score": 33, "rank": 34},
    OTHER_GAME: {"coins": 41},
}
BEST_TIME, MOST = 32, 2**63 - 1
UNLIMITED, USED_UP = 4712, 4713

# What no operation changes, as the mock's data has it.
CATALOGUE = {
    GAME: {"sharp-stick": {"sword"}, "potion": {"drink", "magic"}, "castle": set()},
    OTHER_GAME: {"fin": {"gear"}},
}
PRIVATE = {KIT}
FRIENDS = {ROBIN: list(range(WREN, 778)), **{each: [ROBIN] for each in range(WREN, 778)}}
MUTED = {ROBIN: [785]}
KONGPANIONS = {1, 2, 3}
OWNED_KONGPANIONS = {ROBIN: {1: False, 3: True}, WREN: {1: True}}
BADGES = {ROBIN: [3, 7]}

VALUES: Mapping[str, Sequence[Any]] = {
    "api_key": [*[KEY] * 10, OTHER_KEY, "made-up-wrong-key"],
    "game_auth_token": [*[TOKEN] * 8, WRENS_TOKEN, OTHER_TOKEN, "made-up-wrong-token"],
    "user_id": [*[ROBIN] * 8, WREN, KIT],
    "username": ["Robin", "Robin", "Wren", "Kit"],
    "getUserInfo.username": ["Robin", "Kit", "Nobody"],
    "getUserInfo.user_id": [ROBIN, KIT, LAST + 1],
    "usernames": [["Robin", "Wren"], ["Kit"]],
    "user_ids": [[ROBIN, WREN], [KIT]],
    "page_num": [1, 2],
    "friends": ["true", "true", "false"],
    "tags": [["sword"], ["drink", "magic"], ["nobody"]],
    "statistic_id": list(STATISTICS[GAME].values()),
    "scope": ["daily", "weekly", "lifetime"],
    "lifetime_page": [1, 2],
    "coins": [1, 5],
    "use.id": [4711, 4711, 4711, UNLIMITED, USED_UP],
    "createSharedLink.id": ["level-7", "level-8"],
    "destroySharedLink.id": ["level-7", "level-8"],
    "expiration": [4102444800, 4102444800, 4102444800, 1],
    "kv_params": ["{}", '{"kv_level": 7}', "no JSON"],
    "link_params": ["kv_level=7"],
    "guild_identifier": ["round-table", "square-table"],
    "saveCharacter.guild_identifier": ["round-table", "square-table", "", None],
    "server_identifier": ["Default", "Default", "east"],
    "character_identifier": ["knight-1"],
}
