import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

import httpx
import pytest

from kongregate_mock import (
    CallbackError,
    ForbiddenURL,
    InvalidResponse,
    NoResponse,
    NotEnoughKreds,
    OrderedItem,
    Sender,
    TimedOut,
    sign,
)
from openapi_mock import Problem

PLACE = "http://127.0.0.1:9"
URL = f"{PLACE}/callback"
STICK = {
    "name": "Golden Stick",
    "description": "Shines.",
    "price": 30,
    "image_url": "https://cdn.example/g.png",
}
SWORD = {"name": "Sword!", "description": "Cuts.", "price": 12, "image_url": "https://cdn.example/s.png"}
KREDS = 100


class GameServer:
    """Responds to callbacks in process, with a response for each event. Records the requests."""

    def __init__(self):
        self.responses = {
            "item_order_request": {"items": [STICK, SWORD]},
            "item_order_placed": {"state": "completed"},
        }
        self.forms = []
        self.events = []

    def __call__(self, request):
        assert (request.method, str(request.url)) == ("POST", URL)
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        form = dict(parse_qsl(request.content.decode(), strict_parsing=True))
        self.forms.append(form)
        if "signed_request" not in form:
            return httpx.Response(200)
        self.events.append(verified(form["signed_request"]))
        response = self.responses[self.events[-1]["event"]]
        if callable(response):
            response = response(request)
        return response if isinstance(response, httpx.Response) else httpx.Response(200, json=response)


def verified(signed_request, key="made-up-api-key"):
    signature, text = signed_request.split(".")
    expected = base64.urlsafe_b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256))
    assert signature == expected.decode().rstrip("=")
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


@pytest.fixture
def server():
    return GameServer()


@pytest.fixture
def kongregate(open_kongregate, server):
    return open_kongregate(sender=Sender(transport=httpx.MockTransport(server)))


@pytest.fixture
def order(kongregate):
    """Order as Robin for Wren."""

    def order(buyer=765, recipient=766, url=URL):
        return kongregate.site.order_items(1001, buyer, recipient, "golden & more", url)

    return order


@pytest.fixture
def owned(wren):
    return lambda: [each["identifier"] for each in wren.ok("listUserItems")["items"]]


@pytest.fixture
def nothing_changed(kongregate, owned):
    def check():
        assert kongregate.site.kreds(765) == KREDS
        assert owned() == []
        return True

    return check


def test_a_signature_is_as_documented():
    assert sign({"algorithm": "HMAC-SHA256", "event": "test"}, "748e63d7-c48c-418c-aa25-80456de2b98c") == (
        "GbmlDg_VNvaFZFKMR6iIXBqQWtdCyzgwSPTc1IB7pC8.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV2ZW50IjoidGVzdCJ9"
    )


def test_an_order_that_is_completed_is_paid_and_owned(kongregate, wren, order, owned):
    done = order()
    assert (done.state, done.price) == ("completed", 42)
    assert done.items == (OrderedItem(**STICK), OrderedItem(**SWORD))
    assert kongregate.site.kreds(765) == KREDS - 42
    items = wren.ok("listUserItems")["items"]
    assert [(each["identifier"], each["name"], each["description"]) for each in items] == [
        ("golden-stick", "Golden Stick", "Shines."),
        ("sword", "Sword!", "Cuts."),
    ]
    assert {(each["remaining_uses"], each["data"]) for each in items} == {(1, "golden & more")}
    assert wren.ok("use", id=items[0]["id"])["remaining_uses"] == 0
    assert owned() == ["sword"]


def test_both_callbacks_of_an_order_say_the_same(server, order):
    done = order()
    first, second = server.events
    assert first == {
        "algorithm": "HMAC-SHA256",
        "event": "item_order_request",
        "game_id": 1001,
        "buyer_id": 765,
        "recipient_id": 766,
        "order_id": done.id,
        "order_info": "golden & more",
    }
    assert second == {**first, "event": "item_order_placed"}
    assert [list(each) for each in server.forms] == [["signed_request"]] * 2
    assert order().id > done.id


def test_a_game_server_may_call_the_api_while_it_is_asked(kongregate, server, robin, order):
    seen = []

    def look(_request):
        seen.append((kongregate.site.kreds(765), robin.ok("listUserItems")["items"][0]["id"]))
        return httpx.Response(200, json={"state": "completed"})

    server.responses["item_order_placed"] = look
    assert order().state == "completed"
    assert seen == [(KREDS - 42, 4711)]


def test_an_order_that_is_canceled_changes_nothing(server, order, nothing_changed):
    server.responses["item_order_placed"] = {"state": "canceled"}
    assert order().state == "canceled"
    assert nothing_changed()


def test_something_for_nothing_can_be_ordered(server, order, owned):
    server.responses["item_order_request"] = {"items": [{**STICK, "price": 0}]}
    assert order(buyer=770).price == 0
    assert owned() == ["golden-stick"]


def test_who_cannot_pay_gets_nothing_and_the_order_is_not_placed(server, order, owned):
    with pytest.raises(NotEnoughKreds, match="cannot pay 42 Kreds"):
        order(buyer=766)
    assert [each["event"] for each in server.events] == ["item_order_request"]
    assert owned() == []


@pytest.mark.parametrize("field", ["name", "description", "price", "image_url"])
@pytest.mark.parametrize("value", ["", " \t", None, -1, 1.5, True, [], "12"])
def test_an_item_with_a_bad_field_is_refused(server, order, nothing_changed, field, value):
    if field != "price" and value == "12":
        value = 12
    server.responses["item_order_request"] = {"items": [SWORD, {**STICK, field: value}]}
    with pytest.raises(InvalidResponse, match=rf"^items\[1\]\.{field}: expected"):
        order()
    assert nothing_changed()


@pytest.mark.parametrize(
    "response",
    [
        {},
        {"items": []},
        {"items": {}},
        {"items": None},
        {"items": ["stick"]},
        {"items": [{}]},
        {"items": [{**STICK, "price": 2**63 - 1}, SWORD]},
        [STICK],
        None,
        httpx.Response(200, content=b""),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=b'{"items": [NaN]}'),
        httpx.Response(200, content=b"[" * 70_000),
        httpx.Response(500, json={"items": [STICK]}),
        httpx.Response(302, headers={"location": URL}, json={"items": [STICK]}),
    ],
)
def test_an_invalid_list_of_items_is_refused(server, order, nothing_changed, response):
    server.responses["item_order_request"] = response
    with pytest.raises(InvalidResponse):
        order()
    assert nothing_changed()
    assert len(server.forms) == 1


@pytest.mark.parametrize(
    "response",
    [{}, {"state": "done"}, {"state": None}, {"state": ["completed"]}, [], "completed", httpx.Response(404)],
)
def test_an_invalid_state_refunds_the_kreds(server, order, nothing_changed, response):
    server.responses["item_order_placed"] = response
    with pytest.raises(InvalidResponse):
        order()
    assert nothing_changed()


def test_an_order_that_is_placed_twice_needs_equal_responses(kongregate, server, nothing_changed):
    responses = iter(["completed", "canceled"])
    server.responses["item_order_placed"] = lambda _request: httpx.Response(
        200, json={"state": next(responses)}
    )
    with pytest.raises(InvalidResponse, match="the game responded canceled after completed"):
        kongregate.site.order_items(1001, 765, 766, "x", URL, placed_twice=True)
    assert [each["event"] for each in server.events[1:]] == ["item_order_placed"] * 2
    assert server.events[1] == server.events[2]
    assert nothing_changed()


def test_an_order_placed_twice_is_paid_and_owned_once(kongregate, owned):
    done = kongregate.site.order_items(1001, 765, 766, "x", URL, placed_twice=True)
    assert (done.state, kongregate.site.kreds(765)) == ("completed", KREDS - 42)
    assert owned() == ["golden-stick", "sword"]


def test_the_reason_of_a_game_server_is_reported_and_logged(server, order, caplog):
    caplog.set_level("INFO")
    refusal = "your\n api_key\x1b made-up-api-key is not mine" + "." * 1000
    server.responses["item_order_request"] = httpx.Response(400, text=refusal)
    said = f"the game server at {PLACE} responded with the status 400: your api_key *** is not mine"
    with pytest.raises(InvalidResponse) as caught:
        order()
    assert str(caught.value).rstrip(".") == said
    assert len(str(caught.value)) < 400
    assert f"order 1: {caught.value}" in caplog.messages


def test_a_failed_order_is_logged_with_its_reason(server, order, caplog):
    server.responses["item_order_request"] = {"items": []}
    with pytest.raises(InvalidResponse):
        order()
    server.responses["item_order_request"] = {"items": [STICK]}
    with pytest.raises(NotEnoughKreds):
        order(buyer=766)
    assert caplog.messages[-2:] == [
        "order 1: items: expected a list with at least one item",
        "order 2: the buyer of order 2 cannot pay 30 Kreds",
    ]


def test_a_game_server_that_repeats_its_request_gives_no_signature_away(server, order, caplog):
    server.responses["item_order_request"] = lambda request: httpx.Response(400, content=request.content)
    with pytest.raises(InvalidResponse) as caught:
        order()
    assert server.forms[0]["signed_request"].split(".")[0] not in f"{caught.value} {caplog.text}"


def test_callbacks_with_responses_are_logged(order, caplog):
    caplog.set_level("INFO")
    order()
    assert [each for each in caplog.messages if each.startswith("item_order")] == [
        f"item_order_request: response from {PLACE}",
        f"item_order_placed: response from {PLACE}",
    ]


def raising(error):
    def respond(_request):
        raise error

    return respond


@pytest.mark.parametrize("event", ["item_order_request", "item_order_placed"])
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError("refused"), NoResponse),
        (httpx.RemoteProtocolError("broken"), NoResponse),
        (httpx.ConnectTimeout("late"), TimedOut),
        (httpx.ReadTimeout("late"), TimedOut),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_game_server_that_does_not_respond_changes_nothing(
    server, order, nothing_changed, event, error, expected
):
    server.responses[event] = raising(error)
    with pytest.raises(expected) as caught:
        order()
    assert caught.type is expected
    assert nothing_changed()


def test_what_became_of_orders_is_kept(kongregate, server, order):
    order()
    server.responses["item_order_placed"] = {"state": "canceled"}
    order()
    server.responses["item_order_placed"] = {}
    with pytest.raises(InvalidResponse):
        order()
    assert kongregate.execute("SELECT state, price FROM orders ORDER BY id").all() == [
        ("completed", 42),
        ("canceled", None),
        ("failed", None),
    ]


@pytest.mark.parametrize("numbers", [(1, 765, 766), (1001, 1, 766), (1001, 765, 1)])
def test_an_order_needs_a_game_and_players(kongregate, server, numbers):
    with pytest.raises(Problem, match="not found"):
        kongregate.site.order_items(*numbers, "x", URL)
    assert server.forms == []


def test_the_site_knows_no_game_or_player_that_does_not_exist(kongregate):
    site = kongregate.site
    for ask in (
        lambda: site.game_auth_token(1, 765),
        lambda: site.game_auth_token(1001, 1),
        lambda: site.change_password(1),
        lambda: site.kreds(1),
        lambda: site.give_item(1001, 1, "castle"),
        lambda: site.give_item(1001, 765, "nothing"),
        lambda: site.follow_link(1001, "nowhere"),
    ):
        with pytest.raises(Problem, match="not found") as caught:
            ask()
        assert caught.value.status == 404


def test_a_changed_inventory_is_sent_to_the_game(kongregate, server):
    kongregate.site.invalidate_user_inventory(1001, 765, URL)
    assert server.forms == [
        {
            "event": "invalidate_user_inventory",
            "api_key": "made-up-api-key",
            "time": "2025-06-15 15:06:40 +0000",
            "user_id": "765",
            "username": "Robin",
            "game_auth_token": "made-up-game-token",
        }
    ]


def test_a_callback_has_the_current_token(kongregate, server, robin):
    kongregate.site.change_password(765)
    kongregate.site.invalidate_user_inventory(1001, 765, URL)
    assert robin.ok("authenticate", game_auth_token=server.forms[0]["game_auth_token"])


@pytest.mark.parametrize(
    "url",
    [
        "http://game.example/callback",
        "https://192.0.2.1/",
        "http://127.0.0.1.game.example/",
        "http://127.0.0.1@game.example/",
        "http://localhost.example/",
        "http://[2001:db8::1]/",
        "http://0.0.0.0/",
        "ftp://127.0.0.1/",
        "//127.0.0.1/",
        "/callback",
        "http://",
        "http://[::1",
        "",
    ],
)
def test_callbacks_stay_on_this_machine(kongregate, server, url):
    for send in (
        lambda: kongregate.site.order_items(1001, 765, 766, "x", url),
        lambda: kongregate.site.invalidate_user_inventory(1001, 765, url),
    ):
        with pytest.raises(ForbiddenURL):
            send()
    assert server.forms == []
    assert kongregate.execute("SELECT count(*) FROM orders").scalar() == 0


@pytest.mark.parametrize("url", ["http://localhost:1/", "http://127.9.9.9/a?b=c", "https://[::1]:8443/"])
def test_every_way_to_name_this_machine_will_do(url):
    Sender().check(url)


def test_callbacks_leave_the_machine_only_if_that_is_wanted():
    Sender(any_host=True).check("https://game.example/callback")
    with pytest.raises(ForbiddenURL):
        Sender(any_host=True).check("ftp://game.example/callback")


def test_no_secret_is_in_an_error(kongregate, server, order, caplog):
    caplog.set_level("DEBUG")
    server.responses["item_order_request"] = httpx.Response(500, text="made-up-api-key")
    with pytest.raises(CallbackError) as caught:
        order()
    kongregate.site.invalidate_user_inventory(1001, 765, URL)
    assert "made-up" not in repr(caught.value)
    assert "made-up" not in caplog.text


class SlowHandler(BaseHTTPRequestHandler):
    """Sends a response byte by byte without end."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.end_headers()
        while not self.server.stopped.wait(0.01):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def log_message(self, *_args):
        pass


@pytest.fixture
def slow_url():
    with HTTPServer(("127.0.0.1", 0), SlowHandler) as slow:
        slow.stopped = threading.Event()
        thread = threading.Thread(target=slow.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{slow.server_port}/"
        slow.stopped.set()
        slow.shutdown()
        thread.join()


def test_a_response_that_arrives_too_slowly_times_out(open_kongregate, slow_url):
    sender = Sender(timeout_s=0.2)
    kongregate = open_kongregate(sender=sender)
    started = time.monotonic()
    with pytest.raises(TimedOut):
        kongregate.site.order_items(1001, 765, 766, "x", slow_url)
    assert time.monotonic() - started < 5
    assert kongregate.site.kreds(765) == KREDS


def test_a_refused_connection_is_no_response(open_kongregate):
    with HTTPServer(("127.0.0.1", 0), SlowHandler) as closed:
        port = closed.server_port
    kongregate = open_kongregate()
    with pytest.raises(
        NoResponse, match=f"^the game server at http://127.0.0.1:{port} did not respond: .+refused"
    ):
        kongregate.site.order_items(1001, 765, 766, "x", f"http://127.0.0.1:{port}/?made-up")
    assert kongregate.site.kreds(765) == KREDS


def test_an_item_that_cannot_be_stored_fails_the_order_and_refunds_it(
    kongregate, server, order, nothing_changed
):
    server.responses["item_order_request"] = {"items": [{**STICK, "name": "a\0b"}]}
    with pytest.raises(Problem, match="NUL"):
        order()
    assert nothing_changed()
    assert kongregate.execute("SELECT state FROM orders").scalars().all() == ["failed"]
