"""Every page is for everybody: no violation of axe, light and dark, on a phone and on a desk."""

from pathlib import Path

import httpx
import pytest

from openapi_mock import asgi_app, serve
from openapi_mock.pages import reference

pytestmark = pytest.mark.slow

STARTED = "/oauth?clientId=example-client&redirectUri=https://game.example/callback&state=made-up"


def test_pages_of_the_sign_in(kws, open_page, check_page):
    page = open_page(kws.url)
    page.goto(STARTED)
    check_page(page, "sign-in")
    page.get_by_label("Name").fill("robin")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    check_page(page, "sign-in-wrong")
    page.goto(f"{STARTED}&language=de")
    check_page(page, "sign-in-german")
    page.goto("/oauth?clientId=nobody")
    check_page(page, "sign-in-failed")


def test_pages_of_parents(kws, open_page, check_page):
    kws.control.grant_permission(5073, "enterCompetitions")
    page = open_page(kws.url)
    page.goto("/parents")
    check_page(page, "parents")
    page.goto("/parents?email=parent@family.example")
    page.get_by_role("button", name="Take back").first.click()
    page.get_by_role("status").wait_for()
    check_page(page, "parents-children")
    page.goto("/parents?email=nobody@family.example")
    check_page(page, "parents-nobody")


def test_pages_of_the_site(kongregate, open_page, check_page):
    page = open_page(kongregate.url)
    page.goto("/site")
    check_page(page, "site")
    page.get_by_label("Number of the player", exact=True).fill("Robin")
    page.get_by_role("button", name="Order it", exact=True).click()
    page.get_by_role("alert").wait_for()
    check_page(page, "site-wrong")
    page.goto("/site")
    page.get_by_role("button", name="Change the player's password").click()
    page.get_by_role("status").wait_for()
    check_page(page, "site-result")
    page.goto(f"/games/1001?game_url={kongregate.url}/openapi.yaml")
    check_page(page, "site-game")


def test_pages_of_the_console(kongregate, open_page, check_page):
    httpx.get(f"{kongregate.url}/api/user_info.json")
    httpx.get(f"{kongregate.url}/api/user_info.json?username=Robin&friends=perhaps")
    kongregate.control.fail("listItems", status=503, times=2, retry_after=3)
    httpx.get(f"{kongregate.url}/api/items.json?api_key=made-up-api-key")
    page = open_page(kongregate.url)
    page.goto("/")
    check_page(page, "console")
    for name in ("requests", "state", "state/games", "faults", "clock"):
        page.goto(f"/_mock/console/{name}")
        if name == "requests":
            page.locator("summary").first.click()
        check_page(page, f"console-{name.replace('/', '-')}")
    page.goto("/_mock/console/faults")
    page.get_by_label("Status").fill("200")
    page.get_by_role("button", name="Add the fault").click()
    page.get_by_role("alert").wait_for()
    check_page(page, "console-faults-wrong")


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_reference(kws, open_page, check_page, scheme):
    page = open_page(kws.url, color_scheme=scheme)
    page.goto("/docs#tag/countries/GET/v1/countries/childAge")
    page.get_by_role("heading", name="Kids Web Services").wait_for()
    page.get_by_role("button", name="Test Request").last.wait_for()
    check_page(page, "docs", [scheme])
    page.get_by_role("button", name="Test Request").last.click()
    page.get_by_role("button", name="Send get request").click()
    page.get_by_text("consentAgeForCountry").last.wait_for()
    check_page(page, "docs-sent", [scheme])


def test_the_page_in_place_of_a_reference_that_is_not_installed(kws, open_page, check_page, monkeypatch):
    monkeypatch.setattr(reference, "VIEWER", Path("missing"))
    page = open_page(kws.url)
    page.goto("/docs")
    page.get_by_text("make assets").wait_for()
    assert page.get_by_role("listitem").filter(has_text="getChildAge").count() == 1
    check_page(page, "docs-plain")


def test_the_page_of_several_mocks(kws, kongregate, open_page, check_page):
    with serve(asgi_app({"one": kws, "other": kongregate})) as url:
        page = open_page(url)
        page.goto("/")
        check_page(page, "overview")
        page.get_by_role("link", name="Kids Web Services", exact=True).click()
        page.get_by_role("link", name="Faults").click()
        page.get_by_role("button", name="Add the fault").click()
        page.get_by_text("The fault was added.").wait_for()
        assert page.url.startswith(f"{url}/one/")
        page.get_by_role("link", name="Reference").click()
        page.get_by_role("heading", name="Kids Web Services").wait_for()
