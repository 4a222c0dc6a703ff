"""Nothing leaks from one session, sign-in or environment into another."""

from __future__ import annotations

import httpx
import pytest

import kws
from kws import KWS

BASE_URL = "https://kws.example"
CALLBACK = "https://game.example/callback"


def call(session):
    session.users.set_app_data(user_id=1, name="level", value=7)


def failing(_request):
    return httpx.Response(503)


def test_a_token_that_cannot_be_replaced_early_serves_until_it_expires(session, server, clock):
    server.token_fields = {"expires_in": 1000}
    call(session)
    server.token_answer = failing
    clock.now += 950
    call(session)
    call(session)
    assert len(server.token_requests) == 2  # not once more for every call
    clock.now += 6
    call(session)
    assert len(server.token_requests) == 3
    clock.now += 50
    with pytest.raises(kws.ServiceUnavailable):
        call(session)


async def test_a_token_that_cannot_be_replaced_early_serves_tasks_too(async_session, server, clock):
    server.token_fields = {"expires_in": 1000}
    await async_session.claims
    server.token_answer = failing
    clock.now += 950
    assert (await async_session.claims).scope == "app"


def test_a_refused_token_is_not_kept_when_no_other_can_be_had(session, server):
    call(session)
    server.answer = httpx.Response(401, json={"ErrorCode": "invalid_token"})
    server.token_answer = failing
    with pytest.raises(kws.ServiceUnavailable):
        call(session)


def test_cookies_of_one_user_are_not_sent_for_another(session, server, make_token):
    server.answer = httpx.Response(204, headers={"set-cookie": "sid=made-up-cookie; Path=/"})
    first, second = (session.with_token(make_token(scope="user", userId=each)) for each in (1, 2))
    for player in (first, second, session):
        call(player) if player is session else player.users.set_app_data(name="level", value=7)
    assert all("cookie" not in request.headers for request in server.requests)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"scope": "app"}, "not a user's"),
        ({"scope": "frontend"}, "not a user's"),
        ({"scope": "user", "clientId": "another-client"}, "another client"),
    ],
)
def test_a_sign_in_that_gives_no_token_for_this_apps_user_is_refused(
    session, server, make_token, claims, why
):
    token = make_token(**claims)
    with pytest.raises(kws.SignInError, match=why) as raised:
        session.complete_implicit_sign_in(f"{CALLBACK}?state=s#token={token}", state="s")
    assert token not in str(raised.value)
    server.token_claims = claims
    with pytest.raises(kws.SignInError, match=why):
        session.complete_sign_in(f"{CALLBACK}?state=s&code=made-up-code", state="s")


def test_a_proxy_of_the_environment_is_not_used_with_http(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with KWS("http://127.0.0.1:8080") as local, KWS(BASE_URL) as remote:
        assert local.client.get_httpx_client().trust_env is False
        assert remote.client.get_httpx_client().trust_env is True
