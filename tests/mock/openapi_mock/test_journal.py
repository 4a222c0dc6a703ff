"""The journal of requests, and its helpers for tests."""

import httpx
import pytest

from openapi_mock import MockTransport, Request
from openapi_mock.control.journal import Journal

READER = {"Authorization": "Bearer reader"}
WRITER = {"Authorization": "Bearer writer"}


@pytest.fixture
def http(shop):
    with httpx.Client(
        transport=MockTransport(shop), base_url="http://shop.example/api", headers=READER
    ) as client:
        yield client


@pytest.fixture
def requests(shop):
    return shop.control.requests


def test_each_request_is_recorded_with_its_response(http, requests, shop):
    shop.clock.stop()
    http.get("/items", params={"limit": 5, "tags": "a,b"})
    http.post("/items", json={"name": "rug"}, headers=WRITER)
    listed, added = requests
    assert (listed.number, listed.method, listed.path, listed.operation_id) == (
        1,
        "GET",
        "/items",
        "listItems",
    )
    assert (listed.status, listed.query, listed.time_ms) == (200, {"limit": "5", "tags": "a,b"}, shop.clock())
    assert (added.number, added.status, added.json) == (2, 201, {"name": "rug"})
    assert requests.last is added
    assert requests[0] is listed
    assert requests[:1] == [listed]
    assert requests.of("addItem") == [added]


def test_what_is_wrong_with_a_request_is_recorded(http, requests):
    http.get("/items", params={"limit": 0})
    http.get("/nowhere")
    wrong, unknown = requests
    assert [each.path for each in wrong.violations] == ["limit"]
    assert str(wrong).startswith("listItems: GET /items 400; query limit: ")
    assert (unknown.operation_id, unknown.path, unknown.status) == ("", "", 404)
    with pytest.raises(AssertionError, match=r"2 of 2 requests are not as documented:\n  listItems"):
        requests.assert_valid()


def test_forms_are_read_by_name(http, requests):
    http.post("/items", data={"name": "rug", "price": "2.5"}, headers=WRITER)
    assert requests.last.form == {"name": "rug", "price": "2.5"}
    assert requests.last.json is None
    requests.assert_called("addItem", form={"price": 2.5})


def test_calls_are_asserted_by_operation_number_and_content(http, requests):
    requests.assert_not_called()
    http.get("/items")
    http.post("/items", json={"name": "rug", "price": 2.5}, headers=WRITER)
    assert len(requests.assert_called("listItems", times=1, status=200)) == 1
    requests.assert_called("addItem", json={"name": "rug"})
    requests.assert_not_called("getItem")
    requests.assert_valid()
    with pytest.raises(
        AssertionError, match="getItem was to be called at least once, and was called 0 times"
    ):
        requests.assert_called("getItem")
    with pytest.raises(AssertionError, match=r"received: listItems \(1\), addItem \(1\)"):
        requests.assert_called("addItem", times=2)
    with pytest.raises(AssertionError, match=r"with json {'name': 'mat'}"):
        requests.assert_called("addItem", json={"name": "mat"})
    with pytest.raises(AssertionError, match="was not to be called"):
        requests.assert_not_called("addItem")


def test_without_requests_the_last_one_is_missing(requests):
    with pytest.raises(AssertionError, match="no request was received"):
        _ = requests.last


def test_no_secret_is_in_the_repr(http, requests):
    http.get("/items/1?key=made-up-key")
    assert "made-up-key" not in repr(requests.last)
    assert "reader" not in repr(requests.last) + str(requests.last)


def test_the_journal_forgets_the_oldest_beyond_its_limits(shop):
    def send(journal, times, size):
        request = Request("POST", "/x", body=b"x" * size)
        response = shop.handle(Request("GET", "/nowhere"))
        for _ in range(times):
            journal.add(
                request,
                response,
                time_ms=0,
                duration_ms=0.0,
                path="",
                operation_id="",
                path_values={},
                kind="",
                violations=(),
                fault=None,
            )

    few = Journal(most_records=3)
    send(few, 5, 1)
    assert [each.number for each in few] == [3, 4, 5]
    small = Journal(most_bytes=10_000)
    send(small, 50, 1000)
    assert 5 < len(small) < 10
    assert small.last.number == 50
    small.clear()
    send(small, 5, 1000)
    assert len(small) == 5
