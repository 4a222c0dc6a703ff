import asyncio
import base64
import hashlib
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import jwt
import pytest

from kws_mock.codes import CODE_LIFETIME_MS

CALLBACK = "https://game.example/callback"
STARTED = {"clientId": "example-client", "redirectUri": CALLBACK, "state": "made-up-state"}
ROBIN = {"username": "robin", "password": "made-up-password"}
VERIFIER = "made-up-verifier-" + "x" * 40
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


async def sign_in(kws, **fields):
    """Submit the form. Return the URL of the redirect, or the response if there is none."""
    async with kws.browser() as browser:
        response = await browser.post("/oauth", data={**STARTED, **ROBIN, **fields})
    return response.headers["location"] if response.status_code == 303 else response


def query_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


async def code_for(kws, **fields):
    return query_of(await sign_in(kws, **fields))["code"]


def exchange(kws, code, *, client_id="example-client", **form):
    form = {"grant_type": "authorization_code", "code": code, "redirectUri": CALLBACK, **form}
    return kws.ask_for_token(client_id, **form)


def is_refused(response):
    return (response.status_code, response.json()["ErrorCode"]) == (400, "invalid_grant")


async def test_signing_in_leads_to_a_session_of_the_user(kws):
    location = await sign_in(kws)
    assert location.startswith(f"{CALLBACK}?state=made-up-state&code=")
    response = exchange(kws, query_of(location)["code"])
    claims = jwt.decode(response.json()["access_token"], options={"verify_signature": False})
    assert (claims["appId"], claims["scope"], claims["userId"]) == (355, "user", 5073)
    player = kws.with_token(response.json()["access_token"])
    assert player.call("getProfile").json()["parentEmail"] == "parent@family.example"


async def test_a_callback_has_no_state_if_the_sign_in_had_none(kws):
    async with kws.browser() as browser:
        form = {"clientId": "example-client", "redirectUri": CALLBACK, **ROBIN}
        response = await browser.post("/oauth", data=form)
    assert set(query_of(response.headers["location"])) == {"code"}


async def test_a_used_code_is_refused(kws):
    code = await code_for(kws)
    assert exchange(kws, code).status_code == 200
    assert is_refused(exchange(kws, code))


async def test_a_code_expires(kws, clock):
    on_time, late = await code_for(kws), await code_for(kws)
    clock.now_ms += CODE_LIFETIME_MS - 1
    assert exchange(kws, on_time).status_code == 200
    clock.now_ms += 1
    assert is_refused(exchange(kws, late))


def test_a_code_lives_between_one_and_ten_minutes():
    assert 60_000 <= CODE_LIFETIME_MS <= 600_000


async def test_a_code_is_bound_to_its_client(kws):
    code = await code_for(kws)
    assert is_refused(exchange(kws, code, client_id="second-client"))
    assert exchange(kws, code).status_code == 200


async def test_a_code_is_bound_to_its_redirect_uri(kws):
    code = await code_for(kws)
    for other in (
        "https://game.example/callbac",
        "https://evil.example/callback",
        f"https://evil.example/callback?state=made-up-state&code={code}",
        f"/callbac?state=made-up-state&code={code}",
        f"/callback?state=made-up-state&code={code}&from=kws",
        f"/callback#code={code}",
        f"/callback&code={code}",
        "/callback/",
        "callback",
        "/",
    ):
        assert is_refused(exchange(kws, code, redirectUri=other))
    # A refused call leaves the code unused.
    assert exchange(kws, code).status_code == 200


async def test_path_and_query_of_the_redirect_uri_are_enough(kws):
    assert exchange(kws, await code_for(kws), redirectUri="/callback").status_code == 200
    callback = "https://forest.example/callback?from=kws"
    form = {"clientId": "other-client", "redirectUri": callback, "username": "alex"}
    location = await sign_in(kws, **form)
    code = query_of(location)["code"]
    assert is_refused(exchange(kws, code, client_id="other-client", redirectUri="/callback"))
    response = exchange(kws, code, client_id="other-client", redirectUri="/callback?from=kws")
    assert response.status_code == 200


CALLBACKS = [
    # The redirect URIs of the made-up apps are in seed.py.
    ("example-client", CALLBACK),
    ("other-client", "https://forest.example/callback?from=kws"),
    ("example-client", "http://127.0.0.1:5000/sa/oauth/callback"),
    ("example-client", "http://127.0.0.1:5000?state=own"),
    ("example-client", "http://127.0.0.1:5000"),
]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(("client_id", "redirect_uri"), CALLBACKS)
async def test_the_redirect_uri_may_be_the_callback_as_it_came_back(kws, client_id, redirect_uri, whole):
    username = "alex" if client_id == "other-client" else "robin"
    location = await sign_in(kws, clientId=client_id, redirectUri=redirect_uri, username=username)
    came_back = location if whole else httpx.URL(location).raw_path.decode()
    code = parse_qs(urlsplit(location).query)["code"][0]
    assert is_refused(exchange(kws, code, client_id=client_id, redirectUri=came_back.replace("?", "/?", 1)))
    response = exchange(kws, code, client_id=client_id, redirectUri=came_back)
    assert response.status_code == 200


@pytest.mark.parametrize("added", ["?code={code}&state=made-up-state", "?code={code}", "?state=&code={code}"])
async def test_what_the_callback_added_does_not_count_whatever_became_of_it(kws, added):
    code = await code_for(kws)
    assert exchange(kws, code, redirectUri="/callback" + added.format(code=code)).status_code == 200


async def test_the_state_precedes_the_code(kws):
    callback = "https://forest.example/callback?from=kws"
    location = await sign_in(kws, clientId="other-client", redirectUri=callback, username="alex")
    names = [name for name, _ in parse_qsl(urlsplit(location).query)]
    assert names == ["from", "state", "code"]


@pytest.mark.parametrize("code", ["made-up-code", "another-made-up-code", "é" * 50])
def test_a_code_that_was_never_issued_is_refused(kws, code):
    assert is_refused(exchange(kws, code))


async def test_a_code_challenge_has_to_be_answered(kws):
    code = await code_for(kws, code_challenge=CHALLENGE, code_challenge_method="S256")
    assert is_refused(exchange(kws, code))
    assert is_refused(exchange(kws, code, code_verifier="something-else"))
    assert exchange(kws, code, code_verifier=VERIFIER).status_code == 200


async def test_a_code_verifier_without_a_challenge_is_ignored(kws):
    assert exchange(kws, await code_for(kws), code_verifier=VERIFIER).status_code == 200


async def test_codes_are_not_kept_as_they_are(kws):
    code = await code_for(kws)
    with kws.behaviour._store.transaction() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM authorization_codes").all()
    assert len(rows) == 1
    assert code not in str(rows)


async def test_an_app_of_the_implicit_flow_gets_a_token_in_the_fragment(kws):
    form = {"clientId": "second-client", "redirectUri": "https://reef.example/callback"}
    location = await sign_in(kws, **form)
    assert location.startswith("https://reef.example/callback?state=made-up-state#token=")
    async with kws.browser() as browser:
        response = await browser.post("/oauth", data={**form, **ROBIN})
    assert response.headers["location"].startswith("https://reef.example/callback#token=")
    player = kws.with_token(location.partition("#token=")[2])
    assert player.call("getProfile", appId=356).json()["username"] == "SwiftTurtle8"


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "made-up"},
        {"password": ""},
        {"username": "nobody"},
        {"username": ""},
        {"username": "Robin"},
    ],
)
async def test_a_wrong_name_or_password_shows_the_form_again(kws, wrong):
    response = await sign_in(kws, **wrong)
    assert response.status_code == 403
    assert 'role="alert"' in response.text
    assert 'name="state" value="made-up-state"' in response.text
    assert "made-up-password" not in response.text


OTHER_URIS = [
    "",
    "https://evil.example/callback",
    "https://game.example/callback/",
    "https://game.example/callback?x=1",
    "https://game.example/callback#x",
    "https://game.example@evil.example/callback",
    "HTTPS://game.example/callback",
    "//game.example/callback",
    "javascript:alert(1)",
    "http://127.0.0.1@evil.example/",
    "http://evil.example\\@127.0.0.1/",
    "http://127.0.0.1\\.evil.example/",
    "http://127.0.0.1.evil.example/",
    "http://127.0.0.1:80#x",
    "http://127.0.0.1:80@evil.example/",
    "http://localhost.evil.example/",
    "http://127.0.0.1/\r\nSet-Cookie: x=1",
    "http://127.0.0.1/\n",
    "https://127.0.0.1/",
]


@pytest.mark.parametrize("uri", OTHER_URIS)
async def test_an_unregistered_redirect_uri_gets_no_redirect(kws, uri):
    async with kws.browser() as browser:
        shown = await browser.get("/oauth", params={**STARTED, "redirectUri": uri})
        posted = await browser.post("/oauth", data={**STARTED, **ROBIN, "redirectUri": uri})
    for response in (shown, posted):
        assert response.status_code == 400
        assert "location" not in response.headers
        assert "<form" not in response.text


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:5000/a?b=c", "http://localhost/", "http://[::1]:1/x", "http://127.0.0.1"]
)
async def test_an_app_may_be_allowed_loopback_redirects(kws, uri):
    location = await sign_in(kws, redirectUri=uri)
    assert location.startswith(uri)
    assert exchange(kws, query_of(location)["code"], redirectUri=uri).status_code == 200
    response = await sign_in(kws, clientId="other-client", redirectUri=uri)
    assert response.status_code == 400


@pytest.mark.parametrize(
    "started",
    [
        {"clientId": "nobody"},
        {"clientId": ""},
        {"clientId": "other-client"},
        {"code_challenge": CHALLENGE, "code_challenge_method": "S512"},
        {"code_challenge": VERIFIER, "code_challenge_method": "plain"},
        {"code_challenge": CHALLENGE},
        {"code_challenge": CHALLENGE[:-1], "code_challenge_method": "S256"},
        {"code_challenge_method": "S256"},
    ],
)
async def test_an_unacceptable_sign_in_ends_on_an_error_page(kws, started):
    async with kws.browser() as browser:
        response = await browser.get("/oauth", params={**STARTED, **started})
    assert (response.status_code, "location" in response.headers) == (400, False)


@pytest.mark.parametrize(
    "query", ["", "clientId=a&clientId=b", "&".join(f"a{i}=1" for i in range(60)), "%ff=%00"]
)
async def test_a_query_that_makes_no_sense_ends_on_an_error_page(kws, query):
    async with kws.browser() as browser:
        assert (await browser.get(f"/oauth?{query}")).status_code == 400
        assert (await browser.post("/oauth", content=query)).status_code == 400


async def test_a_form_that_is_far_too_long_is_refused(kws):
    async with kws.browser() as browser:
        response = await browser.post("/oauth", data={**STARTED, **ROBIN, "password": "x" * 20_000})
    assert response.status_code == 400


async def test_the_form_keeps_what_the_sign_in_was_started_with_and_escapes_it(kws):
    state = '"><script>alert(1)</script>&amp;'
    async with kws.browser() as browser:
        page = await browser.get("/oauth", params={**STARTED, "state": state, "language": "fr", "other": "x"})
    assert page.status_code == 200
    assert "<script" not in page.text
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"' in page.text
    assert '<input type="hidden" name="language" value="fr">' in page.text
    assert 'name="other"' not in page.text
    for field in ("username", "password"):
        assert f'<label for="{field}">' in page.text
        assert f'id="{field}"' in page.text


async def test_the_page_runs_nothing_and_is_not_kept(kws):
    async with kws.browser() as browser:
        page = await browser.get("/oauth", params=STARTED)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    # Some browsers apply this list to the redirect after a form, too.
    assert "form-action 'self' https://game.example;" in policy
    style = page.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "same-origin"


async def test_a_first_sign_in_to_an_app_activates_it(kws):
    assert kws.app().call("getProfile", userId=5075).status_code == 403
    code = await code_for(kws, username="alex")
    player = kws.with_token(exchange(kws, code).json()["access_token"])
    name = player.call("getProfile", userId=5075).json()["username"]
    assert name
    assert name != kws.app(400).call("getProfile", userId=5075).json()["username"]
    await sign_in(kws, username="alex")
    assert player.call("getProfile", userId=5075).json()["username"] == name


def invite(client, email, user=5073):
    return client.call("inviteUser", userId=user, email=email)


def stars(client, user=5073):
    return client.call("getScore", userId=user).json()["score"]


async def test_whoever_invited_a_friend_is_rewarded_once_when_the_friend_joins(kws, app):
    assert invite(app, "Alex@family.example").status_code == 204
    assert invite(app, "alex@family.example").status_code == 204
    assert invite(app, "alex@family.example", user=5074).status_code == 204
    assert (stars(app), stars(app, 5074)) == (20, 0)
    for _ in range(2):
        await sign_in(kws, username="alex")
    assert (stars(app), stars(app, 5074)) == (45, 25)


async def test_an_invitation_to_one_app_is_none_to_another(kws, app):
    invite(kws.app(356), "alex@family.example")
    await sign_in(kws, username="alex")
    assert stars(app) == 20


def test_nobody_can_invite_themselves(app):
    response = invite(app, "ROBIN@family.example")
    assert (response.status_code, response.json()["code"], list(response.json()["invalid"])) == (
        409,
        10,
        ["email"],
    )


async def test_the_sign_in_page_takes_no_other_method(kws):
    async with kws.browser() as browser:
        response = await browser.delete("/oauth")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


async def test_two_first_sign_ins_at_once_activate_the_app_once(kws):
    async with kws.browser() as browser:
        form = {**STARTED, **ROBIN, "username": "alex"}
        responses = await asyncio.gather(*(browser.post("/oauth", data=form) for _ in range(4)))
    assert [each.status_code for each in responses] == [303] * 4
    assert kws.app().call("getLeaderboard").json()["count"] == 13
