"""Faults, as clients in the same process meet them, and as they are chosen."""

from random import Random

import httpx
import pytest

from kws import DecodeError
from kws_clients.testing import kws_client
from openapi_mock import MockTransport, Request, Settings, load
from openapi_mock.control.faults import KINDS, Fault, FaultError, Faults, spoil
from openapi_mock.control.names import UnknownOperationError
from openapi_mock.messages import Response

READER = {"Authorization": "Bearer reader"}


@pytest.fixture
def http(shop):
    with httpx.Client(
        transport=MockTransport(shop), base_url="http://shop.example/api", headers=READER
    ) as client:
        yield client


def test_a_status_comes_in_the_shape_of_the_api_and_has_no_effect(shop, http, behaviour):
    with shop.control.fail("deleteItem", status=503, retry_after=2):
        response = http.delete("/items/1", headers={"Authorization": "Bearer writer"})
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")
    assert response.json()["message"] == "the service is not available now"
    assert behaviour.items == {1: {"name": "lamp"}}


def test_a_fault_of_one_operation_happens_as_often_as_it_says(shop, http):
    shop.control.fail("getItem", status=500, times=2)
    assert [http.get("/items/1").status_code for _ in range(3)] == [500, 500, 200]
    assert http.get("/items").status_code == 200
    assert not shop.faults


def test_without_an_operation_every_request_fails(shop, http):
    with shop.control.fail(status=429):
        assert {http.get("/items").status_code, http.get("/items/1").status_code} == {429}
    assert http.get("/items").status_code == 200


def test_of_several_faults_the_newest_happens(shop, http):
    shop.control.fail("getItem", status=500)
    newer = shop.control.fail("getItem", status=503)
    assert http.get("/items/1").status_code == 503
    newer.remove()
    assert http.get("/items/1").status_code == 500


def test_a_probability_chooses_requests_repeatably():
    def chosen():
        faults = Faults(Random(1))
        faults.add(Fault(kind="reset", probability=0.3))
        return [faults.take("getItem") is not None for _ in range(1000)]

    assert chosen() == chosen()
    assert 250 < sum(chosen()) < 350


def test_a_reset_connection_has_no_effect_and_a_lost_response_has(shop, http, behaviour):
    writer = {"Authorization": "Bearer writer"}
    with shop.control.fail("addItem", kind="reset"), pytest.raises(httpx.ReadError):
        http.post("/items", json={"name": "rug"}, headers=writer)
    assert len(behaviour.items) == 1
    with shop.control.fail("addItem", kind="lost-response"), pytest.raises(httpx.ReadError):
        http.post("/items", json={"name": "rug"}, headers=writer)
    assert len(behaviour.items) == 2


def test_a_cut_body_ends_early(shop, http):
    with (
        shop.control.fail("listItems", kind="cut"),
        http.stream("GET", "/items") as response,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        response.read()
    assert 0 < response.num_bytes_downloaded < int(response.headers["content-length"])


async def test_a_dripping_body_comes_byte_by_byte(shop):
    transport = MockTransport(shop)
    async with httpx.AsyncClient(transport=transport, headers=READER) as client:
        with shop.control.fail("getItem", kind="drip"):
            async with client.stream("GET", "http://shop.example/api/items/1") as response:
                first = await anext(response.aiter_raw())
    assert first == b"{"


def test_a_delay_beyond_the_clients_timeout_fails_at_once(shop, http):
    with shop.control.fail("getItem", delay=3600), pytest.raises(httpx.ReadTimeout):
        http.get("/items/1", timeout=1)
    with shop.control.fail("getItem", delay=0.02):
        assert http.get("/items/1", timeout=1).elapsed.total_seconds() >= 0.02


@pytest.mark.parametrize("kind", ["truncated", "malformed"])
def test_json_may_be_broken(shop, http, kind):
    with shop.control.fail("getItem", kind=kind):
        response = http.get("/items/1")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    with pytest.raises(ValueError, match=r"\w"):
        response.json()


def test_one_value_may_have_another_type_or_be_missing(shop, http):
    with shop.control.fail("getItem", kind="wrong-type"):
        assert http.get("/items/1").json() == {"name": {"unexpected": True}}
    with shop.control.fail("getItem", kind="missing-field"):
        assert http.get("/items/1").json() == {}


def test_a_proxy_may_respond_with_a_page(shop, http):
    with shop.control.fail("getItem", kind="html"):
        response = http.get("/items/1")
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html; charset=utf-8")


@pytest.mark.parametrize("body", [{"a": [{"b": 1}, 2]}, [], {}, 7, "text", None, [[{"x": None}]]])
@pytest.mark.parametrize("kind", ["wrong-type", "missing-field", "truncated", "malformed"])
def test_every_json_body_can_be_spoiled(kind, body):
    response = Response(200, body)
    for seed in range(20):
        spoiled = spoil(response, Fault(kind=kind), Random(seed))
        assert spoiled.content != response.content or body == {}
        assert spoiled.status == 200


def test_what_cannot_be_a_fault_is_refused(shop):
    for wrong, advice in (
        ({"kind": "explosion"}, "kind is one of status, delay"),
        ({"kind": "status"}, "needs a status"),
        ({"status": 200}, "from 400 to 599"),
        ({"kind": "delay"}, "needs a delay"),
        ({"delay": -1.0}, "delay"),
        ({"delay": 1.0, "times": 0}, "times is 1 or more"),
        ({"delay": 1.0, "probability": 0.0}, "probability"),
        ({"status": 429, "retry_after": -1}, "retry_after"),
    ):
        with pytest.raises(FaultError, match=advice):
            shop.control.fail(**wrong)
    with pytest.raises(UnknownOperationError, match=r"did you mean 'getItem'"):
        shop.control.fail("getItems", status=500)
    with pytest.raises(UnknownOperationError, match="no callback 'getItem'; this API has none"):
        shop.control.fail("getItem", kind="duplicate-callback")
    assert not shop.faults


def test_a_callback_is_never_hit_by_a_fault_of_requests():
    faults = Faults()
    for kind in set(KINDS) - {"duplicate-callback", "status", "delay"}:
        faults.add(Fault(kind=kind))
    assert faults.take("item_order_placed", of_callback=True) is None
    faults.add(Fault(kind="duplicate-callback"))
    assert faults.take("item_order_placed", of_callback=True).kind == "duplicate-callback"
    assert faults.take("getItem").kind != "duplicate-callback"


@pytest.mark.parametrize("name", ["kws", "kongregate"])
@pytest.mark.parametrize("status", [400, 401, 413, 415, 418, 427, 429, 500, 503, 599])
def test_an_outage_has_the_status_that_was_chosen(name, status):
    with load(name) as mock:
        mock.control.fail(status=status, retry_after=3)
        operation = mock.operations[0]
        path = operation.bases[0] + operation.path.format(
            **{each.name: "1" for each in operation.parameters if each.location == "path"}
        )
        response = mock.handle(Request(operation.method, path))
    assert (response.status, dict(response.headers)["retry-after"]) == (status, "3")
    assert response.body


@pytest.mark.parametrize("kind", ["wrong-type", "missing-field", "truncated", "malformed"])
def test_a_response_without_a_body_gets_a_broken_one(shop, http, kind):
    with shop.control.fail("deleteItem", kind=kind):
        response = http.delete("/items/1", headers={"Authorization": "Bearer writer"})
    assert (response.status_code, response.content) == (200, b"{")


@pytest.mark.parametrize("kind", ["wrong-type", "missing-field"])
def test_a_client_always_notices_a_spoiled_value(kind):
    for seed in range(20):
        with (
            load("kws", settings=Settings(random=Random(seed))) as mock,
            mock.control.fail("getProfile", kind=kind),
            kws_client(mock) as session,
            pytest.raises(DecodeError),
        ):
            session.users.get_profile(user_id=5073)


def test_faults_by_chance_repeat_with_the_mocks_random_numbers():
    def chosen():
        with load("kws", settings=Settings(random=Random(1))) as mock:
            mock.control.fail(status=503, probability=0.5)
            return [mock.handle(Request("GET", "/v1/nothing")).status for _ in range(3)] + [
                mock.faults.take("getScore") is not None for _ in range(50)
            ]

    assert chosen() == chosen()
    assert len(set(chosen()[3:])) == 2


def test_what_has_no_effect_is_refused(shop):
    for wrong in (
        {"kind": "delay", "delay": 1.0, "status": 500},
        {"kind": "drip", "retry_after": 7},
        {"kind": "reset", "status": 503},
    ):
        with pytest.raises(FaultError, match="goes with the kinds status and html"):
            shop.control.fail(**wrong)
    with shop.control.fail("getItem", kind="html", retry_after=7):
        assert shop.faults
