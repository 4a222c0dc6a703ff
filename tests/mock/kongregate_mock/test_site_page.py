import html
import re
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from kongregate_mock import Sender
from openapi_mock import asgi_app

URL = "http://127.0.0.1:9/callback"
OWN = {"sec-fetch-site": "same-origin"}
ORDER = {"game_id": "1001", "user_id": "765", "order_info": "stick", "callback_url": URL}
STICK = {"name": "Stick", "description": "Long.", "price": 30, "image_url": "https://cdn.example/s.png"}


@pytest.fixture
def responses():
    """The responses of the game server, in order. Then it refuses connections."""
    return [{"items": [STICK]}, {"state": "completed"}]


@pytest.fixture
def heard():
    """The callbacks that the game server received."""
    return []


@pytest.fixture
def kongregate(open_kongregate, responses, heard):
    def respond(request):
        heard.append(dict(parse_qsl(request.content.decode())))
        if not responses:
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(200, json=responses.pop(0))

    return open_kongregate(sender=Sender(transport=httpx.MockTransport(respond)))


@pytest.fixture
def browser(kongregate):
    def browser(**headers):
        transport = httpx.ASGITransport(asgi_app(kongregate.mock))
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers)

    return browser


@pytest.fixture
def post(browser):
    async def post(action, **fields):
        async with browser(accept="application/json") as program:
            response = await program.post("/site", data={**ORDER, "action": action, **fields})
        return response.status_code, response.json()

    return post


async def test_an_order_is_completed_and_shown(post, wren):
    done = {"order_id": 1, "state": "completed", "price": 30, "items": ["Stick"], "kreds_left": 70}
    assert await post("order", recipient_id="766") == (200, done)
    assert [each["identifier"] for each in wren.ok("listUserItems")["items"]] == ["stick"]


async def test_an_order_is_for_the_buyer_unless_somebody_else_is_named(post, robin):
    assert (await post("order", recipient_id=""))[0] == 200
    assert "stick" in [each["identifier"] for each in robin.ok("listUserItems")["items"]]


async def test_an_order_that_is_placed_twice_is_paid_once(post, responses, heard):
    responses.append(responses[-1])
    status, result = await post("order_placed_twice")
    assert (status, result["state"], result["kreds_left"]) == (200, "completed", 70)
    assert len(heard) == 3


async def test_a_changed_inventory_can_be_sent_to_the_game(post, heard):
    assert await post("invalidate") == (200, {"notified_of": 765})
    assert [(each["event"], each["user_id"]) for each in heard] == [("invalidate_user_inventory", "765")]


async def test_a_changed_password_changes_the_token(post, robin):
    status, result = await post("change_password")
    assert status == 200
    assert robin.refused("authenticate")[0] == 403
    assert robin.ok("authenticate", **result)["user_id"] == 765


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        (
            {"action": "steal"},
            400,
            "action has to be one of order, order_placed_twice, invalidate, change_password.",
        ),
        ({"user_id": "Robin"}, 400, "user_id has to be a whole number"),
        ({"user_id": "9" * 5000}, 400, "user_id has to be a whole number"),
        ({"user_id": "9" * 19}, 400, "at most 9223372036854775807"),
        ({"game_id": "9223372036854775808"}, 400, "game_id has to be a whole number"),
        ({"user_id": "9223372036854775807"}, 404, "User not found"),
        ({"recipient_id": "-1"}, 400, "recipient_id has to be a whole number"),
        ({"game_id": "1"}, 404, "Game not found"),
        ({"user_id": "1"}, 404, "User not found"),
        ({"callback_url": "http://game.example"}, 400, "callbacks go to this machine only"),
        ({"callback_url": ""}, 400, "a callback URL begins with http"),
        ({"order_info": "x" * 20_000}, 400, "The form is too large"),
        ({"user_id": "766"}, 409, "cannot pay 30 Kreds"),
    ],
)
async def test_what_cannot_be_done_is_refused_with_a_reason(post, fields, status, said):
    found, body = await post(**{"action": "order", **fields})
    assert found == status
    assert said in body["error"]


async def test_a_game_server_that_does_not_respond_is_a_bad_gateway(post, responses):
    responses.clear()
    assert await post("order") == (
        502,
        {"error": "the game server at http://127.0.0.1:9 did not respond: refused"},
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 303),
        ({"origin": "http://127.0.0.1"}, 303),
        ({"accept": "application/json"}, 200),
        ({"sec-fetch-site": "cross-site"}, 400),
        ({"sec-fetch-site": "same-site"}, 400),
        ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"}, 400),
        ({"sec-fetch-site": "cross-site", "accept": "application/json"}, 400),
        ({"origin": "http://evil.example"}, 400),
        ({"origin": "http://127.0.0.1:81", "accept": "application/json"}, 400),
        ({"origin": "null"}, 400),
        ({}, 400),
    ],
)
async def test_only_the_pages_own_form_and_programs_are_taken(browser, heard, headers, status):
    async with browser(**headers) as person:
        response = await person.post("/site", data={**ORDER, "action": "order"})
    assert response.status_code == status
    assert bool(heard) == (status != 400)


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", ""])
async def test_a_form_of_any_kind_that_comes_from_nowhere_is_not_taken(browser, kind):
    async with browser(**{"content-type": kind}) as person:
        response = await person.post("/site", content=b"action=change_password&game_id=1001&user_id=765")
    assert response.status_code == 400


async def test_the_page_has_a_labelled_form_and_keeps_what_was_filled_in(browser):
    wrong = {**ORDER, "action": "order", "user_id": '"><script>alert(1)</script>'}
    async with browser(**OWN) as person:
        empty = await person.get("/site")
        filled = await person.post("/site", data=wrong)
    for page in (empty, filled):
        assert page.text.count("<label for=") == page.text.count("<input id=") == 5
        assert page.text.count("<button") == 4
        assert "form-action 'self';" in page.headers["content-security-policy"]
    assert (empty.status_code, filled.status_code) == (200, 400)
    assert "<p>user_id has to be a whole number, at most 9223372036854775807.</p>" in filled.text
    assert "<script" not in filled.text
    assert 'value="&#34;&gt;&lt;script&gt;' in filled.text


async def test_a_reload_of_the_result_orders_nothing_again(browser, heard):
    async with browser(**OWN) as person:
        ordered = await person.post("/site", data={**ORDER, "action": "order"})
        place = ordered.headers["location"]
        pages = [await person.get(place) for _ in range(2)]
    assert ordered.status_code == 303
    assert [each["signed_request"] != "" for each in heard] == [True, True]
    for page in pages:
        assert '<dt>State</dt><dd class="number">completed</dd>' in page.text
        assert ">Stick<" in page.text


async def test_an_order_that_failed_after_the_game_was_asked_has_a_result_too(browser, responses):
    responses.clear()
    async with browser(**OWN) as person:
        ordered = await person.post("/site", data={**ORDER, "action": "order"})
        page = await person.get(ordered.headers["location"])
    assert 'role="alert"><p>the game server at http://127.0.0.1:9 did not respond: refused</p>' in page.text


async def test_a_result_that_is_not_there_is_not_found(browser):
    async with browser() as person:
        assert (await person.get("/site/results/made-up")).status_code == 404


async def test_a_page_never_shows_the_new_token(browser, kongregate):
    async with browser(**OWN) as person:
        changed = await person.post("/site", data={**ORDER, "action": "change_password"})
        page = await person.get(changed.headers["location"])
    token = kongregate.site.game_auth_token(1001, 765)
    assert token not in changed.text + page.text + str(changed.headers)
    assert "***" in page.text


async def test_what_another_service_says_is_not_shown(open_kongregate):
    transport = httpx.MockTransport(lambda _: httpx.Response(500, text="made-up-inner-thing"))
    mock = open_kongregate(sender=Sender(transport=transport)).mock
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(asgi_app(mock)), base_url="http://127.0.0.1"
    ) as person:
        form = {**ORDER, "action": "invalidate"}
        response = await person.post("/site", data=form, headers={"accept": "application/json"})
    assert response.json() == {"error": "the game server at http://127.0.0.1:9 responded with the status 500"}


def source(page):
    [quoted] = re.findall(r'<iframe[^>]* src="([^"]*)"', page.text)
    return urlsplit(html.unescape(quoted))


async def test_a_game_is_opened_in_a_frame_with_the_documented_query(browser):
    async with browser() as person:
        page = await person.get("/games/1001?user_id=765&game_url=http://127.0.0.1:8081/play&language=de")
    frame = source(page)
    assert f"{frame.scheme}://{frame.netloc}{frame.path}" == "http://127.0.0.1:8081/play"
    assert dict(parse_qsl(frame.query)) == {
        "kongregate_username": "Robin",
        "kongregate_user_id": "765",
        "kongregate_game_auth_token": "made-up-game-token",
        "kongregate_game_id": "1001",
        "kongregate_host": "127.0.0.1",
        "kongregate_game_url": "https://games.example/ocean-quest",
        "kongregate_api_host": "127.0.0.1",
        "kongregate_channel_id": "1001-765",
        "kongregate_language": "de",
    }
    assert page.text.count("made-up-game-token") == 1
    assert "frame-src http://127.0.0.1:8081" in page.headers["content-security-policy"]


async def test_a_guest_plays_without_a_token(browser):
    async with browser() as person:
        page = await person.get("/games/1001?user_id=0")
    query = dict(parse_qsl(source(page).query, keep_blank_values=True))
    assert query["kongregate_username"].startswith("Guest")
    assert query["kongregate_game_auth_token"] == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.example/",
        "javascript:alert(1)",
        "http://127.0.0.1;script-src *",
        "http://me@127.0.0.1/",
        "http://127.0.0.1:99999999/",
        "http://127.0.0.1/#x",
        "//127.0.0.1/",
    ],
)
async def test_a_token_is_for_a_game_on_this_machine_only(browser, url):
    async with browser() as person:
        page = await person.get("/games/1001", params={"game_url": url})
    assert page.status_code == 400
    assert "<iframe" not in page.text


async def test_another_website_cannot_open_a_game_with_a_url_of_its_own(browser):
    async with browser(**{"sec-fetch-site": "cross-site"}) as person:
        page = await person.get("/games/1001?game_url=http://127.0.0.1:6666/")
    assert page.status_code == 400
    assert "made-up-game-token" not in page.text


async def test_other_machines_place_orders_with_the_control_token_only(kongregate):
    elsewhere = ("192.0.2.1", 1)
    order = {**ORDER, "action": "order"}
    for options, auth, status in (
        ({}, None, 404),
        ({"token": "made-up"}, None, 401),
        ({"token": "made-up"}, ("any", "made-up"), None),
        ({"control": True}, None, None),
    ):
        transport = httpx.ASGITransport(asgi_app(kongregate.mock, **options), client=elsewhere)
        headers = {"accept": "application/json"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://mock.example", headers=headers
        ) as http:
            assert (await http.get("/site")).status_code == 200
            response = await http.post("/site", data=order, auth=auth)
            is_refused = response.status_code in {401, 404}
            assert response.status_code == status if status else not is_refused


async def test_a_website_whose_name_means_this_machine_places_no_orders(kongregate):
    transport = httpx.ASGITransport(asgi_app(kongregate.mock))
    async with httpx.AsyncClient(transport=transport, base_url="http://evil.example", headers=OWN) as http:
        assert (await http.post("/site", data={**ORDER, "action": "order"})).status_code == 421
