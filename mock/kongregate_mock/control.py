"""What a test does to Kongregate besides calling it: players, orders, items, callbacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, insert, select, update

from openapi_mock.control import Control, Controlled
from openapi_mock.control.actions import action

from . import players
from .errors import taken
from .schema import users

if TYPE_CHECKING:
    import httpx

    from openapi_mock.state import Store

    from .callbacks import Sender
    from .orders import Order
    from .site import Site

_GAME: Final = 1001
_AVATAR: Final = "https://cdn.kongregate.example/avatars"
_NEXT_ID: Final = select(func.coalesce(func.max(users.c.id), 0) + 1)
_TAKEN: Final = select(users.c.id).where(users.c.username == bindparam("name"))
_GIVE_KREDS: Final = (
    update(users).where(users.c.id == bindparam("user")).values(kreds=users.c.kreds + bindparam("amount"))
)


@dataclass(frozen=True, slots=True)
class Player:
    """A player, with the token that authenticates them to the game."""

    user_id: int
    username: str
    game_auth_token: str = field(repr=False)


class KongregateControl(Control):
    """Controls a mock of Kongregate. The game is 1001 of the default seed, unless another one is named.

    Methods that name a game, a player or an item raise openapi_mock.Problem (404) for an unknown one.
    """

    api_key: Final = "made-up-api-key"
    """The key of game 1001 of the default seed."""

    def __init__(self, mock: Controlled, store: Store, site: Site, sender: Sender) -> None:
        super().__init__(mock)
        self._kongregate = store
        self._site = site
        self._sender = sender

    @action
    def add_user(
        self, username: str, *, kreds: int = 0, level: int = 1, private: bool = False, game_id: int = _GAME
    ) -> Player:
        """Add a player, and return the token for the game. Raises Problem (409) for a name that is taken."""
        row = {
            "username": username,
            "private": private,
            "level": level,
            "points": 0,
            "avatar_url": f"{_AVATAR}/{username}.png",
            "chat_avatar_url": f"{_AVATAR}/{username}-chat.png",
            "developer": False,
            "moderator": False,
            "admin": False,
            "kreds": kreds,
        }
        with self._mock.turn, self._kongregate.transaction() as connection:
            if connection.execute(_TAKEN, {"name": username}).first():
                raise taken("username")
            user_id: int = connection.execute(_NEXT_ID).scalar_one()
            connection.execute(insert(users).values(id=user_id, **row))
        return Player(user_id, username, self.game_auth_token(user_id, game_id=game_id))

    @action
    def game_auth_token(self, user_id: int, *, game_id: int = _GAME) -> str:
        """Return the token that authenticates the player to the game."""
        with self._mock.turn:
            return self._site.game_auth_token(game_id, user_id)

    @action
    def change_password(self, user_id: int) -> None:
        """Change the player's password, which replaces their tokens for all games."""
        with self._mock.turn:
            self._site.change_password(user_id)

    @action
    def kreds(self, user_id: int) -> int:
        """Return the player's balance in Kreds."""
        with self._mock.turn:
            return self._site.kreds(user_id)

    @action
    def give_kreds(self, user_id: int, amount: int) -> int:
        """Add to the player's balance, and return it in Kreds."""
        with self._mock.turn, self._kongregate.transaction() as connection:
            players.find(connection, user_id, lock=True)
            connection.execute(_GIVE_KREDS, {"user": user_id, "amount": amount})
        return self.kreds(user_id)

    @action
    def give_item(self, user_id: int, identifier: str, *, game_id: int = _GAME) -> int:
        """Add an item of the catalogue to the player's inventory, and return its number there."""
        with self._mock.turn:
            return self._site.give_item(game_id, user_id, identifier)

    @action
    def order_items(
        self,
        user_id: int,
        order_info: str,
        callback_url: str,
        *,
        recipient_id: int | None = None,
        game_id: int = _GAME,
        placed_twice: bool = False,
    ) -> Order:
        """Order what the game offers for `order_info`, as the player does on the site, by signed callbacks.

        Raises callbacks.CallbackError if the game server does not respond as documented, and
        orders.NotEnoughKreds; then nothing has changed.
        """
        return self._site.order_items(
            game_id, user_id, recipient_id or user_id, order_info, callback_url, placed_twice=placed_twice
        )

    @action
    def invalidate_user_inventory(self, user_id: int, callback_url: str, *, game_id: int = _GAME) -> None:
        """Notify the game server that the player's inventory has changed. Raises callbacks.CallbackError."""
        self._site.invalidate_user_inventory(game_id, user_id, callback_url)

    def reset(self) -> None:
        super().reset()
        self._sender.use(None)

    def send_callbacks_through(self, client: httpx.Client) -> None:
        """Send callbacks through a client of httpx, such as a framework's test client, until the next reset.

        They may then go to any host.
        """
        self._sender.use(client)
