"""Sessions are called as users call them, and one that sends or refuses the wrong thing is found."""

import dataclasses
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import fuzz_kws
import httpx
import pytest
from fuzz_kws.known import APP, SECRET, USER, WITHOUT_PARENT
from hypothesis import strategies as st
from schemathesis import Case

from kws import KWS, AsyncKWS, MissingCredentials, ScopeError
from kws.authorization import Authorization
from openapi_fuzz import (
    Coverage,
    Exchange,
    Fuzzer,
    Model,
    Opening,
    Session,
    Target,
    cases,
    faults,
    scenarios,
)
from openapi_fuzz.exchange import FLAVOURS
from openapi_fuzz.oracles import exchanges
from openapi_fuzz.properties import make_settings
from openapi_fuzz.server import Send
from openapi_fuzz.sessions import HALVES, Scheme
from openapi_fuzz.target import Draw

SPEC = Path(__file__).parents[2] / "openapi" / "kws.yaml"
APP_KEY, USER_KEY, FRONTEND_KEY = ("bearer", "app"), ("bearer", "user"), ("bearer", "frontend")
# The second of an operation's alternatives.
SECOND = 8
# Those that choose a session which may not admit the operation.
WRONG_SESSION = range(4, 4 + 8 * 28, 28)


@pytest.fixture(scope="module")
def kws_target() -> Target:
    """What test_apis.py fuzzes."""
    return fuzz_kws.target(SPEC)


def fuzz(target: Target, operation_id: str, choice: int = 0, intercept: Any = None) -> Exchange:
    """Send one good case in one way."""
    with Fuzzer(target, Coverage(), intercept, choice=choice) as fuzzer:
        return fuzzer.check(good_case(target, operation_id))


def good_case(target: Target, operation_id: str) -> Case[Any]:
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=1)
    case = cases.draw_one(schema, target.document.operations[operation_id].label)
    own = {"appId": APP, "userId": USER}
    case.path_parameters.update({name: own[name] for name in case.path_parameters})
    return case


def with_session(
    target: Target, key: Scheme, change: Callable[[Session, Mapping[Scheme, Session], Opening], Session]
) -> Target:
    """Return a target with one session changed."""

    def open_sessions(opening: Opening) -> Mapping[Scheme, Session]:
        assert target.sessions
        sessions = target.sessions(opening)
        return {**sessions, key: change(sessions[key], sessions, opening)}

    return dataclasses.replace(target, sessions=open_sessions)


def test_every_flavour_is_called_through_the_facades_of_the_session(kws_target: Target) -> None:
    found = [fuzz(kws_target, "getPoints", choice) for choice in range(len(FLAVOURS))]
    for each in found:
        assert each.session
        assert (type(each.session.sync), type(each.session.asynchronous)) == (KWS, AsyncKWS)
        assert {call.flavour.half for call in each.calls} == {*HALVES}
    assert {call.flavour for each in found for call in each.calls} == {*FLAVOURS}


@pytest.mark.parametrize("further", [[], 355, 356, "x"])
def test_a_further_field_may_be_called_like_a_parameter(kws_target: Target, further: Any) -> None:
    case = good_case(kws_target, "setAppData")
    case.body.update(appId=further, start=further)
    with Fuzzer(kws_target, Coverage()) as fuzzer:
        sent = fuzzer.check(case).parameters
    assert (sent.number("appId"), sent.get("start"), sent.get("name")) == (APP, None, case.body["name"])


def test_each_half_has_to_send_the_token_that_it_fetched_itself(kws_target: Target) -> None:
    exchange = fuzz(kws_target, "getProfile")
    assert exchange.session
    held = {half: f"Bearer {exchange.session.secret_of(half)}" for half in HALVES}
    for call in exchange.calls:
        assert call.request
        assert call.request.headers["authorization"] == held[call.flavour.half]


def test_a_session_with_the_token_of_another_user_is_found(kws_target: Target) -> None:
    def another(_: Session, __: Any, opening: Opening) -> Session:
        made = kws_target.sessions
        assert made
        token = opening.server.app.control.token(user_id=WITHOUT_PARENT)  # type: ignore[union-attr]
        changed = Opening(opening.server, {**opening.credentials, USER_KEY: token}, opening.recording)
        wrong = made(changed)[USER_KEY]
        return dataclasses.replace(wrong, secret=opening.credentials[USER_KEY])

    with pytest.raises(AssertionError, match="headers: sent"):
        fuzz(with_session(kws_target, USER_KEY, another), "hasDeviceToken")


def test_a_session_that_sends_another_kind_of_token_is_found(kws_target: Target) -> None:
    wrong = with_session(
        kws_target,
        FRONTEND_KEY,
        lambda sound, all_of_them, _: dataclasses.replace(
            sound, sync=all_of_them[APP_KEY].sync, asynchronous=all_of_them[APP_KEY].asynchronous
        ),
    )
    # Of the operation's alternatives, the second one is for front ends.
    with pytest.raises(AssertionError, match="headers: sent"):
        fuzz(wrong, "getLeaderboard", SECOND)


def test_one_half_that_forgets_its_credentials_is_found(
    kws_target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forget(*_: object) -> None:
        return None

    monkeypatch.setattr(Authorization, "credentials_async", forget)
    with pytest.raises(AssertionError, match="async: nothing was sent, but Unauthorized"):
        fuzz(kws_target, "getProfile")


def test_a_supplied_argument_that_is_wrong_is_found(
    kws_target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Authorization.supply

    def off_by_one(self: Authorization, name: str, *arguments: Any) -> Any:
        return sound(self, name, *arguments) + 1

    monkeypatch.setattr(Authorization, "supply", off_by_one)
    with pytest.raises(AssertionError, match="path: sent"):
        fuzz(kws_target, "getProfile")


def send_in_wrong_sessions(target: Target, operation_id: str) -> list[Exchange]:
    """Send one good case in every session that does not admit its operation."""
    case, found = good_case(target, operation_id), []
    with Fuzzer(target, Coverage()) as fuzzer:
        for choice in WRONG_SESSION:
            fuzzer.channel.choose(choice)
            found.append(fuzzer.channel.send(case, operation_id))
            exchanges.check_refusals(found[-1])
    return found


def test_a_session_that_an_operation_does_not_admit_refuses_it_and_the_server_does_too(
    kws_target: Target,
) -> None:
    found = send_in_wrong_sessions(kws_target, "hasDeviceToken")
    assert {each.via for each in found} == {"raw"}
    assert {len(each.refused) for each in found} == {len(FLAVOURS)}
    assert {(each.response.status_code, each.parameters.scope, each.refusal) for each in found} == {
        (403, "app", ScopeError),
        (403, "frontend", ScopeError),
        (401, "", MissingCredentials),
    }


def test_a_session_that_sends_what_it_should_refuse_is_found(
    kws_target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kws.authorization._check", lambda *_: None)
    with pytest.raises(AssertionError, match="has to raise ScopeError, and to send nothing"):
        send_in_wrong_sessions(kws_target, "hasDeviceToken")


def test_a_token_that_a_session_fetched_is_a_secret(
    kws_target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Authorization.credentials

    def leaking(self: Authorization, *arguments: Any) -> Any:
        found = sound(self, *arguments)
        logging.getLogger("somewhere").debug("sending %s", found)
        return found

    monkeypatch.setattr(Authorization, "credentials", leaking)
    with pytest.raises(AssertionError, match="a secret is shown in a log record"):
        fuzz(kws_target, "getProfile")


def test_secrets_include_the_password_of_a_pair(kws_target: Target) -> None:
    with Fuzzer(kws_target, Coverage()) as fuzzer:
        assert SECRET in fuzzer.channel.secrets


# ---- Failures of the server


class Failing:
    """A server that fails for every request after the first ones."""

    def __init__(self, after: int = 0) -> None:
        self.after = after
        self.requests = 0

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        self.requests += 1
        response = send(request)
        response.read()
        return faults.changed(response, status=503 if self.requests > self.after else None)


def without_model(target: Target) -> Target:
    return dataclasses.replace(target, model=Model, steps=())


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_a_failure_of_the_server_is_reported_before_anything_sends_the_case_again(
    kws_target: Target, mode: str
) -> None:
    schema = cases.load(kws_target, seed=cases.FIXED_SEED, examples=1, mode=mode)
    failing = Failing()

    def check(case: Case[Any]) -> None:
        failing.requests = 0
        with pytest.raises(AssertionError, match="the server failed with a 503"):
            fuzzer.check(case)
        assert failing.requests == 1

    with Fuzzer(without_model(kws_target), Coverage(), failing) as fuzzer:
        cases.run(schema, kws_target.document.operations["getAppData"].label, check)


def test_a_failure_of_the_server_in_a_scenario_is_reported_as_one(kws_target: Target) -> None:
    schema = cases.load(kws_target, seed=cases.FIXED_SEED, examples=4, shrink=False)
    machine = scenarios.machine(without_model(kws_target), schema, Coverage(), Failing(after=5))
    with pytest.raises(AssertionError, match="the server failed with a 503"):
        scenarios.run(machine, cases.FIXED_SEED, make_settings(4, 8, shrink=False))


# ---- Steps of scenarios


def test_a_step_that_only_a_target_knows_is_taken_and_named_where_it_fails(kws_target: Target) -> None:
    taken: list[int] = []

    def look_around(fuzzer: Fuzzer, draw: Draw) -> None:
        taken.append(draw(st.integers(1, 3)))
        assert fuzzer.channel.call("getProfile", user_id=USER).id == USER
        assert len(taken) < 3, "seen enough"

    target = dataclasses.replace(without_model(kws_target), steps=(look_around,))
    schema = cases.load(target, seed=cases.FIXED_SEED, examples=20, shrink=False)
    machine = scenarios.machine(target, schema, Coverage())
    with pytest.raises(AssertionError, match="seen enough") as raised:
        scenarios.run(machine, cases.FIXED_SEED, make_settings(20, 12, shrink=False))
    assert "look_around" in "".join(raised.value.__notes__)
    assert set(taken) <= {1, 2, 3}
