import base64
import json
import logging

import jwt
import pytest
from sqlalchemy import update

from kws_mock import schema

INVALID_TOKEN = {"ErrorCode": "invalid_token", "Error": "The access token provided is invalid."}


def claims_of(token):
    return jwt.decode(token, options={"verify_signature": False})


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("scope", ["app", "frontend"])
def test_client_credentials_give_a_token_of_the_scope_asked_for(kws, clock, scope):
    response = kws.ask_for_token(grant_type="client_credentials", scope=scope)
    assert response.status_code == 200
    body = response.json()
    assert (body["token_type"], body["expires_in"]) == ("bearer", 86_400)
    now_s = clock.now_ms // 1000
    assert claims_of(body["access_token"]) == {
        "appId": 355,
        "clientId": "example-client",
        "scope": scope,
        "iat": now_s,
        "exp": now_s + 86_400,
        "iss": "superawesome",
    }


def test_the_scope_is_app_when_none_is_asked_for(kws):
    token = kws.ask_for_token(grant_type="client_credentials").json()["access_token"]
    assert claims_of(token)["scope"] == "app"


def test_an_issued_token_is_accepted(kws):
    token = kws.ask_for_token(grant_type="client_credentials").json()["access_token"]
    assert kws.with_token(token).call("getLeaderboard").status_code == 200


@pytest.mark.parametrize(
    ("client_id", "secret"), [("example-client", "made-up-secret-2"), ("nobody", "made-up-secret"), ("", "x")]
)
def test_wrong_client_credentials_are_an_invalid_client(kws, client_id, secret):
    for grant in (
        {"grant_type": "client_credentials"},
        # Who is asking comes before what is asked for.
        {"grant_type": "authorization_code", "code": "made-up-code", "redirectUri": "/callback"},
        {"grant_type": "password"},
    ):
        response = kws.ask_for_token(client_id, secret, **grant)
        assert response.status_code == 401
        assert response.json() == {"ErrorCode": "invalid_client", "Error": "Client credentials are invalid"}
        assert response.headers["www-authenticate"].startswith("Basic ")


def test_missing_client_credentials_are_an_invalid_client(kws):
    response = kws.anonymous().call("issueToken", grant_type="client_credentials")
    assert response.status_code == 401
    assert response.json()["ErrorCode"] == "invalid_client"
    assert response.headers["www-authenticate"].startswith("Basic ")


def test_client_credentials_may_stand_in_the_form(kws):
    form = {
        "grant_type": "client_credentials",
        "client_id": "second-client",
        "client_secret": "made-up-secret-2",
    }
    client = kws.anonymous()
    response = client.request(*client.place("issueToken"), data=form)
    assert claims_of(response.json()["access_token"])["appId"] == 356


def test_wrong_client_credentials_in_the_form_are_refused(kws):
    form = {
        "grant_type": "client_credentials",
        "client_id": "second-client",
        "client_secret": "made-up-secret",
    }
    client = kws.anonymous()
    response = client.request(*client.place("issueToken"), data=form)
    assert (response.status_code, response.json()["ErrorCode"]) == (401, "invalid_client")
    assert response.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ({"scope": "app"}, "grant_type"),
        ({"grant_type": "password"}, "grant_type"),
        ({"grant_type": "client_credentials", "scope": "user"}, "scope"),
        ({"grant_type": "authorization_code", "redirectUri": "https://game.example/callback"}, "code"),
        ({"grant_type": "authorization_code", "code": "made-up"}, "redirectUri"),
    ],
)
def test_a_token_request_that_is_not_as_documented_is_an_invalid_request(kws, form, named):
    response = kws.ask_for_token(**form)
    assert response.status_code == 400
    assert response.json()["ErrorCode"] == "invalid_request"
    assert named in response.json()["Error"]


def test_a_token_request_in_json_is_an_invalid_request(kws):
    client = kws.anonymous()
    auth = ("example-client", "made-up-secret")
    response = client.request(
        *client.place("issueToken"), auth=auth, json={"grant_type": "client_credentials"}
    )
    assert (response.status_code, response.json()["ErrorCode"]) == (400, "invalid_request")


def test_a_call_without_a_token_is_refused(kws):
    response = kws.anonymous().call("getLeaderboard")
    assert (response.status_code, response.json()["ErrorCode"]) == (401, "invalid_token")


def test_an_expired_token_is_refused(app, clock):
    clock.now_ms += 86_400_000 - 1
    assert app.call("getLeaderboard").status_code == 200
    clock.now_ms += 1
    response = app.call("getLeaderboard")
    assert (response.status_code, response.json()["ErrorCode"]) == (401, "invalid_token")


def test_a_token_of_another_instance_is_refused(kws, open_kws):
    response = open_kws().with_token(kws.token()).call("getLeaderboard")
    assert (response.status_code, response.json()) == (401, INVALID_TOKEN)


def test_a_token_whose_claims_were_changed_is_refused(kws):
    header, payload, signature = kws.token(scope="frontend").split(".")
    changed = {**claims_of(f"{header}.{payload}.{signature}"), "scope": "app"}
    response = kws.with_token(f"{header}.{encoded(changed)}.{signature}").call("getLeaderboard")
    assert (response.status_code, response.json()) == (401, INVALID_TOKEN)


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "RS256"}, {"alg": []}, [], "x"])
def test_a_token_signed_in_any_other_way_is_refused(kws, header):
    _, payload, signature = kws.token().split(".")
    for token in (f"{encoded(header)}.{payload}.{signature}", f"{encoded(header)}.{payload}."):
        response = kws.with_token(token).call("getLeaderboard")
        assert (response.status_code, response.json()) == (401, INVALID_TOKEN)


@pytest.mark.parametrize("token", ["x", "a.b.c", "..", "." * 100, "é.é.é", "W1tbW1tb" * 5000 + ".e30.e30"])
def test_text_that_is_not_a_token_is_refused(kws, token):
    response = kws.anonymous(authorization=f"Bearer {token}".encode()).call("getLeaderboard")
    assert (response.status_code, response.json()) == (401, INVALID_TOKEN)


def test_no_token_or_secret_is_logged(kws, caplog):
    caplog.set_level(logging.DEBUG)
    token = kws.token()
    kws.with_token(token[:-1]).call("getLeaderboard", offset=token)
    kws.ask_for_token(secret="made-up-mistake", grant_type="client_credentials")
    mine = "\n".join(each.getMessage() for each in caplog.records if not each.name.startswith("http"))
    assert "issueToken" in mine
    assert token[:-1] not in mine
    assert "made-up" not in mine


def test_a_token_that_was_accepted_before_expires_all_the_same(kws, clock):
    client = kws.with_token(kws.token())
    assert client.call("getLeaderboard").status_code == 200
    clock.now_ms += 86_400_000
    assert client.call("getLeaderboard").status_code == 401
    clock.now_ms -= 1
    assert client.call("getLeaderboard").status_code == 200


def test_only_tokens_that_are_right_are_remembered(kws):
    issuer, token = kws.behaviour._tokens, kws.token()
    forged = jwt.encode(claims_of(token), "another-made-up-key-of-thirty-two-bytes", algorithm="HS256")
    for wrong in (forged, token[:-2], f"{token}x", "x"):
        assert kws.with_token(wrong).call("getLeaderboard").status_code == 401
    assert issuer._known.tokens == {}
    assert kws.with_token(token).call("getLeaderboard").status_code == 200
    assert list(issuer._known.tokens) == [token]


def test_as_many_tokens_are_remembered_as_there_is_room_for(kws, monkeypatch):
    monkeypatch.setattr("kws_mock.tokens.MOST_KNOWN_TOKENS", 2)
    known = [kws.token(scope=scope) for scope in ("app", "frontend")] + [
        kws.token(scope="user", user_id=5073)
    ]
    for token in known:
        kws.behaviour._tokens.verify(token)
    assert list(kws.behaviour._tokens._known.tokens) == known[1:]


def test_with_another_key_in_a_restored_state_earlier_tokens_are_void(kws):
    client = kws.with_token(kws.token())
    assert client.call("getLeaderboard").status_code == 200
    with kws.behaviour._store.transaction() as connection:
        connection.execute(update(schema.signing_keys).values(key="made-up-key-of-the-restored-state"))
        kws.behaviour.restored(connection)
    assert client.call("getLeaderboard").status_code == 401
    assert kws.app().call("getLeaderboard").status_code == 200
