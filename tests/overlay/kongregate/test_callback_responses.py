"""Replies that are checked before they are sent, and the response for any web framework."""

import json
import re
import threading
from types import MappingProxyType

import anyio.from_thread
import httpx
import pytest
from starlette.applications import Starlette

import kongregate
from kongregate import Item, canceled, completed, handle_callback, items_reply
from kongregate.starlette import callback_route

KEY = "made-up-api-key"
STICK = Item(
    name="Sharp Stick", description="It has a point.", price=10, image_url="https://cdn.example/stick.png"
)
STICK_JSON = {
    "name": "Sharp Stick",
    "description": "It has a point.",
    "price": 10,
    "image_url": "https://cdn.example/stick.png",
}


def fields(**changes):
    return {**STICK_JSON, **changes}


def test_items_are_listed_with_all_their_fields():
    assert items_reply([STICK, Item(**fields(price=0))]) == {
        "items": [STICK_JSON, {**STICK_JSON, "price": 0}]
    }


def test_orders_end_completed_or_canceled():
    assert (completed(), canceled()) == ({"state": "completed"}, {"state": "canceled"})


@pytest.mark.parametrize("name", ["name", "description", "image_url"])
@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", "text that is not blank"),
        (" ", "text that is not blank"),
        ("\n", "text that is not blank"),
        (None, "a string, got null"),
        (7, "a string, got integer"),
    ],
)
def test_an_item_with_a_blank_field_is_refused(name, value, told):
    with pytest.raises(kongregate.InvalidArgument, match=f"^Item.{name}: expected {told}$"):
        Item(**fields(**{name: value}))


@pytest.mark.parametrize("price", [-1, 1.0, True, "10", None])
def test_a_price_that_is_none_is_refused(price):
    with pytest.raises(kongregate.InvalidArgument, match=r"^Item\.price: expected (an integer|at least 0)"):
        Item(**fields(price=price))


def test_an_item_is_checked_when_it_is_changed():
    item = Item(**fields())
    with pytest.raises(kongregate.InvalidArgument, match=r"^Item\.price: expected at least 0$"):
        item.price = -1
    assert item == STICK


@pytest.mark.parametrize("item", [{}, {**STICK_JSON, "price": -1}, None, "Sharp Stick"])
def test_what_is_no_item_is_refused(item):
    with pytest.raises(kongregate.InvalidReply, match=r"items_reply: items\[1\]|Item"):
        items_reply([STICK, item])


def test_an_order_of_nothing_is_refused():
    with pytest.raises(kongregate.InvalidReply, match="expected at least 1 items, got 0"):
        items_reply([])


# ---- one response for every framework


def on_event(event):
    match event:
        case kongregate.ItemOrderRequest():
            return items_reply([STICK])
        case kongregate.ItemOrderPlaced():
            return completed()
        case kongregate.InvalidateUserInventory():
            return None


def test_a_request_gets_a_response_with_items(signer, order):
    status, headers, body = handle_callback(signer.body(order), api_key=KEY, on_event=on_event)
    assert (status, json.loads(body)) == (200, {"items": [STICK_JSON]})
    assert headers == {"Content-Type": "application/json", "Content-Length": str(len(body))}


def test_a_placed_order_gets_a_response_with_its_state(signer, order):
    body = signer.body({**order, "event": "item_order_placed"})
    response = handle_callback(body, api_key=KEY, on_event=on_event)
    assert (response.status, response.body) == (200, b'{"state": "completed"}')


def test_an_event_that_takes_no_reply_gets_an_empty_response(plain):
    response = handle_callback(form(plain), api_key=KEY, on_event=on_event)
    assert (response.status, response.body) == (200, b"")


def form(values):
    return "&".join(f"{name}={value.replace(' ', '+')}" for name, value in values.items()).encode()


def test_on_event_is_not_called_for_a_refused_callback(signer, order):
    for body in (signer.body(order, key="made-up-api-key-2"), b"", b"\xff", b"a" * 100_000):
        response = handle_callback(body, api_key=KEY, on_event=pytest.fail)
        assert response.status == 400
        assert response.headers["Content-Type"].startswith("text/plain")
        assert response.body
        assert KEY.encode() not in response.body


@pytest.mark.parametrize(
    ("event", "reply", "told"),
    [
        (
            "item_order_request",
            None,
            "on_event returned no reply to ItemOrderRequest: expected object, got null",
        ),
        (
            "item_order_request",
            completed(),
            "no reply to ItemOrderRequest: items: expected array, got nothing",
        ),
        (
            "item_order_placed",
            None,
            "on_event returned no reply to ItemOrderPlaced: expected object, got null",
        ),
        ("item_order_placed", "completed", "no reply to ItemOrderPlaced: expected object, got string"),
        ("item_order_placed", completed, "no reply to ItemOrderPlaced: expected object, got function"),
        ("item_order_placed", items_reply([STICK]), "state: expected string, got nothing"),
    ],
)
def test_a_reply_to_another_event_is_refused(signer, order, event, reply, told):
    with pytest.raises(kongregate.InvalidReply, match=re.escape(told)):
        handle_callback(signer.body({**order, "event": event}), api_key=KEY, on_event=lambda _: reply)


@pytest.mark.parametrize(
    ("event", "reply", "told"),
    [
        ("item_order_request", {"items": []}, "items: expected at least 1 items, got 0"),
        ("item_order_request", {"items": None}, "items: expected array, got null"),
        ("item_order_request", {"items": [None]}, r"items\[0\]: expected object, got null"),
        ("item_order_request", {"items": [STICK_JSON, {}]}, r"items\[1\].name: expected string, got nothing"),
        (
            "item_order_request",
            {"items": [{**STICK_JSON, "name": " "}]},
            r"Item\.name: expected text that is",
        ),
        ("item_order_request", {"items": [{**STICK_JSON, "price": float("nan")}]}, "price: expected integer"),
        ("item_order_placed", {"state": "complete"}, 'state: expected "completed" or "canceled"'),
        ("item_order_placed", {"state": ["completed"]}, "state: expected string, got array"),
    ],
)
def test_a_reply_made_by_hand_is_checked_as_the_helpers_do(signer, order, event, reply, told):
    with pytest.raises(kongregate.InvalidReply, match=told):
        handle_callback(signer.body({**order, "event": event}), api_key=KEY, on_event=lambda _: reply)


@pytest.mark.parametrize("items", [[STICK_JSON], [STICK], (STICK,), [MappingProxyType(STICK_JSON)]])
def test_a_good_reply_made_by_hand_is_sent(signer, order, items):
    response = handle_callback(signer.body(order), api_key=KEY, on_event=lambda _: {"items": items})
    assert json.loads(response.body) == {"items": [STICK_JSON]}


@pytest.mark.parametrize("reply", [completed(), {}, False, ""])
def test_a_reply_where_none_is_taken_is_refused(plain, reply):
    with pytest.raises(kongregate.InvalidReply, match="expected null"):
        handle_callback(form(plain), api_key=KEY, on_event=lambda _: reply)


def test_a_coroutine_is_no_reply(signer, order, plain):
    for body in (signer.body(order), form(plain)):
        coroutine = on_event_async(None)
        with pytest.raises(kongregate.InvalidReply, match="got coroutine"):
            handle_callback(body, api_key=KEY, on_event=lambda _, reply=coroutine: reply)
        coroutine.close()


def test_what_is_refused_is_logged_without_the_key(signer, order, caplog):
    handle_callback(signer.body(order, key="made-up-api-key-2"), api_key=KEY, on_event=pytest.fail)
    assert [each.name for each in caplog.records] == ["kongregate"]
    assert "refused a callback: WrongKey: the request was not signed with this game's key" in caplog.text
    assert "made-up" not in caplog.text


def test_what_the_handler_raises_is_passed_on(signer, order):
    with pytest.raises(ZeroDivisionError):
        handle_callback(signer.body(order), api_key=KEY, on_event=lambda _: 1 / 0)


# ---- the route


async def on_event_async(event):
    return on_event(event)


def post(handler, body):
    app = Starlette(routes=[callback_route("/kongregate", api_key=KEY, on_event=handler)])
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://game.example")
    return client.post("/kongregate", content=body)


def on_event_through_the_event_loop(event):
    return anyio.from_thread.run(on_event_async, event)


@pytest.mark.parametrize("handler", [on_event, on_event_through_the_event_loop])
async def test_the_route_responds_as_the_function_does(signer, order, plain, handler):
    for body in (signer.body(order), form(plain), b"made-up", signer.body(order, key="made-up-api-key-2")):
        response = await post(handler, body)
        expected = handle_callback(body, api_key=KEY, on_event=on_event)
        assert (response.status_code, response.content) == (expected.status, expected.body)
        assert response.headers["content-type"] == expected.headers["Content-Type"]
        assert response.headers["content-length"] == expected.headers["Content-Length"]


async def test_the_route_stops_reading_a_body_that_is_too_large():
    read = []

    async def endless():
        for _ in range(1000):
            read.append(1)
            yield b"a" * 10_000

    response = await post(pytest.fail, endless())
    assert (response.status_code, response.text) == (400, "the body has more than 65536 bytes")
    assert len(read) < 20


async def test_a_client_that_disconnects_amid_the_body_is_no_error():
    app = Starlette(routes=[callback_route("/kongregate", api_key=KEY, on_event=pytest.fail)])
    received = iter(
        [{"type": "http.request", "body": b"api_", "more_body": True}, {"type": "http.disconnect"}]
    )
    sent = []

    async def receive():
        return next(received)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/kongregate", "query_string": b"", "headers": []}
    await app(scope, receive, send)
    assert sent[0]["status"] == 400


async def test_a_handler_that_waits_does_not_hold_up_the_event_loop(signer, order):
    loop_thread = threading.get_ident()
    threads = []

    def handler(event):
        threads.append(threading.get_ident())
        return on_event(event)

    assert (await post(handler, signer.body(order))).status_code == 200
    assert threads != [loop_thread]


def test_the_route_is_for_posts_only_and_wants_a_key():
    assert callback_route("/kongregate", api_key=KEY, on_event=on_event).methods == {"POST"}
    with pytest.raises(kongregate.ConfigurationError):
        callback_route("/kongregate", api_key="", on_event=on_event)
