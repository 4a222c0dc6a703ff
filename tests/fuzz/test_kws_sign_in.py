"""Users of KWS sign in at the page of its mock, and their sessions act for them and for nobody else."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from fuzz_kws.known import APP, CLIENT, ELSEWHERE, SECRET, USER, WITHOUT_PARENT
from fuzz_kws.world import URL, World
from hypothesis import strategies as st

import kws

HALVES = pytest.mark.parametrize("half", ["sync", "async"])
CALLBACK = "https://game.example/callback"
OTHER_CALLBACK = "http://127.0.0.1:8000/callback"
IMPLICIT = {"client_id": "second-client", "client_secret": "made-up-secret-2"}
IMPLICIT_APP, IMPLICIT_CALLBACK = 356, "https://reef.example/callback"
QUERY_CLIENT = {"client_id": "other-client", "client_secret": "made-up-secret-3"}
QUERY_CALLBACK = "https://forest.example/callback?from=kws"
DAY_S, CODE_S = 86_400, 300
USERS = {"robin": USER, "kim": WITHOUT_PARENT, "alex": ELSEWHERE}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as world:
        yield world


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x7f"), min_size=1, max_size=12
)
starts = st.fixed_dictionaries(
    {},
    optional={
        "state": texts,
        "language": st.sampled_from(["en", "fr", "de"]),
        "pkce": st.booleans(),
        "sso_url": st.sampled_from([URL, f"{URL}/"]),
    },
)


# ---- How a sign-in starts


@HALVES
def test_the_url_of_a_sign_in_says_what_was_asked_for(world: World, half: Any, properties: Any) -> None:
    session = world.begin(half).session()

    def check(given: dict[str, Any]) -> None:
        sign_in = session.start_sign_in(redirect_uri=CALLBACK, **given)
        url, query = sign_in.url.partition("?")[0], parse_qs(sign_in.url.partition("?")[2])
        assert url == f"{URL}/oauth"
        wanted = {"clientId": CLIENT, "redirectUri": CALLBACK, "state": sign_in.state}
        if "language" in given:
            wanted["language"] = given["language"]
        if given.get("pkce", True):
            hashed = hashlib.sha256((sign_in.code_verifier or "").encode()).digest()
            challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
            wanted |= {"code_challenge": challenge, "code_challenge_method": "S256"}
            assert len(sign_in.code_verifier or "") >= 43
            assert sign_in.code_verifier not in repr(sign_in)
        else:
            assert sign_in.code_verifier is None
        assert query == {name: [value] for name, value in wanted.items()}
        assert sign_in.state == given.get("state", sign_in.state)
        assert sign_in.redirect_uri == CALLBACK
        assert type(sign_in).from_dict(json.loads(json.dumps(sign_in.to_dict()))) == sign_in

    properties.hold(check, starts)


@HALVES
def test_each_sign_in_has_a_state_and_a_verifier_of_its_own(world: World, half: Any) -> None:
    session = world.begin(half).session()
    found = [session.start_sign_in(redirect_uri=CALLBACK) for _ in range(4)]
    assert len({each.state for each in found} | {each.code_verifier for each in found}) == 8
    assert min(len(each.state) for each in found) >= 32
    plain = [session.sign_in_url(redirect_uri=CALLBACK) for _ in range(2)]
    assert len({each.state for each in plain}) == 2
    assert [parse_qs(urlsplit(each).query)["state"] for each in plain] == [[each.state] for each in plain]


@HALVES
@pytest.mark.parametrize(
    ("wrong", "value"),
    [
        ("redirect_uri", ""),
        ("redirect_uri", "/callback"),
        ("redirect_uri", f"{CALLBACK}#fragment"),
        ("redirect_uri", 7),
        ("state", ""),
        ("state", 7),
        ("language", 7),
        ("sso_url", "http://club.example"),
        ("sso_url", "club"),
    ],
)
def test_a_sign_in_that_cannot_work_does_not_start(world: World, half: Any, wrong: str, value: Any) -> None:
    session = world.begin(half).session()
    for start in (session.start_sign_in, session.sign_in_url):
        with pytest.raises(kws.ConfigurationError, match=wrong):
            start(**{"redirect_uri": CALLBACK, wrong: value})


@HALVES
def test_whether_a_sign_in_has_a_code_verifier_is_a_flag(world: World, half: Any) -> None:
    with pytest.raises(kws.ConfigurationError, match="pkce"):
        world.begin(half).session().start_sign_in(redirect_uri=CALLBACK, pkce="no")


@HALVES
@pytest.mark.parametrize(
    "settings", [{"sso_url": None}, {"client_id": None, "client_secret": None}], ids=["sso", "client"]
)
def test_a_sign_in_needs_a_client_and_a_place(world: World, half: Any, settings: Any) -> None:
    session = world.begin(half).session(**settings)
    with pytest.raises(kws.ConfigurationError, match="client_id and sso_url"):
        session.start_sign_in(redirect_uri=CALLBACK)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        {},
        [],
        "text",
        {"url": URL},
        {"url": URL, "state": "x"},
        {"url": 1, "state": "x", "redirect_uri": "y"},
    ],
)
def test_a_web_session_that_kept_no_sign_in_is_a_mismatch(kept: object) -> None:
    with pytest.raises(kws.StateMismatch):
        kws.SignIn.from_dict(kept)


# ---- How it ends


@HALVES
def test_whoever_signed_in_is_who_calls(world: World, half: Any, properties: Any) -> None:
    def check(drawn: tuple[str, dict[str, Any], float]) -> None:
        username, given, wait = drawn
        session = world.begin(half).session()
        sign_in = session.start_sign_in(redirect_uri=CALLBACK, **given)
        kept = kws.SignIn.from_dict(sign_in.to_dict())
        callback = world.control.sign_in(sign_in.url, username)
        world.wait(wait)
        user = world.done(session.complete_sign_in(callback, kept))
        claims = world.done(user.claims)
        number = USERS[username]
        assert (claims.scope, claims.app_id, claims.user_id) == ("user", APP, number)
        assert (claims.client_id, claims.issuer, claims.extra) == (CLIENT, "superawesome", {})
        issued = world.now.replace(microsecond=0)
        assert (claims.issued_at, claims.expires_at) == (issued, issued + timedelta(seconds=DAY_S))
        assert world.done(user.users.get_profile()).id == number
        assert world.sent[-1].headers["authorization"] == f"Bearer {token_of(world, user)}"
        others = next(each for each in (USER, WITHOUT_PARENT) if each != number)
        with pytest.raises(kws.Forbidden):
            world.done(user.users.get_profile(user_id=others))

    waits = st.one_of(st.just(0.0), st.floats(0, CODE_S - 1), st.just(CODE_S - 0.001))
    properties.hold(check, st.tuples(st.sampled_from(sorted(USERS)), starts, waits))


def token_of(world: World, session: Any) -> str:
    token: str = world.done(session.token_for_frontend())
    return token


@HALVES
@pytest.mark.parametrize("pkce", [True, False])
def test_a_user_signs_in_at_the_page(world: World, half: Any, pkce: bool) -> None:
    session = world.begin(half).session()
    if pkce:
        sign_in = session.start_sign_in(redirect_uri=CALLBACK, language="fr")
        callback = world.sign_in(sign_in.url, "kim")
        user = world.done(session.complete_sign_in(callback, sign_in))
    else:
        url = session.sign_in_url(redirect_uri=CALLBACK)
        callback = world.sign_in(url, "kim")
        user = world.done(session.complete_sign_in(callback, state=url.state))
    assert callback.startswith(f"{CALLBACK}?")
    assert world.done(user.users.get_profile()).id == WITHOUT_PARENT


@HALVES
def test_two_users_beside_each_other_and_the_app_keep_their_own_tokens(world: World, half: Any) -> None:
    session = world.begin(half).session()
    users = {}
    for username in ("robin", "kim"):
        sign_in = session.start_sign_in(redirect_uri=CALLBACK)
        users[username] = world.done(
            session.complete_sign_in(world.control.sign_in(sign_in.url, username), sign_in)
        )
    for _ in range(2):
        for username, user in users.items():
            assert world.done(user.users.get_profile()).id == USERS[username]
        assert world.done(session.users.get_profile(user_id=USER)).id == USER
        assert world.done(session.claims).scope == "app"
    for username, user in users.items():
        world.done(user.users.set_app_data(name="own", value=USERS[username]))
    for username, user in users.items():
        found = {each.name: each.value for each in world.done(user.users.get_app_data(name="own")).results}
        assert found == {"own": USERS[username]}
        # Closing it leaves the connections of the first session open.
        world.done(user.aclose() if half == "async" else user.close())
    assert world.done(session.users.get_profile(user_id=USER)).id == USER


# ---- Codes


def start(world: World, half: Any, **given: Any) -> tuple[Any, Any, str]:
    """Return a session, the sign-in that it started, and the callback that ended it."""
    session = world.begin(half).session()
    sign_in = session.start_sign_in(redirect_uri=CALLBACK, **given)
    return session, sign_in, world.control.sign_in(sign_in.url, "robin")


def refused(world: World, result: Callable[[], Any], *, match: str = "") -> kws.BadRequest:
    with pytest.raises(kws.BadRequest) as raised:
        world.done(result())
    body: Any = raised.value.body
    assert body.error_code == "invalid_grant"
    assert match in body.error
    return raised.value


@HALVES
@pytest.mark.parametrize("pkce", [True, False])
def test_a_code_serves_once(world: World, half: Any, pkce: bool) -> None:
    session, sign_in, callback = start(world, half, pkce=pkce)
    user = world.done(session.complete_sign_in(callback, sign_in))
    error = refused(world, lambda: session.complete_sign_in(callback, sign_in), match="used")
    assert (error.status, error.operation_id) == (400, "issueToken")
    code = parse_qs(urlsplit(callback).query)["code"][0]
    assert code not in str(error)
    assert code not in repr(error)
    assert world.done(user.users.get_profile()).id == USER


@HALVES
@pytest.mark.parametrize(
    ("wait", "is_good"), [(CODE_S - 0.001, True), (CODE_S, False), (CODE_S + 0.001, False)]
)
def test_a_code_serves_for_five_minutes(world: World, half: Any, wait: float, is_good: bool) -> None:
    session, sign_in, callback = start(world, half)
    world.wait(wait)
    if is_good:
        world.done(session.complete_sign_in(callback, sign_in))
    else:
        refused(world, lambda: session.complete_sign_in(callback, sign_in), match="expired")


def other_verifier(sign_in: kws.SignIn) -> kws.SignIn:
    return kws.SignIn.from_dict({**sign_in.to_dict(), "code_verifier": "a" * 43})


def no_verifier(sign_in: kws.SignIn) -> kws.SignIn:
    kept = sign_in.to_dict()
    del kept["code_verifier"]
    return kws.SignIn.from_dict(kept)


def other_callback(sign_in: kws.SignIn) -> kws.SignIn:
    return kws.SignIn.from_dict({**sign_in.to_dict(), "redirect_uri": OTHER_CALLBACK})


@HALVES
@pytest.mark.parametrize(
    ("change", "match"),
    [(other_verifier, "code_verifier"), (no_verifier, "code_verifier"), (other_callback, "redirectUri")],
)
def test_a_code_serves_its_own_sign_in_alone_and_is_not_lost(
    world: World, half: Any, change: Callable[[kws.SignIn], kws.SignIn], match: str
) -> None:
    session, sign_in, callback = start(world, half)
    refused(world, lambda: session.complete_sign_in(callback, change(sign_in)), match=match)
    assert world.done(world.done(session.complete_sign_in(callback, sign_in)).claims).user_id == USER


@HALVES
def test_a_code_serves_its_own_client_alone(world: World, half: Any) -> None:
    _, sign_in, callback = start(world, half)
    other = world.session(**QUERY_CLIENT)
    refused(world, lambda: other.complete_sign_in(callback, sign_in))
    wrong = world.session(client_secret=f"{SECRET}-2")
    with pytest.raises(kws.Unauthorized) as raised:
        world.done(wrong.complete_sign_in(callback, sign_in))
    body: Any = raised.value.body
    assert body.error_code == "invalid_client"
    assert SECRET not in str(raised.value)
    without = world.session(client_secret=None)
    with pytest.raises(kws.ConfigurationError, match="client_id and client_secret"):
        world.done(without.complete_sign_in(callback, sign_in))


@HALVES
def test_a_callback_with_a_query_of_its_own_is_the_redirect_uri_of_its_code(world: World, half: Any) -> None:
    session = world.begin(half).session(**QUERY_CLIENT)
    url = session.sign_in_url(redirect_uri=QUERY_CALLBACK)
    callback = world.control.sign_in(url, "alex")
    read = kws.read_callback(callback, state=url.state)
    assert (read.redirect_uri, read.secret) == (QUERY_CALLBACK, parse_qs(urlsplit(callback).query)["code"][0])
    assert read.secret not in repr(read)
    user = world.done(session.complete_sign_in(callback, state=url.state))
    assert world.done(user.claims).user_id == ELSEWHERE
    again = session.sign_in_url(redirect_uri=QUERY_CALLBACK)
    callback = world.control.sign_in(again, "alex")
    refused(
        world,
        lambda: session.complete_sign_in(callback, state=again.state, redirect_uri=f"{QUERY_CALLBACK}&x=1"),
        match="redirectUri",
    )
    user = world.done(session.complete_sign_in(callback, state=again.state, redirect_uri=QUERY_CALLBACK))
    assert world.done(user.claims).user_id == ELSEWHERE


# ---- Callbacks that are not of the sign-in


@HALVES
def test_a_callback_is_read_as_it_is_or_refused(world: World, half: Any, properties: Any) -> None:
    session = world.begin(half).session()
    parts = st.lists(
        st.tuples(
            st.sampled_from(["code", "state", "error", "token", "further"]), st.one_of(texts, st.just(""))
        ),
        max_size=5,
    )

    def check(drawn: tuple[list[tuple[str, str]], bool]) -> None:
        pairs, has_state = drawn
        sent = [*pairs, *([("state", "the state")] if has_state else [])]
        url = f"{CALLBACK}?{urlencode(sent)}"
        found = {name: [value for other, value in sent if other == name] for name, _ in sent}
        once = all(
            len(set(values)) == 1
            for name, values in found.items()
            if name in ("code", "state", "error", "token")
        )
        # Of several values, the last one counts as the state.
        if found.get("state", [""])[-1] != "the state":
            error: Any = kws.StateMismatch
        elif not once or ("error" not in found and not found.get("code", [""])[0]):
            error = kws.SignInError
        else:
            error = kws.SignInRefused if "error" in found else None
        if error is None:
            read = kws.read_callback(url, state="the state")
            assert read.secret == found["code"][0]
            own = urlencode([pair for pair in sent if pair[0] not in ("code", "state")])
            assert read.redirect_uri == (f"{CALLBACK}?{own}" if own else CALLBACK)
            return
        with pytest.raises(kws.SignInError) as raised:
            world.done(session.complete_sign_in(url, state="the state"))
        assert type(raised.value) is error
        assert world.requests("issueToken") == 0

    properties.hold(check, st.tuples(parts, st.booleans()))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("access_denied", "access_denied"),
        ("a.b-c d9_", "a.b-c d9_"),
        ("<b>\n\u202e'x'", "bx"),
        ("", ""),
        ("e" * 61, "e" * 60),
    ],
)
def test_a_refusal_tells_its_code_without_what_no_code_has(error: str, told: str) -> None:
    with pytest.raises(kws.SignInRefused) as raised:
        kws.read_callback(f"{CALLBACK}?{urlencode({'error': error, 'state': 'it'})}", state="it")
    assert str(raised.value) == f"the single sign-on refused the sign-in: {told}"


@HALVES
@pytest.mark.parametrize("state", ["", "another", None])
def test_a_callback_of_another_sign_in_is_not_redeemed(world: World, half: Any, state: Any) -> None:
    session, sign_in, callback = start(world, half)
    with pytest.raises(kws.StateMismatch):
        world.done(session.complete_sign_in(callback, state=state))
    other = session.start_sign_in(redirect_uri=CALLBACK)
    with pytest.raises(kws.StateMismatch):
        world.done(session.complete_sign_in(callback, other))
    assert world.requests("issueToken") == 0
    world.done(session.complete_sign_in(callback, sign_in))


@HALVES
def test_what_is_no_sign_in_or_no_text_is_named(world: World, half: Any) -> None:
    session, sign_in, callback = start(world, half)
    for callback_url, other in ((callback, {}), (7, sign_in)):
        with pytest.raises(kws.InvalidArgument):
            world.done(session.complete_sign_in(callback_url, other))
    with pytest.raises(kws.ConfigurationError, match="redirect_uri"):
        world.done(session.complete_sign_in(callback, state=sign_in.state, redirect_uri=7))
    assert world.requests("issueToken") == 0


@HALVES
@pytest.mark.parametrize(
    "wrong", [0, 7, False, b"", b"https://game.example", [], [CALLBACK], {}, CALLBACK.split]
)
@pytest.mark.parametrize("name", ["callback_url", "redirect_uri"])
def test_an_argument_that_is_no_text_is_named_before_anything_is_sent(
    world: World, half: Any, name: str, wrong: Any
) -> None:
    session, sign_in, callback = start(world, half)
    given = {"callback_url": callback, "redirect_uri": CALLBACK, name: wrong}
    with pytest.raises((kws.InvalidArgument, kws.ConfigurationError), match=name) as raised:
        world.done(session.complete_sign_in(given.pop("callback_url"), state=sign_in.state, **given))
    assert type(wrong).__name__ in str(raised.value)
    assert world.requests("issueToken") == 0


def test_the_page_shows_what_is_wrong_with_a_sign_in(world: World) -> None:
    session = world.begin("sync").session()
    good = session.start_sign_in(redirect_uri=CALLBACK).url
    for wrong in (
        good.replace(CLIENT, "nobody"),
        good.replace("game.example", "evil.example"),
        good.replace("S256", "plain"),
        good.replace("code_challenge=", "code_challenge=%20"),
        good.partition("?")[0],
    ):
        assert world.page(wrong).status_code == 400
    fields = {name: values[0] for name, values in parse_qs(urlsplit(good).query).items()}
    for username, password in (("robin", "another"), ("nobody", "made-up-password")):
        form = {**fields, "username": username, "password": password}
        response = world.page("/oauth", form)
        assert response.status_code == 403
        assert "location" not in response.headers
        assert password not in response.text


# ---- The implicit flow


def implicit(world: World, half: Any) -> tuple[Any, Any, str]:
    session = world.begin(half).session(**IMPLICIT)
    url = session.sign_in_url(redirect_uri=IMPLICIT_CALLBACK)
    return session, url, world.control.sign_in(url, "robin")


@HALVES
def test_the_implicit_flow_needs_no_request(world: World, half: Any) -> None:
    session, url, callback = implicit(world, half)
    user = session.complete_implicit_sign_in(callback, state=url.state)
    assert len(world.control.requests) == 0
    claims = world.done(user.claims)
    assert (claims.scope, claims.app_id, claims.user_id) == ("user", IMPLICIT_APP, USER)
    assert world.done(user.users.get_profile()).id == USER
    assert kws.read_implicit_callback(callback, state=url.state).secret == token_of(world, user)


@HALVES
def test_a_token_outside_of_the_fragment_is_not_taken(world: World, half: Any) -> None:
    session, url, callback = implicit(world, half)
    query, _, fragment = callback.partition("#")
    with pytest.raises(kws.SignInError, match="no token"):
        session.complete_implicit_sign_in(f"{query}&{fragment}", state=url.state)
    for state in ("", "another"):
        with pytest.raises(kws.StateMismatch):
            session.complete_implicit_sign_in(callback, state=state)
    with pytest.raises(kws.SignInRefused, match="access_denied"):
        session.complete_implicit_sign_in(f"{query}#error=access_denied", state=url.state)


@HALVES
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "which is not a user's"),
        ({"user_id": USER}, "for another client"),
    ],
)
def test_a_token_that_is_not_the_apps_users_makes_no_session(
    world: World, half: Any, arguments: Any, error: str
) -> None:
    session, url, callback = implicit(world, half)
    token = world.control.token(**arguments)
    wrong = f"{callback.partition('#')[0]}#token={quote(token)}"
    with pytest.raises(kws.SignInError, match=error) as raised:
        session.complete_implicit_sign_in(wrong, state=url.state)
    assert token not in str(raised.value)


@HALVES
def test_what_is_no_token_makes_no_session(world: World, half: Any) -> None:
    session, url, callback = implicit(world, half)
    for text in ("made-up", "a.b.c", "a.b.", "{}.{}.{}"):
        wrong = f"{callback.partition('#')[0]}#token={quote(text)}"
        with pytest.raises(kws.InvalidToken) as raised:
            session.complete_implicit_sign_in(wrong, state=url.state)
        assert text not in str(raised.value)
    with suppress(kws.SignInError):
        session.complete_implicit_sign_in(callback, state=url.state)
