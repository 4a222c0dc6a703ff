"""Pages show drawn text as text, keep secrets to themselves, and change something only when they are to."""

from __future__ import annotations

import asyncio
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import yaml
from hypothesis import strategies as st

from kws_mock.texts import TEXTS
from openapi_fuzz.requests.raw import RawRequest, send
from openapi_mock import MovableClock, Request, Settings, asgi_app, load

SPECS = Path(__file__).parents[2] / "openapi"
WORDS = Path(__file__).parent / "kws" / "sign_in.words.yaml"
NOW_MS = 1_767_225_600_000
OWN = (b"sec-fetch-site", b"same-origin")
HTML = (b"accept", b"text/html")
# What would be a tag, an attribute, a comment or an entity if it were not escaped.
MARKUP = st.sampled_from(
    ["<script>x</script>", '"><img src=x onerror=y>', "' onfocus='z", "&lt;i&gt;", "--><b>", "</title><p>"]
)
TEXT = MARKUP | st.text(max_size=20)
SECRETS = ("made-up-sent-secret", "made-up-sent-key", "made-up-sent-password")


class Site:
    """The pages of one mock, without a server."""

    def __init__(self, name):
        clock = MovableClock(lambda: NOW_MS)
        self.mock = load(SPECS / f"{name}.yaml", settings=Settings(clock=clock, random=Random(0)))
        self.app = asgi_app(self.mock)
        self.runner = asyncio.Runner()

    def close(self):
        self.runner.close()
        self.mock.close()

    def ask(self, path, query=None, form=None, headers=(OWN,)):
        """The response to a page's own request, which is checked as every page's is."""
        method = "GET" if form is None else "POST"
        body = b"" if form is None else urlencode(form, errors="surrogatepass").encode()
        kind = (b"content-type", b"application/x-www-form-urlencoded")
        fields = (*headers, (b"host", b"localhost"), HTML, kind)
        query = urlencode(query or {}, errors="surrogatepass").encode()
        request = RawRequest(method, path.encode(), query, fields, (body,))
        response = self.runner.run(send(self.app, request))
        assert response is not None
        assert response.status < 500
        check_page(response)
        return response

    @property
    def state(self):
        return self.mock.control.snapshot().image


@pytest.fixture(scope="module")
def kws():
    site = Site("kws")
    yield site
    site.close()


@pytest.fixture(scope="module")
def kongregate():
    site = Site("kongregate")
    yield site
    site.close()


# ---- What holds for every page


class Outline(HTMLParser):
    """The tags and attributes of a page, without its texts and values."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.values, self.texts = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, *(name for name, _ in attrs)))
        self.values += [value or "" for _, value in attrs]

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a page has a comment: {data}")


def check_page(response):
    headers = response.headers
    if response.status in {400, 403} and "x-frame-options" not in headers:
        # It never came to a page, or no database can store it.
        assert headers["content-type"] == "application/json"
        return
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] in {"no-store", "no-cache"}
    assert headers["referrer-policy"] == "same-origin"
    if response.status == 303 or not headers["content-type"].startswith("text/html"):
        return
    text = response.body.decode()
    found = Outline(text)
    names = {name for _, *names in found.tags for name in names}
    assert not [name for name in names if name.startswith("on") or name in {"style", "srcdoc"}]
    scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.DOTALL)
    assert not "".join(scripts).strip()
    policy = headers.get("content-security-policy", "")
    if text.startswith("<!"):
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def outline(response):
    return Outline(response.body.decode()).tags


def assert_shows(response, text):
    """The text is on the page, as text or as a value, just as it was sent."""
    found = Outline(response.body.decode())
    shown = {each.replace("\r\n", "\n").replace("\r", "\n") for each in found.values}
    sought = text.replace("\r\n", "\n").replace("\r", "\n")
    assert sought in shown or sought in "".join(found.texts)


def plain(text):
    """Whether HTML can hold a text as it is."""
    return not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", text)


# ---- Sign-in


CHALLENGE = {"code_challenge": "x" * 43, "code_challenge_method": "S256"}


@pytest.fixture(scope="module")
def sign_in(kws):
    """A sign-in that the mock takes, as its seed has it."""
    seed = kws.mock.behaviour._seed.value
    app = seed["apps"][0]
    user = next(each for each in seed["users"] if each.get("password"))
    return (
        {"clientId": app["clientId"], "redirectUri": app["redirectUris"][0]},
        {"username": user["username"], "password": user["password"]},
    )


class Words(HTMLParser):
    """What people see or hear of a page: its texts, and the labels of what has none."""

    def __init__(self, response):
        super().__init__()
        self.found = []
        self.feed(response.body.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in {"aria-label", "placeholder", "title"}]

    def handle_data(self, data):
        if self.cdata_elem is None and data.strip():  # Not what is in a style or a script.
            self.found.append(" ".join(data.split()))


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("asked", ["by the app", "by the browser"])
def test_the_sign_in_page_speaks_its_languages_word_for_word(kws, sign_in, language, asked):
    start, _ = sign_in
    fields = {**start, "language": language if asked == "by the app" else "xx"}
    accepted = (b"accept-language", f"xx, {language.upper()}-XX;q=0.9, en;q=0.1".encode())
    headers = (OWN, *((accepted,) if asked == "by the browser" else ()))
    pages = {
        "again": kws.ask("/oauth", form={**fields, "username": "nobody"}, headers=headers),
        "failed": kws.ask("/oauth", {**fields, "clientId": "nobody"}, headers=headers),
    }
    spoken = yaml.safe_load(WORDS.read_text(encoding="utf-8"))[language]
    assert {name: Words(page).found for name, page in pages.items()} == spoken


def test_drawn_text_stays_text_on_the_sign_in_page(kws, sign_in, properties):
    start, _ = sign_in

    def check(state, language, username, challenge):
        fields = {**start, "state": state, "language": language, **(CHALLENGE if challenge else {})}
        usual = kws.ask(
            "/oauth", {**start, "state": "", "language": language, **(CHALLENGE if challenge else {})}
        )
        found = kws.ask("/oauth", fields)
        assert (found.status, outline(found)) == (200, outline(usual))
        wrong = kws.ask("/oauth", form={**fields, "username": username, "password": "made-up-wrong"})
        assert wrong.status == 403 or not plain(username)
        assert "made-up-wrong" not in wrong.body.decode()
        spoken = language if language in TEXTS else "en"
        assert f'lang="{spoken}"' in found.body.decode()
        if plain(state + username):
            assert html.escape(TEXTS[spoken]["wrong"]) in wrong.body.decode().replace("&#39;", "&#x27;")
            assert_shows(found, state)
            assert_shows(wrong, username)

    languages = st.sampled_from([*TEXTS, "xx", "<b>"])
    properties.hold(check, TEXT, languages, TEXT, st.booleans(), share=0.4)


def test_a_sign_in_leads_to_the_registered_address_alone(kws, sign_in, properties):
    start, who = sign_in

    def check(state, name, value):
        kws.mock.control.reset()
        done = kws.ask("/oauth", form={**start, **CHALLENGE, "state": state, **who})
        assert done.status == 303
        target = urlsplit(done.headers["location"])
        assert done.headers["location"].startswith(start["redirectUri"])
        given = parse_qs(target.query, keep_blank_values=True)
        assert given["state"] == [state.encode("utf-8", "replace").decode()] or not plain(state)
        assert len(given["code"]) == 1
        before = kws.state
        damaged = {**start, **CHALLENGE, **who, name: value}
        if damaged[name] == {**start, **CHALLENGE}.get(name):
            return
        refused = kws.ask("/oauth", form=damaged)
        assert refused.status in {400, 403}
        assert kws.state == before

    names = st.sampled_from([*start, *CHALLENGE, "password"])
    values = TEXT | st.sampled_from(
        [
            f"{start['redirectUri']}/",
            "javascript:alert(1)",
            "https://other.example",
            f"{start['redirectUri']}@x",
        ]
    )
    properties.hold(check, TEXT, names, values, share=0.2)


@pytest.mark.parametrize(
    "form",
    [[("clientId", "a"), ("clientId", "b")], [(f"n{each}", "") for each in range(60)], [("a", "b" * 20_000)]],
)
@pytest.mark.parametrize("path", ["/oauth", "/parents", "/_mock/console/faults"])
def test_a_form_that_is_too_large_or_says_something_twice_is_refused(kws, path, form):
    before = kws.state
    assert kws.ask(path, form=form).status == 400
    assert kws.state == before


# ---- Parents


DECISION = {"email": "parent@family.example", "app_id": "355", "user_id": "5073", "name": "accessEmail"}
FOREIGN = [
    (),
    ((b"origin", b"http://other.example"),),
    ((b"origin", b"null"),),
    ((b"sec-fetch-site", b"cross-site"),),
    ((b"sec-fetch-site", b"same-site"),),
    ((b"origin", b"http://localhost.other.example"),),
]
OWNED = [(OWN,), ((b"origin", b"http://localhost"),), ((b"sec-fetch-site", b"none"),)]


def test_a_parent_decides_and_nobody_else(kws, properties):
    def check(decision, name, value, foreign, own):
        kws.mock.control.reset()
        before = kws.state
        form = {**DECISION, "decision": decision}
        refused = kws.ask("/parents", form=form, headers=foreign)
        wrong = kws.ask("/parents", form={**form, name: value})
        assert (refused.status, wrong.status in {400, 404}) == (400, True)
        assert outline(refused) == outline(wrong)
        assert kws.state == before
        done = kws.ask("/parents", form=form, headers=own)
        assert done.status == 303
        assert kws.mock.control.permissions(5073)["accessEmail"] is (decision == "grant")
        shown = kws.ask("/parents", {"email": DECISION["email"].upper()})
        assert html.unescape("Granted" if decision == "grant" else "Refused") in shown.body.decode()

    names = st.sampled_from(["app_id", "user_id", "name", "decision"])
    values = TEXT | st.sampled_from(["-1", "1e3", "²", "9" * 30, "0"])
    decisions = st.sampled_from(["grant", "deny"])
    foreign, own = st.sampled_from(FOREIGN), st.sampled_from(OWNED)
    properties.hold(check, decisions, names, values, foreign, own, share=0.4)


def test_drawn_addresses_stay_text_on_the_parents_page(kws, properties):
    usual = kws.ask("/parents", {"email": "nobody@family.example"})

    def check(email, decided):
        found = kws.ask("/parents", {"email": f"x{email}", "decided": decided})
        if not plain(email) and found.status == 400:
            return
        assert (found.status, outline(found)) == (200, outline(usual))
        if plain(email):
            assert_shows(found, f"x{email}")

    properties.hold(check, TEXT, TEXT, share=0.4)


# ---- The site of Kongregate


def test_a_form_of_the_site_is_taken_whole_or_not_at_all(kongregate, properties):
    usual = kongregate.ask("/site")
    buyer = {"game_id": "1001", "user_id": "765", "order_info": "potion", "callback_url": ""}

    def check(action, name, value, foreign):
        kongregate.mock.control.reset()
        before = kongregate.state
        form = {**buyer, "callback_url": f"http://{value}.example/", "action": action, name: value}
        for headers in (foreign, (OWN,)):
            # A program is told the same.
            accept = (b"accept", b"application/json") if headers == (OWN,) and len(value) % 2 else HTML
            response = kongregate.ask("/site", form=form, headers=(*headers, accept))
            assert response.status in {400, 404}
            assert kongregate.state == before
            if plain(value) and name != "action" and response.headers["content-type"].startswith("text/html"):
                assert len(outline(response)) >= len(outline(usual))
                assert "<script>x" not in response.body.decode()

    names = st.sampled_from(["game_id", "user_id", "action", "callback_url"])
    actions = st.sampled_from(["order", "order_placed_twice", "invalidate"])
    wrong = TEXT.filter(lambda text: not (text.isascii() and text.strip().isdecimal()))
    properties.hold(check, actions, names, wrong, st.sampled_from(FOREIGN), share=0.4)


def test_a_new_password_replaces_the_token_and_a_frame_hides_it(kongregate):
    kongregate.mock.control.reset()
    token = "made-up-game-token"
    form = {"action": "change_password", "game_id": "1001", "user_id": "765"}
    asks = (b"accept", b"application/json")
    done = kongregate.ask("/site", form=form, headers=(OWN, asks))
    assert done.status == 200
    assert token not in done.body.decode()
    led = kongregate.ask("/site", form=form)
    assert led.status == 303
    result = kongregate.ask(led.headers["location"])
    assert result.status == 200
    shown = kongregate.mock.control.export()["game_tokens"]
    tokens = {row["token"] for row in shown if (row["game_id"], row["user_id"]) == (1001, 765)}
    assert token not in tokens
    assert not [each for each in tokens if each in result.body.decode()]
    assert kongregate.ask("/site/results/nothing").status == 404
    frame = kongregate.ask("/games/1001", {"user_id": "765", "language": "<b>xxxx"})
    assert frame.status == 200
    assert "frame-src https://games.example" in frame.headers["content-security-policy"]
    assert kongregate.ask("/games/1001", headers=((b"sec-fetch-site", b"cross-site"),)).status == 400
    assert kongregate.ask("/games/9").status == 404
    assert kongregate.ask("/games/1001", {"game_url": "http://other.example/"}).status == 400


# ---- The console, and the reference


CONSOLE = "/_mock/console"
PLACES = [
    CONSOLE,
    *(f"{CONSOLE}/{each}" for each in ("requests", "requests/rows", "state", "faults", "clock")),
]
OTHERS = ["/docs", "/_mock/docs", "/openapi.json", "/openapi.yaml", "/", f"{CONSOLE}/assets/console.js"]


def test_the_console_shows_what_was_asked_as_text_and_without_secrets(kws, kongregate, properties):
    sites = {"kws": kws, "kongregate": kongregate}

    def check(name, text, place, page):
        site = sites[name]
        site.mock.control.reset()
        value = {"api_key": "made-up-sent-key", "username": text, "password": "made-up-sent-password"}
        query = urlencode(value, errors="surrogatepass")
        headers = {"content-type": "application/json", "user-agent": text}
        site.mock.handle(Request("GET", f"/api/user_info.json?{query}", headers))
        site.mock.handle(
            Request(
                "POST", "/v1/users/5073/triggerEvent", headers, b'{"client_secret": "made-up-sent-secret"}'
            )
        )
        tables = [*site.mock.control.export()]
        shown = [
            site.ask(each, {"after": text, "page": text, "done": text})
            for each in (place, f"{CONSOLE}/requests", f"{CONSOLE}/state/{tables[page % len(tables)]}")
        ]
        assert {each.status for each in shown} <= {200, 303}
        text_of_all = "".join(each.body.decode() for each in shown)
        assert not [each for each in SECRETS if each in text_of_all]
        assert "<script>x" not in text_of_all
        assert "<img src=x" not in text_of_all
        if plain(text) and name == "kongregate":
            assert json.dumps(text, ensure_ascii=False) in "".join(Outline(shown[1].body.decode()).texts)
        assert site.ask(f"{CONSOLE}/state/nothing").status == 404

    properties.hold(
        check,
        st.sampled_from([*sites]),
        TEXT,
        st.sampled_from([*PLACES, *OTHERS]),
        st.integers(0, 40),
        share=0.5,
    )


CHANGES = {
    "faults": st.fixed_dictionaries(
        {
            "action": st.sampled_from(["add", "remove", "clear"]),
            "kind": st.sampled_from(["status", "cut", "html", "odd"]),
            "status": st.sampled_from(["", "503", "99", "5.5", "x"]),
            "times": st.sampled_from(["", "2", "0", "-1"]),
            "percent": st.sampled_from(["", "50", "101", "²"]),
            "operation": st.sampled_from(["", "listItems", "nothing<b>"]),
            "id": st.sampled_from(["", "1", "x"]),
        }
    ),
    "clock": st.fixed_dictionaries(
        {
            "action": st.sampled_from(["stop", "start", "real", "set", "advance"]),
            "time": st.sampled_from(["2030-01-31T12:00:00", "x", "", "9999-12-31T23:59:59"]),
            "days": st.sampled_from(["", "1", "-2", "999999999999", "1.5", "x"]),
            "seconds": st.sampled_from(["", "1", "0.5"]),
        }
    ),
    "requests": st.just({}),
    "state": st.fixed_dictionaries({"sure": st.sampled_from(["", "yes", "no"])}),
}


@pytest.mark.parametrize("place", CHANGES)
def test_the_console_changes_what_it_says_for_its_own_forms_alone(kongregate, properties, place):
    control = kongregate.mock.control

    def known():
        faults = [
            (each.kind, each.status, each.times, each.probability, each.operation) for each in control.faults
        ]
        return faults, control.clock(), control.clock.is_stopped, len(control.requests)

    def check(form, foreign):
        control.reset()
        control.fail("listItems", kind="cut", times=7)
        kongregate.mock.handle(Request("GET", "/nothing"))
        first = next(iter(control.faults)).id
        form = {**form, **({"id": str(first)} if form.get("id") == "1" else {})}
        before = known()
        refused = kongregate.ask(f"{CONSOLE}/{place}", form=form, headers=foreign)
        assert refused.status in {400, 403}
        assert known() == before
        response = kongregate.ask(f"{CONSOLE}/{place}", form=form)
        assert response.status in {303, 400}
        expected = EXPECTED[place](form, before)
        assert (response.status == 303) == (expected is not None), (form, response.status)
        assert known() == (before if expected is None else expected)
        if response.status == 303:
            again = kongregate.ask(*response.headers["location"].split("?")[:1], {"done": "cleared"})
            assert again.status == 200

    own = [each for each in FOREIGN if each]
    properties.hold(check, CHANGES[place], st.sampled_from(own), share=0.5)


def expected_faults(form, before):
    faults, *rest = before
    if form["action"] == "clear":
        return [], *rest
    if form["action"] == "remove":
        return None if form["id"] == "x" else ([] if form["id"] else faults, *rest)
    needs = {"status": form["status"] == "503", "html": form["status"] in {"", "503"}}
    is_right = (
        needs.get(form["kind"], form["kind"] == "cut" and not form["status"])
        and form["times"] in {"", "2"}
        and form["percent"] in {"", "50"}
        and form["operation"] != "nothing<b>"
    )
    if not is_right:
        return None
    status = 503 if form["status"] else None
    added = (
        form["kind"],
        status,
        2 if form["times"] else None,
        0.5 if form["percent"] else 1,
        form["operation"] or None,
    )
    return [*faults, added], *rest


def expected_clock(form, before):
    faults, now_ms, is_stopped, count = before
    match form["action"]:
        case "stop":
            return faults, now_ms, True, count
        case "start":
            return faults, now_ms, False, count
        case "real":
            return faults, NOW_MS, False, count
        case "set":
            known = {"2030-01-31T12:00:00": 1_896_091_200_000, "9999-12-31T23:59:59": 253_402_300_799_000}
            return (faults, known[form["time"]], is_stopped, count) if form["time"] in known else None
        case _:
            if form["days"] in {"x", "999999999999"}:
                return None
            seconds = float(form["days"] or 0) * 86_400 + float(form["seconds"] or 0)
            return faults, now_ms + round(1000 * seconds), is_stopped, count


EXPECTED = {
    "faults": expected_faults,
    "clock": expected_clock,
    "requests": lambda _, before: (*before[:3], 0),
    "state": lambda form, _: ([], NOW_MS, False, 0) if form["sure"] == "yes" else None,
}
