"""A handler for every operation. A handler checks access, and leaves the rest to the module of its topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from openapi_mock import Behaviour, Call, Operation, Problem, Request, Response, operation
from openapi_mock.queries import with_body_in_query
from openapi_mock.settings import Settings
from openapi_mock.state import Store
from openapi_reader import Tree

from . import (
    badges,
    games,
    guilds,
    items,
    kongpanions,
    messages,
    players,
    profiles,
    seed,
    shared_links,
    statistics,
)
from .callbacks import Sender
from .control import KongregateControl
from .errors import render
from .paging import PageSizes
from .site import Site
from .site_page import SitePage

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from starlette.routing import BaseRoute

    from openapi_mock.control import Controlled

    from .games import Game

_ALSO_BY_GET: Final = ("submit", "use")
_FORM: Final = "application/x-www-form-urlencoded"
_PAGE_PARAMETERS: Final = {"daily": "today_page", "weekly": "weekly_page", "lifetime": "lifetime_page"}
_DONE: Final[Mapping[str, Any]] = {"success": True}


class KongregateBehaviour(Behaviour[KongregateControl]):
    """The handlers of Kongregate Web Services, over a store that has its tables.

    `site` does what no operation does.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        page_sizes: PageSizes | None = None,
        sender: Sender | None = None,
    ) -> None:
        self.settings = self._settings = settings
        self._seed = seed.read(settings)
        self.store = self._store = store
        self.serial = not store.is_concurrent
        store.when_restored(self.restored)
        store.derive_with(statistics.count_scores)
        self._clock = settings.clock
        self._page_sizes = page_sizes or PageSizes()
        self._sender = sender or Sender(hosts=settings.callback_hosts, faults=settings.faults)
        self.site = Site(store, self._clock, self._sender, settings.random)

    # ---- Hooks ----

    def make_control(self, mock: Controlled) -> KongregateControl:
        return KongregateControl(mock, self._store, self.site, self._sender)

    def read_seed(self, given: Tree | Mapping[str, Any], source: str = "seed") -> Any:
        return seed.read(replace(self._settings, seed=given, seed_source=source))

    def fill(self, connection: Connection, other: Any = None) -> None:
        seed.fill(connection, other or self._seed, now_ms=self._clock())

    def methods(self, operation: Operation) -> Iterable[str]:
        return ("GET",) if operation.id in _ALSO_BY_GET else ()

    def media_types(self, operation: Operation) -> Iterable[str]:
        return (_FORM,)

    def prepare(self, request: Request, operation: Operation) -> Request:
        """Accept the fields of a body in the query, and for GET a query as a JSON body."""
        if request.method == "GET":
            request = with_body_in_query(request)
        if operation.request_body is None or (request.body and request.method == operation.method):
            return request
        headers = {**request.headers, "content-type": _FORM}
        return replace(request, headers=headers, body=request.raw_query)

    def adapt(self, body: Any, operation: Operation) -> Any:
        """Accept fields that name no statistic, and a player's number as text."""
        if operation.id != "submit" or not isinstance(body, dict):
            return body
        with self._store.transaction() as connection:
            return statistics.submission(connection, cast("dict[str, Any]", body))

    def unit_of_work(self) -> AbstractContextManager[object]:
        return self._store.transaction()

    def render(self, problem: Problem, operation: Operation | None) -> Response:
        return render(problem, operation)

    def banner(self) -> Sequence[tuple[str, str]]:
        with self._store.transaction() as connection:
            return [*seed.banner(connection, self._seed), ("what players do on the site", "/site")]

    def routes(self) -> Sequence[BaseRoute]:
        return SitePage(self.site).routes()

    def close(self) -> None:
        """Close the database and connections to game servers. The behaviour cannot be used afterwards."""
        self._sender.close()
        self._store.close()

    # ---- players ----

    @operation("authenticate")
    def check_player(self, call: Call) -> dict[str, Any]:
        game = self._game(call.query)
        return {**_DONE, "username": self._player(game, call.query), "user_id": call.query["user_id"]}

    @operation("getUserInfo")
    def get_user_info(self, call: Call) -> dict[str, Any]:
        return profiles.info(self._db, call.query, self._page_sizes.friends)

    @operation("listBadges")
    def list_badges(self, call: Call) -> list[dict[str, Any]]:
        return badges.of_player(self._db, players.find_one(self._db, None, call.path["username"]))

    # ---- statistics ----

    @operation("submit")
    def submit(self, call: Call) -> Mapping[str, Any]:
        game, user_id = self._game(call.body), call.body["user_id"]
        players.find(self._db, user_id, lock=True)
        statistics.submit(self._db, game.id, user_id, call.body, self._clock())
        return _DONE

    @operation("getHighScores")
    def get_high_scores(self, call: Call) -> dict[str, Any]:
        scope = call.path["scope"]
        page = call.query[_PAGE_PARAMETERS[scope]]
        found = statistics.high_scores(
            self._db, call.path["statistic_id"], scope, page, self._page_sizes.scores, self._clock()
        )
        return {**_DONE, f"{scope}_scores": found.pop("scores"), **found}

    @operation("getFriendsHighScores")
    def get_friends_high_scores(self, call: Call) -> dict[str, Any]:
        statistic_id, user_id = call.path["statistic_id"], call.path["user_id"]
        found = statistics.friends_high_scores(
            self._db, statistic_id, user_id, self._page_sizes.scores, self._clock()
        )
        return {**_DONE, "friends_scores": found.pop("scores"), **found}

    # ---- items ----

    @operation("listItems")
    def list_items(self, call: Call) -> dict[str, Any]:
        game = self._game(call.query)
        return {**_DONE, "items": items.catalogue(self._db, game.id, call.query.get("tags"))}

    @operation("listUserItems")
    def list_user_items(self, call: Call) -> dict[str, Any]:
        game, user_id = self._game(call.query), call.query["user_id"]
        players.find(self._db, user_id)
        return {**_DONE, "items": items.inventory(self._db, game.id, user_id)}

    @operation("use")
    def use(self, call: Call) -> dict[str, Any]:
        game = self._game(call.body)
        self._player(game, call.body, lock=True)
        return {**_DONE, **items.use(self._db, game.id, call.body["user_id"], call.body["id"], self._clock())}

    # ---- guilds ----

    @operation("saveCharacter")
    def save_character(self, call: Call) -> dict[str, Any]:
        game = self._game(call.body, lock=True)
        return {**_DONE, **guilds.save_character(self._db, game.id, call.body)}

    @operation("saveGuild")
    def save_guild(self, call: Call) -> dict[str, Any]:
        game = self._game(call.body, lock=True)
        return {**_DONE, **guilds.save_guild(self._db, game.id, call.body)}

    @operation("destroyGuild")
    def destroy_guild(self, call: Call) -> dict[str, Any]:
        game = self._game(call.body, lock=True)
        return guilds.destroy_guild(self._db, game.id, call.body)

    # ---- shared links ----

    @operation("createSharedLink")
    def create_shared_link(self, call: Call) -> Mapping[str, Any]:
        game = self._game(call.body, lock=True)
        self._player(game, call.body)
        shared_links.create(self._db, game.id, call.body, self._clock())
        return _DONE

    @operation("destroySharedLink")
    def destroy_shared_link(self, call: Call) -> Mapping[str, Any]:
        game = self._game(call.body, lock=True)
        self._player(game, call.body)
        shared_links.destroy(self._db, game.id, call.body["user_id"], call.path["id"], self._clock())
        return _DONE

    # ---- kongpanions ----

    @operation("listKongpanions")
    def list_kongpanions(self, call: Call) -> dict[str, Any]:
        return {**_DONE, "kongpanions": kongpanions.everything(self._db)}

    @operation("listUserKongpanions")
    def list_user_kongpanions(self, call: Call) -> dict[str, Any]:
        user_id = players.find_one(self._db, call.query.get("user_id"), call.query.get("username"))
        return {**_DONE, "kongpanions": kongpanions.of_player(self._db, user_id)}

    # ---- messages ----

    @operation("sendPrivateMessage")
    def send_private_message(self, call: Call) -> Mapping[str, Any]:
        messages.send(self._db, self._game(call.body).id, call.body, self._clock())
        return _DONE

    # ---- Helpers ----

    @property
    def _db(self) -> Connection:
        return self._store.connection

    def _game(self, values: Mapping[str, Any], *, lock: bool = False) -> Game:
        return games.authenticate(self._db, values["api_key"], lock=lock)

    def _player(self, game: Game, values: Mapping[str, Any], *, lock: bool = False) -> str:
        """Return the name of the player whom the game's token authenticates."""
        return players.authenticate(
            self._db, game.id, values["user_id"], values["game_auth_token"], lock=lock
        )
