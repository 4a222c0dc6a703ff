from urllib.parse import parse_qsl

import httpx
import pytest

from kongregate_mock import Sender
from openapi_mock import asgi_app

URL = "http://127.0.0.1:9/callback"
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


@pytest.mark.parametrize(("site", "status"), [("cross-site", 400), ("same-site", 400), ("same-origin", 200)])
async def test_another_websites_form_is_not_taken(browser, site, status):
    async with browser(**{"sec-fetch-site": site}) as person:
        assert (await person.post("/site", data={**ORDER, "action": "order"})).status_code == status


async def test_the_page_has_a_labelled_form_and_keeps_what_was_filled_in(browser):
    wrong = {**ORDER, "action": "order", "user_id": '"><script>alert(1)</script>'}
    async with browser() as person:
        empty = await person.get("/site")
        filled = await person.post("/site", data=wrong)
    for page in (empty, filled):
        assert page.text.count("<label for=") == page.text.count("<input id=") == 5
        assert page.text.count("<button") == 4
        assert "form-action 'self';" in page.headers["content-security-policy"]
    assert (empty.status_code, filled.status_code) == (200, 400)
    assert (
        '<p role="alert">error: user_id has to be a whole number, at most 9223372036854775807.</p>'
        in filled.text
    )
    assert "<script" not in filled.text
    assert 'value="&#34;&gt;&lt;script&gt;' in filled.text


async def test_the_page_shows_the_result(browser):
    async with browser() as person:
        page = await person.post("/site", data={**ORDER, "action": "order"})
    assert '<p role="status">state: completed</p>' in page.text
    assert '<p role="status">items: Stick</p>' in page.text
