"""A game server that sells items on Kongregate.

`python examples/kongregate_game_server.py` serves it with the mock's made-up key; its callback URL is
http://127.0.0.1:8081/kongregate. That is Starlette; in any other framework, three lines do the same:

    @app.post("/kongregate")  # Flask
    def kongregate():
        status, headers, body = handle_callback(request.get_data(), api_key=API_KEY, on_event=shop.on_event)
        return body, status, headers

    @app.post("/kongregate")  # FastAPI
    async def kongregate(request: Request):
        status, headers, body = handle_callback(await request.body(), api_key=API_KEY, on_event=shop.on_event)
        return Response(body, status, headers)

    def kongregate(request):  # Django, without its protection of forms
        status, headers, body = handle_callback(request.body, api_key=API_KEY, on_event=shop.on_event)
        return HttpResponse(body, status=status, headers=headers)
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.applications import Starlette

from kongregate import (
    Event,
    InvalidateUserInventory,
    Item,
    ItemOrderPlaced,
    ItemOrderRequest,
    Reply,
    canceled,
    completed,
    handle_callback,
    items_reply,
)
from kongregate.starlette import callback_route

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

API_KEY: Final = "made-up-api-key"
LONGEST_BODY: Final = 100_000

# What is sold, by the identifier that the game puts into an order's `order_info`.
WARES: Final = {
    "sharp-stick": Item(
        name="Sharp Stick",
        description="It has a point.",
        price=10,
        image_url="https://cdn.example/sharp-stick.png",
    ),
    "potion": Item(
        name="Potion", description="It tastes odd.", price=3, image_url="https://cdn.example/potion.png"
    ),
}


class Shop:
    """Answers Kongregate, and notes what was sold.

    Attributes:
        sold: The placed orders by their numbers. A real game keeps them in its database.
        stale: Players whose inventory has to be asked for anew.
    """

    def __init__(self) -> None:
        self.sold: dict[int, ItemOrderPlaced] = {}
        self.stale: set[int] = set()

    def on_event(self, event: Event) -> Reply | None:
        """What Kongregate is answered. Raises KeyError for an order of what is not sold: nobody pays then."""
        match event:
            case ItemOrderRequest():
                return items_reply([WARES[event.order_info]])
            case ItemOrderPlaced():
                if event.order_info not in WARES:
                    return canceled()
                # The same order may be told twice.
                self.sold.setdefault(event.order_id, event)
                return completed()
            case InvalidateUserInventory():
                self.stale.add(event.user_id)
                return None

    def wsgi(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The callback URL as a WSGI application, for any server of these."""
        posted = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), LONGEST_BODY))
        status, headers, body = handle_callback(posted, api_key=API_KEY, on_event=self.on_event)
        start_response(f"{status} {HTTPStatus(status).phrase}", list(headers.items()))
        return [body]


def make_app(shop: Shop, api_key: str = API_KEY) -> Starlette:
    """The game server, with its callback URL at `/kongregate`."""
    return Starlette(routes=[callback_route("/kongregate", api_key=api_key, on_event=shop.on_event)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Serve a shop that answers Kongregate's callbacks.")
    parser.add_argument("--port", type=int, default=8081)
    uvicorn.run(make_app(Shop()), port=parser.parse_args().port)
