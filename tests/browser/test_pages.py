"""Every page is for everybody: no violation of axe, light and dark, on a phone and on a desk."""

import httpx

STARTED = "/oauth?clientId=example-client&redirectUri=https://game.example/callback&state=made-up"


def test_pages_of_the_sign_in(kws, open_page, look, check_page):
    page = open_page(kws.url, **look)
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


def test_pages_of_parents(kws, open_page, look, check_page):
    kws.control.grant_permission(5073, "enterCompetitions")
    page = open_page(kws.url, **look)
    page.goto("/parents")
    check_page(page, "parents")
    page.goto("/parents?email=parent@family.example")
    page.get_by_role("button", name="Take back").first.click()
    page.get_by_role("status").wait_for()
    check_page(page, "parents-children")
    page.goto("/parents?email=nobody@family.example")
    check_page(page, "parents-nobody")


def test_pages_of_the_site(kongregate, open_page, look, check_page):
    page = open_page(kongregate.url, **look)
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


def test_pages_of_the_console(kongregate, open_page, look, check_page):
    httpx.get(f"{kongregate.url}/api/user_info.json")
    httpx.get(f"{kongregate.url}/api/user_info.json?username=Robin&friends=perhaps")
    kongregate.control.fail("listItems", status=503, times=2, retry_after=3)
    httpx.get(f"{kongregate.url}/api/items.json?api_key=made-up-api-key")
    page = open_page(kongregate.url, **look)
    page.goto("/")
    check_page(page, "console")
    for name in ("requests", "state", "state/users", "faults", "clock"):
        page.goto(f"/_mock/console/{name}")
        if name == "requests":
            page.locator("summary").first.click()
        check_page(page, f"console-{name.replace('/', '-')}")
    page.goto("/_mock/console/faults")
    page.get_by_label("Status").fill("200")
    page.get_by_role("button", name="Add the fault").click()
    page.get_by_role("alert").wait_for()
    check_page(page, "console-faults-wrong")


def test_pages_of_the_reference(kws, viewer, open_page, look, check_page):
    page = open_page(kws.url, **look)
    page.goto("/docs")
    page.get_by_role("heading", name="Kids Web Services").wait_for()
    page.get_by_role("heading", name="countries").first.wait_for()
    check_page(page, "docs")
