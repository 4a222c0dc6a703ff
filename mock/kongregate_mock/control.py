"""What a test does to Kongregate besides calling it: players, orders, items, callbacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

from msgspec import Meta
from sqlalchemy import bindparam, func, insert, select, update

from openapi_mock import Problem
from openapi_mock.control import Control, Controlled
from openapi_mock.control.actions import action

from . import games, players
from .errors import taken
from .schema import users

if TYPE_CHECKING:
    import httpx

    from openapi_mock.state import Store

    from .callbacks import Sender
    from .orders import Order
    from .site import Site

MOST_KREDS: Final = 2**53 - 1
"""The most that a player can have: the largest number that every JSON reader keeps exact."""
_GAME: Final = 1001
# As in seeds.
_Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=150)]
_Level: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000)]
_Kreds: TypeAlias = Annotated[int, Meta(ge=0, le=MOST_KREDS)]
_AVATAR: Final = "https://cdn.kongregate.example/avatars"
_NEXT_ID: Final = select(func.coalesce(func.max(users.c.id), 0) + 1)
_TAKEN: Final = select(users.c.id).where(users.c.username == bindparam("name"))
_KREDS: Final = select(users.c.kreds).where(users.c.id == bindparam("user"))
_SET_KREDS: Final = update(users).where(users.c.id == bindparam("user")).values(kreds=bindparam("balance"))


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

    credentials: Final[Mapping[str, str]] = MappingProxyType({"api_key": "made-up-api-key"})
    """The key of game 1001 of the default seed, as an argument of a session."""

    def __init__(self, mock: Controlled, store: Store, site: Site, sender: Sender) -> None:
        super().__init__(mock)
        self._kongregate = store
        self._site = site
        self._sender = sender

    @action
    def add_user(
        self,
        username: _Name,
        *,
        kreds: _Kreds = 0,
        level: _Level = 1,
        private: bool = False,
        game_id: int = _GAME,
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
        # No other player gets the same number meanwhile.
        with self._mock.turn, self._kongregate.exclusive() as connection:
            games.find(connection, game_id)
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
        """Add to the player's balance, or take from it, and return it in Kreds.

        Raises Problem (409) below 0 and above `MOST_KREDS`.
        """
        with self._mock.turn, self._kongregate.transaction() as connection:
            players.find(connection, user_id, lock=True)
            balance: int = connection.execute(_KREDS, {"user": user_id}).scalar_one() + amount
            if not 0 <= balance <= MOST_KREDS:
                raise Problem(409, "conflict", f"the player cannot have {balance} Kreds")
            connection.execute(_SET_KREDS, {"user": user_id, "balance": balance})
        return balance

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
        recipient = user_id if recipient_id is None else recipient_id
        return self._site.order_items(
            game_id, user_id, recipient, order_info, callback_url, placed_twice=placed_twice
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
