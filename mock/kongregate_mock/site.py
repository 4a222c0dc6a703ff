"""Actions on the site that are no operations of the API: purchases, passwords, callbacks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from sqlalchemy import select

from openapi_mock.clock import Clock
from openapi_mock.state import Store

from . import callback_responses, games, items, orders, players, shared_links
from .callbacks import CallbackError, ForbiddenURL, Sender, sign
from .schema import games as game_table
from .schema import users

logger = logging.getLogger("openapi_mock.site")

_HOST: Final = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class GameFrame:
    """What the site's page of a game embeds: the game's URL, and the query that tells it who plays."""

    title: str
    game_url: str
    query: Mapping[str, str] = field(repr=False)

    @property
    def source(self) -> str:
        """The URL of the frame, which holds the player's token."""
        return f"{self.game_url}{'&' if '?' in self.game_url else '?'}{urlencode(self.query)}"

    @property
    def origin(self) -> str:
        """The origin of the game's URL."""
        parts = urlsplit(self.game_url)
        return f"{parts.scheme}://{parts.netloc}"


class Site:
    """Actions of players on the site's own pages, over the same state as the API.

    Raises openapi_mock.Problem (404) for games, players, items and links that do not exist. No lock is held
    while a callback is sent, so that the game server may call the API meanwhile.
    """

    def __init__(self, store: Store, clock: Clock, sender: Sender, random: Random) -> None:
        self._store = store
        self._random = random
        self._clock = clock
        self._sender = sender

    def game_auth_token(self, game_id: int, user_id: int) -> str:
        """Return the token with which the site authenticates the player to the game."""
        with self._store.transaction() as connection:
            games.find(connection, game_id)
            players.find(connection, user_id, lock=True)
            return players.game_token(connection, game_id, user_id, self._random)

    def game_frame(
        self, game_id: int, user_id: int, game_url: str | None = None, *, host: str = "", language: str = "en"
    ) -> GameFrame:
        """Return what the page of a game embeds, with the documented query; player 0 is a guest.

        `game_url` stands for the game's own URL, such as one in development. It gets the token, so it has to
        be on this machine or on an allowed host. `host` is that of the site. Raises callbacks.ForbiddenURL.
        """
        if game_url is not None:
            self._sender.check(game_url)
        with self._store.transaction() as connection:
            title = games.find(connection, game_id).title
            own_url: str = connection.execute(
                select(game_table.c.url).where(game_table.c.id == game_id)
            ).scalar_one()
            name = players.find(connection, user_id, lock=True) if user_id else "Guest"
            token = players.game_token(connection, game_id, user_id, self._random) if user_id else ""
        check_embeddable(game_url or own_url)
        query = {
            "kongregate_username": name,
            "kongregate_user_id": str(user_id),
            "kongregate_game_auth_token": token,
            "kongregate_game_id": str(game_id),
            "kongregate_host": host,
            "kongregate_game_url": own_url,
            "kongregate_api_host": host,
            "kongregate_channel_id": f"{game_id}-{user_id}",
            "kongregate_language": language,
        }
        return GameFrame(title, game_url or own_url, query)

    def listed_games(self) -> list[tuple[int, str]]:
        """Return number and title of every game."""
        with self._store.transaction() as connection:
            return [
                (row.id, row.title)
                for row in connection.execute(
                    select(game_table.c.id, game_table.c.title).order_by(game_table.c.id)
                )
            ]

    def change_password(self, user_id: int) -> None:
        """Change the player's password, which replaces their tokens for all games."""
        with self._store.transaction() as connection:
            players.find(connection, user_id, lock=True)
            players.change_tokens(connection, user_id, self._random)

    def kreds(self, user_id: int) -> int:
        """Return the player's balance in Kreds."""
        with self._store.transaction() as connection:
            players.find(connection, user_id)
            amount: int = connection.execute(select(users.c.kreds).where(users.c.id == user_id)).scalar_one()
            return amount

    def give_item(self, game_id: int, user_id: int, identifier: str) -> int:
        """Add an item of the catalogue to the player's inventory, and return its number there."""
        with self._store.transaction() as connection:
            players.find(connection, user_id)
            return items.give(connection, game_id, user_id, identifier)

    def follow_link(self, game_id: int, link_id: str) -> dict[str, Any]:
        """Follow a shared link, and return the parameters that the game gets."""
        with self._store.transaction() as connection:
            return shared_links.follow(connection, game_id, link_id, self._clock())

    def invalidate_user_inventory(self, game_id: int, user_id: int, callback_url: str) -> None:
        """Notify the game server that the player's inventory has changed. Raises callbacks.CallbackError."""
        with self._store.transaction() as connection:
            form = {
                "event": "invalidate_user_inventory",
                "api_key": games.find(connection, game_id).api_key,
                "time": _text(self._clock()),
                "user_id": str(user_id),
                "username": players.find(connection, user_id, lock=True),
                "game_auth_token": players.game_token(connection, game_id, user_id, self._random),
            }
        secrets = (form["api_key"], form["game_auth_token"])
        with _logged(form["event"]):
            self._sender.post(callback_url, form["event"], form, secrets)

    def order_items(
        self,
        game_id: int,
        buyer_id: int,
        recipient_id: int,
        order_info: str,
        callback_url: str,
        *,
        placed_twice: bool = False,
    ) -> orders.Order:
        """Order what the game offers for `order_info`, for the player or for a recipient.

        The buyer pays before the order is placed, and is refunded if it fails. With `placed_twice` the
        callback `item_order_placed` is sent twice, and has to get the same response. Raises
        callbacks.CallbackError, orders.NotEnoughKreds; then nothing has changed.
        """
        self._sender.check(callback_url)
        with self._store.transaction() as connection:
            game = games.find(connection, game_id)
            request = orders.open_order(
                connection, game_id, buyer_id, recipient_id, order_info, self._clock()
            )

        def ask(event: str) -> bytes:
            form = {"signed_request": sign(request.payload(event), game.api_key)}
            return self._sender.post(callback_url, event, form, (game.api_key, form["signed_request"]))

        with _logged(f"order {request.id}"):
            return self._run(request, ask, placed=2 if placed_twice else 1)

    def _run(self, request: orders.OpenOrder, ask: Callable[[str], bytes], placed: int) -> orders.Order:
        try:
            ordered = callback_responses.read_items(ask("item_order_request"))
            price = sum(each.price for each in ordered)
            with self._store.transaction() as connection:
                orders.place(connection, request, price)
            state = callback_responses.read_states(ask("item_order_placed") for _ in range(placed))
            with self._store.transaction() as connection:
                if state == "completed":
                    # What the game has named an item may be what no database stores.
                    orders.complete(connection, request, ordered, price)
                else:
                    orders.give_up(connection, request, "canceled")
        except BaseException:
            with self._store.transaction() as connection:
                orders.give_up(connection, request, "failed")
            raise
        return orders.Order(request.id, state, ordered, price)


def check_embeddable(url: str) -> None:
    """Check that a URL names one origin without doubt, for a Content-Security-Policy. Raises ForbiddenURL."""
    try:
        parts = urlsplit(url)
        sound = parts.port is None or parts.port > 0
    except ValueError:
        sound = False
    else:
        sound = sound and not parts.fragment and bool(_HOST.fullmatch(parts.netloc))
    if not sound:
        raise ForbiddenURL("a game's URL has a plain host, and no fragment")


@contextmanager
def _logged(what: str) -> Generator[None]:
    """Log a failed callback or order with its reason."""
    try:
        yield
    except (CallbackError, orders.NotEnoughKreds) as error:
        logger.warning("%s: %s", what, error)
        raise


def _text(time_ms: int) -> str:
    """Return a time as text, such as `2016-04-10 13:20:59 +0000`."""
    return datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S %z")
