"""Faults, clock, journal and log of a mock, by a table of what is documented of each."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest

from openapi_mock import Behaviour, Call, Mock, MovableClock, Request, Response, Settings, operation
from openapi_mock.behaviour import Credentials
from openapi_mock.clock import date_at, system_clock
from openapi_mock.control.api import control_mock
from openapi_mock.control.faults import ActiveFault, Fault, FaultError, Faults, spoil
from openapi_mock.control.journal import Journal
from openapi_mock.control.names import UnknownOperationError, check_name
from openapi_mock.messages import NO_BODY, Delivery, Violation
from openapi_mock.multipart import File, Part

from .one_operation import document_of

# ---- Which faults there can be

KINDS = (
    "status, delay, reset, lost-response, cut, drip, truncated, malformed, wrong-type, missing-field, html"
)
PAIRS = "goes with the kinds status and html"
IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"kind": "odd"}, f"kind is one of {KINDS}, duplicate-callback"),
    ({"kind": "status"}, "the kind status needs a status, such as 503"),
    ({"kind": "status", "status": 399}, "status is a number from 400 to 599"),
    ({"kind": "html", "status": 600}, "status is a number from 400 to 599"),
    ({"kind": "cut", "status": 500}, f"status {PAIRS}"),
    ({"kind": "cut", "retry_after": 0}, f"retry_after {PAIRS}"),
    ({"kind": "delay"}, "the kind delay needs a delay in seconds"),
    ({"kind": "cut", "delay": -0.1}, "delay is from 0 to 3600 seconds"),
    ({"kind": "cut", "delay": 3600.1}, "delay is from 0 to 3600 seconds"),
    ({"kind": "html", "retry_after": -1}, "retry_after is 0 seconds or more"),
    ({"kind": "cut", "times": 0}, "times is 1 or more, or None until it is removed"),
    ({"kind": "cut", "probability": 0}, "probability is more than 0, and at most 1"),
    ({"kind": "cut", "probability": 1.1}, "probability is more than 0, and at most 1"),
]
POSSIBLE: list[dict[str, Any]] = [
    {"kind": "status", "status": 400, "retry_after": 0},
    {"kind": "html", "status": 599, "retry_after": 9, "delay": 3600},
    {"kind": "delay", "delay": 0.1, "times": 1, "probability": 1},
    {"kind": "duplicate-callback", "operation": "it", "probability": 0.1},
]


@pytest.mark.parametrize(("fields", "advice"), IMPOSSIBLE)
def test_a_fault_that_cannot_be_says_what_is_possible(fields: dict[str, Any], advice: str) -> None:
    with pytest.raises(FaultError) as refused:
        Fault(**fields)
    assert str(refused.value) == advice


def test_a_fault_is_described_by_names() -> None:
    with pytest.raises(TypeError):
        Fault("cut")  # type: ignore[misc]


@pytest.mark.parametrize("fields", POSSIBLE)
def test_a_fault_at_its_limits_is_one(fields: dict[str, Any]) -> None:
    fault = Fault(**fields)
    assert {name: getattr(fault, name) for name in fields} == fields
    assert fault.is_before_handling == (fields["kind"] in {"status", "reset"})
    assert Fault(kind="reset").is_before_handling


def test_the_newest_fault_that_fits_happens_as_often_as_it_says() -> None:
    faults = Faults(random=Random(0))
    assert (bool(faults), faults.take("it")) == (False, None)
    always = faults.add(Fault(kind="reset", operation="it"))
    twice = faults.add(Fault(kind="cut", times=2))
    callback = faults.add(Fault(kind="duplicate-callback", times=1))
    assert ([each.id for each in faults], bool(faults)) == ([1, 2, 3], True)
    assert [faults.take("it"), faults.take("other")] == [twice, Fault(kind="cut", times=1, id=2)]
    assert [faults.take("it"), faults.take("other")] == [always, None]
    assert [faults.take("it", of_callback=True), faults.take("it", of_callback=True)] == [callback, None]
    assert [*faults] == [always]
    with ActiveFault(faults, Fault(kind="cut")) as active:
        assert (active.fault.id, repr(active)) == (4, f"<ActiveFault {active.fault}>")
        assert faults.take("it") is active.fault
    assert [*faults] == [always]
    assert (faults.remove(4), faults.remove(1), faults.remove(1)) == (False, True, False)
    active = ActiveFault(faults, Fault(kind="cut", probability=0.25))
    happened = sum(faults.take("it") is not None for _ in range(1000))
    assert 150 < happened < 350
    faults.clear()
    active.remove()
    assert not faults


# ---- What they make of a response

JSON = Response(201, {"a": 1, "b": [{"c": "x"}]}, {"x-a": "1"})
TEXT = Response(200, "word", media_type="text/plain")
GONE = Response(204)
PAGE = "<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>"
UNEXPECTED = {"unexpected": True}
SPOILT: list[tuple[Response, dict[str, Any], tuple[int, bytes, str | None], Delivery | None]] = [
    (JSON, {"kind": "reset"}, (201, JSON.content, "application/json"), Delivery(cut=-1)),
    (JSON, {"kind": "lost-response", "delay": 2}, (201, JSON.content, "application/json"), Delivery(2, -1)),
    (JSON, {"kind": "cut", "delay": 1}, (201, JSON.content, "application/json"), Delivery(1, 11)),
    (GONE, {"kind": "cut"}, (204, b"", None), Delivery(0, -1)),
    (JSON, {"kind": "drip", "delay": 1}, (201, JSON.content, "application/json"), Delivery(1, None, 0.02)),
    (JSON, {"kind": "delay", "delay": 1}, (201, JSON.content, "application/json"), Delivery(1)),
    (JSON, {"kind": "status", "status": 503}, (201, JSON.content, "application/json"), None),
    (JSON, {"kind": "html"}, (502, PAGE.encode(), "text/html; charset=utf-8"), None),
    (
        JSON,
        {"kind": "html", "status": 500, "delay": 1},
        (500, PAGE.encode(), "text/html; charset=utf-8"),
        Delivery(1),
    ),
    (JSON, {"kind": "truncated"}, (201, JSON.content[:11], "application/json"), None),
    (
        JSON,
        {"kind": "malformed", "delay": 3},
        (201, b"{" + JSON.content[:-1] + b",]", "application/json"),
        Delivery(3),
    ),
    (TEXT, {"kind": "malformed"}, (200, b"{wor,]", "text/plain"), None),
    (TEXT, {"kind": "truncated"}, (200, b"wo", "text/plain"), None),
    (TEXT, {"kind": "wrong-type"}, (200, b"{wor,]", "text/plain"), None),
    (TEXT, {"kind": "missing-field"}, (200, b"{wor,]", "text/plain"), None),
    *(
        (GONE, {"kind": kind}, (200, b"{", "application/json"), None)
        for kind in ("truncated", "malformed", "wrong-type", "missing-field")
    ),
    (Response(200, []), {"kind": "missing-field"}, (200, b"{}", "application/json"), None),
    (Response(200, [1]), {"kind": "missing-field"}, (200, b"{}", "application/json"), None),
    (Response(200, {}), {"kind": "wrong-type"}, (200, b'"unexpected"', "application/json"), None),
    (Response(200, 5), {"kind": "wrong-type"}, (200, b'{"unexpected":true}', "application/json"), None),
    (
        Response(200, {"a": 1}),
        {"kind": "wrong-type"},
        (200, b'{"a":{"unexpected":true}}', "application/json"),
        None,
    ),
    (Response(200, [{}]), {"kind": "wrong-type"}, (200, b'["unexpected"]', "application/json"), None),
    (Response(200, {"a": 1}), {"kind": "missing-field"}, (200, b"{}", "application/json"), None),
]


@pytest.mark.parametrize(("response", "fields", "wanted", "delivery"), SPOILT)
def test_a_response_is_spoilt_as_its_fault_says(
    response: Response, fields: dict[str, Any], wanted: Any, delivery: Any
) -> None:
    found = spoil(response, Fault(**fields), Random(0))
    headers = {name.decode(): value.decode() for name, value in found.encoded_headers}
    assert (found.status, found.content, headers.get("content-type")) == wanted
    assert found.delivery == delivery
    assert headers.get("x-a") == (response.headers.get("x-a") if fields["kind"] != "html" else None)


def test_a_page_of_a_proxy_says_when_to_try_again() -> None:
    found = spoil(JSON, Fault(kind="html", retry_after=7), Random(0))
    assert found.headers == {"retry-after": "7"}


def test_one_value_is_changed_so_that_the_body_is_not_as_documented() -> None:
    wrong = [
        {"a": UNEXPECTED, "b": [{"c": "x"}]},
        {"a": 1, "b": UNEXPECTED},
        {"a": 1, "b": ["unexpected"]},
        {"a": 1, "b": [{"c": UNEXPECTED}]},
    ]
    missing = [{"b": [{"c": "x"}]}, {"a": 1}, {"a": 1, "b": [{}]}]
    for kind, wanted in (("wrong-type", wrong), ("missing-field", missing)):
        fault = Fault(kind=kind)
        found = [spoil(JSON, fault, Random(seed)).body for seed in range(40)]
        assert {json.dumps(each) for each in found} == {json.dumps(each) for each in wanted}
        for body in wanted:
            only = [
                spoil(JSON, fault, Random(seed), lambda each, body=body: each.body != body).body
                for seed in range(9)
            ]
            assert only == [body] * 9
    many = Response(200, {f"n{number}": number for number in range(200)})
    tried: list[Any] = []
    spoil(many, Fault(kind="wrong-type"), Random(0), lambda each: [*map(tried.append, [each])] == [None])
    assert len(tried) == 50


# ---- Faults of a mock


class Counting(Behaviour):
    """Counts its calls."""

    settings = None
    count = 0

    @operation("it")
    def answer(self, call: Call) -> Any:
        self.count += 1
        return {"count": self.count}


DOCUMENT = document_of({"responses": {"200": {"content": {"application/json": {}}}}})
POST = Request("POST", "/")


def test_a_mock_fails_as_it_is_told() -> None:
    behaviour = Counting()
    with Mock(DOCUMENT, behaviour) as mock:
        control = mock.control
        with control.fail("it", status=503, retry_after=3, delay=0.5):
            refused = mock.handle(POST)
        assert (refused.status, refused.body["error"], refused.headers) == (
            503,
            "fault",
            {"retry-after": "3"},
        )
        assert refused.body["message"] == "the service is not available now"
        assert (refused.delivery, behaviour.count) == (Delivery(0.5), 0)
        assert control.fail(delay=1).fault.kind == "delay"
        assert mock.handle(POST).delivery == Delivery(1)
        control.faults.clear()
        with control.fail("it", kind="reset"):
            lost = mock.handle(POST)
        assert (lost.status, lost.headers, lost.delivery, behaviour.count) == (503, {}, Delivery(cut=-1), 1)
        with control.fail(kind="truncated", times=1):
            assert mock.handle(POST).content == b'{"cou'
            assert not control.faults
        assert [each.fault for each in mock.journal] == ["status", "delay", "reset", "truncated"]
        assert mock.handle(Request("POST", "/none")).status == 404
        last = mock.journal.last
        assert (last.path, last.operation_id, last.kind, last.fault) == ("", "", "route-not-found", None)
        with pytest.raises(UnknownOperationError, match="there is no operation 'its'; did you mean 'it'"):
            control.fail("its", kind="cut")
        for kind in ("cut", "duplicate-callback"):
            with pytest.raises(UnknownOperationError):
                control.fail("far away", kind=kind)
        control.reset()
        assert (len(mock.journal), [*control.faults]) == (0, [])


def test_a_mock_changes_a_value_of_which_the_document_says_something() -> None:
    schema = {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer"}}}

    class Wide(Behaviour):
        @operation("it")
        def answer(self, call: Call) -> Any:
            return {"count": 1} | dict.fromkeys("abcdefgh", 1)

    document = document_of({"responses": {"200": {"content": {"application/json": {"schema": schema}}}}})
    with Mock(document, Wide()) as mock, mock.control.fail(kind="wrong-type"):
        assert mock.handle(POST).body["count"] == UNEXPECTED
        with mock.control.fail(kind="missing-field"):
            assert "count" not in mock.handle(POST).body


@pytest.mark.parametrize(
    ("name", "known", "told"),
    [
        ("its", ["it", "other"], "there is no thing 'its'; did you mean 'it'?"),
        ("far away", ["two", "one"], "there is no thing 'far away'; there are one, two"),
        ("it", [], "there is no thing 'it'; this API has none"),
        ("it", ["it"], None),
        (None, [], None),
    ],
)
def test_a_misspelt_name_is_told_with_the_nearest_one(name: Any, known: list[str], told: str | None) -> None:
    if told is None:
        check_name(name, known, "thing")
        return
    with pytest.raises(UnknownOperationError) as refused:
        check_name(name, known, "thing")
    assert str(refused.value) == told


# ---- Control over HTTP


def controlled(api: Mock[Any], method: str, path: str, body: Any = None) -> tuple[int, Any]:
    headers = {} if body is None else {"content-type": "application/json"}
    sent = b"" if body is None else json.dumps(body).encode()
    found = api.handle(Request(method, f"/_mock{path}", headers, sent))
    return found.status, None if found.body is NO_BODY else found.body


def test_the_control_of_a_mock_without_state_refuses_what_needs_one() -> None:
    with Mock(DOCUMENT) as mock, control_mock(mock) as api:
        stateless = (409, {"error": "stateless", "message": "this mock keeps no state"})
        assert controlled(api, "GET", "/state") == stateless
        assert controlled(api, "PUT", "/state", {"tables": {}}) == stateless
        assert controlled(api, "POST", "/seed", {}) == stateless
        assert controlled(api, "POST", "/snapshots") == stateless
        for method, what in (("DELETE", "snapshots"), ("POST", "snapshots"), ("DELETE", "faults")):
            path = f"/{what}/5" + ("/restore" if method == "POST" else "")
            message = f"there is no {what[:-1]} 5"
            assert controlled(api, method, path) == (404, {"error": "not-found", "message": message})
        assert controlled(api, "GET", "/actions") == (200, {"actions": []})
        status, refused = controlled(api, "POST", "/actions/odd", {})
        assert (status, refused["error"]) == (404, "not-found")
        assert refused["message"] == "there is no action of this name; there are: none"
        status, refused = controlled(api, "GET", "/requests?operation=its&limit=0")
        assert (status, refused["error"]) == (400, "invalid-request")
        assert refused["message"].startswith("the request is not valid: limit ")
        status, refused = controlled(api, "GET", "/requests?operation=its")
        assert (status, refused) == (
            400,
            {"error": "wrong", "message": "there is no operation 'its'; did you mean 'it'?"},
        )


# ---- Journal


def filled() -> Journal:
    journal = Journal(["one", "two"])
    form = {"content-type": "application/x-www-form-urlencoded"}
    journal.add(
        Request("GET", "/a/5?x=1&x=2&y=", {}),
        Response(200),
        time_ms=5,
        path="/a/{n}",
        operation_id="one",
        path_values={"n": "5"},
    )
    wrong = (Violation("query", ("x", 0), "type", "is not right"),)
    journal.add(
        Request("POST", "/b", {}, b'{"a": {"b": [1], "c": 2}}'),
        Response(400),
        time_ms=6,
        path="/b",
        operation_id="two",
        kind="invalid-request",
        violations=wrong,
        fault="cut",
    )
    journal.add(
        Request("POST", "/b", form, b"f=1&g=a+b"), Response(200), time_ms=7, path="/b", operation_id="two"
    )
    journal.add(Request("PUT", "/secret"), Response(404), time_ms=8, kind="route-not-found")
    return journal


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [1, 2, 3, 4]),
        ({"operation_id": "two"}, [2, 3]),
        ({"status": 200}, [1, 3]),
        ({"operation_id": "two", "status": 200}, [3]),
        ({"path": {"n": "5"}}, [1]),
        ({"path": {"n": 5}}, [1]),
        ({"path": {"n": "6"}}, []),
        ({"path": {}}, [1, 2, 3, 4]),
        ({"query": {"x": "2"}}, [1]),
        ({"query": {"x": 1}}, []),
        ({"query": {"y": ""}}, [1]),
        ({"form": {"f": 1}}, [3]),
        ({"form": {"g": "a b", "f": "1"}}, [3]),
        ({"json": {"a": {"c": 2}}}, [2]),
        ({"json": {"a": {"b": [1]}}}, [2]),
        ({"json": {"a": {"b": [1, 2]}}}, []),
        ({"json": {"a": {"d": None}}}, []),
        ({"json": {"a": {"b": {}}}}, []),
    ],
)
def test_requests_are_found_by_parts_of_them(wanted: dict[str, Any], numbers: list[int]) -> None:
    assert [each.number for each in filled().matching(**wanted)] == numbers


def test_a_journal_tells_what_it_received() -> None:
    journal = filled()
    assert [str(each) for each in journal] == [
        "one: GET /a/{n} 200",
        "two: POST /b 400 (fault: cut); query x.0: is not right",
        "two: POST /b 200",
        "no operation: PUT  404",
    ]
    assert [each.number for each in journal[1:3]] == [2, 3]
    assert (journal[0].number, journal.last.number, len(journal), len(journal.of("two"))) == (1, 4, 4, 2)
    assert (journal[1].json, journal[2].json, journal[0].query) == (
        {"a": {"b": [1], "c": 2}},
        None,
        {"x": "2", "y": ""},
    )
    assert [each.number for each in journal.assert_called("two", times=2)] == [2, 3]
    assert [each.number for each in journal.assert_called("one", path={"n": 5}, status=200)] == [1]
    received = "received: two (2), one (1), PUT (no operation) (1); statuses of"
    parts = "one was to be called at least once with path {'n': 6} with query {'x': '2'} with form {'f': 1}"
    once = "one was to be called at least once with status 500 with json {'a': 1}"
    for arguments, told in (
        (
            {"operation_id": "two", "times": 1},
            f"two was to be called 1 times, and was called 2 times; {received} two: 200 (1), 400 (1)",
        ),
        (
            {"operation_id": "one", "status": 500, "json": {"a": 1}},
            f"{once}, and was called 0 times; {received} one: 200 (1)",
        ),
        (
            {"operation_id": "one", "path": {"n": 6}, "query": {"x": "2"}, "form": {"f": 1}},
            f"{parts}, and was called 0 times; {received} one: 200 (1)",
        ),
    ):
        with pytest.raises(AssertionError) as failed:
            journal.assert_called(**arguments)
        assert str(failed.value) == told
    with pytest.raises(AssertionError, match=r"^two was not to be called; 2 requests came: two: POST /b 400"):
        journal.assert_not_called("two")
    with pytest.raises(AssertionError, match=r"^nothing was not to be called; 4 requests came: one: GET"):
        journal.assert_not_called()
    with pytest.raises(AssertionError) as failed:
        journal.assert_valid()
    assert str(failed.value) == "2 of 4 requests are not as documented:\n" + "\n".join(
        f"  {each}" for each in (journal[1], journal[3])
    )
    with pytest.raises(UnknownOperationError):
        journal.of("three")
    journal.clear()
    journal.assert_not_called()
    journal.assert_valid()
    with pytest.raises(AssertionError, match="no request was received"):
        _ = journal.last
    with pytest.raises(
        AssertionError,
        match=r"one was to be called at least once, and was called 0 times; no request was received$",
    ):
        journal.assert_called("one")


@pytest.mark.parametrize(
    "kind",
    [
        "route-not-found",
        "method-not-allowed",
        "payload-too-large",
        "unsupported-media-type",
        "malformed-body",
        "invalid-request",
    ],
)
def test_every_refusal_of_the_engine_is_a_request_not_as_documented(kind: str) -> None:
    journal = Journal()
    for each in [kind] * 12 + ["unauthenticated"]:
        journal.add(POST, Response(400), time_ms=0, kind=each)
    with pytest.raises(AssertionError, match="12 of 13 requests") as failed:
        journal.assert_valid()
    assert str(failed.value).count("\n") == 10


def test_a_journal_keeps_what_fits_in_it() -> None:
    journal = Journal(most_records=3, most_bytes=10)
    for size in (1, 2, 3, 4):
        journal.add(Request("POST", "/", {}, b"x" * size), Response(200), time_ms=0)
    assert [each.number for each in journal] == [2, 3, 4]
    journal.add(POST, Response(200, "x" * 2, media_type="text/plain"), time_ms=0)
    assert [each.number for each in journal] == [3, 4, 5]
    journal.add(POST, Response(200, "x" * 5, media_type="text/plain"), time_ms=0)
    assert [each.number for each in journal] == [5, 6]
    journal.clear()
    for _ in range(2):
        journal.add(Request("POST", "/", {}, b"x" * 5), Response(200), time_ms=0)
    assert len(journal) == 2
    form = {"content-type": "application/x-www-form-urlencoded"}
    journal.add(Request("POST", "/", form, b"a=\xff"), Response(200), time_ms=0)
    assert journal.last.form == {"a": "\ufffd"}
    many = Request("GET", "/?" + "&".join(f"a{number}=1" for number in range(1001)))
    journal.add(many, Response(200), time_ms=0)
    assert journal.last.query == {}


# ---- Clock


def test_a_clock_moves_only_as_it_is_told() -> None:
    now = [1_000_000]
    clock = MovableClock(lambda: now[0])
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    noon_ms = 1_767_268_800_000
    assert (clock(), clock.is_stopped) == (1_000_000, False)
    assert clock.set(noon.astimezone(timezone(timedelta(hours=2)))) == noon
    now[0] += 500
    assert (clock(), clock.now) == (noon_ms + 500, noon + timedelta(seconds=0.5))
    assert repr(clock) == "<MovableClock 2026-01-01T12:00:00.500000+00:00>"
    clock.stop()
    now[0] += 500
    assert (clock(), clock.is_stopped) == (noon_ms + 500, True)
    assert repr(clock).endswith(" (stopped)>")
    assert clock.advance(days=1, hours=1, minutes=1, seconds=-1) == noon + timedelta(1, 3659.5)
    assert clock() == noon_ms + 86_400_000 + 3_659_500
    for amounts, seconds in (
        ({"days": 0.5}, 43_200),
        ({"hours": 2}, 7_200),
        ({"minutes": 3}, 180),
        ({"seconds": 4}, 4),
        ({}, 0),
    ):
        clock.set(noon)
        assert clock.advance(**amounts) == noon + timedelta(seconds=seconds)
    clock.set(noon)
    clock.start()
    clock.start()
    now[0] += 500
    assert (clock(), clock.is_stopped) == (noon_ms + 500, False)
    clock.stop()
    clock.reset()
    assert (clock(), clock.is_stopped) == (1_001_500, False)
    with pytest.raises(ValueError, match=r"the time has no zone: use datetime\(…, tzinfo=UTC\)"):
        clock.set(datetime(2026, 1, 1))  # noqa: DTZ001
    assert [date_at(each).isoformat() for each in (0, -1, noon_ms)] == [
        "1970-01-01",
        "1969-12-31",
        "2026-01-01",
    ]
    assert abs(system_clock() - datetime.now(UTC).timestamp() * 1000) < 60_000


# ---- What is logged and shown


def test_a_log_tells_of_requests_without_their_values(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "openapi_mock")
    with Mock(DOCUMENT) as mock:
        for method, target, told in (
            ("POST", "/?made=up", "POST / it 200"),
            ("GET", "/made-up", "GET (no operation) - 404"),
            ("A" * 19, "/", f"{'A' * 19} (no operation) - 405"),
            ("A" * 20, "/", "(odd method) (no operation) - 405"),
            ("P-T", "/", "(odd method) (no operation) - 405"),
        ):
            mock.handle(Request(method, target))
            found = re.fullmatch(rf"{re.escape(told)} (\d+\.\d) ms", caplog.messages[-1])
            assert found, caplog.messages[-1]
            assert float(found[1]) < 900
            assert 0 < mock.journal.last.duration_ms < 900


def test_what_is_shown_of_things_holds_no_values() -> None:
    request = Request("POST", "/made-up", {"a": "made-up"}, b"made-up", "192.0.2.7")
    (it,) = Mock(
        document_of(
            {
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
                "requestBody": {"content": {"a/b": {}}},
                "responses": {"200": {"headers": {"x": {}}}},
            },
            method="get",
        )
    ).operations
    assert it.request_body
    parameter = (
        "Parameter(name='q', location='query', required=False, style='form', explode=True, "
        "media_type=None, may_be_empty=False)"
    )
    shown = [
        (request, "Request(method='POST', client_host='192.0.2.7')"),
        (Credentials("made-up", "me"), "Credentials(username='me')"),
        (File(b"made-up", "a"), "File(name='a', media_type='text/plain')"),
        (Part("n", None, "", b"made-up"), "Part(name='n', file_name=None, content_type='')"),
        (it.parameters[0], parameter),
        (it.request_body.content[0], "MediaType(name='a/b')"),
        (it.responses["200"].headers[0], "Header(name='x', required=False)"),
    ]
    for thing, told in shown:
        assert repr(thing) == told
    assert repr(it) == "Operation(id='it', method='GET', path='/', bases=('',), tags=(), summary='')"
    call = Call(it, {}, {}, {}, {}, NO_BODY, None, {}, request)
    assert repr(call) == f"Call(operation={it!r}, principal=None, principals={{}}, request={request!r})"
    assert repr(NO_BODY) == "NO_BODY"
    journal = filled()
    assert repr(journal[0]) == (
        "Record(number=1, time_ms=5, method='GET', path='/a/{n}', operation_id='one', status=200, "
        "duration_ms=0.0, kind='', violations=(), fault=None)"
    )


def test_a_body_has_a_mebibyte_at_most_unless_it_is_said() -> None:
    with Mock(DOCUMENT) as mock:
        assert mock.handle(Request("POST", "/", {}, b"x" * 2**20)).status == 200
        told = f"a body may have {2**20} bytes at most"
        assert mock.handle(Request("POST", "/", {}, b"x" * (2**20 + 1))).body["message"] == told


def test_settings_reach_the_mock() -> None:
    class Set(Behaviour):
        settings = Settings(clock=MovableClock(lambda: 7), random=Random(3))

    with Mock(DOCUMENT, Set()) as mock:
        assert (mock.clock(), mock.random, mock.faults.random) == (
            7,
            Set.settings.random,
            Set.settings.random,
        )
        assert mock.control.random is mock.random
        assert (mock.control.clock, mock.control.requests, mock.control.faults) == (
            mock.clock,
            mock.journal,
            mock.faults,
        )
        mock.handle(POST)
        assert mock.journal.last.time_ms == 7
