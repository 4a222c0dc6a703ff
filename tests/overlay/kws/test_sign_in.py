"""Users who are sent to the single sign-on, and come back."""

import base64
import hashlib
import json
import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kws
from kws import KWS, AsyncKWS, Callback, SignIn, SignInURL, read_callback, read_implicit_callback
from kws_client.api.users import set_app_data

CALLBACK = "https://game.example/callback"
STATE = "made-up-state"
CODE = "made-up-code"


# ---- where users are sent


def test_the_sign_in_url_has_the_documented_parameters(session):
    url = session.sign_in_url(redirect_uri=f"{CALLBACK}?a=b&c", state=STATE, language="fr")
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "club.example", "/oauth")
    assert dict(parse_qsl(parts.query)) == {
        "clientId": "example-client",
        "redirectUri": f"{CALLBACK}?a=b&c",
        "state": STATE,
        "language": "fr",
    }
    assert isinstance(url, str)
    assert url.state == STATE


def test_a_state_that_is_not_given_is_new_and_unguessable_each_time(session):
    urls = [session.sign_in_url(redirect_uri=CALLBACK) for _ in range(20)]
    assert len({url.state for url in urls}) == 20
    for url in urls:
        assert parse_qs(urlsplit(url).query)["state"] == [url.state]
        assert len(url.state) >= 32
        assert "language" not in url


def test_the_website_can_be_given_later_and_may_have_a_path(arguments):
    del arguments["sso_url"]
    with KWS(**arguments) as session:
        url = session.sign_in_url(redirect_uri=CALLBACK, sso_url="https://club.example/sso/")
        assert url.startswith("https://club.example/sso/oauth?clientId=")
        with pytest.raises(kws.ConfigurationError, match="client_id and sso_url"):
            session.sign_in_url(redirect_uri=CALLBACK)


@pytest.mark.parametrize("client_id", [None, ""])
def test_a_sign_in_needs_a_client_id(client_id):
    session = KWS("https://kws.example", client_id=client_id, sso_url="https://club.example")
    with pytest.raises(kws.ConfigurationError, match="client_id and sso_url"):
        session.sign_in_url(redirect_uri=CALLBACK)


@pytest.mark.parametrize(
    ("arguments_of_the_url", "named"),
    [
        ({"redirect_uri": "/callback"}, "redirect_uri"),
        ({"redirect_uri": f"{CALLBACK}#top"}, "redirect_uri"),
        ({"redirect_uri": CALLBACK, "state": ""}, "state is empty"),
        ({"redirect_uri": CALLBACK, "sso_url": "http://club.example"}, "sso_url has to be https"),
        ({"redirect_uri": CALLBACK, "sso_url": "club.example"}, "sso_url has to be a URL"),
    ],
)
def test_a_sign_in_that_could_not_work_is_refused_at_its_start(session, arguments_of_the_url, named):
    with pytest.raises(kws.ConfigurationError, match=named):
        session.sign_in_url(**arguments_of_the_url)


# ---- callbacks


def test_a_callback_gives_its_code_and_the_redirect_uri():
    callback = read_callback(f"{CALLBACK}?state={STATE}&code=a%2Bb", state=STATE)
    assert callback == Callback("a+b", CALLBACK)
    assert "a+b" not in repr(callback)


@pytest.mark.parametrize("own", ["from=kws", "a=%20b+c%2f&&d", "x", "token=t&error_count=1", "%63olor=red"])
def test_the_redirect_uri_keeps_its_own_query_as_it_was_written(own):
    callback = read_callback(f"{CALLBACK}?{own}&%63ode={CODE}&state={STATE}", state=STATE)
    assert callback == Callback(CODE, f"{CALLBACK}?{own}")


@pytest.mark.parametrize(
    "redirect_uri", ["mygame:///callback", "mygame:/callback", "HTTPS://Game.example/c%62;p", "/callback"]
)
def test_the_redirect_uri_comes_back_as_it_was_written(redirect_uri):
    callback = read_callback(f"{redirect_uri}?code={CODE}&state={STATE}&a=b#_=_", state=STATE)
    assert callback == Callback(CODE, f"{redirect_uri}?a=b")


def test_states_are_compared_in_constant_time(monkeypatch):
    compared = []
    monkeypatch.setattr("hmac.compare_digest", lambda one, other: compared.append({one, other}) or True)
    read_callback(f"{CALLBACK}?code={CODE}&state=other", state=STATE)
    assert compared == [{b"other", STATE.encode()}]


@pytest.mark.parametrize(
    "brought", ["&state=other", "&state=", "&state", "", f"&State={STATE}", f"#state={STATE}"]
)
def test_a_callback_with_another_state_or_none_is_refused(brought):
    with pytest.raises(kws.StateMismatch, match="start the sign-in again"):
        read_callback(f"{CALLBACK}?code={CODE}{brought}", state=STATE)


@pytest.mark.parametrize("lost", ["", None])
def test_a_state_that_was_lost_matches_nothing(lost):
    for brought in ("", "&state=", "&state=None"):
        with pytest.raises(kws.StateMismatch):
            read_callback(f"{CALLBACK}?code={CODE}{brought}", state=lost)


@pytest.mark.parametrize("query", [f"state={STATE}", f"state={STATE}&code=", f"state={STATE}&Code=x"])
def test_a_callback_without_a_code_is_refused(query):
    with pytest.raises(kws.SignInError, match="has no code"):
        read_callback(f"{CALLBACK}?{query}", state=STATE)


def test_a_code_in_the_fragment_does_not_count():
    with pytest.raises(kws.SignInError, match="has no code"):
        read_callback(f"{CALLBACK}?state={STATE}#code={CODE}", state=STATE)


def test_a_refusal_names_its_reason_in_plain_characters():
    reason = urlencode({"error": "access_denied<script>\n" + "x" * 500})
    with pytest.raises(kws.SignInRefused) as raised:
        read_callback(f"{CALLBACK}?state={STATE}&{reason}", state=STATE)
    assert str(raised.value).startswith("the single sign-on refused the sign-in: access_deniedscript")
    assert len(str(raised.value)) < 120


def test_a_forged_refusal_is_no_refusal():
    with pytest.raises(kws.StateMismatch):
        read_callback(f"{CALLBACK}?error=access_denied", state=STATE)


@pytest.mark.parametrize("twice", ["code=other", "state=other", f"state={STATE}&code=other"])
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_callback_with_several_values_of_one_parameter_is_refused(twice, place):
    query = f"code={CODE}&state={STATE}"
    query = f"{twice}&{query}" if place == "before" else f"{query}&{twice}"
    with pytest.raises(kws.SignInError):
        read_callback(f"{CALLBACK}?{query}", state=STATE)


@given(
    st.text() | st.text(alphabet="?&=#%code state/:[]", max_size=40), st.sampled_from([STATE, "", "\ud800"])
)
def test_whatever_comes_back_is_a_callback_or_a_refusal(text, state):
    for url in (text, f"{CALLBACK}?{text}", f"{CALLBACK}?state={STATE}&{text}", f"{CALLBACK}#{text}"):
        for read in (read_callback, read_implicit_callback):
            try:
                callback = read(url, state=state)
            except kws.SignInError:
                continue
            assert callback.secret
            assert state


@given(
    st.text(min_size=1, alphabet=st.characters(codec="utf-8")),
    st.dictionaries(st.text("abc"), st.text("xyz")),
)
def test_a_code_of_any_characters_comes_through(code, own):
    redirect_uri = f"{CALLBACK}?{urlencode(own)}" if own else CALLBACK
    added = urlencode({"code": code, "state": STATE})
    callback = read_callback(f"{redirect_uri}{'&' if own else '?'}{added}", state=STATE)
    assert callback == Callback(code, redirect_uri)


# ---- the implicit flow


@pytest.fixture
def user_token(make_token):
    return make_token(scope="user", userId=5073)


@pytest.mark.parametrize("form", ["?state={state}#token={token}", "#token={token}&state={state}"])
def test_the_implicit_flow_ends_in_a_session_without_a_request(session, server, user_token, form):
    url = CALLBACK + form.format(state=STATE, token=user_token)
    player = session.complete_implicit_sign_in(url, state=STATE)
    assert (player.claims.scope, player.claims.user_id) == ("user", 5073)
    assert server.requests == []


@pytest.mark.parametrize(
    ("callback", "kind"),
    [
        ("?state=made-up-state&token={token}", kws.SignInError),
        ("?state=made-up-state#token=", kws.SignInError),
        ("?state=made-up-state#token={token}&token=x", kws.SignInError),
        ("?state=made-up-state#error=access_denied", kws.SignInRefused),
        ("?state=other#token={token}", kws.StateMismatch),
        ("?state=other#token={token}&state=made-up-state", kws.SignInError),
        ("#token={token}", kws.StateMismatch),
        ("?state=made-up-state#token=made-up", kws.InvalidToken),
    ],
)
def test_an_implicit_callback_that_is_not_what_was_asked_for_is_refused(session, user_token, callback, kind):
    with pytest.raises(kind) as raised:
        session.complete_implicit_sign_in(CALLBACK + callback.format(token=user_token), state=STATE)
    assert user_token not in str(raised.value)


# ---- the exchange


def exchanged(server, user_token):
    server.token_answer = lambda _: httpx.Response(200, json={"access_token": user_token})


def test_a_code_is_exchanged_in_the_documented_form(session, server, user_token):
    exchanged(server, user_token)
    player = session.complete_sign_in(f"{CALLBACK}?from=kws&code={CODE}&state={STATE}", state=STATE)
    assert type(player) is KWS
    (request,) = server.requests
    assert request.headers["authorization"].startswith("Basic ")
    assert dict(parse_qsl(request.content.decode())) == {
        "grant_type": "authorization_code",
        "code": CODE,
        "redirectUri": f"{CALLBACK}?from=kws",
    }
    player.users.set_app_data(name="level", value=7)
    assert server.calls[0].url.path == set_app_data.OPERATION.path.format(appId=355, userId=5073)


async def test_a_code_is_exchanged_and_awaited(async_session, server, user_token):
    exchanged(server, user_token)
    player = await async_session.complete_sign_in(f"{CALLBACK}?code={CODE}&state={STATE}", state=STATE)
    assert type(player) is AsyncKWS
    assert (await player.claims).user_id == 5073


def test_a_redirect_uri_that_is_given_wins(session, server, user_token):
    exchanged(server, user_token)
    session.complete_sign_in(
        f"http://10.0.0.7/inside?code={CODE}&state={STATE}", state=STATE, redirect_uri=CALLBACK
    )
    assert parse_qs(server.requests[0].content.decode())["redirectUri"] == [CALLBACK]


def test_a_session_of_a_token_exchanges_codes_if_it_has_the_secret(arguments, server, user_token, make_token):
    exchanged(server, user_token)
    callback = f"{CALLBACK}?code={CODE}&state={STATE}"
    with KWS(**arguments, token=make_token()) as session:
        player = session.complete_sign_in(callback, state=STATE)
        assert player.claims.user_id == 5073
        with pytest.raises(kws.ConfigurationError, match="client_id and client_secret"):
            player.complete_sign_in(callback, state=STATE)
    assert len(server.requests) == 1


def test_a_forged_callback_is_refused_before_the_network(session, server):
    with pytest.raises(kws.StateMismatch):
        session.complete_sign_in(f"{CALLBACK}?code={CODE}&state=forged", state=STATE)
    assert server.requests == []


def test_the_exchange_is_not_repeated_after_a_refusal(session, server):
    server.token_answer = lambda _: httpx.Response(401, json={"ErrorCode": "invalid_client"})
    with pytest.raises(kws.Unauthorized):
        session.complete_sign_in(f"{CALLBACK}?code={CODE}&state={STATE}", state=STATE)
    assert len(server.requests) == 1


# ---- PKCE


def test_a_sign_in_sends_the_challenge_of_its_verifier(session):
    sign_in = session.start_sign_in(redirect_uri=CALLBACK, language="fr")
    digest = hashlib.sha256(sign_in.code_verifier.encode()).digest()
    assert dict(parse_qsl(urlsplit(sign_in.url).query)) == {
        "clientId": "example-client",
        "redirectUri": CALLBACK,
        "state": sign_in.state,
        "language": "fr",
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }


def test_the_challenge_is_that_of_the_standard():
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    url = SignInURL.build(
        "https://club.example",
        client_id="c",
        redirect_uri=CALLBACK,
        state=None,
        language=None,
        code_verifier=verifier,
    )
    assert "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&" in url


def test_each_sign_in_has_a_verifier_of_its_own_that_is_not_shown(session):
    started = [session.start_sign_in(redirect_uri=CALLBACK) for _ in range(20)]
    assert len({each.code_verifier for each in started}) == 20
    for each in started:
        assert re.fullmatch("[A-Za-z0-9_-]{43}", each.code_verifier)
        assert each.code_verifier not in repr(each)
        assert each.code_verifier not in each.url


@pytest.mark.parametrize("pkce", [True, False])
def test_a_web_session_keeps_a_sign_in(session, pkce):
    sign_in = session.start_sign_in(redirect_uri=CALLBACK, pkce=pkce)
    assert SignIn.from_dict(json.loads(json.dumps(sign_in.to_dict()))) == sign_in
    assert ("code_verifier" in sign_in.to_dict()) == ("code_challenge" in sign_in.url) == pkce


@pytest.mark.parametrize("change", [{"state": None}, {"url": 5}, {"code_verifier": 0}, {"redirect_uri": []}])
def test_a_web_session_that_kept_something_else_matches_no_callback(session, change):
    kept = session.start_sign_in(redirect_uri=CALLBACK).to_dict()
    for each in (None, "", 5, {}, {**kept, **change}):
        with pytest.raises(kws.StateMismatch, match="start the sign-in again") as raised:
            SignIn.from_dict(each)
        assert kept["code_verifier"] not in str(raised.value)


def test_a_code_is_exchanged_with_what_the_sign_in_was_started_with(session, server, user_token):
    exchanged(server, user_token)
    sign_in = session.start_sign_in(redirect_uri=f"{CALLBACK}?from=kws")
    seen_inside = f"http://10.0.0.7/inside?code={CODE}&state={sign_in.state}"
    player = session.complete_sign_in(seen_inside, sign_in)
    assert player.claims.user_id == 5073
    assert dict(parse_qsl(server.requests[0].content.decode())) == {
        "grant_type": "authorization_code",
        "code": CODE,
        "redirectUri": f"{CALLBACK}?from=kws",
        "code_verifier": sign_in.code_verifier,
    }


def test_without_pkce_the_documented_form_is_sent(session, server, user_token):
    exchanged(server, user_token)
    sign_in = session.start_sign_in(redirect_uri=CALLBACK, pkce=False)
    session.complete_sign_in(f"{CALLBACK}?code={CODE}&state={sign_in.state}", sign_in)
    assert parse_qs(server.requests[0].content.decode()).keys() == {"grant_type", "code", "redirectUri"}


def test_a_callback_of_another_sign_in_is_refused_before_the_network(session, server):
    sign_in = session.start_sign_in(redirect_uri=CALLBACK)
    with pytest.raises(kws.StateMismatch):
        session.complete_sign_in(f"{CALLBACK}?code={CODE}&state=forged", sign_in)
    with pytest.raises(kws.StateMismatch):
        session.complete_sign_in(f"{CALLBACK}?code={CODE}&state=")
    for other in ("made-up", sign_in.to_dict()):
        with pytest.raises(
            kws.InvalidArgument, match=r"^sign_in: expected what start_sign_in or SignIn"
        ) as raised:
            session.complete_sign_in(f"{CALLBACK}?code={CODE}&state={sign_in.state}", other)
        assert sign_in.code_verifier not in str(raised.value)
    assert server.requests == []


def test_a_verifier_that_the_server_repeats_is_not_shown(session, server):
    def repeat(request):
        return httpx.Response(400, json={"ErrorCode": "invalid_grant", "Error": request.content.decode()})

    server.token_answer = repeat
    sign_in = session.start_sign_in(redirect_uri=CALLBACK)
    with pytest.raises(kws.BadRequest) as raised:
        session.complete_sign_in(f"{CALLBACK}?code={CODE}&state={sign_in.state}", sign_in)
    assert sign_in.code_verifier not in str(raised.value)


async def test_the_mock_verifies_the_verifier(mock_arguments, browser):
    async with AsyncKWS(**mock_arguments) as session:
        sign_in = session.start_sign_in(redirect_uri=CALLBACK)
        callback = await through_the_page(browser, sign_in.url)
        for wrong in (None, "made-up-verifier"):
            stolen = SignIn(
                url="", state=sign_in.state, redirect_uri=sign_in.redirect_uri, code_verifier=wrong
            )
            with pytest.raises(kws.BadRequest, match="code_verifier does not match"):
                await session.complete_sign_in(callback, stolen)
        player = await session.complete_sign_in(callback, sign_in)
        assert (await player.claims).user_id == 5073


# ---- against the mock's own sign-in page


async def through_the_page(browser, url):
    page = await browser.get(url)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text))
    answer = await browser.post(
        "/oauth", data={**hidden, "username": "robin", "password": "made-up-password"}
    )
    return answer.headers["location"]


async def test_a_sign_in_at_the_mock_ends_in_a_session_whose_calls_work(mock_arguments, browser):
    with KWS(**mock_arguments) as session:
        url = session.sign_in_url(redirect_uri=CALLBACK)
        callback = await through_the_page(browser, url)
        player = session.complete_sign_in(callback, state=url.state)
        assert player.users.get_profile().username == "BraveOtter17"
        assert player.users.has_device_token() is True
        assert player.token_for_frontend()
        with pytest.raises(kws.BadRequest, match=r"issueToken: POST /.* answered 400"):
            session.complete_sign_in(callback, state=url.state)
        assert player.claims.user_id == 5073


async def test_path_and_query_of_the_callback_are_enough_for_the_mock(mock_arguments, browser):
    """What a web framework calls the request's target; the origin may be unknown behind a proxy."""
    with KWS(**mock_arguments) as session:
        url = session.sign_in_url(redirect_uri=CALLBACK)
        target = httpx.URL(await through_the_page(browser, url)).raw_path.decode()
        assert target.startswith(f"/callback?state={url.state}&code=")
        assert session.complete_sign_in(target, state=url.state).claims.user_id == 5073


async def test_a_sign_in_at_the_mock_works_when_awaited(mock_arguments, browser):
    async with AsyncKWS(**mock_arguments) as session:
        url = session.sign_in_url(redirect_uri=CALLBACK)
        player = await session.complete_sign_in(await through_the_page(browser, url), state=url.state)
        assert (await player.users.get_profile()).id == 5073


async def test_the_implicit_flow_at_the_mock_works(mock_arguments, browser):
    mock_arguments |= {"client_id": "second-client", "client_secret": "made-up-secret-2"}
    with KWS(**mock_arguments) as session:
        url = session.sign_in_url(redirect_uri="https://reef.example/callback")
        callback = await through_the_page(browser, url)
        player = session.complete_implicit_sign_in(callback, state=url.state)
        assert player.users.get_profile().username == "SwiftTurtle8"


def test_a_sign_in_url_is_made_by_sessions():
    url = SignInURL.build(
        "https://club.example", client_id="c", redirect_uri="mygame://callback", state=None, language=None
    )
    assert parse_qs(urlsplit(url).query)["redirectUri"] == ["mygame://callback"]
