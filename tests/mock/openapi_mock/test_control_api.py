"""The control object over HTTP, through its generated client."""

import httpx
import pytest

from mock_control_client import Api, Client, errors
from openapi_mock.control.api import control_mock

READER = {"Authorization": "Bearer reader"}
BASE = "https://shop.example/_mock"


@pytest.fixture
def http(shop):
    with httpx.Client(
        transport=shop.transport(), base_url="http://shop.example/api", headers=READER
    ) as client:
        yield client


@pytest.fixture
def control(shop):
    with Api(Client(BASE, httpx_args={"transport": control_mock(shop).transport()})) as api:
        yield api


def test_faults_are_added_listed_and_removed(control, http):
    added = control.faults.add_fault(kind="status", status=503, operation="getItem", times=2)
    assert http.get("/items/1").status_code == 503
    assert [(each.id, each.times) for each in control.faults.list_faults().faults] == [(added.id, 1)]
    control.faults.remove_fault(id=added.id)
    assert http.get("/items/1").status_code == 200
    control.faults.add_fault(kind="status", status=500)
    control.faults.clear_faults()
    assert http.get("/items/1").status_code == 200
    with pytest.raises(errors.NotFound, match=f"there is no fault {added.id}"):
        control.faults.remove_fault(id=added.id)


def test_a_fault_that_cannot_be_says_why(control):
    with pytest.raises(errors.BadRequest, match="did you mean 'getItem'"):
        control.faults.add_fault(kind="status", status=503, operation="getItems")
    with pytest.raises(errors.BadRequest, match="needs a status"):
        control.faults.add_fault(kind="status")


def test_requests_are_listed_newest_first_without_secrets(control, http):
    http.get("/items", params={"limit": 0, "api_key": "made-up-key"})
    http.get("/items/1")
    newest, oldest = control.requests.list_requests().requests
    assert (newest.operation, newest.status, oldest.status) == ("getItem", 200, 400)
    assert [(each.in_, each.at, each.keyword) for each in oldest.violations] == [
        ("query", "limit", "minimum")
    ]
    assert oldest.query.additional_properties == {"limit": "0", "api_key": "***"}
    assert "authorization" not in oldest.headers.additional_properties
    assert len(control.requests.list_requests(after=1).requests) == 1
    assert len(control.requests.list_requests(status=400, operation="listItems", limit=1).requests) == 1
    control.requests.clear_requests()
    assert control.requests.list_requests().requests == []


def test_requests_are_verified(control, http):
    http.get("/items", params={"limit": 5})
    assert control.requests.verify_requests(operation="listItems", query={"limit": "5"}, times=1).ok
    missing = control.requests.verify_requests(operation="getItem")
    assert (missing.ok, missing.count) == (False, 0)
    assert "getItem was to be called at least once" in missing.message


def test_the_clock_is_moved_stopped_and_returned(control, shop):
    stopped = control.clock.set_clock(time=1_750_000_000_000, stopped=True)
    assert (stopped.time, stopped.stopped) == (1_750_000_000_000, True)
    assert control.clock.advance_clock(seconds=0.5).time == 1_750_000_000_500
    assert shop.clock() == control.clock.get_clock().time == 1_750_000_000_500
    assert control.clock.set_clock(stopped=False).stopped is False
    assert control.clock.reset_clock().time > 1_750_000_000_500
    control.clock.set_clock(time=253_402_300_799_000)
    with pytest.raises(errors.BadRequest, match="beyond the years"):
        control.clock.advance_clock(seconds=3_153_600_000)


def test_without_a_state_there_is_nothing_to_export_or_to_return_to(control):
    for call in (control.state.export_state, control.state.take_snapshot):
        with pytest.raises(errors.Conflict, match="keeps no state"):
            call()
    control.state.reset()


def test_an_action_that_is_not_there_is_named(control):
    assert control.actions.list_actions().actions == []
    with pytest.raises(errors.NotFound, match="there are: none"):
        control.actions.run_action(name="add_user", arguments={})
