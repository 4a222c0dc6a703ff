import base64
import datetime as dt
import json

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kws import InvalidToken, decode_claims

DOCUMENTED = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"
    ".eyJhcHBJZCI6MzU1LCJjbGllbnRJZCI6InBvcGphbS1hc2VhbiIsInNjb3BlIjoiYXBwIiwiaWF0IjoxNTAxNzcxNjk4LCJleHAi"
    "OjE1MDE4NTgwOTgsImlzcyI6InN1cGVyYXdlc29tZSJ9"
    ".TsjuG3MWV-e8bHbk7bGNOSQqqsb-zeHxLQG5TuNcbAs"
)


def token_of(payload):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(payload)}.c2lnbmF0dXJl"


def test_the_documented_token_says_what_the_documentation_says():
    claims = decode_claims(DOCUMENTED)
    assert (claims.app_id, claims.client_id, claims.scope) == (355, "popjam-asean", "app")
    assert (claims.user_id, claims.issuer, claims.extra) == (None, "superawesome", {})
    assert claims.issued_at == dt.datetime.fromtimestamp(1501771698, dt.UTC)
    assert claims.expires_at == dt.datetime.fromtimestamp(1501858098, dt.UTC)


def test_unknown_scopes_and_claims_are_kept():
    claims = decode_claims(token_of({"scope": "mobileApp", "level": {"x": 1}, "userId": 5073}))
    assert (claims.scope, claims.user_id, claims.extra) == ("mobileApp", 5073, {"level": {"x": 1}})
    assert claims.value_of("level") == {"x": 1}
    assert "level" not in repr(claims)
    assert claims.value_of("appId") is None


def test_tokens_of_other_algorithms_are_read():
    key = "made-up-signing-key-of-at-least-sixty-four-bytes-for-the-longer-hash"
    assert decode_claims(jwt.encode({"scope": "user"}, key, algorithm="HS512")).scope == "user"


@pytest.mark.parametrize(
    ("payload", "named"),
    [
        ({}, "scope: expected string, got nothing"),
        ({"scope": 7}, "scope: expected string, got integer"),
        ({"scope": "app", "appId": "355"}, "appId: expected integer, got string"),
        ({"scope": "app", "appId": True}, "appId: expected integer, got boolean"),
        ({"scope": "app", "iat": "now"}, "iat: expected number, got string"),
        ({"scope": "app", "exp": True}, "exp: expected number, got boolean"),
        ({"scope": "app", "exp": 10**30}, "exp: expected a time, got a number out of range"),
        ({"scope": "app", "iss": ["x"]}, "iss: expected string, got array"),
        (["scope"], "not a JSON Web Token"),
    ],
)
def test_a_token_with_wrong_claims_is_refused_by_the_name_of_the_claim(payload, named):
    with pytest.raises(InvalidToken, match=named):
        decode_claims(token_of(payload))


@given(st.text() | st.lists(st.text(alphabet="abcXYZ09-_=+/"), max_size=5).map(".".join))
def test_whatever_is_no_token_is_refused_without_showing_it(text):
    with pytest.raises(InvalidToken) as raised:
        decode_claims(text)
    assert len(text) < 3 or text not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


@pytest.mark.parametrize("text", ["a.b.c\n", "a.b\r\n.c", " a.b.c", "a.b.c.d", "a.b", "a..c", "ä.b.c"])
def test_what_no_header_can_carry_is_refused_whatever_pyjwt_makes_of_it(monkeypatch, text):
    monkeypatch.setattr(jwt, "decode", lambda *_, **__: {"scope": "app"})
    with pytest.raises(InvalidToken):
        decode_claims(text)
    assert decode_claims("a.b.").scope == "app"


@pytest.mark.parametrize("token", [None, 7, b"a.b.c"])
def test_a_token_that_is_no_text_is_refused(token):
    with pytest.raises(InvalidToken, match="not a JSON Web Token"):
        decode_claims(token)


def test_deeply_nested_payloads_are_refused():
    deep = base64.urlsafe_b64encode(b"[" * 100_000).rstrip(b"=").decode()
    signature = token_of({}).rpartition(".")[2]
    with pytest.raises(InvalidToken):
        decode_claims(f"eyJhbGciOiJIUzI1NiJ9.{deep}.{signature}")
