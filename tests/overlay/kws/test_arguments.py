"""Arguments of a wrong type or value: each is refused by a typed error that names it, and nothing is sent."""

import asyncio
import inspect
import re

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kws
from kws import KWS, AsyncKWS
from kws_client.errors import APIError

SURROGATE = "made-up-secret-\ud800"
CALLBACK = "https://game.example/callback?code=made-up-code&state=made-up-state"
WRONG = st.sampled_from([
    None, 5, -1, 1.5, float("nan"), True, b"made-up", "", "\ud800", "a:b", "\r\n", "https://xn--a.example",
    [], [None], ["a"], {}, {"a": 1}, {1: []}, {"a"}, object(), len, kws.InvalidToken, 2**70, "x" * 300,
])  # fmt: skip


def refused(call, kind, named):
    with pytest.raises(kind, match=named) as raised:
        call()
    assert "made-up" not in str(raised.value)
    assert raised.value.__context__ is None


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("client_secret", SURROGATE, "^client_secret: expected text without lone surrogates$"),
        ("client_id", SURROGATE, "^client_id: expected text without lone surrogates$"),
        ("client_id", "made-up:id", "^client_id: expected text without a colon"),
        ("client_secret", "made-up-secret\n", "^client_secret: expected text without line breaks"),
        ("base_url", "https://\ud800.example", "^base_url has to be a URL"),
        ("base_url", "\ud800", "^base_url has to be a URL"),
        ("sso_url", "https://kws.example/\ud800", "^sso_url has to be a URL"),
        ("httpx_args", 5, "^httpx_args: expected a mapping, got int$"),
        ("httpx_args", {"retries": 5}, "^httpx_args: httpx.Client has no argument 'retries'$"),
        ("clock", 5, "^clock: expected a function, got int$"),
        ("allow_http", "false", "^allow_http: expected True or False, got str$"),
    ],
)
@pytest.mark.parametrize("kind", [KWS, AsyncKWS])
def test_a_setting_that_cannot_work_is_refused_by_name(arguments, kind, setting, value, named):
    refused(lambda: kind(**{**arguments, setting: value}), kws.ConfigurationError, named)


def test_a_client_id_alone_may_have_any_characters():
    session = KWS("https://kws.example", client_id="a:b", sso_url="https://club.example")
    assert "clientId=a%3Ab" in session.sign_in_url(redirect_uri="https://game.example/callback")


@pytest.mark.parametrize("name", ["redirect_uri", "state", "language"])
@pytest.mark.parametrize("value", [5, b"made-up", "\ud800"])
def test_a_sign_in_that_cannot_be_written_is_refused_by_name(session, name, value):
    arguments = {"redirect_uri": "https://game.example/callback", name: value}
    refused(lambda: session.sign_in_url(**arguments), kws.ConfigurationError, f"^{name}: expected text")


@pytest.mark.parametrize("read", [kws.read_callback, kws.read_implicit_callback])
@pytest.mark.parametrize("value", [None, 5, b"https://game.example/callback"])
def test_a_callback_that_is_not_text_is_refused(read, value):
    refused(lambda: read(value, state="x"), kws.InvalidArgument, "^callback_url: expected text, got ")
    if value:
        refused(lambda: read(CALLBACK, state=value), kws.InvalidArgument, "^state: expected text, got ")


def test_a_callback_that_is_not_text_is_refused_before_the_network(session, server):
    state = "made-up-state"
    for callback_url, redirect_uri in (
        (5, None),
        (CALLBACK, 5),
        (CALLBACK, b"made-up"),
        (CALLBACK, "\ud800"),
    ):
        with pytest.raises(ValueError, match=r"^(callback_url|redirect_uri): expected text") as raised:
            session.complete_sign_in(callback_url, state=state, redirect_uri=redirect_uri)
        assert isinstance(raised.value, APIError)
    assert server.requests == []


@pytest.mark.parametrize("name", ["scope", "grant_type"])
@pytest.mark.parametrize("value", [None, 5, [], b"app"])
async def test_a_choice_of_a_wrong_type_is_refused_by_name(session, async_session, server, name, value):
    given_arguments = {"grant_type": "client_credentials", name: value}
    told = f"^issueToken: {name}: expected a string, got "
    refused(lambda: session.oauth.issue_token(**given_arguments), kws.InvalidArgument, told)
    with pytest.raises(kws.InvalidArgument, match=told):
        await async_session.oauth.issue_token(**given_arguments)
    assert server.requests == []


# ---- whatever is given


def refused_without(error, secret):
    assert secret not in str(error)


SETTINGS = [
    "base_url",
    "client_id",
    "client_secret",
    "token",
    "scope",
    "sso_url",
    "allow_http",
    "timeout",
    "clock",
]


@given(st.dictionaries(st.sampled_from([*SETTINGS, "httpx_args"]), WRONG))
def test_whatever_a_session_is_made_with_only_typed_errors_come_out(given_settings):
    try:
        KWS(**{"base_url": "https://kws.example", **given_settings})
    except APIError as error:
        refused_without(error, "made-up")


METHODS = ["start_sign_in", "sign_in_url", "complete_sign_in", "complete_implicit_sign_in", "with_token"]


def call_with(method, data):
    """Call a method with a wrong value for each of its arguments; only typed errors may come out of it."""
    parameters = inspect.signature(method).parameters.values()
    given_values = {each.name: data.draw(WRONG, each.name) for each in parameters if data.draw(st.booleans())}
    missing = [each.name for each in parameters if each.default is each.empty]
    return method(**{**dict.fromkeys(missing), **given_values})


def operations(session):
    for name in ("oauth", "apps", "users", "countries"):
        resource = getattr(session, name)
        yield from (getattr(resource, each) for each in dir(resource) if re.match("(?!iter_)[a-z]", each))


@settings(max_examples=200)
@given(st.data())
def test_whatever_a_method_is_given_only_typed_errors_come_out(data):
    transport = httpx.MockTransport(lambda _: httpx.Response(500))
    secret = {"client_id": "made-up-id", "client_secret": "made-up-secret"}
    with KWS("https://kws.example", **secret, max_retries=0, httpx_args={"transport": transport}) as session:
        methods = [*(getattr(session, each) for each in METHODS), *operations(session)]
        try:
            call_with(data.draw(st.sampled_from(methods)), data)
        except APIError as error:
            refused_without(error, "made-up-secret")


@given(st.data())
def test_whatever_a_function_is_given_only_typed_errors_come_out(data):
    functions = [kws.decode_claims, kws.read_callback, kws.read_implicit_callback]
    try:
        call_with(data.draw(st.sampled_from(functions)), data)
    except APIError:
        return


def test_an_awaited_callback_that_is_not_text_is_refused():
    session = AsyncKWS("https://kws.example", client_id="made-up-id", client_secret="made-up-secret")
    with pytest.raises(kws.InvalidArgument, match=r"^callback_url: expected text"):
        asyncio.run(session.complete_sign_in(5, state="made-up-state"))
