"""What counts of a submission of statistics, whose fields are named by the game."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .known import GAMES, MOST, STATISTICS


def submission(body: Mapping[str, Any]) -> dict[str, Any]:
    """What counts of a submission; anything else in it means nothing."""
    key = body.get("api_key")
    known = STATISTICS.get(GAMES.get(key, 0), {}) if isinstance(key, str) else {}
    return {name: value for name, value in body.items() if name in ("api_key", "user_id", *known)}


def is_submission(body: Any) -> bool:
    """Whether all that counts of it is as it should be."""
    if not isinstance(body, dict) or not isinstance(body.get("api_key"), str) or not body["api_key"]:
        return False
    counting = submission(body)
    user = counting.pop("user_id", None)
    if isinstance(user, str) and re.fullmatch("[1-9][0-9]{0,18}", user):
        user = int(user)
    counting.pop("api_key")
    return is_whole(user, 1) and all(is_whole(each, 0) for each in counting.values())


def is_whole(value: Any, least: int) -> bool:
    """Whether it is a whole number from the least one to the greatest there is; 5.0 is one, too."""
    kind = type(value)
    return (kind is int or (kind is float and value.is_integer())) and least <= value <= MOST
