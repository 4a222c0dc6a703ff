"""Tokens of KWS are fetched once, renewed in time and after a refusal, and read for what they say."""

import asyncio
import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest
from fuzz_kws.known import APP, CLIENT, SECRET, USER, WITHOUT_PARENT
from fuzz_kws.world import URL, World
from hypothesis import strategies as st

import kws
from kws.access_token import AccessToken, decode_claims
from kws.tokens import TokenSource
from kws_client.models.token import Token
from openapi_mock import load

HALVES = pytest.mark.parametrize("half", ["sync", "async"])
DAY_S, EARLY_S, RETRY_S = 86_400, 60, 5


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as world:
        yield world


def profile(world: World, session: Any, **arguments: Any) -> Any:
    return world.done(session.users.get_profile(**{"user_id": USER, **arguments}))


def bearer(request: httpx.Request) -> str:
    return request.headers["authorization"].removeprefix("Bearer ")


# ---- When tokens are fetched


@HALVES
@pytest.mark.parametrize("scope", ["app", "frontend"])
def test_the_token_is_fetched_once_when_it_is_needed(world: World, half: Any, scope: str) -> None:
    session = world.begin(half).session(scope=scope)
    assert world.sent == []
    world.done(session.countries.get_child_age())
    world.done(session.apps.get_random_display_name(app_id=APP))
    assert "authorization" not in world.sent[0].headers
    world.done(session.apps.get_leaderboard())
    claims = world.done(session.claims)
    (request,) = (each for each in world.sent if each.url.path == "/oauth/token")
    assert request.headers["authorization"] == httpx.BasicAuth(CLIENT, SECRET)._auth_header
    assert request.content == f"grant_type=client_credentials&scope={scope}".encode()
    assert (claims.scope, claims.app_id, claims.user_id, claims.client_id) == (scope, APP, None, CLIENT)
    issued = world.now
    assert (claims.issued_at, claims.expires_at) == (issued, issued + timedelta(seconds=DAY_S))


@HALVES
@pytest.mark.parametrize(
    ("wait", "fetched"),
    [
        (DAY_S - EARLY_S - 0.001, 1),
        (DAY_S - EARLY_S, 2),
        (DAY_S - 0.001, 2),
        (DAY_S + 0.001, 2),
        (40 * DAY_S, 2),
    ],
)
def test_a_token_is_renewed_a_minute_before_it_expires(
    world: World, half: Any, wait: float, fetched: int
) -> None:
    session = world.begin(half).session()
    profile(world, session)
    first = bearer(world.sent[-1])
    world.wait(wait)
    for _ in range(2):
        profile(world, session)
    assert world.requests("issueToken") == fetched
    assert (bearer(world.sent[-1]) == first) == (fetched == 1)


def token(lifetime: float, **claims: Any) -> str:
    """Return a made-up token."""
    payload = {"scope": "app", "appId": APP, "iat": 1_000_000, "exp": 1_000_000 + lifetime, **claims}
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    return f"e30.{body}.bWFkZS11cA"


def test_the_time_of_renewal_follows_from_the_lifetime(properties: Any) -> None:
    def check(drawn: tuple[float, int, bool]) -> None:
        now, lifetime, is_said = drawn
        fields = {"expires_in": lifetime} if is_said else {}
        response = Token.from_dict({"access_token": token(lifetime), "token_type": "bearer", **fields})
        made = AccessToken.issued(response, now)
        lasts = lifetime if lifetime > 0 else RETRY_S
        assert made.expires == pytest.approx(now + lasts)
        assert made.due == pytest.approx(now + lasts - min(EARLY_S, lasts / 10))
        before, at = made.expires - 0.01, made.expires
        assert made.kept(at) is None
        kept = made.kept(before - RETRY_S)
        assert kept
        assert kept.due == pytest.approx(before)
        late = made.kept(before)
        assert late
        assert late.due == made.expires

    from_zero = st.one_of(st.sampled_from([0, 1, 10, 599, 600, 601, DAY_S]), st.integers(-10, 10 * DAY_S))
    properties.hold(check, st.tuples(st.floats(0, 4e9), from_zero, st.booleans()))


# ---- When they cannot be renewed


@HALVES
def test_the_old_token_serves_until_it_expires_while_no_new_one_is_to_be_had(world: World, half: Any) -> None:
    session = world.begin(half).session()
    profile(world, session)
    first = bearer(world.sent[-1])
    due = world.now + timedelta(seconds=DAY_S - EARLY_S)
    with world.control.fail("issueToken", status=503):
        for waited, asked in ((0, 2), (RETRY_S - 0.001, 2), (RETRY_S, 3)):
            world.control.clock.set(due + timedelta(seconds=waited))
            profile(world, session)
            assert bearer(world.sent[-1]) == first
            assert world.requests("issueToken") == asked
        world.control.clock.set(due + timedelta(seconds=EARLY_S))
        with pytest.raises(kws.ServiceUnavailable) as raised:
            profile(world, session)
    assert raised.value.operation_id == "issueToken"
    profile(world, session)
    assert bearer(world.sent[-1]) != first


@HALVES
@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"client_secret": "made-up-other-secret"}, kws.Unauthorized),
        ({"client_id": "nobody"}, kws.Unauthorized),
    ],
)
def test_wrong_credentials_are_an_error_of_the_token_call(
    world: World, half: Any, settings: Any, error: type[Exception]
) -> None:
    session = world.begin(half).session(**settings)
    for attempt in (1, 2):
        with pytest.raises(error) as raised:
            profile(world, session)
        found: Any = raised.value
        assert (found.operation_id, found.body.error_code) == ("issueToken", "invalid_client")
        assert world.requests("issueToken") == len(world.sent) == attempt
        assert "made-up" not in str(found)


def test_credentials_in_a_form_that_is_no_text_are_missing_or_wrong() -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    with load("kws") as mock, httpx.Client(transport=mock.transport(), base_url=URL, headers=form) as http:
        for sent, told in (
            (b"\xff=\xff", "Client credentials are missing"),
            (b"client_id=\xff&client_secret=\xff", "Client credentials are invalid"),
        ):
            response = http.post("/oauth/token", content=sent)
            assert (response.status_code, response.json()["Error"]) == (401, told)


@pytest.mark.parametrize(("given", "scope"), [({}, "app"), ({"scope": "frontend"}, "frontend")])
def test_a_token_is_for_the_app_where_nothing_else_is_asked_for(given: dict[str, str], scope: str) -> None:
    with load("kws") as mock, httpx.Client(transport=mock.transport(), base_url=URL) as http:
        form = {"grant_type": "client_credentials", **given}
        issued = http.post("/oauth/token", data=form, auth=(CLIENT, SECRET)).json()
    assert decode_claims(issued["access_token"]).scope == scope


@HALVES
def test_a_session_without_credentials_sends_nothing_that_needs_them(world: World, half: Any) -> None:
    session = world.begin(half).session(client_id=None, client_secret=None)
    for call in (
        lambda: profile(world, session),
        lambda: world.done(session.claims),
        lambda: world.done(session.token_for_frontend()),
        lambda: world.done(session.oauth.issue_token(grant_type="client_credentials")),
    ):
        with pytest.raises(kws.MissingCredentials):
            call()
    assert world.sent == []
    assert world.done(session.countries.get_child_age()).country == "us"
    assert world.done(session.apps.get_random_display_name(app_id=APP))


@HALVES
def test_the_request_for_a_token_is_repeated_after_a_passing_failure(world: World, half: Any) -> None:
    session = world.begin(half).session(max_retries=1)
    with world.control.fail("issueToken", status=503, retry_after=0, times=1):
        assert profile(world, session).id == USER
    assert world.requests("issueToken") == 2


# ---- When the server refuses them


@HALVES
def test_a_refused_token_is_replaced_once(world: World, half: Any) -> None:
    session = world.begin(half).session()
    profile(world, session)
    first = bearer(world.sent[-1])
    world.wait(1)
    with world.control.fail("getProfile", status=401, times=1):
        assert profile(world, session).id == USER
    assert [each.url.path.rpartition("/")[2] for each in world.sent[-3:]] == [str(USER), "token", str(USER)]
    assert bearer(world.sent[-3]) == first != bearer(world.sent[-1])
    with world.control.fail("getProfile", status=401), pytest.raises(kws.Unauthorized):
        profile(world, session)
    assert world.requests("issueToken") == 3
    assert world.requests("getProfile") == 5
    profile(world, session)
    assert world.requests("issueToken") == 3


@HALVES
def test_a_server_that_forgot_its_tokens_gives_new_ones(world: World, half: Any) -> None:
    session = world.begin(half).session()
    profile(world, session)
    # For the mock a day passes; for the session, whose clock stands still, nothing does.
    then = world.seconds()
    slow = world.session(clock=lambda: then)
    profile(world, slow)
    world.wait(DAY_S + 1)
    assert profile(world, slow).id == USER
    assert world.requests("issueToken") == 3


@HALVES
@pytest.mark.parametrize(
    ("wait", "is_good"), [(0, True), (DAY_S - 0.001, True), (DAY_S, False), (DAY_S + 1, False)]
)
def test_a_token_of_a_user_serves_for_a_day(world: World, half: Any, wait: float, is_good: bool) -> None:
    held = world.begin(half).control.token(user_id=USER)
    app = world.session()
    for session in (world.session(token=held), app.with_token(held)):
        assert token_of(world, session) == held
    world.wait(wait)
    for session in (world.session(token=held), app.with_token(held)):
        if is_good:
            assert profile(world, session).id == USER
        else:
            with pytest.raises(kws.Unauthorized, match="getProfile") as raised:
                profile(world, session)
            body: Any = raised.value.body
            assert body.error_code == "invalid_token"
            assert held not in repr(raised.value)
    # It is never replaced by a token of the app.
    assert world.requests("issueToken") == 0
    assert {bearer(each) for each in world.sent} == {held}


def token_of(world: World, session: Any) -> str:
    found: str = world.done(session.token_for_frontend())
    return found


# ---- What sessions do with them


@HALVES
def test_front_ends_get_tokens_of_their_own_scopes_alone(world: World, half: Any) -> None:
    session = world.begin(half).session()
    with pytest.raises(kws.ScopeError, match="scope app"):
        token_of(world, session)
    frontend = world.session(scope="frontend")
    world.done(frontend.apps.get_leaderboard())
    assert token_of(world, frontend) == bearer(world.sent[-1])
    held = world.control.token(user_id=USER)
    assert token_of(world, session.with_token(held)) == held


@HALVES
@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("app", lambda session: session.users.has_device_token(app_id=APP)),
        ("frontend", lambda session: session.users.get_profile(user_id=USER)),
    ],
)
def test_a_scope_that_does_not_fit_is_named_and_nothing_is_sent(
    world: World, half: Any, scope: str, call: Callable[[Any], Any]
) -> None:
    session = world.begin(half).session(scope=scope)
    with pytest.raises(kws.ScopeError, match=f"scope {scope}: call it in") as raised:
        world.done(call(session))
    assert raised.value.operation_id in ("hasDeviceToken", "getProfile")
    assert world.sent == []


@HALVES
def test_a_session_of_a_user_does_not_ask_for_tokens(world: World, half: Any) -> None:
    user = world.begin(half).session().with_token(world.control.token(user_id=USER))
    with pytest.raises(kws.MissingCredentials, match="client_id and client_secret"):
        world.done(user.oauth.issue_token(grant_type="client_credentials"))
    assert world.sent == []


@HALVES
def test_arguments_come_from_the_token_or_have_to_be_given(world: World, half: Any) -> None:
    session = world.begin(half).session()
    assert world.done(session.users.get_profile(user_id=WITHOUT_PARENT)).id == WITHOUT_PARENT
    with pytest.raises(kws.MissingClaim, match="userId") as raised:
        world.done(session.users.get_profile())
    assert isinstance(raised.value, kws.MissingArgument)
    assert world.sent[-1].url.path.endswith(f"/users/{WITHOUT_PARENT}")
    user = session.with_token(world.control.token(user_id=WITHOUT_PARENT))
    assert world.done(user.users.get_profile()).id == WITHOUT_PARENT
    quick = user.with_options(deadline=9)
    assert world.done(quick.users.get_profile()).id == WITHOUT_PARENT


# ---- Many at once


def test_threads_share_one_request_for_a_token(world: World) -> None:
    session = world.begin("sync").session()
    barrier, found = threading.Barrier(6), []

    def call() -> None:
        barrier.wait()
        found.append(session.users.get_profile(user_id=USER).id)

    with world.control.fail("issueToken", delay=0.05):
        threads = [threading.Thread(target=call) for _ in range(6)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert found == [USER] * 6
    assert world.requests("issueToken") == 1


def test_tasks_share_one_request_for_a_token_also_when_one_is_cancelled(world: World) -> None:
    session = world.begin("async").session()

    async def many() -> list[Any]:
        calls = [asyncio.create_task(session.users.get_profile(user_id=USER)) for _ in range(6)]
        await asyncio.sleep(0.01)
        calls[0].cancel()
        with suppress(asyncio.CancelledError):
            await calls[0]
        return [(await each).id for each in calls[1:]]

    with world.control.fail("issueToken", delay=0.05):
        assert world.done(many()) == [USER] * 5
    assert world.requests("issueToken") == 1


def test_whoever_waits_gets_the_error_of_the_one_request(world: World) -> None:
    session = world.begin("async").session()

    async def many() -> list[Any]:
        calls = (session.users.get_profile(user_id=USER) for _ in range(4))
        return await asyncio.gather(*calls, return_exceptions=True)

    with world.control.fail("issueToken", status=500):
        errors = world.done(many())
    assert [type(each) for each in errors] == [kws.InternalServerError] * 4
    assert len({id(each) for each in errors}) == 4
    assert world.requests("issueToken") == 1


@HALVES
def test_the_wait_for_a_token_ends_with_the_deadline(world: World, half: Any) -> None:
    session = world.begin(half).session(deadline=0.05)
    with world.control.fail("issueToken", delay=0.2), pytest.raises(kws.TimedOut):
        profile(world, session)
    assert profile(world, session.with_options(deadline=None)).id == USER


def late_source(answers: list[httpx.Request], wait: Callable[[], object], late: int) -> TokenSource:
    """Return a source of tokens, of whose requests so many time out after a wait."""

    def respond(request: httpx.Request) -> httpx.Response:
        answers.append(request)
        if len(answers) > late:
            return httpx.Response(200, json={"access_token": token(DAY_S), "expires_in": DAY_S})
        wait()
        raise httpx.ReadTimeout("made up", request=request)

    transport = httpx.MockTransport(respond)
    return kws.KWS(
        URL, client_id=CLIENT, client_secret=SECRET, max_retries=0, httpx_args={"transport": transport}
    )._source


def test_a_caller_whose_time_is_over_leaves_the_others_theirs() -> None:
    asked: list[httpx.Request] = []
    errors: list[Exception] = []
    deadline = time.monotonic() + 0.1
    is_asked = threading.Event()

    def wait() -> None:
        is_asked.set()
        time.sleep(max(0, deadline - time.monotonic()) + 0.05)

    source = late_source(asked, wait, late=1)

    def call_in_haste() -> None:
        with pytest.raises(kws.TimedOut) as raised:
            source.get(deadline=deadline)
        errors.append(raised.value)

    first = threading.Thread(target=call_in_haste)
    first.start()
    is_asked.wait(5)
    assert source.get().value == token(DAY_S)
    first.join()
    assert len(errors) == 1
    assert len(asked) == 2


def test_all_who_wait_get_the_error_of_a_token_request_that_is_too_late_by_itself() -> None:
    asked: list[httpx.Request] = []
    errors: list[Exception] = []
    come = threading.Barrier(3)

    def wait() -> None:
        come.wait(5)
        time.sleep(0.1)

    source = late_source(asked, wait, late=3)

    def call(*, is_first: bool) -> None:
        if not is_first:
            come.wait(5)
        with pytest.raises(kws.TimedOut) as raised:
            source.get(deadline=time.monotonic() + 5)
        errors.append(raised.value)

    first = threading.Thread(target=call, kwargs={"is_first": True})
    others = [threading.Thread(target=call, kwargs={"is_first": False}) for _ in range(2)]
    for each in (first, *others):
        each.start()
    for each in (first, *others):
        each.join()
    assert len({id(each) for each in errors}) == 3
    assert [type(each.__cause__) for each in errors] == [httpx.ReadTimeout] * 3
    assert len(asked) == 1


def test_nobody_waits_longer_than_they_may_for_the_request_of_another() -> None:
    asked: list[httpx.Request] = []
    is_asked, is_over = threading.Event(), threading.Event()

    def wait() -> None:
        is_asked.set()
        is_over.wait(5)

    source = late_source(asked, wait, late=1)

    def fetch() -> None:
        with pytest.raises(kws.TimedOut):
            source.get()

    first = threading.Thread(target=fetch)
    first.start()
    is_asked.wait(5)
    with pytest.raises(kws.TimedOut, match="no token in time"):
        source.get(deadline=time.monotonic() + 0.02)
    is_over.set()
    first.join()
    with pytest.raises(kws.TimedOut, match="no token in time"):
        source.get(deadline=time.monotonic() - 1)
    assert len(asked) == 1


def test_no_task_waits_longer_than_it_may_for_a_token() -> None:
    async def respond(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.2)
        return httpx.Response(200, json={"access_token": token(DAY_S), "expires_in": DAY_S})

    async def check() -> None:
        httpx_args = {"transport": httpx.MockTransport(respond)}
        async with kws.AsyncKWS(
            URL, client_id=CLIENT, client_secret=SECRET, httpx_args=httpx_args
        ) as session:
            source = session._source
            with pytest.raises(kws.TimedOut, match="no token in time"):
                await source.get_async(deadline=time.monotonic() + 0.02)
            # The request goes on for those who have more time.
            assert (await source.get_async(deadline=time.monotonic() + 5)).value == token(DAY_S)

    asyncio.run(check())


def test_the_request_for_a_token_cannot_wait_for_itself() -> None:
    asked: list[httpx.Request] = []
    errors: list[str] = []

    def wait() -> None:
        with pytest.raises(kws.MissingCredentials, match="a hook of the token request") as raised:
            source.get()
        errors.append(str(raised.value))

    source = late_source(asked, wait, late=1)
    with pytest.raises(kws.TimedOut):
        source.get()
    assert len(errors) == len(asked) == 1
    assert source.get().value == token(DAY_S)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"client_id": 7, "client_secret": SECRET}, "have to be text"),
        ({"client_id": CLIENT, "client_secret": SECRET.encode()}, "have to be text"),
        ({"client_id": "", "client_secret": SECRET}, "neither can be empty"),
        ({"client_secret": SECRET}, "goes with client_id"),
        ({"client_id": CLIENT, "client_secret": ""}, "neither can be empty"),
        ({"client_id": f"{CLIENT}:x", "client_secret": SECRET}, "without a colon"),
        ({"client_id": f"{CLIENT}\n", "client_secret": SECRET}, "client_id: .* without line breaks"),
        ({"client_id": CLIENT, "client_secret": f"{SECRET}\r"}, "client_secret: .* without line breaks"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_credentials_that_cannot_be_sent_are_named_and_not_shown(settings: dict[str, Any], said: str) -> None:
    for session in (kws.KWS, kws.AsyncKWS):
        with pytest.raises(kws.ConfigurationError, match=said) as raised:
            session(URL, **settings)
        assert SECRET not in str(raised.value)


# ---- What tokens say

json_values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)
)
known = {
    "scope": st.sampled_from(["app", "frontend", "user", "further"]),
    "appId": st.integers(0, 10**9),
    "clientId": st.text(max_size=8),
    "userId": st.integers(0, 10**9),
    "iat": st.integers(0, 4 * 10**9),
    "exp": st.one_of(st.integers(0, 4 * 10**9), st.floats(0, 4e9)),
    "iss": st.text(max_size=8),
}
ATTRIBUTES = {
    "scope": "scope",
    "appId": "app_id",
    "clientId": "client_id",
    "userId": "user_id",
    "iat": "issued_at",
    "exp": "expires_at",
    "iss": "issuer",
}


def encoded(payload: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    return f"e30.{body}.bWFkZS11cA"


def test_claims_are_those_of_the_token(properties: Any) -> None:
    def check(drawn: tuple[dict[str, Any], dict[str, Any]]) -> None:
        payload, further = drawn
        further = {f"x-{name}": value for name, value in further.items()}
        claims = decode_claims(encoded({**payload, **further}))
        for name, attribute in ATTRIBUTES.items():
            found, wanted = getattr(claims, attribute), payload.get(name)
            if name in ("iat", "exp") and wanted is not None:
                assert found == datetime.fromtimestamp(wanted, UTC)
            else:
                assert found == wanted
        assert claims.extra == further
        assert all(claims.value_of(name) == value for name, value in further.items())
        assert (claims.value_of("appId"), claims.value_of("userId")) == (claims.app_id, claims.user_id)
        assert claims.value_of("absent") is None
        assert not further or "x-" not in repr(claims)

    optional = {name: values for name, values in known.items() if name != "scope"}
    payloads = st.fixed_dictionaries({"scope": known["scope"]}, optional=optional)
    properties.hold(
        check, st.tuples(payloads, st.dictionaries(st.text("abc", max_size=3), json_values, max_size=3))
    )


@pytest.mark.parametrize("name", [*ATTRIBUTES])
def test_a_claim_of_another_type_is_named(name: str) -> None:
    right = {"scope": "app", "appId": 1, "clientId": "c", "userId": 2, "iat": 1, "exp": 2, "iss": "i"}
    for wrong in ({}, [], True, "7" if not isinstance(right[name], str) else 7, 1e300, 2**60):
        if wrong in (1e300, 2**60) and name not in ("iat", "exp"):
            continue
        with pytest.raises(kws.InvalidToken, match=name) as raised:
            decode_claims(encoded({**right, name: wrong}))
        assert encoded({}).split(".")[2] not in str(raised.value)
    if name == "scope":
        with pytest.raises(kws.InvalidToken, match="scope"):
            decode_claims(encoded({"appId": 1}))
    else:
        assert getattr(decode_claims(encoded({**right, name: None})), ATTRIBUTES[name]) is None


def test_what_is_no_token_is_refused_without_being_shown(world: World, properties: Any) -> None:
    session = world.begin("sync").session()
    good = world.control.token(user_id=USER)

    def check(text: Any) -> None:
        for make in (decode_claims, session.with_token, lambda it: world.session(token=it)):
            with pytest.raises(kws.InvalidToken) as raised:
                make(text)
            assert not isinstance(text, str) or len(text) < 8 or text not in str(raised.value)

    cut = st.integers(1, good.rindex(".") - 1).map(lambda end: good[:end].rpartition(".")[0])
    garbage = st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            [good + "\n", " " + good, good + ".x", f"a.{good.split('.')[1]}é.c", "a..c", 7, b"x"]
        ),
        cut,
        st.sampled_from([encoded(7), encoded([]), encoded("text"), encoded(None)]),
    )
    properties.hold(check, garbage)


@pytest.mark.parametrize(
    "raised", [ValueError, RecursionError, UnicodeError, jwt.DecodeError, jwt.InvalidTokenError]
)
def test_whatever_a_reader_of_tokens_raises_is_an_invalid_token_without_its_text(
    raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = token(1)

    def decode(given: str, **_: Any) -> None:
        raise raised(given)

    monkeypatch.setattr(jwt, "decode", decode)
    with pytest.raises(kws.InvalidToken, match="not a JSON Web Token") as caught:
        decode_claims(text)
    assert text not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("scope", ["", "user", "admin", 7, None])
def test_a_session_asks_for_tokens_of_the_app_alone(scope: Any) -> None:
    with pytest.raises(kws.ConfigurationError, match="scope"):
        kws.KWS(URL, client_id=CLIENT, client_secret=SECRET, scope=scope)
