"""The back end of a game on FastAPI: sign-in and points with Kids Web Services, item orders with Kongregate.

`KWS_…` and `KONGREGATE_…` in the environment say where the two are (README has the names):

    uvicorn --factory examples.game_backend:app_from_env

`tests/examples/test_game_backend.py` tests it with the fixtures of kws-clients, outages and clock included.
"""

from __future__ import annotations

import os
import secrets
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Cookie, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

import kongregate
import kws
from kongregate import Item, Kongregate, canceled, completed, items_reply
from kongregate.starlette import callback_route
from kws import KWS, SignIn

CALLBACK_URL: Final = "https://game.example/callback"
WARES: Final = {
    "potion": Item(
        name="Potion", description="It tastes odd.", price=3, image_url="https://cdn.example/potion.png"
    )
}
_LATER_S: Final = "5"


class Players:
    """Who is signed in, and who is about to be. A real game keeps both in its database."""

    def __init__(self, session: KWS) -> None:
        self._session = session
        self._started: dict[str, SignIn] = {}
        self._signed_in: dict[str, KWS] = {}

    def start(self) -> str:
        """Return the URL of the sign-in page."""
        sign_in = self._session.start_sign_in(redirect_uri=CALLBACK_URL)
        self._started[sign_in.state] = sign_in
        return sign_in.url

    def finish(self, state: str, callback_url: str) -> str:
        """Return the key of a new web session. Raises HTTPException (400) for an unknown state."""
        sign_in = self._started.pop(state, None)
        if sign_in is None:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "this sign-in was not started here")
        key = secrets.token_urlsafe()
        self._signed_in[key] = self._session.complete_sign_in(callback_url, sign_in)
        return key

    def of(self, key: str | None) -> KWS:
        """Return the player of a web session. Raises HTTPException (401)."""
        player = self._signed_in.get(key or "")
        if player is None:
            raise HTTPException(HTTPStatus.UNAUTHORIZED, "sign in first")
        return player


def create_app(session: KWS, game: Kongregate, api_key: str) -> FastAPI:
    """Return the back end. Both sessions stay open until their owner closes them."""
    app = FastAPI(routes=[callback_route("/kongregate", api_key=api_key, on_event=_reply)])
    players = Players(session)
    app.add_exception_handler(kws.APIError, _explain)
    app.add_exception_handler(kongregate.APIError, _explain)

    @app.get("/sign-in")
    def sign_in() -> Response:
        return RedirectResponse(players.start(), HTTPStatus.SEE_OTHER)

    @app.get("/callback")
    def callback(request: Request, state: str) -> Response:
        key = players.finish(state, f"{CALLBACK_URL}?{request.url.query}")
        response = RedirectResponse("/points", HTTPStatus.SEE_OTHER)
        response.set_cookie("player", key, secure=True, httponly=True, samesite="lax")
        return response

    @app.get("/points")
    def points(player: Annotated[str | None, Cookie()] = None) -> dict[str, int]:
        return {each.plural_name: each.sum for each in players.of(player).users.get_points().total}

    @app.post("/levels/{level}")
    def finish_level(level: int, player: Annotated[str | None, Cookie()] = None) -> dict[str, int]:
        signed_in = players.of(player)
        signed_in.users.trigger_event(token="finished-level")
        signed_in.users.set_app_data(name="level", value=level)
        return {each.plural_name: each.sum for each in signed_in.users.get_points().total}

    @app.get("/inventory/{user_id}")
    def inventory(user_id: int) -> list[str]:
        return [item.name for item in game.items.list_user_items(user_id=user_id).items]

    return app


def app_from_env() -> FastAPI:
    """Return the back end with the settings of the environment."""
    return create_app(KWS.from_env(), Kongregate.from_env(), os.environ["KONGREGATE_API_KEY"])


def _reply(event: kongregate.Event) -> kongregate.Reply | None:
    """Return what Kongregate is told: what an order costs, and whether it can be delivered."""
    match event:
        case kongregate.ItemOrderRequest():
            return items_reply([WARES[event.order_info]])
        case kongregate.ItemOrderPlaced():
            return completed() if event.order_info in WARES else canceled()
        case _:
            return None


async def _explain(_request: Request, error: Exception) -> Response:
    """Turn what went wrong with KWS or Kongregate into what the player can do."""
    if isinstance(error, kws.Unauthorized):
        return JSONResponse({"detail": "sign in again"}, HTTPStatus.UNAUTHORIZED)
    if isinstance(error, kws.ClientError | kongregate.ClientError):
        return JSONResponse({"detail": str(error)}, HTTPStatus.CONFLICT)
    return JSONResponse(
        {"detail": "try again later"}, HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": _LATER_S}
    )
