"""A page for the actions of players on the site, which makes the mock send callbacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from openapi_mock import Problem
from openapi_mock.html import HEADERS, Pages, UnreadableForm, read_form

from .callbacks import CallbackError, ForbiddenURL
from .orders import NotEnoughKreds
from .schema import GREATEST_INTEGER
from .site import Site

if TYPE_CHECKING:
    from starlette.requests import Request

_OWN_PAGES: Final = ("none", "same-origin")
# Columns: name, label, initial value.
_INPUTS: Final = (
    ("game_id", "Number of the game", "1001"),
    ("user_id", "Number of the player", "765"),
    ("recipient_id", "Number of the player who gets the items, if it is another one", ""),
    ("order_info", "What is ordered, as the game names it", "potion"),
    ("callback_url", "The game server's callback URL", "http://127.0.0.1:8081/kongregate"),
)
_REFUSALS: Final[tuple[tuple[type[Exception], int], ...]] = (
    (UnreadableForm, HTTPStatus.BAD_REQUEST),
    (ForbiddenURL, HTTPStatus.BAD_REQUEST),
    (CallbackError, HTTPStatus.BAD_GATEWAY),
    (NotEnoughKreds, HTTPStatus.CONFLICT),
)


class SitePage:
    """Serves the form at `/site`. A submission gets a page, or JSON for programs."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages = Pages("kongregate_mock")
        # By the name of the button: its label, and its action.
        self._actions: Mapping[str, tuple[str, Callable[[Mapping[str, str]], dict[str, Any]]]] = {
            "order": ("Order it", self._order),
            "order_placed_twice": ("Order it, and notify the game twice", self._order_placed_twice),
            "invalidate": ("Notify the game of a changed inventory", self._invalidate),
            "change_password": ("Change the player's password", self._change_password),
        }

    def routes(self) -> list[Route]:
        return [Route("/site", self._serve, methods=["GET", "POST"])]

    async def _serve(self, request: Request) -> Response:
        if request.method != "POST":
            return self._form({}, HTTPStatus.OK)
        fields: dict[str, str] = {}
        try:
            _check_origin(request)
            fields = await read_form(request)
            outcome, status = await run_in_threadpool(self._do, fields), HTTPStatus.OK
        except Problem as problem:
            outcome, status = {"error": problem.message}, HTTPStatus(problem.status)
        except tuple(kind for kind, _ in _REFUSALS) as error:
            outcome = {"error": str(error)}
            status = HTTPStatus(next(code for kind, code in _REFUSALS if isinstance(error, kind)))
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse(outcome, status, headers=HEADERS)
        return self._form(fields, status, outcome)

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
        return {"game_auth_token": token}

    def _form(
        self, fields: Mapping[str, str], status: int, outcome: Mapping[str, Any] | None = None
    ) -> Response:
        buttons = [(name, label) for name, (label, _) in self._actions.items()]
        return self._pages.respond(
            "site.html",
            status,
            form_action="'self'",
            outcome=outcome or {},
            inputs=_INPUTS,
            fields=fields,
            buttons=buttons,
        )


def _number(fields: Mapping[str, str], name: str) -> int:
    text = fields.get(name, "")
    digits = text if text.isascii() and text.isdecimal() else ""
    if not digits or len(digits) > len(str(GREATEST_INTEGER)) or int(digits) > GREATEST_INTEGER:
        raise UnreadableForm(f"{name} has to be a whole number, at most {GREATEST_INTEGER}.")
    return int(digits)


def _check_origin(request: Request) -> None:
    """Refuse forms from other websites, which could otherwise send callbacks through the user's browser."""
    if request.headers.get("sec-fetch-site", "none") not in _OWN_PAGES:
        raise UnreadableForm("Only this page's own form is taken.")
