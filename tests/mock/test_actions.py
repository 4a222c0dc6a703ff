"""What both mocks can be told to do besides calls, in Python and over HTTP, by right and wrong values."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from json import dumps

import pytest

import openapi_mock
from kws_mock import UnacceptableSignIn, WrongPassword
from mock_control_client import Api, Client, errors
from openapi_mock import Problem
from openapi_mock.control.actions import ActionError, actions_of
from openapi_mock.control.api import control_mock

SIGN_IN = "/oauth?clientId=example-client&redirectUri=https://game.example/callback"
ITEM = {"name": "Stick", "description": "Made of wood.", "price": 3, "image_url": "https://cdn.example/s.png"}
NOBODY = "http://127.0.0.1:9/callback"

GOOD = {
    "kws": {
        "add_user": {
            "username": "new",
            "date_of_birth": "2015-03-09",
            "country": "de",
            "permissions": "accessEmail",
        },
        "deny_permission": {"user_id": 5073, "names": "accessCity"},
        "give_points": {"user_id": 5073, "amount": 1},
        "grant_permission": {"user_id": 5073, "names": ["accessCity", "accessEmail"]},
        "permissions": {"user_id": 5073},
        "points": {"user_id": 5073},
        "set_app_data": {"user_id": 5073, "name": "level", "value": 3},
        "sign_in": {"url": SIGN_IN, "username": "robin"},
        "token": {"user_id": 5073},
    },
    "kongregate": {
        "add_user": {"username": "new", "kreds": 3},
        "change_password": {"user_id": 765},
        "game_auth_token": {"user_id": 765},
        "give_item": {"user_id": 765, "identifier": "sharp-stick"},
        "give_kreds": {"user_id": 765, "amount": 5},
        "invalidate_user_inventory": {"user_id": 765},
        "kreds": {"user_id": 765},
        "order_items": {"user_id": 765, "order_info": "stick"},
    },
}
BAD = [
    ("kws", "add_user", {"username": ""}, errors.BadRequest, "username"),
    ("kws", "add_user", {"username": "robin"}, errors.Conflict, "has this name"),
    ("kws", "add_user", {"username": "a\0b"}, errors.BadRequest, "NUL"),
    ("kws", "add_user", {"username": "a", "country": "Germany"}, errors.BadRequest, "country"),
    ("kws", "add_user", {"username": "a", "language": "english"}, errors.BadRequest, "language"),
    ("kws", "add_user", {"username": "a", "date_of_birth": "x"}, errors.BadRequest, "date_of_birth"),
    ("kws", "add_user", {"username": "a", "email": "x"}, errors.BadRequest, "email"),
    ("kws", "add_user", {"username": "a", "app_id": 1}, errors.NotFound, "app"),
    ("kws", "add_user", {"username": "a", "permissions": ["x"]}, errors.NotFound, "'x'.*accessEmail"),
    ("kws", "deny_permission", {"user_id": 5073, "names": "x"}, errors.NotFound, "'x'.*accessEmail"),
    ("kws", "grant_permission", {"user_id": 1, "names": "accessCity"}, errors.NotFound, "user"),
    ("kws", "give_points", {"user_id": 5073, "amount": -5}, errors.BadRequest, "amount"),
    ("kws", "give_points", {"user_id": 5073, "amount": 0}, errors.BadRequest, "amount"),
    ("kws", "give_points", {"user_id": 5073, "amount": 2**63}, errors.BadRequest, "amount"),
    ("kws", "give_points", {"user_id": 5073, "amount": 2**53 - 1}, errors.Conflict, "that many"),
    ("kws", "give_points", {"user_id": 5073, "amount": 1, "currency_id": 0}, errors.NotFound, "currency 0"),
    ("kws", "points", {"user_id": 5073, "currency_id": 99999}, errors.NotFound, "currency 99999"),
    ("kws", "permissions", {"user_id": 2**70}, errors.BadRequest, "64 bits"),
    ("kws", "set_app_data", {"user_id": 5073, "name": "x" * 5000, "value": 1}, errors.BadRequest, "bytes"),
    ("kws", "sign_in", {"url": SIGN_IN, "username": "robin", "password": "x"}, errors.Conflict, "wrong"),
    ("kws", "sign_in", {"url": "/oauth?clientId=x", "username": "robin"}, errors.Conflict, "clientId"),
    ("kws", "sign_in", {"url": "https://[", "username": "robin"}, errors.Conflict, "not a URL"),
    ("kws", "sign_in", {"url": SIGN_IN + "&clientId=x", "username": "robin"}, errors.Conflict, "once"),
    ("kws", "token", {"user_id": 0}, errors.NotFound, "user"),
    ("kongregate", "add_user", {"username": ""}, errors.BadRequest, "username"),
    ("kongregate", "add_user", {"username": "a", "kreds": -1}, errors.BadRequest, "kreds"),
    ("kongregate", "add_user", {"username": "a", "level": 2**40}, errors.BadRequest, "level"),
    ("kongregate", "add_user", {"username": "a", "game_id": 1}, errors.NotFound, "Game"),
    ("kongregate", "change_password", {"user_id": 1}, errors.NotFound, "User"),
    ("kongregate", "game_auth_token", {"user_id": 765, "game_id": 1}, errors.NotFound, "Game"),
    ("kongregate", "give_item", {"user_id": 765, "identifier": "x"}, errors.NotFound, "Item"),
    ("kongregate", "give_kreds", {"user_id": 765, "amount": -(10**9)}, errors.Conflict, "Kreds"),
    ("kongregate", "give_kreds", {"user_id": 765, "amount": 2**63 - 1}, errors.Conflict, "Kreds"),
    ("kongregate", "kreds", {"user_id": "765"}, errors.BadRequest, "user_id"),
    (
        "kongregate",
        "invalidate_user_inventory",
        {"user_id": 765, "callback_url": "https://elsewhere.example"},
        errors.Conflict,
        "this machine only",
    ),
    (
        "kongregate",
        "invalidate_user_inventory",
        {"user_id": 765, "callback_url": NOBODY},
        errors.Conflict,
        "did not respond",
    ),
    (
        "kongregate",
        "order_items",
        {"user_id": 765, "order_info": "x", "callback_url": "nowhere"},
        errors.Conflict,
        "begins with",
    ),
    (
        "kongregate",
        "order_items",
        {"user_id": 765, "order_info": "x", "callback_url": NOBODY, "recipient_id": 0},
        errors.NotFound,
        "User",
    ),
]


class Game(BaseHTTPRequestHandler):
    """Responds to every callback in the same way."""

    price = 3

    def do_POST(self):
        body = dumps({"items": [{**ITEM, "price": self.price}], "state": "completed"}).encode()
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class ExpensiveGame(Game):
    price = 10**9


@pytest.fixture
def serve_game():
    servers = []

    def serve(handler):
        servers.append(HTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/callback"

    yield serve
    for each in servers:
        each.shutdown()
        each.server_close()


@pytest.fixture
def load():
    opened = []

    def load(api, database=None):
        opened.append(openapi_mock.load(api, database))
        return opened[-1]

    yield load
    for each in opened:
        each.close()


@pytest.fixture
def over_http(load):
    """Return a function that runs an action of a mock over HTTP."""

    def run(api, name, arguments):
        transport = control_mock(load(api)).transport()
        with Api(Client("https://mock.example/_mock", httpx_args={"transport": transport})) as control:
            return control.actions.run_action(name=name, arguments=arguments).result

    return run


@pytest.mark.parametrize("api", GOOD)
def test_every_action_has_a_case_here(load, api):
    assert [*actions_of(load(api).control)] == [*GOOD[api]]


@pytest.mark.parametrize(("api", "name"), [(api, name) for api in GOOD for name in GOOD[api]])
def test_every_action_runs_over_http(over_http, serve_game, api, name):
    arguments = dict(GOOD[api][name])
    if name in {"order_items", "invalidate_user_inventory"}:
        arguments["callback_url"] = serve_game(Game)
    over_http(api, name, arguments)


@pytest.mark.parametrize(("api", "name", "arguments", "error", "message"), BAD)
def test_wrong_values_are_refused_over_http_with_a_reason(over_http, api, name, arguments, error, message):
    with pytest.raises(error, match=f"(?s){message}"):
        over_http(api, name, arguments)


def test_an_order_that_the_buyer_cannot_pay_is_refused(over_http, serve_game):
    given = {"user_id": 765, "order_info": "x", "callback_url": serve_game(ExpensiveGame)}
    with pytest.raises(errors.Conflict, match="cannot pay"):
        over_http("kongregate", "order_items", given)


def test_wrong_values_are_refused_in_python_by_the_same_reasons(load):
    control = load("kws").control
    with pytest.raises(ActionError, match="date_of_birth"):
        control.add_user("new", date_of_birth="2014-01-01")
    with pytest.raises(ActionError, match="amount"):
        control.give_points(5073, -5)
    with pytest.raises(Problem, match="currency 99999 of the app's owner not found"):
        control.give_points(5073, 5, currency_id=99999)
    with pytest.raises(WrongPassword, match="name or the password is wrong"):
        control.sign_in(SIGN_IN, "robin", "x")
    with pytest.raises(UnacceptableSignIn, match="clientId"):
        control.sign_in("/oauth", "robin")
    with pytest.raises(TypeError, match="username"):
        control.add_user()
    user = control.add_user("new", date_of_birth=date(2014, 1, 1), permissions=("accessCity",))
    assert control.permissions(user.user_id)["accessCity"] is True


def test_kreds_stay_within_what_can_be_stored(load):
    control = load("kongregate").control
    most = 2**53 - 1
    assert control.give_kreds(765, most - control.kreds(765)) == most
    with pytest.raises(Problem, match="cannot have"):
        control.give_kreds(765, 1)
    assert control.give_kreds(765, -most) == control.kreds(765) == 0


@pytest.mark.parametrize("api", GOOD)
def test_users_who_are_added_at_once_get_numbers_of_their_own(load, postgresql, api):
    controls = [load(api, postgresql).control for _ in range(2)]
    with ThreadPoolExecutor(8) as pool:
        added = list(pool.map(lambda each: controls[each % 2].add_user(f"user-{each}"), range(24)))
    assert len({each.user_id for each in added}) == len(added)
