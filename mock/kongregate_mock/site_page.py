"""Pages for what players do on the site, which makes the mock send callbacks, and for playing a game."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from openapi_mock import Problem
from openapi_mock.pages.html import (
    HEADERS,
    ForeignForm,
    Pages,
    UnreadableForm,
    check_origin,
    read_fields,
    read_form,
    redirect,
    wants_json,
)
from openapi_mock.pages.places import PrivateRoute
from openapi_mock.serving.hosts import is_from_elsewhere

from .callbacks import CallbackError, ForbiddenURL
from .orders import NotEnoughKreds
from .schema import GREATEST_INTEGER
from .site import Site

if TYPE_CHECKING:
    from starlette.requests import Request

_MASK: Final = "***"
_MOST_RESULTS: Final = 100
_TOKEN: Final = "game_auth_token"  # noqa: S105  # the name of a field
_LONGEST_LANGUAGE: Final = 5
# Columns: name, label, advice, initial value.
_INPUTS: Final = (
    ("game_id", "Number of the game", "", "1001"),
    ("user_id", "Number of the player", "", "765"),
    ("recipient_id", "Number of the player who gets the items", "Only if it is another one", ""),
    ("order_info", "What is ordered", "As the game names it", "potion"),
    ("callback_url", "The game server's callback URL", "On this machine", "http://127.0.0.1:8081/kongregate"),
)
_FRAME_INPUTS: Final = ("user_id", "game_url", "language")


@dataclass(frozen=True, slots=True)
class _Result:
    """What an action has led to, and what was filled in."""

    outcome: Mapping[str, Any]
    status: int
    fields: Mapping[str, str]


class SitePage:
    """Serves the form at `/site`, results below it, and games at `/games/{game_id}`.

    A program gets JSON for a submission; a browser is led to a page of the result, so that reloading it does
    nothing twice.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages = Pages("kongregate_mock")
        self._results: OrderedDict[str, _Result] = OrderedDict()
        # By the name of the button: its label, and its action.
        self._actions: Mapping[str, tuple[str, Callable[[Mapping[str, str]], dict[str, Any]]]] = {
            "order": ("Order it", self._order),
            "order_placed_twice": ("Order it, and notify the game twice", self._order_placed_twice),
            "invalidate": ("Notify the game of a changed inventory", self._invalidate),
            "change_password": ("Change the player's password", self._change_password),
        }

    def routes(self) -> list[Route]:
        return [
            Route("/site", self._serve, methods=["GET"]),
            # It sends callbacks to any port of this machine.
            PrivateRoute("/site", self._serve, methods=["POST"]),
            Route("/site/results/{key}", self._show_result, methods=["GET"]),
            Route("/games/{game_id}", self._play, methods=["GET"]),
        ]

    async def _serve(self, request: Request) -> Response:
        if request.method != "POST":
            return await run_in_threadpool(self._form, request, {}, HTTPStatus.OK)
        fields: dict[str, str] = {}
        try:
            check_origin(request)
            fields = await read_form(request)
            result = _Result(await run_in_threadpool(self._do, fields), HTTPStatus.OK, fields)
        except (Problem, UnreadableForm, ForbiddenURL, CallbackError, NotEnoughKreds) as error:
            why, status = _refusal(error)
            result = _Result({"error": why}, status, fields)
        if wants_json(request):
            return JSONResponse(result.outcome, result.status, headers=HEADERS)
        if result.status in (HTTPStatus.OK, HTTPStatus.BAD_GATEWAY, HTTPStatus.CONFLICT):
            # The game may have been asked already, even if the order failed.
            return redirect(request, f"/site/results/{self._keep(result)}")
        return await run_in_threadpool(self._form, request, fields, result.status, result.outcome["error"])

    def _keep(self, result: _Result) -> str:
        """Keep a result for its page, under a name that nobody guesses and without tokens."""
        key = secrets.token_urlsafe(12)
        masked = {name: _MASK if name == _TOKEN else value for name, value in result.outcome.items()}
        self._results[key] = _Result(masked, result.status, result.fields)
        while len(self._results) > _MOST_RESULTS:
            self._results.popitem(last=False)
        return key

    async def _show_result(self, request: Request) -> Response:
        result = self._results.get(request.path_params["key"])
        if result is None:
            return self._refuse(request, HTTPStatus.NOT_FOUND, "This result is not kept any more.")
        label, _ = self._actions.get(result.fields.get("action", ""), ("", None))
        return self._pages.respond(
            request, "result.html", label=label, outcome=result.outcome, failed="error" in result.outcome
        )

    async def _play(self, request: Request) -> Response:
        try:
            fields = read_fields(request.url.query)
            if is_from_elsewhere(request.headers):
                # With its own `game_url`, another website could get at the player's token.
                raise ForeignForm
            return await run_in_threadpool(self._frame, request, fields)
        except (Problem, UnreadableForm, ForbiddenURL) as error:
            why, status = _refusal(error)
            return self._refuse(request, status, why)

    def _frame(self, request: Request, fields: Mapping[str, str]) -> Response:
        filled = {"user_id": "765", "game_url": "", "language": "en", **fields}
        frame = self._site.game_frame(
            _number({"game_id": request.path_params["game_id"]}, "game_id"),
            _number(filled, "user_id"),
            filled["game_url"] or None,
            host=request.headers.get("host", ""),
            language=filled["language"][:_LONGEST_LANGUAGE],
        )
        shown = {
            name: _MASK if value and name.endswith(_TOKEN) else value for name, value in frame.query.items()
        }
        return self._pages.respond(
            request,
            "game.html",
            form_action="'self'",
            policy=f"frame-src {frame.origin}",
            frame=frame,
            shown=shown,
            filled={name: filled[name] for name in _FRAME_INPUTS},
            game_id=request.path_params["game_id"],
        )

    def _refuse(self, request: Request, status: int, why: str) -> Response:
        return self._pages.respond(request, "refused.html", status, why=why)

    def _do(self, fields: Mapping[str, str]) -> dict[str, Any]:
        action = self._actions.get(fields.get("action", ""))
        if action is None:
            raise UnreadableForm(f"action has to be one of {', '.join(self._actions)}.")
        return action[1](fields)

    def _order_placed_twice(self, fields: Mapping[str, str]) -> dict[str, Any]:
        return self._order(fields, placed_twice=True)

    def _order(self, fields: Mapping[str, str], *, placed_twice: bool = False) -> dict[str, Any]:
        buyer_id = _number(fields, "user_id")
        order = self._site.order_items(
            _number(fields, "game_id"),
            buyer_id,
            _number(fields, "recipient_id") if fields.get("recipient_id") else buyer_id,
            fields.get("order_info", ""),
            fields.get("callback_url", ""),
            placed_twice=placed_twice,
        )
        return {
            "order_id": order.id,
            "state": order.state,
            "price": order.price,
            "items": [each.name for each in order.items],
            "kreds_left": self._site.kreds(buyer_id),
        }

    def _invalidate(self, fields: Mapping[str, str]) -> dict[str, Any]:
        user_id = _number(fields, "user_id")
        self._site.invalidate_user_inventory(
            _number(fields, "game_id"), user_id, fields.get("callback_url", "")
        )
        return {"notified_of": user_id}

    def _change_password(self, fields: Mapping[str, str]) -> dict[str, Any]:
        user_id = _number(fields, "user_id")
        self._site.change_password(user_id)
        token = self._site.game_auth_token(_number(fields, "game_id"), user_id)
        return {_TOKEN: token}

    def _form(self, request: Request, fields: Mapping[str, str], status: int, error: str = "") -> Response:
        return self._pages.respond(
            request,
            "site.html",
            status,
            form_action="'self'",
            error=error,
            inputs=_INPUTS,
            fields=fields,
            buttons=[(name, label) for name, (label, _) in self._actions.items()],
            games=self._site.listed_games(),
        )


def _refusal(error: Exception) -> tuple[str, int]:
    """Return what is said about an error, and its status. What other servers said is not shown."""
    match error:
        case Problem():
            return error.message, error.status
        case UnreadableForm():
            return str(error), HTTPStatus.BAD_REQUEST
        case ForbiddenURL():
            return error.without_quote, HTTPStatus.BAD_REQUEST
        case CallbackError():
            return error.without_quote, HTTPStatus.BAD_GATEWAY
        case _:
            return str(error), HTTPStatus.CONFLICT


def _number(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "")
    digits = text if text.isascii() and text.isdecimal() else ""
    if not digits or len(digits) > len(str(GREATEST_INTEGER)) or int(digits) > GREATEST_INTEGER:
        raise UnreadableForm(f"{name} has to be a whole number, at most {GREATEST_INTEGER}.")
    return int(digits)
