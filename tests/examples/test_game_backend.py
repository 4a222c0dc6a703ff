"""The back end of `examples/game_backend.py`, tested with the fixtures of kws-clients alone."""

import pytest
from fastapi.testclient import TestClient
from game_backend import create_app


@pytest.fixture
def backend(kws, kongregate, kongregate_mock):
    control = kongregate_mock.control
    with TestClient(
        create_app(kws, kongregate, control.credentials["api_key"]),
        "https://game.example",
        follow_redirects=False,
    ) as client:
        control.send_callbacks_through(client)
        yield client


@pytest.fixture
def lina(backend, kws_mock):
    kws_mock.control.add_user("lina")
    sign_in_page = backend.get("/sign-in").headers["location"]
    assert backend.get(kws_mock.control.sign_in(sign_in_page, "lina")).headers["location"] == "/points"
    return backend


def test_a_level_brings_points_until_its_limit(lina, kws_mock):
    assert lina.get("/points").json() == {}
    assert lina.post("/levels/3").json() == {"Stars": 10}
    kws_mock.control.requests.assert_called("setAppData", times=1, json={"name": "level", "value": 3})
    for _ in range(9):
        lina.post("/levels/4")
    assert "limit" in lina.post("/levels/5").json()["detail"]


def test_an_outage_is_repeated_and_then_explained(lina, kws_mock):
    with kws_mock.control.fail("getPoints", status=503, retry_after=0, times=2):
        assert lina.get("/points").status_code == 200
    with kws_mock.control.fail("getPoints", kind="reset"):
        assert lina.get("/points").json() == {"detail": "try again later"}


def test_after_a_day_the_player_signs_in_again(lina, kws_mock):
    kws_mock.control.clock.advance(days=1, seconds=1)
    assert lina.get("/points").status_code == 401


def test_an_ordered_item_is_in_the_inventory(backend, kongregate_mock):
    player = kongregate_mock.control.add_user("lina", kreds=5)
    order = kongregate_mock.control.order_items(player.user_id, "potion", "https://game.example/kongregate")
    assert (order.state, order.price, kongregate_mock.control.kreds(player.user_id)) == ("completed", 3, 2)
    assert backend.get(f"/inventory/{player.user_id}").json() == ["Potion"]


def test_a_callback_may_come_twice(backend, kongregate_mock):
    control = kongregate_mock.control
    with control.fail("item_order_placed", kind="duplicate-callback"):
        control.order_items(765, "potion", "https://game.example/kongregate")
    assert backend.get("/inventory/765").json().count("Potion") == 1
