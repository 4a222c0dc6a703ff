# ruff: noqa: S301 (what is unpickled here is our own)
"""How sessions are made, shared, copied and closed."""

import copy
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

import kws
import kws_client.errors
from kws import KWS, AsyncKWS, decode_claims

WAITING = 50


# ---- configuration


@pytest.mark.parametrize(
    "credentials", [{"client_id": 5, "client_secret": "x"}, {"client_id": "x", "client_secret": b"made-up"}]
)
def test_credentials_that_are_not_text_are_refused_unseen(credentials):
    with pytest.raises(kws.ConfigurationError, match="have to be text") as refused:
        KWS("https://kws.example", **credentials)
    assert "made-up" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://kws.example",
        "https://kws.example/api/",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "http://localhost:8080",
        "http://kws.localhost",
    ],
)
def test_https_is_accepted_and_http_on_loopback(url):
    assert repr(KWS(url)) == f"KWS(Client('{url}'))"


@pytest.mark.parametrize("name", ["base_url", "sso_url"])
def test_a_url_that_gives_away_secrets_is_refused_unless_it_is_allowed(name):
    urls = {"base_url": "https://kws.example", name: "http://kws.example"}
    with pytest.raises(kws.ConfigurationError, match=f"{name} has to be https"):
        KWS(**urls)
    KWS(**urls, allow_http=True)
    KWS(**urls, allow_http=True, client_id="example-client").sign_in_url(
        redirect_uri="https://game.example/callback", sso_url="http://club.example"
    )


@pytest.mark.parametrize(
    ("credentials", "advice"),
    [
        ({"client_secret": "made-up-secret"}, "client_secret goes with client_id"),
        ({"client_secret": "made-up-secret", "client_id": ""}, "neither can be empty"),
        ({"client_secret": "", "client_id": "example-client"}, "neither can be empty"),
        ({"scope": "user"}, 'scope has to be "app" or "frontend"'),
    ],
)
@pytest.mark.parametrize("kind", [KWS, AsyncKWS])
def test_credentials_that_could_not_work_are_refused(kind, credentials, advice):
    with pytest.raises(kws.ConfigurationError, match=advice) as raised:
        kind("https://kws.example", **credentials)
    assert "made-up-secret" not in str(raised.value)


def test_a_token_that_is_none_is_refused_at_once():
    with pytest.raises(kws.InvalidToken):
        KWS("https://kws.example", token="")


def test_a_session_with_no_more_than_an_id_makes_sign_in_urls():
    session = KWS("https://kws.example", client_id="example-client", sso_url="https://club.example")
    assert "clientId=example-client" in session.sign_in_url(redirect_uri="https://game.example/callback")


def test_settings_reach_httpx(arguments):
    settings = {**arguments["httpx_args"], "headers": {"x-made-up": "yes"}}
    with KWS(**{**arguments, "httpx_args": settings}, timeout=7) as session:
        assert session.client.get_httpx_client().timeout == httpx.Timeout(7)
        session.users.set_app_data(user_id=1, name="level", value=7)
    assert all(request.headers["x-made-up"] == "yes" for request in settings["transport"].requests)


# ---- sessions of users


def test_the_session_of_a_token_shares_connections_and_nothing_else(session, server, make_token):
    assert session.users is session.users
    player = session.with_token(make_token(scope="user", userId=5073))
    assert player.client.get_httpx_client() is session.client.get_httpx_client()
    player.users.set_app_data(name="level", value=7)
    session.users.set_app_data(user_id=5074, name="level", value=7)
    assert [each.url.path.split("/")[5] for each in server.calls] == ["5073", "5074"]
    assert server.calls[0].headers["authorization"] != server.calls[1].headers["authorization"]


def test_closing_the_session_of_a_token_leaves_the_connections_open(session, make_token):
    with session.with_token(make_token(scope="user")) as player:
        player.users.set_app_data(user_id=1, name="level", value=7)
    player.close()
    session.users.set_app_data(user_id=1, name="level", value=7)
    session.close()
    with pytest.raises(kws.ConfigurationError, match="closed"):
        player.users.set_app_data(user_id=1, name="level", value=7)


async def test_closing_the_async_session_of_a_token_leaves_the_connections_open(async_session, make_token):
    async with async_session.with_token(make_token(scope="user")) as player:
        await player.users.set_app_data(user_id=1, name="level", value=7)
    await async_session.users.set_app_data(user_id=1, name="level", value=7)
    await async_session.aclose()
    with pytest.raises(kws.ConfigurationError, match="closed"):
        await player.users.set_app_data(user_id=1, name="level", value=7)


def test_a_closed_session_stays_closed(arguments):
    session = KWS(**arguments)
    with session:
        session.users.set_app_data(user_id=1, name="level", value=7)
    session.close()
    with session, pytest.raises(kws.ConfigurationError, match="closed"):
        session.users.set_app_data(user_id=1, name="level", value=7)


async def test_a_closed_async_session_stays_closed(arguments):
    session = AsyncKWS(**arguments)
    async with session:
        await session.users.set_app_data(user_id=1, name="level", value=7)
    await session.aclose()
    async with session:
        with pytest.raises(kws.ConfigurationError, match="closed"):
            await session.users.set_app_data(user_id=1, name="level", value=7)


def test_an_unused_session_opens_nothing(arguments, monkeypatch):
    monkeypatch.setattr(httpx, "Client", None)
    with KWS(**arguments) as session:
        assert session.client.base_url == "https://kws.example"


def test_a_subclass_keeps_its_kind_and_its_attributes(arguments, make_token):
    class Game(KWS):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = "Ocean Quest"

    with Game(**arguments) as game:
        player = game.with_token(make_token(scope="user", userId=5073))
        assert type(player) is Game
        assert player.title == "Ocean Quest"
        assert repr(player).startswith("Game(")


def test_threads_that_call_first_at_the_same_time_share_one_pool(arguments, make_token, monkeypatch):
    made = []
    begin = threading.Barrier(8)

    class Counted(httpx.Client):
        def __init__(self, **settings):
            made.append(self)
            super().__init__(**settings)

    monkeypatch.setattr(httpx, "Client", Counted)

    def call(session):
        begin.wait(10)
        session.users.set_app_data(name="level", value=7)

    with (
        KWS(**arguments, token=make_token(scope="user", userId=5073)) as session,
        ThreadPoolExecutor(8) as pool,
    ):
        list(pool.map(call, [session] * 8))
    assert len(made) == 1


# ---- what is copied and pickled


def test_claims_are_values(make_token):
    claims = decode_claims(make_token(userId=5073, level=[1]))
    assert pickle.loads(pickle.dumps(claims)) == copy.deepcopy(claims) == claims
    assert hash(claims) == hash(decode_claims(make_token(userId=5073, level=[1])))
    assert claims != decode_claims(make_token(userId=5073))
    with pytest.raises(AttributeError):
        claims.scope = "user"


def test_a_sign_in_url_keeps_its_state_when_pickled(session):
    url = session.sign_in_url(redirect_uri="https://game.example/callback")
    again = pickle.loads(pickle.dumps(url))
    assert (again, again.state) == (url, url.state)


@pytest.mark.parametrize(
    ("kind", "call"),
    [
        (kws.Forbidden, lambda session: session.users.get_profile(user_id=1)),
        (kws.MissingClaim, lambda session: session.users.get_profile()),
        (kws.ScopeError, lambda session: session.users.has_device_token()),
    ],
)
def test_errors_survive_pickling(session, server, kind, call):
    server.answer = httpx.Response(403, json={"code": 1, "codeMeaning": "forbidden"})
    with pytest.raises(kind) as raised:
        call(session)
    again = pickle.loads(pickle.dumps(raised.value))
    assert type(again) is kind
    assert str(again) == str(raised.value)
    assert again.operation_id == raised.value.operation_id
    assert again.request_line == raised.value.request_line


def test_a_response_may_have_no_more_bytes_than_the_session_allows(mock_arguments):
    with KWS(**mock_arguments, max_response_size=10) as session, pytest.raises(kws.ResponseTooLarge):
        _ = session.claims


# ---- what may be imported


def test_the_public_names():
    assert sorted(kws.__all__) == [
        "APIError",
        "AsyncKWS",
        "Attempt",
        "BadGateway",
        "BadRequest",
        "Callback",
        "Claims",
        "ClientError",
        "ConfigurationError",
        "Conflict",
        "ConnectionFailed",
        "ContentTooLarge",
        "DecodeError",
        "Forbidden",
        "GatewayTimeout",
        "Gone",
        "InternalServerError",
        "InvalidArgument",
        "InvalidToken",
        "KWS",
        "MethodNotAllowed",
        "MissingArgument",
        "MissingClaim",
        "MissingCredentials",
        "NotFound",
        "NotImplementedByServer",
        "Options",
        "PaginationError",
        "RateLimited",
        "RequestTimeout",
        "ResponseTooLarge",
        "ScopeError",
        "ServerError",
        "ServiceUnavailable",
        "SignIn",
        "SignInError",
        "SignInRefused",
        "SignInURL",
        "StateMismatch",
        "StatusError",
        "TimedOut",
        "Unauthorized",
        "UnexpectedStatus",
        "UnprocessableContent",
        "UnsupportedMediaType",
        "UnusableClient",
        "__version__",
        "decode_claims",
        "read_callback",
        "read_implicit_callback",
    ]
    assert all(hasattr(kws, name) for name in kws.__all__)


def test_every_error_is_an_api_error():
    errors = [each for each in vars(kws).values() if isinstance(each, type) and issubclass(each, Exception)]
    assert len(errors) > len(kws_client.errors.__all__)
    assert all(issubclass(each, kws.APIError) for each in errors)


def test_a_question_that_is_asked_by_post_is_asked_again(session, server):
    session = session.with_options(max_retries=1)
    responses = [
        httpx.Response(503, headers={"retry-after": "0"}),
        httpx.Response(200, json={"hasTriggeredEvent": False}),
    ]
    server.answer = lambda _: responses.pop(0)
    assert session.users.has_triggered_event(user_id=5073, event_id=7)
    assert len(server.calls) == 2


def test_an_event_that_may_have_been_triggered_is_not_triggered_again(session, server):
    session = session.with_options(max_retries=5)
    server.answer = httpx.Response(503, headers={"retry-after": "0"})
    with pytest.raises(kws.ServiceUnavailable) as caught:
        session.users.trigger_event(user_id=5073, token="made-up-event")
    assert len(server.calls) == 1
    assert caught.value.retry_after == 0
