"""A tour through Kongregate Web Services: every documented operation, and an item that a player buys.

`make run` takes it against a fresh mock. Each step yields what its call returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import httpx
from kongregate_game_server import Shop, make_app

from kongregate import GameQuery, Kongregate
from openapi_mock import serve

API_KEY = "made-up-api-key"
# What Kongregate puts into the address of the page that holds the game.
QUERY = (
    "kongregate_username=Robin&kongregate_user_id=765&kongregate_game_auth_token=made-up-game-token"
    "&kongregate_game_id=1001&kongregate_language=en"
)


def tour(base_url: str, httpx_args: dict[str, Any]) -> Iterator[object]:
    """Call every operation of the Kongregate at `base_url`, which must hold the mock's seed."""
    robin = GameQuery.parse(QUERY)
    token = robin.game_auth_token or ""
    with Kongregate(API_KEY, base_url, httpx_args=httpx_args) as kong:
        yield kong.players.authenticate(user_id=robin.user_id, game_auth_token=token)
        yield from who_plays(kong, robin)
        yield from how_well(kong, robin)
        yield from with_what(kong, robin, token)
        yield from with_whom(kong, robin)
        yield from to_whom_it_is_told(kong, robin, token)
        yield from and_buys(kong, robin, site=urljoin(base_url, "/site"))


def who_plays(kong: Kongregate, robin: GameQuery) -> Iterator[object]:
    """Profiles, friends, badges and companions."""
    yield kong.players.get_user_info(user_id=robin.user_id, friends=True)
    yield kong.players.get_user_info(user_ids=[robin.user_id, 766, 767])
    yield [friend.username for friend in kong.players.iter_friends(user_id=robin.user_id)]
    yield kong.players.list_badges(username=robin.username)
    yield kong.kongpanions.list_kongpanions()
    yield kong.kongpanions.list_user_kongpanions(user_id=robin.user_id)


def how_well(kong: Kongregate, robin: GameQuery) -> Iterator[object]:
    """Statistics, and the high scores made from them."""
    yield kong.statistics.submit(user_id=robin.user_id, statistics={"high-score": 4711, "coins": 12})
    yield [score.score for score in kong.statistics.iter_high_scores(statistic_id=33, scope="weekly")]
    yield kong.statistics.get_friends_high_scores(statistic_id=33, user_id=robin.user_id)


def with_what(kong: Kongregate, robin: GameQuery, token: str) -> Iterator[object]:
    """What is sold, what the player owns, and one use of it."""
    yield kong.items.list_items(tags=["sword"])
    owned = kong.items.list_user_items(user_id=robin.user_id).items
    yield [(item.identifier, item.remaining_uses) for item in owned]
    stick = next(item for item in owned if item.remaining_uses)
    yield kong.items.use(user_id=robin.user_id, game_auth_token=token, id=stick.id)


def with_whom(kong: Kongregate, robin: GameQuery) -> Iterator[object]:
    """A character that leaves its guild again, and a guild that comes and goes."""
    knight: dict[str, Any] = {
        "character_identifier": "knight-1",
        "character_name": "Sir Robin",
        "user_id": robin.user_id,
    }
    yield kong.guilds.save_character(**knight, guild_identifier="owls", guild_name="The Owls")
    yield kong.guilds.save_character(**knight, guild_identifier=None)
    yield kong.guilds.save_guild(guild_identifier="dragons", guild_name="Here Be Dragons")
    yield kong.guilds.destroy_guild(guild_identifier="dragons")


def to_whom_it_is_told(kong: Kongregate, robin: GameQuery, token: str) -> Iterator[object]:
    """A shared link that comes and goes, and a message."""
    yield kong.shared_links.create_shared_link(
        user_id=robin.user_id,
        game_auth_token=token,
        id="level-8",
        name="Try level 8",
        type="challenge",
        link_params="kv_level=8",
        expiration=4102444800,
    )
    yield kong.shared_links.destroy_shared_link(id="level-8", user_id=robin.user_id, game_auth_token=token)
    yield kong.messages.send_private_message(user_id=robin.user_id, content="Your castle stands.")


def and_buys(kong: Kongregate, robin: GameQuery, *, site: str) -> Iterator[object]:
    """An order: the site asks the game server for the price, the player pays, the game hands out the item."""
    shop = Shop()
    with serve(make_app(shop)) as game_server:
        order = as_the_browser(site, robin, order_info="potion", callback_url=f"{game_server}/kongregate")
    placed = shop.sold[order["order_id"]]
    yield f"order {placed.order_id} of {placed.order_info}: {order['state']} for {order['price']} Kreds"
    yield [item.identifier for item in kong.items.list_user_items(user_id=robin.user_id).items]


def as_the_browser(site: str, robin: GameQuery, **fields: str) -> dict[str, Any]:
    """Order on the site as a player would; nobody orders through the API."""
    form = {"action": "order", "game_id": "1001", "user_id": str(robin.user_id), **fields}
    answer = httpx.post(site, data=form, headers={"Accept": "application/json"}, trust_env=False)
    order: dict[str, Any] = answer.raise_for_status().json()
    return order
