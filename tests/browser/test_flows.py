"""What people do on the pages, from the first click to what the mock then knows."""

from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from openapi_mock import serve

pytestmark = pytest.mark.slow

STICK = {"name": "Stick", "description": "Long.", "price": 30, "image_url": "https://cdn.example/s.png"}


@pytest.fixture
def website():
    """Serve one page or response at every path, and hear which requests come."""
    opened = []

    def website(answer, heard=None):
        async def respond(request):
            if heard is not None:
                heard.append((request.url.path, request.url.query, await request.body()))
            return answer(request)

        app = Starlette(routes=[Route("/{path:path}", respond, methods=["GET", "POST"])])
        opened.append(serve(app))
        return opened[-1].__enter__()

    yield website
    for each in opened:
        each.__exit__(None, None, None)


@pytest.fixture
def game_server(website):
    """A game that sells a stick; `heard` of it are the callbacks."""
    heard = []
    answers = [{"items": [STICK]}, {"state": "completed"}]
    url = website(lambda _: JSONResponse(answers[len(heard) - 1]), heard)
    return url, heard


def test_a_wrong_password_can_be_corrected_and_the_sign_in_ends_at_the_app(kws, website, open_page):
    app = website(lambda _: HTMLResponse("<h1>Back in the app</h1>"))
    page = open_page(kws.url)
    query = {"clientId": "example-client", "redirectUri": f"{app}/back", "state": "made-up"}
    page.goto(f"/oauth?{urlencode(query)}")
    page.get_by_label("Name").fill("robin")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    assert alert.inner_text() == "The name or the password is wrong."
    assert alert.evaluate("each => each === document.activeElement")
    assert page.get_by_label("Name").input_value() == "robin"
    assert page.get_by_label("Password").input_value() == ""
    page.get_by_label("Password").fill("made-up-password")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Back in the app").wait_for()
    assert page.url.startswith(f"{app}/back?")
    found = parse_qs(urlsplit(page.url).query)
    assert found["state"] == ["made-up"]
    assert set(found) == {"state", "code"}


@pytest.mark.parametrize(
    ("code", "name", "heading"),
    [
        ("de", "Deutsch", "Bei Ocean Quest anmelden"),
        ("es", "Español", "Inicia sesión en Ocean Quest"),
        ("fr", "Français", "Connecte-toi à Ocean Quest"),
    ],
)
def test_the_language_of_the_sign_in_can_be_changed_and_stays(kws, open_page, code, name, heading):
    page = open_page(kws.url)
    page.goto("/oauth?clientId=example-client&redirectUri=https://game.example/callback&state=made-up")
    page.get_by_role("link", name=name).click()
    page.get_by_role("heading", name=heading).wait_for()
    assert page.locator("html").get_attribute("lang") == code
    page.locator("#username").fill("robin")
    page.locator("#password").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == heading
    assert page.locator("[name=state]").input_value() == "made-up"


def test_the_sign_in_speaks_the_language_of_the_browser(kws, open_page):
    page = open_page(kws.url, locale="de-AT")
    page.goto("/oauth?clientId=example-client&redirectUri=https://game.example/callback")
    assert page.get_by_role("heading", level=1).inner_text() == "Bei Ocean Quest anmelden"


def test_a_parent_grants_what_an_app_has_requested_and_takes_it_back(kws, open_page):
    url = f"{kws.url}/v1/users/5073/requestPermissions"
    headers = {"authorization": f"Bearer {kws.control.token(user_id=5073)}"}
    assert httpx.post(url, json={"permissions": ["sendNewsletter"]}, headers=headers).status_code == 204
    page = open_page(kws.url)
    page.goto("/")
    page.get_by_role("link", name="/parents?email=parent@family.example").click()
    child = page.get_by_role("region", name="BraveOtter17 in Ocean Quest")
    waiting = child.get_by_role("listitem").filter(has_text="Waits for you")
    waiting.get_by_role("button", name="Grant").click()
    said = page.get_by_role("status")
    assert said.inner_text() == "Granted: Send a newsletter, for BraveOtter17 in Ocean Quest."
    assert said.evaluate("each => each === document.activeElement")
    assert kws.control.permissions(5073)["sendNewsletter"] is True
    page.reload()
    child.get_by_role("listitem").filter(has_text="sendNewsletter").get_by_role("button").click()
    page.get_by_text("Refused: Send a newsletter").wait_for()
    assert kws.control.permissions(5073)["sendNewsletter"] is False


def test_a_reload_of_an_order_orders_nothing_again(kongregate, game_server, open_page):
    url, heard = game_server
    page = open_page(kongregate.url)
    page.goto("/site")
    page.get_by_label("callback URL").fill(f"{url}/callback")
    page.get_by_role("button", name="Order it", exact=True).click()
    page.get_by_role("heading", name="Done").wait_for()
    assert page.get_by_role("status").inner_text().split("\n")[2:4] == ["State", "completed"]
    page.reload()
    page.get_by_role("heading", name="Done").wait_for()
    assert len(heard) == 2
    assert kongregate.behaviour.site.kreds(765) == 70


def test_the_form_of_another_website_orders_nothing(kongregate, game_server, website, open_page):
    url, heard = game_server
    fields = {"action": "order", "game_id": 1001, "user_id": 765, "callback_url": url}
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    form = f'<form method="post" action="{kongregate.url}/site">{inputs}<button>Win a prize</button></form>'
    page = open_page(website(lambda _: HTMLResponse(form)))
    page.goto("/")
    page.get_by_role("button").click()
    page.get_by_role("alert").wait_for()
    assert not heard


def test_a_game_is_told_in_its_frame_who_plays(kongregate, website, open_page):
    heard = []
    url = website(lambda _: HTMLResponse("<h1>The game</h1>"), heard)
    page = open_page(kongregate.url)
    page.goto(f"/games/1001?game_url={url}/first")
    page.get_by_label("URL of the game").fill(f"{url}/play")
    page.get_by_role("button", name="Open the game").click()
    page.frame_locator("iframe").get_by_role("heading", name="The game").wait_for()
    path, query, _ = heard[-1]
    assert path == "/play"
    assert parse_qs(query)["kongregate_game_auth_token"] == ["made-up-game-token"]
    assert "made-up-game-token" not in page.url
    assert "made-up-game-token" not in page.locator("main").inner_text()


def test_a_request_shows_as_it_comes_with_what_is_wrong_with_it(kws, open_page):
    page = open_page(kws.url)
    page.goto("/_mock/console/requests")
    page.get_by_text("No request yet").wait_for()
    httpx.get(f"{kws.url}/v1/countries/childAge?dob=yesterday")
    row = page.get_by_role("listitem").filter(has_text="/v1/countries/childAge").first
    row.get_by_text("query dob").wait_for()
    assert page.get_by_role("status").inner_text() == "1 new request"
    page.get_by_role("button", name="Pause").click()
    httpx.get(f"{kws.url}/nowhere")
    page.wait_for_timeout(1200)
    assert page.get_by_text("no such operation").count() == 0
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("no such operation").wait_for()
    page.get_by_role("button", name="Forget all").click()
    page.get_by_text("The requests were forgotten.").wait_for()
    assert len(kws.control.requests) == 0


def test_requests_show_without_a_script_and_never_a_secret(kws, open_page):
    secret = {"grant_type": "client_credentials"}
    response = httpx.post(f"{kws.url}/oauth/token", data=secret, auth=("example-client", "made-up-secret"))
    page = open_page(kws.url, java_script_enabled=False)
    page.goto("/_mock/console/requests")
    page.locator("summary").first.click()
    shown = page.content()
    assert "grant_type" in shown
    assert response.json()["access_token"] not in shown
    assert "made-up-secret" not in shown


def test_a_fault_that_is_set_happens_until_it_is_removed(kws, open_page):
    def call():
        return httpx.get(f"{kws.url}/v1/countries/childAge").status_code

    page = open_page(kws.url)
    page.goto("/_mock/console/faults")
    page.get_by_label("Where").select_option("getChildAge")
    page.get_by_label("Status").fill("503")
    page.get_by_label("How many times").fill("2")
    page.get_by_role("button", name="Add the fault").click()
    page.get_by_text("The fault was added.").wait_for()
    assert call() == 503
    page.goto("/_mock/console/faults")
    page.get_by_text("1 more time").wait_for()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_text("The fault was removed.").wait_for()
    assert call() == 200


def test_a_fault_that_cannot_be_is_refused_and_what_was_filled_in_is_kept(kws, open_page):
    page = open_page(kws.url)
    page.goto("/_mock/console/faults")
    page.get_by_label("Where").select_option("getScore")
    page.get_by_label("How many times").fill("many")
    page.get_by_role("button", name="Add the fault").click()
    assert page.get_by_role("alert").inner_text() == "Times is a number."
    assert page.get_by_label("Where").input_value() == "getScore"
    assert page.get_by_label("How many times").input_value() == "many"
    assert not list(kws.control.faults)


def test_the_clock_is_moved_stopped_set_and_reset(kws, open_page):
    before = kws.control.clock.now
    page = open_page(kws.url)
    page.goto("/_mock/console/clock")
    page.get_by_label("Days").fill("2")
    page.get_by_role("button", name="Move the clock").click()
    page.get_by_text("The clock was moved.").wait_for()
    assert (kws.control.clock.now - before).days == 2
    page.get_by_role("button", name="Stop it").click()
    page.get_by_text("Stands still", exact=True).wait_for()
    page.get_by_label("Time in UTC").fill("2030-01-31T12:00:05")
    page.get_by_role("button", name="Set the clock").click()
    page.get_by_text("2030-01-31 12:00:05 UTC").wait_for()
    assert kws.control.clock.now.isoformat() == "2030-01-31T12:00:05+00:00"
    page.get_by_role("button", name="Return to the real time").click()
    page.get_by_text("The clock shows the real time again.").wait_for()
    assert not kws.control.clock.is_stopped


def test_the_state_can_be_looked_at_without_secrets_and_reset(kws, open_page):
    kws.control.deny_permission(5073, "accessEmail")
    page = open_page(kws.url)
    page.goto("/_mock/console/state")
    page.get_by_role("link", name="apps", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Ocean Quest")
    assert "***" in row.inner_text()
    page.get_by_role("link", name="All tables").click()
    page.get_by_label("Forget everything").check()
    page.get_by_role("button", name="Reset the mock").click()
    page.get_by_text("The mock is as it was at the start.").wait_for()
    assert kws.control.permissions(5073)["accessEmail"] is True


@pytest.mark.usefixtures("viewer")
def test_the_reference_sends_a_request_to_the_mock(kws, open_page):
    page = open_page(kws.url)
    page.goto("/docs#tag/countries/GET/v1/countries/childAge")
    page.get_by_role("button", name="Test Request").last.click()
    # The reference shows an example with the same text before anything was sent.
    with page.expect_response("**/v1/countries/childAge*"):
        page.get_by_role("button", name="Send get request").click()
    page.get_by_text("consentAgeForCountry").last.wait_for()
    assert [each.operation_id for each in kws.control.requests] == ["getChildAge"]


@pytest.mark.parametrize("path", ["/", "/parents", "/_mock/console/faults"])
def test_the_first_key_leads_past_the_navigation(kws, open_page, path):
    page = open_page(kws.url)
    page.goto(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
