"""What a test does to a mock happens as it is documented, and in process just as over HTTP."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import SimpleNamespace

import httpx
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mock_control_client import Api, Client, errors
from openapi_fuzz import Document
from openapi_fuzz.requests.judging import Formats
from openapi_fuzz.requests.raw import RawResponse
from openapi_mock import MovableClock, Settings, load, transport
from openapi_mock.control.api import control_mock
from openapi_mock.control.faults import FaultError
from openapi_mock.control.names import UnknownOperationError

SPEC = Path(__file__).parents[2] / "openapi" / "kongregate.yaml"
NOW_MS = 1_767_225_600_000
KEY = "made-up-api-key"
CALLS = {
    "listItems": ("GET", "/api/items.json", {"api_key": KEY}),
    "getUserInfo": ("GET", "/api/user_info.json", {"username": "Robin"}),
    "saveGuild": (
        "POST",
        "/api/guilds.json",
        {"api_key": KEY, "guild_identifier": "square-table", "guild_name": "Square"},
    ),
}
BEFORE = ("status", "reset")
KINDS = ("status", "delay", "reset", "lost-response", "cut", "drip", "truncated", "malformed", "html")
KINDS = (*KINDS, "wrong-type", "missing-field")
FAULTS = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS)},
    optional={
        "operation": st.sampled_from([*CALLS]),
        "times": st.integers(1, 3),
        "delay": st.integers(1, 3600),
        "retry_after": st.integers(0, 99),
        "status": st.integers(400, 599),
    },
)
WRONG_FAULTS = st.sampled_from(
    [
        ({"kind": "status"}, "needs a status"),
        ({"kind": "status", "status": 399}, "400"),
        ({"kind": "html", "status": 600}, "599"),
        ({"kind": "delay"}, "needs a delay"),
        ({"kind": "delay", "delay": 3601}, "3600"),
        ({"kind": "cut", "delay": -1}, "from 0 to 3600"),
        ({"kind": "cut", "status": 500}, "status goes with"),
        ({"kind": "cut", "retry_after": 1}, "retry_after goes with"),
        ({"kind": "html", "retry_after": -1}, "0"),
        ({"kind": "cut", "times": 0}, "1"),
        ({"kind": "cut", "probability": 1.5}, "1"),
        ({"kind": "cut", "operation": "listItem"}, "did you mean 'listItems'"),
        ({"kind": "cut", "operation": "item_order_placed"}, "duplicate-callback"),
        ({"kind": "duplicate-callback", "operation": "listItems"}, "no callback"),
    ]
)
INSTANTS = st.integers(0, 253402300799999)


class Pair:
    """Two equal mocks: one is controlled in process, the other over HTTP."""

    def __init__(self) -> None:
        self.mocks = [
            load(SPEC, settings=Settings(clock=MovableClock(lambda: NOW_MS), random=Random(0)))
            for _ in range(2)
        ]
        self.control = self.mocks[0].control
        self.api = Api(
            Client(
                "http://mock.example/_mock",
                httpx_args={"transport": control_mock(self.mocks[1]).transport()},
            )
        )
        self.http = [
            httpx.Client(transport=each.transport(), base_url="http://mock.example") for each in self.mocks
        ]

    def begin(self) -> None:
        for each in self.mocks:
            each.control.reset()
            each.random.seed(0)

    def close(self) -> None:
        self.api.close()
        for each in (*self.http, *self.mocks):
            each.close()


@pytest.fixture(scope="module")
def pair():
    made = Pair()
    yield made
    made.close()


@pytest.fixture
def waits(monkeypatch):
    """How long responses were held back, for which no test waits."""
    found: list[float] = []
    # For that module alone: whoever else sleeps in this process has to.
    monkeypatch.setattr(transport, "time", SimpleNamespace(**{**vars(time), "sleep": found.append}))
    return found


FORMATS = Formats(Document(SPEC))


def machine(pair, waits):
    responses = {}
    pair.begin()
    for name, (method, path, values) in CALLS.items():
        place = "params" if method == "GET" else "data"
        responses[name] = pair.http[0].request(method, path, **{place: values})
        assert responses[name].json()["success"] is True

    class Control(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            pair.begin()
            self.faults, self.journal, self.snapshots = [], [], []
            self.number = None
            self.clock_ms, self.stopped = NOW_MS, False

        # ---- faults

        @rule(fault=FAULTS)
        def add(self, fault):
            if fault["kind"] not in {"status", "html"}:
                fault = {name: fault[name] for name in fault.keys() - {"status", "retry_after"}}
            elif fault["kind"] == "status":
                fault = {"status": 503, **fault}
            if fault["kind"] == "delay":
                fault = {"delay": 1, **fault}
            active = pair.control.fail(**fault)
            added = pair.api.faults.add_fault(**fault)
            assert added.to_dict() == {"probability": 1, **fault, "id": added.id}
            self.faults.append([dict(fault), active.fault.id, added.id])

        @rule(wrong=WRONG_FAULTS)
        def add_wrong(self, wrong):
            fault, why = wrong
            with pytest.raises((FaultError, UnknownOperationError)) as in_process:
                pair.control.fail(**fault)
            with pytest.raises(errors.BadRequest) as refused:
                pair.api.faults.add_fault(**fault)
            assert why in str(in_process.value)
            assert refused.value.status == 400

        @precondition(lambda self: self.faults)
        @rule(data=st.data())
        def remove(self, data):
            place = data.draw(st.integers(0, len(self.faults) - 1))
            _, own, over_http = self.faults.pop(place)
            assert pair.control.faults.remove(own)
            assert not pair.control.faults.remove(own)
            pair.api.faults.remove_fault(id=over_http)
            with pytest.raises(errors.NotFound, match=f"no fault {over_http}"):
                pair.api.faults.remove_fault(id=over_http)

        @rule()
        def clear(self):
            pair.control.faults.clear()
            pair.api.faults.clear_faults()
            self.faults.clear()

        # ---- calls

        def take(self, name):
            """Count the fault that has to happen, and return it: the newest that fits."""
            for place, (fault, *_) in reversed([*enumerate(self.faults)]):
                if fault.get("operation") in (None, name):
                    if fault.get("times") == 1:
                        del self.faults[place]
                    elif "times" in fault:
                        fault["times"] -= 1
                    return {**fault}
            return None

        @rule(name=st.sampled_from([*CALLS]), mark=st.integers(0, 3))
        def call(self, name, mark):
            fault = self.take(name)
            method, path, values = CALLS[name]
            values = {**values, "mark": str(mark)}
            for http in pair.http:
                waits.clear()
                response = error = None
                place = "params" if method == "GET" else "data"
                try:
                    with http.stream(method, path, timeout=None, **{place: values}) as response:
                        response.read()
                except httpx.TransportError as raised:
                    error = raised
                self.check(fault, responses[name], response, error, [*waits])
            status = 200
            if fault and fault["kind"] in {"status", "html"}:
                status = fault.get("status", 502)
            elif fault and fault["kind"] == "reset":
                # Nothing is handled then, and nothing sent: the status that a fault has by default.
                status = 503
            self.journal.append((name, status, fault and fault["kind"], values, self.clock_ms))

        def check(self, fault, usual, response, error, waited):
            kind = fault and fault["kind"]
            delay = (fault or {}).get("delay", 0)
            # Only what takes time is waited for.
            waited = [each for each in waited if each]
            assert waited[:1] == [delay] or not delay
            if kind in {"reset", "lost-response"}:
                assert isinstance(error, httpx.ReadError)
                return
            if kind == "cut":
                assert isinstance(error, httpx.RemoteProtocolError)
                return
            assert error is None
            if kind in {None, "delay", "drip"}:
                assert (response.status_code, response.content) == (200, usual.content)
                drips = [0.02] * len(usual.content) if kind == "drip" else []
                assert waited == ([delay] if delay else []) + drips
                return
            if kind in {"status", "html"}:
                assert response.status_code == fault.get("status", 502)
                assert response.headers.get("retry-after") == (
                    str(fault["retry_after"]) if "retry_after" in fault else None
                )
                is_page = response.headers["content-type"].startswith("text/html")
                assert is_page == (kind == "html")
                assert is_page or response.json()["success"] is False
                return
            self.check_distorted(kind, usual, response)

        @staticmethod
        def check_distorted(kind, usual, response):
            assert response.headers["content-type"] == usual.headers["content-type"]
            if kind == "truncated":
                assert response.content == usual.content[: len(usual.content) // 2]
            elif kind == "malformed":
                with pytest.raises(ValueError, match=r"Expecting|delimiter|property"):
                    json.loads(response.content)
            else:
                count = differences(usual.json(), response.json())
                assert count == 1, f"{kind}: {count} values differ"
                if "listItems" not in str(usual.url):
                    return
                with pytest.raises(AssertionError):
                    FORMATS.check_response_format(RawResponse.of(response))

        # ---- requests

        @rule(
            name=st.sampled_from([None, *CALLS]),
            status=st.sampled_from([None, 200, 503]),
            times=st.none() | st.integers(0, 4),
            mark=st.sampled_from([None, "0", "1"]),
        )
        def verify(self, name, status, times, mark):
            place = "form" if name == "saveGuild" else "query"
            wanted = {"status": status, place: None if mark is None else {"mark": mark}}
            wanted = {key: value for key, value in wanted.items() if value is not None}
            count = sum(
                name in (None, each)
                and status in (None, found)
                and (mark is None or (values["mark"] == mark and (each == "saveGuild") == (place == "form")))
                for each, found, _, values, _ in self.journal
            )
            is_so = count > 0 if times is None else count == times
            assert len(pair.control.requests.matching(name, **wanted)) == count
            with contextlib.nullcontext() if is_so else pytest.raises(AssertionError, match=f"{count} times"):
                assert len(pair.control.requests.assert_called(name, times=times, **wanted)) == count
            if name is not None and "mark" not in str(wanted) and status is None:
                with (
                    contextlib.nullcontext()
                    if not count
                    else pytest.raises(AssertionError, match="not to be")
                ):
                    pair.control.requests.assert_not_called(name)
            given = {"operation": name, "times": times, **wanted}
            given = {key: value for key, value in given.items() if value is not None}
            told = pair.api.requests.verify_requests(**given)
            assert (told.ok, told.count) == (is_so, count)
            assert isinstance(told.message, str) != is_so

        @rule(
            name=st.none() | st.sampled_from([*CALLS]),
            limit=st.integers(1, 4),
            after=st.none() | st.integers(0, 9),
        )
        def list_requests(self, name, limit, after):
            # Numbers go on when requests are forgotten.
            first = pair.mocks[1].journal[0].number if self.journal else 1
            numbered = [(first + place, *each) for place, each in enumerate(self.journal)]
            found = [each for each in numbered if name in (None, each[1])]
            if after is not None:
                wanted = [each for each in found if each[0] > first + after][:limit]
            else:
                wanted = [*reversed(found[-limit:])]
            given = {"limit": limit, "operation": name, "after": None if after is None else first + after}
            given = {key: value for key, value in given.items() if value is not None}
            shown = [each.to_dict() for each in pair.api.requests.list_requests(**given).requests]
            assert [
                (each["number"], each["operation"], each["status"], each.get("fault")) for each in shown
            ] == [each[:4] for each in wanted]
            assert KEY not in json.dumps(shown)
            for each, (*_, values, came_ms) in zip(shown, wanted, strict=True):
                assert each["time"] == came_ms
                sent = each["body"] if each["method"] == "POST" else each["query"]
                assert sent == {**values, **({"api_key": "***"} if "api_key" in values else {})}

        @rule()
        def forget(self):
            pair.control.requests.clear()
            pair.api.requests.clear_requests()
            self.journal.clear()

        # ---- clock

        @rule(instant=INSTANTS)
        def set_clock(self, instant):
            pair.control.clock.set(datetime.fromtimestamp(instant / 1000, UTC))
            assert pair.api.clock.set_clock(time=instant).time == instant
            self.clock_ms = instant

        @rule(seconds=st.integers(-(10**10), 10**10))
        def advance(self, seconds):
            moved = self.clock_ms + 1000 * seconds
            if not -62135596800000 <= moved <= 253402300799999 or abs(seconds) > 3153600000:
                with pytest.raises(errors.BadRequest):
                    pair.api.clock.advance_clock(seconds=seconds)
                return
            pair.control.clock.advance(seconds=seconds)
            assert pair.api.clock.advance_clock(seconds=seconds).time == moved
            self.clock_ms = moved

        @rule(stopped=st.booleans())
        def stop(self, stopped):
            (pair.control.clock.stop if stopped else pair.control.clock.start)()
            assert pair.api.clock.set_clock(stopped=stopped).stopped is stopped
            self.stopped = stopped

        @rule()
        def reset_clock(self):
            pair.control.clock.reset()
            assert pair.api.clock.reset_clock().time == NOW_MS
            self.clock_ms, self.stopped = NOW_MS, False

        # ---- state

        @rule()
        def take_snapshot(self):
            self.snapshots.append(
                (pair.control.snapshot(), pair.api.state.take_snapshot().id, pair.control.export())
            )

        @precondition(lambda self: self.snapshots)
        @rule(data=st.data(), drops=st.booleans())
        def restore(self, data, drops):
            place = data.draw(st.integers(0, len(self.snapshots) - 1))
            taken, number, state = self.snapshots[place]
            pair.control.restore(taken)
            pair.api.state.restore_snapshot(id=number)
            assert pair.control.export() == state
            if drops:
                del self.snapshots[place]
                pair.api.state.drop_snapshot(id=number)
                for refused in (pair.api.state.drop_snapshot, pair.api.state.restore_snapshot):
                    with pytest.raises(errors.NotFound, match=f"no snapshot {number}"):
                        refused(id=number)

        @rule()
        def load_what_was_exported(self):
            before = pair.control.export()
            pair.control.load(json.loads(json.dumps(before)))
            pair.api.state.import_state(tables=pair.api.state.export_state().tables)
            assert pair.control.export() == before

        @rule()
        def reset(self):
            pair.control.reset()
            pair.api.state.reset()
            self.faults.clear()
            self.journal.clear()
            self.clock_ms, self.stopped = NOW_MS, False

        @invariant()
        def both_ways_agree_with_the_model(self):
            listed = [each.to_dict() for each in pair.api.faults.list_faults().faults]
            assert listed == [{"probability": 1, **fault, "id": number} for fault, _, number in self.faults]
            assert [(each.id, each.kind, each.times) for each in pair.control.faults] == [
                (number, fault["kind"], fault.get("times")) for fault, number, _ in self.faults
            ]
            found = pair.api.clock.get_clock()
            assert (found.time, found.stopped) == (self.clock_ms, self.stopped)
            assert (pair.control.clock(), pair.control.clock.is_stopped) == (self.clock_ms, self.stopped)
            assert [(each.operation_id, each.status, each.fault) for each in pair.control.requests] == [
                each[:3] for each in self.journal
            ]

        def teardown(self):
            assert pair.mocks[0].control.export() == pair.mocks[1].control.export()
            for _, number, _ in self.snapshots:
                pair.api.state.drop_snapshot(id=number)

    return Control


def differences(usual, found):
    """How many values are missing, or of another type."""
    if isinstance(usual, dict) and isinstance(found, dict) and usual.keys() >= found.keys():
        return len(usual.keys() - found.keys()) + sum(differences(usual[name], found[name]) for name in found)
    if isinstance(usual, list) and isinstance(found, list) and len(usual) == len(found):
        return sum(map(differences, usual, found))
    return 0 if usual == found else 1


def test_control_does_what_is_documented_in_process_and_over_http(pair, waits, properties):
    properties.run(machine(pair, waits), steps=25, share=0.5)


@pytest.mark.parametrize("kind", [*BEFORE, "lost-response", "cut"])
def test_a_fault_before_handling_has_no_effect_and_any_other_has_it(pair, kind):
    pair.begin()
    before = pair.control.export()
    method, path, values = CALLS["saveGuild"]
    status = 503 if kind == "status" else None
    with pair.control.fail("saveGuild", kind=kind, status=status), contextlib.suppress(httpx.TransportError):
        pair.http[0].request(method, path, data=values)
    assert (pair.control.export() == before) == (kind in BEFORE)
    assert not pair.control.faults


def test_a_fault_is_added_with_all_that_is_documented_of_it(pair):
    pair.begin()
    fault = {
        "kind": "status",
        "operation": "listItems",
        "status": 503,
        "retry_after": 7,
        "delay": 1,
        "times": 2,
    }
    added = pair.api.faults.add_fault(**fault, probability=0.5)
    assert added.to_dict() == {**fault, "probability": 0.5, "id": added.id}
    assert [each.to_dict() for each in pair.api.faults.list_faults().faults] == [added.to_dict()]


def test_a_clock_is_set_moved_stopped_and_set_back(pair):
    pair.begin()
    clock = pair.api.clock
    assert clock.set_clock(time=NOW_MS + 5).time == NOW_MS + 5
    assert clock.advance_clock(seconds=2).time == NOW_MS + 2005
    assert clock.set_clock(stopped=True).stopped
    reset = clock.reset_clock()
    assert (reset.time, reset.stopped) == (NOW_MS, False)


def test_what_is_expected_of_requests_is_so_or_not(pair):
    pair.begin()
    method, path, values = CALLS["saveGuild"]
    pair.http[1].request(method, path, data=values)
    wanted = {"operation": "saveGuild"}
    assert pair.api.requests.verify_requests(**wanted).to_dict() == {"ok": True, "count": 1}
    told = pair.api.requests.verify_requests(**wanted, times=2)
    assert (told.ok, told.count) == (False, 1)
    assert "1 times" in told.message


def test_a_callback_that_is_sent_twice_has_a_kind_of_its_own(pair):
    pair.begin()
    with pair.control.fail("item_order_placed", kind="duplicate-callback") as active:
        assert (active.fault.kind, active.fault.operation) == ("duplicate-callback", "item_order_placed")
    with pytest.raises(UnknownOperationError, match=r"no callback .*did you mean 'item_order_placed'"):
        pair.control.fail("item_order_place", kind="duplicate-callback")


def test_a_snapshot_is_taken_restored_and_dropped(pair):
    pair.begin()
    method, path, values = CALLS["saveGuild"]
    before = pair.mocks[1].control.export()
    number = pair.api.state.take_snapshot().id
    for _ in range(2):
        pair.http[1].request(method, path, data={**values, "guild_identifier": "made-up"})
        assert pair.mocks[1].control.export() != before
        pair.api.state.restore_snapshot(id=number)
        assert pair.mocks[1].control.export() == before
    pair.api.state.drop_snapshot(id=number)
    with pytest.raises(errors.NotFound, match=f"no snapshot {number}"):
        pair.api.state.restore_snapshot(id=number)


def test_a_request_is_listed_with_all_that_is_documented_of_it(pair):
    pair.begin()
    headers = {"accept": "text/html", "authorization": "made-up", "user-agent": "made-up"}
    query = {"weekly_page": "x", "game_auth_token": "made-up"}
    pair.http[1].get("/api/high_scores/weekly/31.json", params=query, headers=headers)
    (shown,) = (each.to_dict() for each in pair.api.requests.list_requests().requests)
    assert shown.pop("duration") > 0
    assert shown.pop("number") == pair.mocks[1].journal[0].number
    (violation,) = shown.pop("violations")
    assert (violation["in"], violation["at"], violation["keyword"]) == ("query", "weekly_page", "type")
    assert "integer" in violation["message"]
    assert shown == {
        "time": NOW_MS,
        "method": "GET",
        "path": "/api/high_scores/{scope}/{statistic_id}.json",
        "operation": "getHighScores",
        "values": {"scope": "weekly", "statistic_id": "31"},
        "status": 200,
        "query": {"weekly_page": "x", "game_auth_token": "***"},
        "headers": {"host": "mock.example", "accept": "text/html", "user-agent": "made-up"},
        "body": None,
    }


def test_the_journal_keeps_to_its_limits(pair):
    pair.begin()
    for _ in range(1005):
        pair.http[0].get("/none")
    assert len(pair.control.requests) == 1000
    assert [each.number for each in pair.control.requests[-1:]] == [pair.control.requests.last.number]
    with pytest.raises(AssertionError, match="1000 of 1000"):
        pair.control.requests.assert_valid()
