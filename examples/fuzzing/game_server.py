"""What a game server does when a player has finished a level; `test_game_server.py` tests it."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from kws import KWS, APIError, Forbidden


class Page(NamedTuple):
    """What the player gets to see."""

    status: HTTPStatus
    text: str


def finish_level(player: KWS) -> Page:
    """Reward a player, and show all points."""
    try:
        player.users.trigger_event(token="finished-level")
        total = player.users.get_points().total
    except Forbidden:
        return Page(HTTPStatus.OK, "You had this reward already.")
    except APIError:
        return Page(HTTPStatus.SERVICE_UNAVAILABLE, "Come back later: nothing is lost.")
    return Page(
        HTTPStatus.OK, ", ".join(f"{each.sum} {each.plural_name}" for each in total) or "No points yet."
    )
