"""What a control object does for one API: the same in process and over HTTP, with the effects it names."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from random import Random

import httpx
import msgspec
import pytest
from hypothesis import strategies as st

from openapi_mock import MovableClock, Problem, Settings, load
from openapi_mock.control.actions import ActionError, Refused
from openapi_mock.control.api import control_mock

SPECS = Path(__file__).parents[2] / "openapi"
NOW_MS = 1_767_225_600_000
NOBODY = 999_999
MOST = 2**53 - 1
GRANTS = ("accessEmail", "accessLastName", "sendNewsletter")
USER_FIELDS = {
    "language": st.sampled_from(["en", "fr"]),
    "country": st.sampled_from(["gb", "fr"]),
    "first_name": st.sampled_from(["Lina", "Ä"]),
    "last_name": st.sampled_from(["Lane", "ß"]),
    "email": st.sampled_from(["Lina@family.example", "l@b.example"]),
    "parent_email": st.sampled_from(["other@family.example"]),
    "date_of_birth": st.dates(date(2000, 1, 1), date(2025, 1, 1)),
}


class Pair:
    """Two equal mocks: one is controlled in process, the other over HTTP."""

    def __init__(self, name):
        self.mocks = [
            load(
                SPECS / f"{name}.yaml",
                settings=Settings(clock=MovableClock(lambda: NOW_MS), random=Random(0)),
            )
            for _ in range(2)
        ]
        self.control = self.mocks[0].control
        self.http = httpx.Client(
            transport=control_mock(self.mocks[1]).transport(), base_url="http://mock.example/_mock"
        )

    def begin(self):
        for each in self.mocks:
            each.control.reset()
            each.control.clock.stop()
            each.random.seed(0)

    def state(self, table):
        found, other = (each.control.export()[table] for each in self.mocks)
        # Each password has a salt of its own.
        for each in (*found, *other):
            each.pop("password_hash", None)
        assert found == other
        return found

    def run(self, action, **arguments):
        """The status and the result, or the words of a refusal, of an action that is run in both ways."""
        try:
            told = (200, msgspec.to_builtins(getattr(self.control, action)(**arguments)))
        except ActionError as error:
            told = (400, str(error))
        except Problem as problem:
            told = (problem.status, problem.message)
        except Refused as error:
            told = (409, error.reason)
        response = self.http.post(f"/actions/{action}", json=msgspec.to_builtins(arguments))
        body = response.json()
        assert response.status_code == told[0], (action, arguments, body)
        if response.is_success:
            assert body["result"] == told[1]
        else:
            # Over HTTP, what is wrong with each value follows.
            assert told[1]
            assert body["message"].startswith(told[1])
        return told

    def close(self):
        self.http.close()
        for each in self.mocks:
            each.close()


@pytest.fixture(scope="module")
def kws():
    made = Pair("kws")
    yield made
    made.close()


@pytest.fixture(scope="module")
def kongregate():
    made = Pair("kongregate")
    yield made
    made.close()


def row(found, **wanted):
    (one,) = [each for each in found if wanted.items() <= each.items()]
    return one


# ---- Both


WRONG = {
    "kws": {
        "add_user": [{}, {"username": ""}, {"username": "a", "language": "english"}],
        "grant_permission": [{"user_id": 5073}, {"user_id": 5073, "names": 1}],
        "deny_permission": [{"names": "accessEmail"}, {"user_id": "Robin", "names": "accessEmail"}],
        "permissions": [{}, {"user_id": 5073, "app_id": None}],
        "points": [{"user_id": 1.5}, {"user_id": 5073, "currency_id": "stars"}],
        "give_points": [
            {"user_id": 5073},
            *({"user_id": 5073, "amount": each} for each in (0, -1, MOST + 1)),
        ],
        "set_app_data": [{"user_id": 5073, "name": "a"}, {"user_id": 5073, "name": "a", "value": "b"}],
        "sign_in": [{}, {"url": 1, "username": "robin"}],
        "token": [{"user_id": "robin"}, {"nothing_is_called_so": 1}],
    },
    "kongregate": {
        "add_user": [{}, {"username": "a", "kreds": -1}, {"username": "a", "level": 0}],
        "game_auth_token": [{}, {"user_id": "Robin"}],
        "change_password": [{}, {"user_id": None}],
        "kreds": [{}, {"user_id": []}],
        "give_kreds": [{"user_id": 765}, {"user_id": 765, "amount": 0.5}],
        "give_item": [{"user_id": 765}, {"user_id": 765, "identifier": 11}],
        "order_items": [{"user_id": 765, "order_info": ""}, {"nothing_is_called_so": 1}],
        "invalidate_user_inventory": [{"user_id": 765}, {"user_id": 765, "callback_url": 1}],
    },
}
UNKNOWN = {
    "kws": {
        "grant_permission": {"names": "accessEmail"},
        "deny_permission": {"names": ["accessEmail"]},
        "permissions": {},
        "points": {},
        "give_points": {"amount": 1},
        "set_app_data": {"name": "a", "value": 1},
        "token": {},
    },
    "kongregate": {
        "game_auth_token": {},
        "change_password": {},
        "kreds": {},
        "give_kreds": {"amount": 1},
        "give_item": {"identifier": "potion"},
        "order_items": {"order_info": "", "callback_url": "http://127.0.0.1:9/"},
        "invalidate_user_inventory": {"callback_url": "http://127.0.0.1:9/"},
    },
}
KNOWN_USER = {"kws": 5073, "kongregate": 765}
PLACE = {"kws": "app_id", "kongregate": "game_id"}


@pytest.mark.parametrize("name", WRONG)
def test_every_action_is_listed_and_refuses_wrong_arguments(name, request):
    pair = request.getfixturevalue(name)
    pair.begin()
    listed = {each["name"]: each for each in pair.http.get("/actions").json()["actions"]}
    assert {*listed} == {*WRONG[name]}
    before = [each.control.export() for each in pair.mocks]
    for action, cases in WRONG[name].items():
        assert listed[action]["summary"]
        for arguments in cases:
            known = {*listed[action]["arguments"]["properties"]}
            if {*arguments} <= known and {*listed[action]["arguments"].get("required", ())} <= {*arguments}:
                assert pair.run(action, **arguments)[0] == 400
            else:
                assert pair.http.post(f"/actions/{action}", json=arguments).status_code == 400
    assert pair.http.post("/actions/nothing_is_called_so", json={}).status_code == 404
    assert [each.control.export() for each in pair.mocks] == before


@pytest.mark.parametrize(("name", "action"), [(name, each) for name in UNKNOWN for each in UNKNOWN[name]])
def test_nothing_is_done_for_a_user_or_in_a_place_that_does_not_exist(name, action, request):
    pair = request.getfixturevalue(name)
    pair.begin()
    before = pair.control.export()
    arguments = UNKNOWN[name][action]
    assert pair.run(action, user_id=NOBODY, **arguments)[0] == 404
    if action not in {"change_password", "kreds", "give_kreds"}:
        there = {PLACE[name]: NOBODY, "user_id": KNOWN_USER[name]}
        assert pair.run(action, **there, **arguments)[0] == 404
    assert pair.control.export() == before


# ---- KWS


def test_users_who_are_added_have_what_was_given(kws, properties):
    def check(given, app, permissions):
        kws.begin()
        first = max(each["id"] for each in kws.state("users")) + 1
        status, added = kws.run(
            "add_user", username="lina", password="made-up", app_id=app, permissions=permissions, **given
        )
        assert (status, added["user_id"], added["username"]) == (200, first, "lina")
        stored = row(kws.state("users"), id=first)
        wanted = {"language": "en", "parent_email": "parent@family.example", "date_of_birth": "2014-01-01"}
        wanted = dict.fromkeys(USER_FIELDS) | wanted | msgspec.to_builtins(given)
        assert {name: stored[name] for name in USER_FIELDS} == wanted
        assert stored["sign_in_name"] == "lina"
        assert stored["email_key"] == (wanted["email"] and wanted["email"].lower())
        joined = {each["app_id"]: each for each in kws.state("activations") if each["user_id"] == first}
        assert {*joined} == ({app} - {None})
        if app is None:
            assert added["display_name"] is None
        else:
            found = joined[app]
            assert (found["display_name"], found["activated_ms"]) == (added["display_name"], NOW_MS)
            decided = kws.run("permissions", user_id=first, app_id=app)[1]
            assert {name for name, granted in decided.items() if granted} == {*permissions}
            assert {*decided.values()} <= {True, None}
        for again in ({"username": "lina"}, {"username": "b", "email": (wanted["email"] or "").upper()}):
            if again.get("email") != "":
                assert kws.run("add_user", **again)[0] == 409

    fields = st.fixed_dictionaries({}, optional=USER_FIELDS)
    names = st.lists(st.sampled_from(GRANTS), unique=True)
    properties.hold(check, fields, st.sampled_from([355, 356, 400, None]), names, share=0.4)


def test_what_parents_apps_and_players_do_is_remembered_of_one_user_in_one_app(kws, properties):
    subjects = [(355, 5073), (355, 5074), (356, 5073), (400, 5075)]
    currencies = {355: (2, 3), 356: (2, 3), 400: (4,)}

    def check(data):
        kws.begin()
        decided = {each: kws.run("permissions", user_id=each[1], app_id=each[0])[1] for each in subjects}
        had = {
            (*each, currency): kws.run("points", user_id=each[1], app_id=each[0], currency_id=currency)[1]
            for each in subjects
            for currency in currencies[each[0]]
        }
        stored = {
            (each["app_id"], each["user_id"], each["name"]): each["value"] for each in kws.state("app_data")
        }
        for _ in range(data.draw(st.integers(1, 5))):
            app, user = data.draw(st.sampled_from(subjects))
            who = {"user_id": user, "app_id": app}
            match data.draw(st.sampled_from(["decide", "unknown", "points", "foreign", "data"])):
                case "decide":
                    granted = data.draw(st.booleans())
                    names = data.draw(st.lists(st.sampled_from(GRANTS), min_size=1, unique=True))
                    action = "grant_permission" if granted else "deny_permission"
                    given = names[0] if len(names) == 1 and data.draw(st.booleans()) else names
                    assert kws.run(action, names=given, **who) == (200, None)
                    decided[app, user] |= dict.fromkeys(names, granted)
                    for name in names:
                        found = row(kws.state("permissions"), app_id=app, user_id=user, name=name)
                        assert found["decided_ms"] == NOW_MS
                case "unknown":
                    names = ["accessEmail", "accessNothing"]
                    assert kws.run("grant_permission", names=names, **who)[0] == 404
                case "points":
                    amount = data.draw(st.sampled_from([1, 7, MOST]))
                    currency = data.draw(st.sampled_from([None, *currencies[app]]))
                    wanted = currencies[app][0] if currency is None else currency
                    before = received(kws, user, wanted)
                    status = kws.run("give_points", amount=amount, currency_id=currency, **who)[0]
                    assert status == (200 if before + amount <= MOST else 409)
                    had[app, user, wanted] += amount if status == 200 else 0
                case "foreign":
                    other = 2 if app == 400 else 4
                    assert kws.run("give_points", amount=1, currency_id=other, **who)[0] == 404
                    assert kws.run("points", currency_id=other, **who)[0] == 404
                case _:
                    name, value = data.draw(st.sampled_from(["level", "ä"])), data.draw(st.integers(-9, 9))
                    assert kws.run("set_app_data", name=name, value=value, **who) == (200, None)
                    stored[app, user, name] = value
        for app, user in subjects:
            assert kws.run("permissions", user_id=user, app_id=app) == (200, decided[app, user])
            default = had[app, user, currencies[app][0]]
            assert kws.run("points", user_id=user, app_id=app) == (200, default)
        for (app, user, currency), amount in had.items():
            assert kws.run("points", user_id=user, app_id=app, currency_id=currency) == (200, amount)
        found = {
            (each["app_id"], each["user_id"], each["name"]): each["value"] for each in kws.state("app_data")
        }
        assert found == stored

    properties.hold(check, st.data(), share=0.5)


def received(pair, user, currency):
    """What a user has received in a currency, in all apps."""
    balances = pair.state("balances")
    return sum(
        each["received"] for each in balances if (each["user_id"], each["currency_id"]) == (user, currency)
    )


@pytest.mark.parametrize(("app", "user"), [(355, None), (356, None), (355, 5073), (356, 5073), (400, 5075)])
def test_a_token_is_of_its_app_and_user(kws, app, user):
    kws.begin()
    # Tokens have identifiers of their own.
    token = kws.control.token(app_id=app, user_id=user)
    response = kws.http.post("/actions/token", json={"app_id": app, "user_id": user})
    for each in (token, response.json()["result"]):
        claims = json.loads(base64.urlsafe_b64decode(each.split(".")[1] + "=="))
        assert claims["appId"] == app
        assert claims.get("userId") == user
        clients = {355: "example-client", 356: "second-client", 400: "other-client"}
        assert claims["clientId"] == clients[app]


@pytest.mark.parametrize(
    ("query", "username", "password"),
    [
        ("clientId=none&redirectUri=https://game.example/callback", "robin", "made-up-password"),
        ("clientId=example-client&redirectUri=https://other.example/", "robin", "made-up-password"),
        ("clientId=example-client&redirectUri=https://game.example/callback", "robin", "wrong"),
        ("clientId=example-client&redirectUri=https://game.example/callback", "nobody", "made-up-password"),
        ("clientId=a&clientId=b", "robin", "made-up-password"),
    ],
)
def test_a_sign_in_that_the_page_refuses_is_refused_with_its_reason(kws, query, username, password):
    kws.begin()
    url = f"https://kws.example/oauth?{query}"
    status, reason = kws.run("sign_in", url=url, username=username, password=password)
    assert status == 409
    assert reason
    assert kws.run("sign_in", url="http://[made-up", username="robin")[0] == 409


# ---- Kongregate


def test_players_have_what_they_were_given(kongregate, properties):
    def check(given, game):
        kongregate.begin()
        first = max(each["id"] for each in kongregate.state("users")) + 1
        status, added = kongregate.run("add_user", username="Lina", game_id=game, **given)
        assert (status, added["user_id"], added["username"]) == (200, first, "Lina")
        stored = row(kongregate.state("users"), id=first)
        wanted = {"kreds": 0, "level": 1, "private": False, "points": 0, "gender": None, "age": None}
        wanted |= dict.fromkeys(["developer", "moderator", "admin"], False) | {"playing_game_id": None}
        assert (wanted | given).items() <= stored.items()
        assert "Lina" in stored["avatar_url"]
        assert "Lina" in stored["chat_avatar_url"] != stored["avatar_url"]
        token = row(kongregate.state("game_tokens"), user_id=first)
        assert (token["game_id"], token["token"]) == (game, added["game_auth_token"])
        assert kongregate.run("game_auth_token", user_id=first, game_id=game) == (200, token["token"])
        assert kongregate.run("kreds", user_id=first) == (200, given.get("kreds", 0))
        assert kongregate.run("add_user", username="Lina")[0] == 409
        assert kongregate.run("add_user", username="Other", game_id=NOBODY)[0] == 404
        assert not any(each["username"] == "Other" for each in kongregate.state("users"))

    fields = {"kreds": st.integers(0, 9), "level": st.integers(1, 9), "private": st.booleans()}
    properties.hold(
        check, st.fixed_dictionaries({}, optional=fields), st.sampled_from([1001, 1002]), share=0.4
    )


def test_kreds_and_items_are_added_to_one_player(kongregate, properties):
    sold = {1001: ("sharp-stick", "potion", "castle"), 1002: ("fin",)}

    def check(data):
        kongregate.begin()
        players = [765, 766, 767]
        kreds = {each: kongregate.run("kreds", user_id=each)[1] for each in players}
        owned = {each["id"]: each for each in kongregate.state("owned_items")}
        catalogue = {(each["game_id"], each["identifier"]): each for each in kongregate.state("items")}
        for _ in range(data.draw(st.integers(1, 5))):
            player = data.draw(st.sampled_from(players))
            if data.draw(st.booleans()):
                amount = data.draw(st.sampled_from([0, 1, -1, -3, MOST, -MOST]))
                balance = kreds[player] + amount
                status, told = kongregate.run("give_kreds", user_id=player, amount=amount)
                assert status == (200 if 0 <= balance <= MOST else 409)
                if status == 200:
                    assert told == balance
                    kreds[player] = balance
                continue
            game = data.draw(st.sampled_from([*sold]))
            identifier = data.draw(st.sampled_from([*sold[1001], *sold[1002], "nothing"]))
            given = {"user_id": player, "identifier": identifier, "game_id": game}
            status, number = kongregate.run("give_item", **given)
            assert status == (200 if identifier in sold[game] else 404)
            if status == 200:
                assert number not in owned
                item = catalogue[game, identifier]
                further = {"name": item["name"], "description": item["description"], "data": None}
                owned[number] = {"id": number, **given, **further, "remaining_uses": item["uses"]}
        for player in players:
            assert kongregate.run("kreds", user_id=player) == (200, kreds[player])
        assert {each["id"]: each for each in kongregate.state("owned_items")} == owned

    properties.hold(check, st.data(), share=0.5)


def test_another_password_replaces_the_tokens_of_one_player(kongregate):
    kongregate.begin()
    before = {(each["game_id"], each["user_id"]): each["token"] for each in kongregate.state("game_tokens")}
    assert kongregate.run("change_password", user_id=765) == (200, None)
    for (game, user), token in before.items():
        now = kongregate.run("game_auth_token", user_id=user, game_id=game)[1]
        assert (now == token) == (user != 765)
    assert kongregate.run("game_auth_token", user_id=765)[1] != before[1001, 765]


@pytest.mark.parametrize("url", ["https://game.example/", "ftp://127.0.0.1/", "made up"])
def test_a_callback_to_where_none_may_go_is_refused_with_its_reason(kongregate, url):
    kongregate.begin()
    before = kongregate.control.export()
    status, reason = kongregate.run("order_items", user_id=765, order_info="", callback_url=url)
    assert status == 409
    assert reason
    assert kongregate.run("invalidate_user_inventory", user_id=765, callback_url=url)[0] == 409
    assert kongregate.control.export() == before
