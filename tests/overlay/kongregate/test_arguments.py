"""Arguments of a wrong type or value: each is refused by a typed error that names it, and nothing is sent."""

import inspect
import re
from functools import cached_property

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kongregate
from kongregate import AsyncKongregate, GameQuery, Kongregate, handle_callback, items_reply
from kongregate.starlette import callback_route
from kongregate_client.api import Api
from kongregate_client.errors import APIError

KEY = "made-up-api-key"
WRONG = st.sampled_from([
    None, 5, -1, 1.5, float("nan"), True, b"made-up", "", "\ud800", "a=b", "\r\n", "https://xn--a.example",
    [], [None], ["a"], {}, {"a": 1}, {1: []}, {"a"}, object(), len, kongregate.WrongKey, 2**70, "x" * 300,
])  # fmt: skip
RESOURCES = sorted(
    {name for name, kind in vars(Api).items() if isinstance(kind, cached_property)} - {"with_raw_response"}
)


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("base_url", "https://\ud800.example", "^base_url has to be a URL"),
        ("base_url", "https://kongregate.example/\ud800", "^base_url has to be a URL"),
        ("httpx_args", 5, "^httpx_args: expected a mapping, got int$"),
        ("httpx_args", {"transport": 5}, "^httpx_args: transport: expected a transport of httpx, got int$"),
        ("allow_http", "false", "^allow_http: expected True or False, got str$"),
    ],
)
@pytest.mark.parametrize("kind", [Kongregate, AsyncKongregate])
def test_a_setting_that_cannot_work_is_refused_by_name(arguments, kind, setting, value, named):
    with pytest.raises(kongregate.ConfigurationError, match=named) as raised:
        kind(**{**arguments, setting: value})
    assert raised.value.__context__ is None


@pytest.mark.parametrize("value", [None, 5, []])
async def test_a_level_in_a_guild_that_is_not_text_is_refused(kong, async_kong, server, value):
    character = {
        "character_identifier": "knight-1",
        "character_name": "Sir Robin",
        "guild_admin_level": value,
    }
    told = "^saveCharacter: guild_admin_level: expected a string, got "
    with pytest.raises(kongregate.InvalidArgument, match=told):
        kong.guilds.save_character(**character)
    with pytest.raises(kongregate.InvalidArgument, match=told):
        await async_kong.guilds.save_character(**character)
    assert server.requests == []


@pytest.mark.parametrize("scope", [None, 5, [], {}, b"daily"])
def test_a_scope_of_a_wrong_type_is_refused(kong, async_kong, server, scope):
    for each in (kong, async_kong):
        with pytest.raises(
            kongregate.InvalidArgument, match="scope: expected one of daily, weekly, lifetime"
        ):
            each.statistics.iter_high_scores(statistic_id=33, scope=scope)
    assert server.requests == []


@pytest.mark.parametrize(
    ("who", "named"),
    [
        ({"user_id": []}, "user_id: expected an integer, got array"),
        ({"user_id": True}, "user_id: expected an integer, got boolean"),
        ({"username": 5}, "username: expected a string, got integer"),
        ({"username": ""}, "username: expected at least 1 characters, got 0"),
    ],
)
def test_friends_of_a_player_that_cannot_be_are_refused(kong, async_kong, server, who, named):
    for each in (kong, async_kong):
        with pytest.raises(kongregate.InvalidArgument, match=rf"^getUserInfo: {named}$"):
            each.players.iter_friends(**who)
    assert server.requests == []


@pytest.mark.parametrize("text", [None, 5, b"a.b", ["a.b"]])
def test_a_signed_request_that_is_not_text_is_malformed(text):
    kind = type(text).__name__
    with pytest.raises(kongregate.BadShape, match=rf"^expected a signed request as text, not {kind}$"):
        kongregate.verify_signed_request(text, api_key=KEY)


@pytest.mark.parametrize("on_event", [None, 5, "handler"])
def test_a_handler_that_cannot_be_called_is_refused(on_event):
    with pytest.raises(kongregate.ConfigurationError, match=r"^on_event: expected a function, got "):
        handle_callback(b"", api_key=KEY, on_event=on_event)
    with pytest.raises(kongregate.ConfigurationError, match=r"^on_event: expected a function, got "):
        callback_route("/kongregate", api_key=KEY, on_event=on_event)


@pytest.mark.parametrize("items", [None, 5, object()])
def test_items_that_are_no_list_are_refused(items):
    with pytest.raises(kongregate.InvalidReply, match=r"^items_reply: items: expected a list of Item, got "):
        items_reply(items)


# ---- whatever is given


def refused_without(error, secret):
    assert secret not in str(error)


def call_with(method, data):
    """Call a method with a wrong value for each of its arguments; only typed errors may come out of it."""
    parameters = [
        each for each in inspect.signature(method).parameters.values() if each.kind is not each.VAR_KEYWORD
    ]
    given_values = {each.name: data.draw(WRONG, each.name) for each in parameters if data.draw(st.booleans())}
    missing = [each.name for each in parameters if each.default is each.empty]
    return method(**{**dict.fromkeys(missing), **given_values})


@given(
    st.dictionaries(st.sampled_from(["api_key", "base_url", "allow_http", "timeout", "httpx_args"]), WRONG)
)
def test_whatever_a_session_is_made_with_only_typed_errors_come_out(given_settings):
    try:
        Kongregate(**{"api_key": KEY, **given_settings})
    except APIError as error:
        refused_without(error, "made-up")


@settings(max_examples=200)
@given(st.data())
def test_whatever_a_method_is_given_only_typed_errors_come_out(data):
    transport = httpx.MockTransport(lambda _: httpx.Response(500))
    with Kongregate(KEY, max_retries=0, httpx_args={"transport": transport}) as game:
        resource = getattr(game, data.draw(st.sampled_from(RESOURCES)))
        names = [each for each in dir(resource) if re.match("[a-z]", each)]
        try:
            found = call_with(getattr(resource, data.draw(st.sampled_from(names))), data)
            assert list(found) == []
        except APIError as error:
            refused_without(error, KEY)


@given(st.data())
def test_whatever_a_function_is_given_only_typed_errors_come_out(data):
    functions = [
        kongregate.parse_callback, kongregate.verify_signed_request, handle_callback,
        items_reply, GameQuery.parse,
    ]  # fmt: skip
    try:
        call_with(data.draw(st.sampled_from(functions)), data)
    except APIError as error:
        refused_without(error, "made-up")
