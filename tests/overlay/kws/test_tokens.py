"""When tokens are fetched, renewed and refused."""

import asyncio
import base64
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.responses import JSONResponse

import kws
from kws import KWS, AsyncKWS
from kws_client.api.apps import get_leaderboard
from kws_client.api.oauth import issue_token
from kws_client.api.users import get_profile, set_app_data
from openapi_mock import MockTransport, asgi_app, serve

BASE_URL = "https://kws.example"
SECRET = "made-up-secret"

WAITING = 50


def refusing_first(mock):
    """The mock, whose first answer to anything but a request for a token is 401."""
    application = asgi_app(mock)
    refused = []

    async def app(scope, receive, send):
        if scope["path"] == issue_token.OPERATION.path or refused:
            await application(scope, receive, send)
            return
        refused.append(scope["path"])
        await JSONResponse({"ErrorCode": "invalid_token"}, 401)(scope, receive, send)

    return app


def call(session):
    session.users.set_app_data(user_id=1, name="level", value=7)


async def call_async(session):
    await session.users.set_app_data(user_id=1, name="level", value=7)


def bearer(request):
    return request.headers["authorization"].removeprefix("Bearer ")


def test_the_token_is_fetched_on_first_use_in_the_documented_form(session, server):
    assert server.requests == []
    call(session)
    (request,) = server.token_requests
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["authorization"] == httpx.BasicAuth("example-client", SECRET)._auth_header
    assert request.content == b"grant_type=client_credentials&scope=app"


def test_one_token_serves_many_calls(session, server):
    call(session)
    call(session)
    assert len(server.token_requests) == 1
    assert session.claims.app_id == 355


def test_the_scope_asked_for_is_sent(arguments, server):
    server.token_claims = {"scope": "frontend"}
    with KWS(**arguments, scope="frontend") as session:
        assert session.claims.scope == "frontend"
    assert server.token_requests[0].content.endswith(b"scope=frontend")


@pytest.mark.parametrize(
    ("fields", "claims", "good_until"),
    [
        ({"expires_in": 86400}, {}, 86340),
        ({"expires_in": 100}, {}, 90),
        ({}, {"iat": 0, "exp": 86400}, 86340),
        ({}, {"iat": 0, "exp": 100}, 90),
    ],
)
def test_a_token_is_renewed_ahead_of_its_expiry(session, server, clock, fields, claims, good_until):
    server.token_fields, server.token_claims = fields, claims
    call(session)
    clock.now += good_until - 0.1
    call(session)
    assert len(server.token_requests) == 1
    clock.now += 0.2
    call(session)
    assert len(server.token_requests) == 2
    assert bearer(server.calls[1]) != bearer(server.calls[2])


def test_a_token_that_tells_no_expiry_is_kept_until_it_is_refused(session, server, clock):
    server.token_fields, server.token_claims = {}, {"iat": None, "exp": None}
    call(session)
    clock.now += 10**9
    call(session)
    assert len(server.token_requests) == 1
    server.refused.add(bearer(server.calls[0]))
    call(session)
    assert len(server.token_requests) == 2


@pytest.mark.parametrize("lifetime_s", [-5, 0, 10**400])
def test_a_lifetime_that_makes_no_sense_is_no_reason_to_fail(session, server, lifetime_s):
    server.token_fields = {"expires_in": lifetime_s}
    call(session)
    call(session)
    assert len(server.calls) == 2


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"access_token": "made-up"}, kws.InvalidToken),
        ({"token_type": "bearer"}, kws.DecodeError),
        ({"access_token": None}, kws.DecodeError),
    ],
)
def test_an_answer_without_a_token_is_no_reason_to_fail_for_ever(session, server, answer, kind):
    server.token_answer = lambda _: httpx.Response(200, json=answer)
    with pytest.raises(kind):
        call(session)
    server.token_answer = None
    call(session)
    assert len(server.calls) == 1


def test_after_a_refusal_the_call_is_made_once_more_with_a_new_token(session, server):
    call(session)
    server.refused.add(bearer(server.calls[0]))
    call(session)
    old, refused, repeated = server.calls
    assert bearer(old) == bearer(refused) != bearer(repeated)
    assert refused.content == repeated.content


def test_a_call_that_was_refused_is_applied_once(mock_arguments, mock):
    """The mock forgets the key of its first token, as a server does that is set up anew."""
    answered = []

    class Restarted(MockTransport):
        def handle_request(self, request):
            if not answered and request.extensions["operation"].id == "triggerEvent":
                request.headers["authorization"] = "Bearer " + "x.y.z"
            response = super().handle_request(request)
            if request.extensions["operation"].id == "triggerEvent":
                answered.append(response.status_code)
            return response

    def received(session):
        return {each.currency_id: each.sum for each in session.users.get_points(user_id=5073).total_received}

    with KWS(**{**mock_arguments, "httpx_args": {"transport": Restarted(mock)}}) as session:
        before = received(session)
        session.users.trigger_event(user_id=5073, token="finished-level", points=5)
        after = received(session)
    assert answered == [401, 204]
    assert after[2] - before[2] == 5


def test_a_renewal_needs_no_second_connection(mock):
    with serve(refusing_first(mock)) as url:
        limits = httpx.Limits(max_connections=1)
        with KWS(
            url, client_id="example-client", client_secret=SECRET, timeout=5, httpx_args={"limits": limits}
        ) as one:
            assert one.apps.get_leaderboard(app_id=355).count


async def test_an_awaited_renewal_needs_no_second_connection(mock):
    with serve(refusing_first(mock)) as url:
        limits = httpx.Limits(max_connections=1)
        async with AsyncKWS(
            url, client_id="example-client", client_secret=SECRET, timeout=5, httpx_args={"limits": limits}
        ) as one:
            assert (await one.apps.get_leaderboard(app_id=355)).count


async def test_after_a_refusal_the_call_is_awaited_once_more_with_a_new_token(async_session, server):
    await call_async(async_session)
    server.refused.add(bearer(server.calls[0]))
    await call_async(async_session)
    assert len(server.calls) == 3
    assert len(server.token_requests) == 2


def test_a_server_that_refuses_every_token_is_asked_twice_and_no_more(session, server):
    server.answer = httpx.Response(401, json={"ErrorCode": "invalid_token"})
    with pytest.raises(kws.Unauthorized):
        call(session)
    assert len(server.calls) == 2
    assert len(server.token_requests) == 2


def test_a_known_token_is_not_renewed(server, arguments, make_token):
    del arguments["client_id"], arguments["client_secret"]
    token = make_token(scope="user", userId=5073)
    server.refused.add(token)
    with KWS(**arguments, token=token) as session, pytest.raises(kws.Unauthorized):
        session.users.get_profile()
    assert server.calls[0].url.path == get_profile.OPERATION.path.format(appId=355, userId=5073)
    assert len(server.requests) == 1


# ---- many at once


def test_many_threads_make_one_token_request(session, server):
    server.delay_s = 0.05
    with ThreadPoolExecutor(WAITING) as pool:
        list(pool.map(call, [session] * WAITING))
    assert len(server.token_requests) == 1
    assert len(server.calls) == WAITING


async def test_many_tasks_make_one_token_request(async_session, server):
    server.delay_s = 0.05
    await asyncio.gather(*(call_async(async_session) for _ in range(WAITING)))
    assert len(server.token_requests) == 1
    assert len(server.calls) == WAITING


def test_many_refused_threads_renew_once(session, server):
    call(session)
    server.refused.add(bearer(server.calls[0]))
    server.delay_s = 0.05
    with ThreadPoolExecutor(WAITING) as pool:
        list(pool.map(call, [session] * WAITING))
    assert len(server.token_requests) == 2


def wrong_client(_request, status=401):
    body = {"ErrorCode": "invalid_client", "Error": "Client credentials are invalid"}
    return httpx.Response(status, headers={"www-authenticate": 'Basic realm="kws"'}, json=body)


@pytest.mark.parametrize(("status", "expected"), [(401, kws.Unauthorized), (400, kws.BadRequest)])
def test_wrong_credentials_are_told_as_an_error_of_the_token_call(session, server, status, expected):
    """The source has 401; servers were seen to answer 400."""
    server.token_answer = lambda request: wrong_client(request, status)
    with pytest.raises(expected, match="Client credentials are invalid") as raised:
        call(session)
    assert raised.value.operation_id == "issueToken"
    # Nothing is asked for twice: a new token would come from the same credentials.
    assert (len(server.token_requests), server.calls) == (1, [])


async def test_awaited_wrong_credentials_are_told_as_an_error_of_the_token_call(async_session, server):
    server.token_answer = wrong_client
    with pytest.raises(kws.Unauthorized, match="Client credentials are invalid") as raised:
        await call_async(async_session)
    assert raised.value.operation_id == "issueToken"
    assert (len(server.token_requests), server.calls) == (1, [])


def test_credentials_that_became_wrong_are_told_instead_of_the_refused_token(session, server):
    call(session)
    server.refused.add(bearer(server.calls[0]))
    server.token_answer = wrong_client
    with pytest.raises(kws.Unauthorized, match="Client credentials are invalid") as raised:
        call(session)
    assert raised.value.operation_id == "issueToken"
    assert (len(server.token_requests), len(server.calls)) == (2, 2)


async def test_awaited_credentials_that_became_wrong_are_told_instead_of_the_refused_token(
    async_session, server
):
    await call_async(async_session)
    server.refused.add(bearer(server.calls[0]))
    server.token_answer = wrong_client
    with pytest.raises(kws.Unauthorized, match="Client credentials are invalid") as raised:
        await call_async(async_session)
    assert raised.value.operation_id == "issueToken"
    assert (len(server.token_requests), len(server.calls)) == (2, 2)


def test_the_mock_tells_wrong_credentials_as_unauthorized(mock_arguments):
    with (
        KWS(**{**mock_arguments, "client_secret": "made-up-wrong"}) as session,
        pytest.raises(kws.Unauthorized, match=r"issueToken: POST /.* answered 401") as raised,
    ):
        _ = session.claims
    assert raised.value.body.error_code == "invalid_client"


def test_a_failed_token_request_fails_all_who_waited_for_it_and_nobody_later(session, server):
    server.delay_s, server.token_answer = 0.1, wrong_client

    def outcome(_):
        try:
            call(session)
        except kws.Unauthorized as error:
            return error
        return None

    with ThreadPoolExecutor(WAITING) as pool:
        outcomes = list(pool.map(outcome, range(WAITING)))
    assert all("Client credentials are invalid" in str(each) for each in outcomes)
    # A traceback belongs to one thread.
    assert len({id(each) for each in outcomes}) == WAITING
    assert len(server.token_requests) < WAITING / 2
    server.token_answer = None
    call(session)


async def test_a_failed_token_request_fails_all_tasks_that_waited_for_it(async_session, server):
    server.delay_s, server.token_answer = 0.05, wrong_client
    waiting = (call_async(async_session) for _ in range(WAITING))
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(each) for each in outcomes} == {kws.Unauthorized}
    assert len(server.token_requests) == 1
    server.token_answer = None
    await call_async(async_session)


async def test_a_task_that_is_cancelled_while_it_fetches_leaves_the_token_to_the_next_one(
    async_session, server
):
    server.delay_s = 0.2
    first = asyncio.create_task(call_async(async_session))
    for _ in range(10_000):
        if server.token_requests:
            break
        await asyncio.sleep(0.001)
    second = asyncio.create_task(call_async(async_session))
    await asyncio.sleep(0.01)
    first.cancel()
    await second
    with pytest.raises(asyncio.CancelledError):
        await first
    assert len(server.token_requests) == 1
    assert len(server.calls) == 1


# ---- who needs a token


def test_an_operation_without_security_makes_no_token_request(session, server):
    server.answer = httpx.Response(200, json={"country": "gb", "consentAgeForCountry": 13})
    assert session.countries.get_child_age(country="gb").consent_age_for_country == 13
    assert server.token_requests == []
    assert "authorization" not in server.calls[0].headers


def test_a_session_without_credentials_calls_what_needs_none(server):
    server.answer = httpx.Response(200, json="AwesomeNinja8312")
    with KWS(BASE_URL, httpx_args={"transport": server}) as anonymous:
        assert anonymous.apps.get_random_display_name(app_id=355) == "AwesomeNinja8312"
        with pytest.raises(kws.MissingCredentials, match="give it client_id and client_secret, or a token"):
            call(anonymous)
        with pytest.raises(kws.MissingCredentials, match="getLeaderboard needs a token") as raised:
            anonymous.apps.get_leaderboard(app_id=355)
        assert raised.value.operation_id == "getLeaderboard"
        assert raised.value.request_line == f"GET {get_leaderboard.OPERATION.path}"
        with pytest.raises(kws.MissingArgument, match="app_id"):
            anonymous.apps.get_random_display_name()
        with pytest.raises(kws.MissingCredentials):
            _ = anonymous.claims
    assert "authorization" not in server.calls[0].headers
    assert len(server.requests) == 1


async def test_an_async_session_without_credentials_calls_what_needs_none(server):
    server.answer = httpx.Response(200, json="AwesomeNinja8312")
    async with AsyncKWS(BASE_URL, httpx_args={"transport": server}) as anonymous:
        assert await anonymous.apps.get_random_display_name(app_id=355) == "AwesomeNinja8312"
        with pytest.raises(kws.MissingCredentials):
            await call_async(anonymous)
        with pytest.raises(kws.MissingArgument):
            await anonymous.apps.get_random_display_name()
        with pytest.raises(kws.MissingCredentials):
            await anonymous.claims


def test_the_token_operation_of_a_session_without_a_secret_is_refused_before_the_network(server, make_token):
    for credentials in ({}, {"token": make_token()}):
        with (
            KWS(BASE_URL, **credentials, httpx_args={"transport": server}) as session,
            pytest.raises(
                kws.MissingCredentials, match="issueToken needs a session with client_id and client_secret"
            ) as raised,
        ):
            session.oauth.issue_token(grant_type="client_credentials")
        assert raised.value.operation_id == "issueToken"
    assert server.requests == []


@pytest.mark.parametrize(
    ("scope", "advice"), [("app", "signed-in user"), ("frontend", "scope app"), ("user", "")]
)
def test_a_scope_that_does_not_allow_the_call_is_refused_before_the_network(
    server, scope, advice, make_token
):
    token = make_token(scope=scope, userId=5073)
    with KWS(BASE_URL, token=token, httpx_args={"transport": server}) as session:
        if scope == "user":
            session.users.set_app_data(name="level", value=7)
            return
        with pytest.raises(kws.ScopeError, match=advice) as raised:
            session.users.has_device_token()
    assert raised.value.operation_id == "hasDeviceToken"
    assert "takes a token of scope user" in str(raised.value)
    assert server.requests == []


@pytest.mark.parametrize("scope", ["app", "frontend"])
async def test_a_scope_that_would_not_do_is_not_even_fetched(arguments, server, scope):
    with KWS(**arguments, scope=scope) as session:
        with pytest.raises(kws.ScopeError):
            session.users.has_device_token()
        with pytest.raises(kws.ScopeError):
            session.users.has_device_token(app_id=355)
    async with AsyncKWS(**arguments, scope=scope) as session:
        with pytest.raises(kws.ScopeError):
            await session.users.has_device_token()
        with pytest.raises(kws.ScopeError):
            await session.users.has_device_token(app_id=355)
    assert server.requests == []


def test_a_server_that_gives_another_scope_than_asked_for_is_taken_at_its_word(arguments, server):
    server.token_claims = {"scope": "frontend"}
    with KWS(**arguments) as session:
        for _ in range(2):
            with pytest.raises(kws.ScopeError, match="this session's has scope frontend"):
                call(session)
    assert len(server.token_requests) == 1
    assert server.calls == []


def test_the_scope_is_looked_at_even_where_every_argument_is_given(server, make_token):
    token = make_token(scope="frontend")
    with (
        KWS(BASE_URL, token=token, httpx_args={"transport": server}) as session,
        pytest.raises(kws.ScopeError, match="takes a token of scope app or user"),
    ):
        session.users.get_profile(app_id=1, user_id=2)
    assert server.requests == []


def test_the_scope_that_counts_is_the_one_that_the_server_gave(session, server):
    server.token_claims = {"scope": "frontend", "userId": 5073}
    for _ in range(2):
        with pytest.raises(kws.ScopeError, match="has scope frontend"):
            session.users.get_profile(app_id=1, user_id=2)
    assert server.calls == []
    assert len(server.token_requests) == 1


def test_the_scope_comes_before_what_the_token_lacks(session, server):
    server.token_claims = {"scope": "frontend"}
    assert session.claims.user_id is None
    with pytest.raises(kws.ScopeError):
        session.users.get_profile()
    assert server.calls == []


def test_a_scope_that_is_not_documented_is_left_to_the_server(server, make_token):
    token = make_token(scope="mobileApp", userId=5073)
    with KWS(BASE_URL, token=token, httpx_args={"transport": server}) as session:
        session.users.set_app_data(name="level", value=7)
    assert len(server.calls) == 1


def test_a_scope_that_the_server_chose_counts_instead_of_the_one_asked_for(session, server):
    server.token_claims = {"scope": "mobileApp"}
    server.answer = httpx.Response(200, json=True)
    assert session.claims.scope == "mobileApp"
    assert session.users.has_device_token() is True


# ---- what the token supplies


def test_arguments_left_out_come_from_the_claims_and_given_ones_win(server, make_token):
    token = make_token(scope="user", userId=5073)
    with KWS(BASE_URL, token=token, httpx_args={"transport": server}) as session:
        session.users.set_app_data(name="level", value=7)
        session.users.set_app_data(app_id=1, user_id=2, name="level", value=7)
    path = set_app_data.OPERATION.path
    assert [each.url.path for each in server.calls] == [
        path.format(appId=355, userId=5073),
        path.format(appId=1, userId=2),
    ]


async def test_arguments_left_out_come_from_the_claims_when_awaited(async_session, server):
    server.answer = httpx.Response(200, json={"offset": 0, "limit": 1000, "count": 0, "results": []})
    assert (await async_session.claims).app_id == 355
    assert [entry async for entry in async_session.apps.iter_leaderboard()] == []
    assert server.calls[0].url.path == get_leaderboard.OPERATION.path.format(appId=355)


def test_a_claim_that_the_token_does_not_carry_has_to_be_given(session, server):
    with pytest.raises(kws.MissingClaim, match="token of scope app carries no userId: pass it") as raised:
        session.users.get_profile()
    assert isinstance(raised.value, kws.MissingArgument)
    assert server.calls == []


# ---- what may leave the back end


@pytest.mark.parametrize("scope", ["frontend", "user"])
def test_a_token_for_a_front_end_is_handed_out(server, scope, make_token):
    token = make_token(scope=scope)
    with KWS(BASE_URL, token=token, httpx_args={"transport": server}) as session:
        assert session.token_for_frontend() == token


@pytest.mark.parametrize("scope", ["app", "mobileApp"])
async def test_any_other_token_stays_in_the_back_end(arguments, server, scope):
    server.token_claims = {"scope": scope}
    with KWS(**arguments) as session, pytest.raises(kws.ScopeError, match="must not reach a front end"):
        session.token_for_frontend()
    async with AsyncKWS(**arguments) as session:
        with pytest.raises(kws.ScopeError):
            await session.token_for_frontend()


def test_the_secret_is_in_no_request_but_those_for_tokens(session, server):
    call(session)
    basic = base64.b64encode(f"example-client:{SECRET}".encode())
    for request in server.calls:
        assert basic.decode() not in str(request.headers)


# ---- hooks


def test_a_hook_reads_claims_but_not_within_the_request_for_the_token(arguments):
    seen = []

    def hook(request):
        seen.append(session.claims.app_id if request.url.path != issue_token.OPERATION.path else None)

    arguments["httpx_args"] |= {"event_hooks": {"request": [hook]}}
    with KWS(**arguments) as session:
        call(session)
    assert seen == [None, 355]


def test_a_hook_that_wants_the_token_before_it_is_there_is_refused_instead_of_waiting_for_ever(
    arguments, server
):
    arguments["httpx_args"] |= {"event_hooks": {"request": [lambda _: session.claims]}}
    with KWS(**arguments) as session, pytest.raises(kws.MissingCredentials, match="is being fetched"):
        call(session)
    assert server.requests == []


async def test_an_async_hook_that_wants_the_token_before_it_is_there_is_refused_too(arguments, server):
    async def hook(_):
        await session.claims

    arguments["httpx_args"] |= {"event_hooks": {"request": [hook]}}
    async with AsyncKWS(**arguments) as session:
        with pytest.raises(kws.MissingCredentials, match="is being fetched"):
            await call_async(session)
    assert server.requests == []
