"""The game's key gets into the calls that need it; failures are raised by what they are."""

import functools
import importlib
import inspect
import json
import pickle
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import kongregate
from kongregate import AsyncKongregate, Kongregate
from kongregate_client import UNSET
from kongregate_client.api.players import authenticate
from openapi_reader import read

KEY = "made-up-api-key"
DOCUMENT = read(Path(__file__).parents[3] / "openapi" / "kongregate.yaml").value

# A value for every argument that a call cannot do without.
VALUES = {
    "user_id": 765,
    "username": "Robin",
    "game_auth_token": "made-up-game-token",
    "id": 4711,
    "scope": "weekly",
    "statistic_id": 31,
    "character_identifier": "knight-1",
    "character_name": "Sir Robin",
    "guild_identifier": "round-table",
    "guild_name": "The Round Table",
    "name": "Try level 7",
    "type": "challenge",
    "link_params": "kv_level=7",
    "expiration": 4102444800,
    "content": "Your castle stands.",
}


def parts(value):
    """An object of the document with everything in it, references followed."""
    if isinstance(value, dict):
        if "$ref" in value:
            _, *names = value["$ref"].split("/")
            value = {**functools.reduce(dict.__getitem__, names, DOCUMENT), **value}
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(each)


OPERATIONS = [
    path[method] for path in DOCUMENT["paths"].values() for method in ("get", "post") if method in path
]
TAGS = {tag for operation in OPERATIONS for tag in operation["tags"]}


def takes_key(operation):
    """Whether the document marks a parameter or field to come from the client."""
    return "api_key" in (each.get("x-from-client") for each in parts(operation))


TAKES_KEY = {operation["operationId"]: takes_key(operation) for operation in OPERATIONS}


def methods(kong):
    """Every method of the façade that calls an operation, by the operation's id."""
    for tag in TAGS:
        part = getattr(kong, tag)
        for name, method in inspect.getmembers(part, inspect.ismethod):
            if not name.startswith(("_", "iter_")):
                yield method


def needed(method):
    parameters = inspect.signature(method).parameters.values()
    return {each.name: VALUES[each.name] for each in parameters if each.default is inspect.Parameter.empty}


def sent(request):
    fields = dict(request.url.params)
    return fields | json.loads(request.content) if request.content else fields


def check_keys(requests):
    called = {request.extensions["operation"].id: sent(request).get("api_key") for request in requests}
    assert called == {name: KEY if takes else None for name, takes in TAKES_KEY.items()}
    assert len(called) == 17


def test_every_call_that_needs_the_key_gets_it_and_no_other(kong, server):
    for method in methods(kong):
        try:
            method(**needed(method))
        except kongregate.DecodeError:
            assert server.requests
    check_keys(server.requests)


async def test_every_awaited_call_that_needs_the_key_gets_it_and_no_other(async_kong, server):
    for method in methods(async_kong):
        try:
            await method(**needed(method))
        except kongregate.DecodeError:
            assert server.requests
    check_keys(server.requests)


def test_a_key_that_is_passed_wins(kong, server):
    kong.statistics.submit(user_id=765, api_key="made-up-api-key-2", statistics={"coins": 1})
    assert sent(server.requests[0]) == {"api_key": "made-up-api-key-2", "user_id": 765, "coins": 1}


def test_nothing_but_the_key_is_supplied(kong):
    assert kong.client.supplier.supply("user_id", authenticate.OPERATION) is UNSET


KNIGHT = {"character_identifier": "knight-1", "character_name": "Sir Robin"}
SAVED = httpx.Response(
    200,
    json={
        "success": True,
        "server_identifier": "Default",
        "guild_identifier": None,
        "character_identifier": "knight-1",
    },
)


@pytest.mark.parametrize(
    ("given", "sent"),
    [({}, {}), *(({"guild_identifier": guild},) * 2 for guild in (None, "", "round-table"))],
)
def test_a_guild_is_sent_as_it_is_given_also_none_and_nothing(kong, server, given, sent):
    server.answer = SAVED
    assert kong.guilds.save_character(**KNIGHT, **given).guild_identifier is None
    assert json.loads(server.requests[0].content) == {"api_key": KEY, **KNIGHT, **sent}


def test_a_level_in_a_guild_is_any_text(kong, server):
    server.answer = SAVED
    kong.guilds.save_character(**KNIGHT, guild_identifier="owls", guild_admin_level="Keeper of Owls")
    assert json.loads(server.requests[0].content)["guild_admin_level"] == "Keeper of Owls"


def test_the_player_of_a_submission_is_a_number(kong, server):
    kong.statistics.submit(user_id=765, statistics={"coins": 12})
    assert json.loads(server.requests[0].content) == {"api_key": KEY, "user_id": 765, "coins": 12}
    assert inspect.signature(kong.statistics.submit).parameters["user_id"].annotation == "int"


def test_the_documented_server_is_the_default():
    session = Kongregate(KEY)
    assert session.client.base_url == DOCUMENT["servers"][0]["url"]
    assert repr(session) == "Kongregate(Client('https://api.kongregate.com'))"


@pytest.mark.parametrize(
    ("base_url", "root"),
    [
        ("https://kongregate.example", "https://kongregate.example"),
        ("https://kongregate.example/", "https://kongregate.example"),
        ("https://kongregate.example/api", "https://kongregate.example"),
        ("https://kongregate.example/api/", "https://kongregate.example"),
        ("https://proxy.example/kongregate", "https://proxy.example/kongregate"),
        ("https://proxy.example/kongregate/api", "https://proxy.example/kongregate"),
        ("https://proxy.example/my-api", "https://proxy.example/my-api"),
        ("https://api", "https://api"),
    ],
)
def test_every_operation_lives_below_the_base_url_with_and_without_its_documented_end(
    arguments, server, base_url, root
):
    with Kongregate(**{**arguments, "base_url": base_url}) as kong:
        server.answer = httpx.Response(200, json=[])
        assert kong.players.list_badges(username="Robin") == []
        server.answer = httpx.Response(200, json={"success": True, "items": []})
        assert kong.items.list_items().items == []
    badges, items = (str(each.url).partition("?")[0] for each in server.requests)
    assert badges == f"{root}/accounts/Robin/badges.json"
    assert items == f"{root}/api/items.json"


@pytest.mark.parametrize(
    "key", ["", " ", "made up", "made-up\n", "\tmade-up", "made-up\x00", "schlüssel", "made-up\udc80"]
)
@pytest.mark.parametrize("kind", [Kongregate, AsyncKongregate])
def test_a_key_that_cannot_be_one_is_refused(kind, key):
    with pytest.raises(kongregate.ConfigurationError, match="api_key") as raised:
        kind(key)
    assert not key.strip() or key not in str(raised.value)


@pytest.mark.parametrize("key", [None, 7, b"made-up-api-key"])
def test_a_key_that_is_no_text_is_refused(key):
    with pytest.raises(kongregate.ConfigurationError, match="api_key has to be the game's key"):
        Kongregate(key)


def test_an_url_that_would_give_the_key_away_is_refused_unless_it_is_allowed():
    with pytest.raises(kongregate.ConfigurationError, match="base_url has to be https"):
        Kongregate(KEY, "http://kongregate.example")
    allowed = Kongregate(KEY, "http://kongregate.example", allow_http=True)
    assert allowed.client.base_url == "http://kongregate.example"


def test_the_timeout_is_kept(arguments):
    with Kongregate(**arguments, timeout=5.0) as session:
        assert session.client.get_httpx_client().timeout == httpx.Timeout(5.0)


def test_the_end_of_the_block_closes_the_connections(arguments):
    with Kongregate(**arguments) as session:
        http = session.client.get_httpx_client()
        assert not http.is_closed
    assert http.is_closed


async def test_the_end_of_the_async_block_closes_the_connections(arguments):
    async with AsyncKongregate(**arguments) as session:
        http = session.client.get_async_httpx_client()
        assert not http.is_closed
    assert http.is_closed


def test_both_kinds_take_the_same_arguments():
    assert Kongregate.__init__ is AsyncKongregate.__init__


# ---- failures


def refusal(code, description="No."):
    return {"success": False, "error": code, "error_description": description}


@pytest.mark.parametrize("status", [200, 400, 403, 404, 502])
@pytest.mark.parametrize(
    ("code", "kind"),
    [(403, kongregate.InvalidCredentials), (400, kongregate.BadParameters), (418, kongregate.Failed)],
)
def test_a_failure_is_raised_by_its_code_whatever_the_status(kong, server, status, code, kind):
    server.answer = httpx.Response(status, json=refusal(code, "Required: game_id"))
    with pytest.raises(kongregate.Failed, match="Required: game_id") as raised:
        kong.items.list_items()
    error = raised.value
    assert type(error) is kind
    assert (error.status, error.code, error.server_message) == (status, code, "Required: game_id")
    assert error.body.error_description == "Required: game_id"
    assert error.request_line == "GET /api/items.json"


@pytest.mark.parametrize(
    ("status", "kind"), [(500, kongregate.InternalServerError), (503, kongregate.ServiceUnavailable)]
)
def test_a_server_that_failed_is_told_by_its_status_with_what_it_says(kong, server, status, kind):
    server.answer = httpx.Response(status, json=refusal(status, "Come back."))
    with pytest.raises(kind, match=f"failure {status}: Come back[.]$") as raised:
        kong.items.list_items()
    assert (raised.value.server_message, raised.value.body.error) == ("Come back.", status)


@pytest.mark.parametrize(
    "body", [{"success": False}, {"success": False, "error_description": "No."}, {"success": False, "x": 1}]
)
@pytest.mark.parametrize("status", [200, 403, 502])
def test_every_operation_raises_a_failure_that_has_no_code(kong, server, status, body):
    for method in methods(kong):
        server.answer = httpx.Response(status, json=body)
        with pytest.raises(kongregate.Failed) as raised:
            method(**needed(method))
        assert (type(raised.value), raised.value.code) == (kongregate.Failed, None)
        assert raised.value.server_message == body.get("error_description")


@pytest.mark.parametrize("status", [200, 403, 502])
def test_every_operation_raises_a_failure_by_its_code(kong, server, status):
    for method in methods(kong):
        server.answer = httpx.Response(status, json=refusal(403))
        with pytest.raises(kongregate.InvalidCredentials):
            method(**needed(method))


async def test_an_awaited_failure_is_raised_by_its_code(async_kong, server):
    server.answer = httpx.Response(200, json=refusal(403, "Invalid credentials"))
    with pytest.raises(kongregate.InvalidCredentials, match="Invalid credentials"):
        await async_kong.players.authenticate(user_id=765, game_auth_token="made-up-game-token")


@pytest.mark.parametrize("status", [200, 403, 502])
def test_a_message_that_is_not_sent_tells_every_reason(kong, server, status):
    server.answer = httpx.Response(status, json={"success": False, "errors": ["Once a day.", "Too long."]})
    with pytest.raises(kongregate.Failed, match=r"Once a day\.; Too long\.") as raised:
        kong.messages.send_private_message(user_id=765, content="Your castle stands.")
    assert raised.value.code is None


@pytest.mark.parametrize("content", [b"<html>Back soon</html>", b"", b"{"])
def test_downtime_is_a_typed_error_whatever_its_body(kong, server, content):
    server.answer = httpx.Response(503, content=content)
    with pytest.raises(kongregate.ServiceUnavailable) as raised:
        kong.players.get_user_info(user_id=765)
    assert (raised.value.body, raised.value.content) == (None, content)


@pytest.mark.parametrize("status", [500, 502, 404])
def test_a_page_for_people_is_a_typed_error(kong, server, status):
    server.answer = httpx.Response(status, html="<html>Oops</html>")
    with pytest.raises(kongregate.StatusError) as raised:
        kong.items.list_items()
    assert raised.value.status == status
    assert ("Not Found; is base_url right?" in str(raised.value)) == (status == 404)


def test_a_page_for_people_under_a_success_is_a_typed_error(kong, server):
    server.answer = httpx.Response(200, html="<html>Sign in</html>")
    with pytest.raises(kongregate.DecodeError, match="text/html"):
        kong.items.list_items()


def test_no_answer_is_a_typed_error(kong, server):
    def silence(request):
        raise httpx.ReadTimeout("", request=request)

    server.answer = silence
    with pytest.raises(kongregate.TimedOut):
        kong.items.list_items()


# ---- arguments that are refused before the network


@pytest.mark.parametrize("value", [-1, 2**63, 1.5, 1.0, True, "7", None, float("nan")])
def test_a_statistic_that_is_none_is_refused_before_the_network(kong, server, value):
    with pytest.raises(kongregate.InvalidArgument, match=r"statistics\['coins'\]"):
        kong.statistics.submit(user_id=765, statistics={"rank": 1, "coins": value})
    assert server.requests == []


async def test_an_awaited_statistic_that_is_none_is_refused_before_the_network(async_kong, server):
    with pytest.raises(kongregate.InvalidArgument):
        await async_kong.statistics.submit(user_id=765, statistics={"coins": -1})
    assert server.requests == []


@pytest.mark.parametrize("value", [0, 2**63 - 1])
def test_the_least_and_the_greatest_statistic_are_sent_exactly(kong, server, value):
    kong.statistics.submit(user_id=765, statistics={"coins": value})
    assert sent(server.requests[0])["coins"] == value


def test_lists_are_joined_by_commas_and_hold_at_most_fifty(kong, server):
    server.answer = httpx.Response(200, json={"success": True, "users": []})
    kong.players.get_user_info(user_ids=list(range(1, 51)))
    assert server.requests[0].url.params["user_ids"] == ",".join(map(str, range(1, 51)))
    for names in ({"user_ids": list(range(1, 52))}, {"usernames": ["Robin"] * 51}):
        with pytest.raises(kongregate.InvalidArgument, match="at most 50 items"):
            kong.players.get_user_info(**names)
    assert len(server.requests) == 1


def test_a_response_may_have_no_more_bytes_than_the_session_allows(arguments, server):
    server.answer = httpx.Response(200, json={"success": True, "items": []})
    with Kongregate(**arguments, max_response_size=10) as kong, pytest.raises(kongregate.ResponseTooLarge):
        kong.items.list_items()


# ---- what the package offers


def test_the_public_names_are_these_and_no_others():
    assert sorted(kongregate.__all__) == [
        "APIError",
        "AsyncKongregate",
        "Attempt",
        "BadBase64",
        "BadGateway",
        "BadJSON",
        "BadParameters",
        "BadRequest",
        "BadShape",
        "BodyTooLarge",
        "CallbackError",
        "CallbackResponse",
        "ClientError",
        "ConfigurationError",
        "Conflict",
        "ConnectionFailed",
        "ContentTooLarge",
        "DecodeError",
        "DuplicateField",
        "Event",
        "Failed",
        "Forbidden",
        "Friend",
        "GameQuery",
        "GatewayTimeout",
        "Gone",
        "InternalServerError",
        "InvalidArgument",
        "InvalidCredentials",
        "InvalidReply",
        "InvalidateUserInventory",
        "Item",
        "ItemOrderPlaced",
        "ItemOrderRequest",
        "Kongregate",
        "MethodNotAllowed",
        "MissingArgument",
        "MissingField",
        "NotFound",
        "NotImplementedByServer",
        "Options",
        "PaginationError",
        "RateLimited",
        "Reply",
        "RequestTimeout",
        "ResponseTooLarge",
        "ServerError",
        "ServiceUnavailable",
        "StatusError",
        "TimedOut",
        "Unauthorized",
        "UnexpectedStatus",
        "UnknownEvent",
        "UnprocessableContent",
        "UnsupportedMediaType",
        "UnusableClient",
        "WrongAlgorithm",
        "WrongKey",
        "__version__",
        "canceled",
        "completed",
        "handle_callback",
        "items_reply",
        "parse_callback",
        "verify_signed_request",
    ]
    assert all(hasattr(kongregate, name) for name in kongregate.__all__)


def test_every_error_is_an_api_error():
    errors = [
        each for each in vars(kongregate).values() if isinstance(each, type) and issubclass(each, Exception)
    ]
    assert len(errors) == 45
    assert all(issubclass(each, kongregate.APIError) for each in errors)


def test_an_unknown_event_survives_pickling():
    copied = pickle.loads(pickle.dumps(kongregate.UnknownEvent("no such event", event="test")))  # noqa: S301  # our own
    assert (str(copied), copied.event) == ("no such event", "test")


def test_no_web_framework_is_imported_unless_asked_for():
    code = "import sys, kongregate; sys.exit('starlette' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own


def test_without_starlette_the_import_of_the_route_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "kongregate.starlette", raising=False)
    monkeypatch.setitem(sys.modules, "starlette.concurrency", None)
    with pytest.raises(ImportError) as caught:
        importlib.import_module("kongregate.starlette")
    assert str(caught.value) == "kongregate.starlette needs Starlette: pip install 'kws-clients[starlette]'"
    assert caught.value.__suppress_context__
