"""The examples do what they say."""

import importlib
import io
import json
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

import kongregate
from openapi_mock import MockTransport, load, serve

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture
def game_server(monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES))
    return importlib.import_module("kongregate_game_server")


@pytest.fixture
def shop(game_server):
    return game_server.Shop()


def answered(game_server, shop, body):
    """Status and body of the shop's callback URL, over WSGI and through the function alike."""
    started = []
    environ = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    (content,) = shop.wsgi(environ, lambda status, headers: started.append((status, headers)))
    direct = kongregate.handle_callback(body, api_key=game_server.API_KEY, on_event=shop.on_event)
    assert (started[0][1], content) == (list(direct.headers.items()), direct.body)
    return started[0][0], content


def test_the_shop_sells_what_it_has(game_server, shop, signer, order):
    status, content = answered(game_server, shop, signer.body(order))
    assert status == "200 OK"
    assert [item["name"] for item in json.loads(content)["items"]] == ["Sharp Stick"]
    placed = signer.body({**order, "event": "item_order_placed"})
    assert answered(game_server, shop, placed) == ("200 OK", b'{"state": "completed"}')
    assert [each.recipient_id for each in shop.sold.values()] == [766]


def test_the_shop_gives_money_back_for_what_it_has_not(game_server, shop, signer, order):
    placed = signer.body({**order, "event": "item_order_placed", "order_info": "castle"})
    assert answered(game_server, shop, placed) == ("200 OK", b'{"state": "canceled"}')
    assert shop.sold == {}


def test_the_shop_notes_whose_inventory_changed(game_server, shop, plain):
    body = "&".join(f"{name}={value}" for name, value in plain.items()).replace(" ", "+").encode()
    assert answered(game_server, shop, body) == ("200 OK", b"")
    assert shop.stale == {765}


def test_the_shop_turns_forgeries_away(game_server, shop, signer, order):
    status, _ = answered(game_server, shop, signer.body(order, key="made-up-api-key-2"))
    assert status == "400 Bad Request"


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Nobody reads it."""


@pytest.fixture
def over_starlette(game_server, shop):
    with serve(game_server.make_app(shop)) as url:
        yield f"{url}/kongregate"


@pytest.fixture
def over_wsgi(shop):
    with make_server("127.0.0.1", 0, shop.wsgi, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/kongregate"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("callback_url", ["over_starlette", "over_wsgi"])
def test_what_is_ordered_of_the_shop_shows_in_the_inventory(callback_url, game_server, shop, request):
    url = request.getfixturevalue(callback_url)
    with load("kongregate") as mock:
        order = mock.behaviour.site.order_items(1001, 765, 766, "sharp-stick", url)
        transport = {"transport": MockTransport(mock)}
        with kongregate.Kongregate(
            game_server.API_KEY, "https://kongregate.example", httpx_args=transport
        ) as kong:
            owned = [item.identifier for item in kong.items.list_user_items(user_id=766).items]
    assert (order.state, order.price, list(shop.sold)) == ("completed", 10, [order.id])
    assert owned == ["sharp-stick"]
