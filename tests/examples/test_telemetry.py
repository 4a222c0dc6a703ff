"""The example with OpenTelemetry: one span for each attempt, sync and async."""

from __future__ import annotations

import importlib
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

import kws
from kws import KWS, AsyncKWS
from openapi_mock import MockTransport, load

EXAMPLES = Path(__file__).parents[2] / "examples"
DELAY_S = 0.02


class Unsteady(httpx.BaseTransport):
    """Leads to the mock, after what was planned for the first calls that are no token calls."""

    def __init__(self, mock, *planned):
        self._mock = MockTransport(mock)
        self._planned = [*planned]

    def handle_request(self, request):
        time.sleep(DELAY_S)
        if self._planned and request.extensions["operation"].id != "issueToken":
            planned = self._planned.pop(0)
            if isinstance(planned, Exception):
                raise planned
            return planned
        return self._mock.handle_request(request)


@pytest.fixture
def telemetry(monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES))
    return importlib.import_module("telemetry")


@pytest.fixture
def exporter():
    return InMemorySpanExporter()


@pytest.fixture
def tracer(exporter):
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    yield provider.get_tracer("test")
    provider.shutdown()


@pytest.fixture
def mock():
    mock = load("kws")
    yield mock
    mock.behaviour.close()


@pytest.fixture
def settings(telemetry, tracer, mock):
    return {
        "base_url": "https://kws.example",
        "client_id": "example-client",
        "client_secret": "made-up-secret",
        "httpx_args": {"transport": MockTransport(mock)},
        "on_attempt": telemetry.record_spans(tracer),
    }


def through(settings, transport):
    return {**settings, "httpx_args": {"transport": transport}}


def test_each_attempt_is_a_span(settings, tracer, exporter, mock, monkeypatch):
    monkeypatch.setattr("openapi_runtime.retries.backoff", lambda _: 0.0)
    unsteady = Unsteady(mock, httpx.ReadTimeout("late"), httpx.Response(503))
    with KWS(**through(settings, unsteady)) as session, tracer.start_as_current_span("game") as game:
        session.apps.get_leaderboard()
    spans = exporter.get_finished_spans()
    assert [(each.name, dict(each.attributes)) for each in spans[:-1]] == [
        ("issueToken", {"http.request.method": "POST", "http.response.status_code": 200}),
        ("getLeaderboard", {"http.request.method": "GET", "error.type": "ReadTimeout"}),
        (
            "getLeaderboard",
            {
                "http.request.method": "GET",
                "http.response.status_code": 503,
                "http.request.resend_count": 1,
                "error.type": "503",
            },
        ),
        (
            "getLeaderboard",
            {"http.request.method": "GET", "http.response.status_code": 200, "http.request.resend_count": 2},
        ),
    ]
    unset, failed = StatusCode.UNSET, StatusCode.ERROR
    assert [each.status.status_code for each in spans[:-1]] == [unset, failed, failed, unset]
    assert {each.kind for each in spans[:-1]} == {SpanKind.CLIENT}
    assert {each.parent.span_id for each in spans[:-1]} == {game.get_span_context().span_id}


def test_a_span_lasts_as_long_as_its_attempt(settings, exporter, mock):
    with KWS(**through(settings, Unsteady(mock))) as session:
        began = time.time_ns()
        session.apps.get_leaderboard()
        ended = time.time_ns()
    token, call = exporter.get_finished_spans()
    assert began <= token.start_time
    assert token.end_time <= call.start_time
    assert call.end_time <= ended
    assert all(each.end_time - each.start_time >= DELAY_S * 1e9 for each in (token, call))


def test_a_span_shows_neither_path_nor_secret(settings, exporter):
    with KWS(**settings) as session, suppress(kws.NotFound):
        session.users.trigger_event(user_id=5073, token="no-such-event")
    shown = "".join(each.to_json() for each in exporter.get_finished_spans())
    assert "triggerEvent" in shown
    assert not [each for each in ("5073", "no-such-event", "made-up-secret", "eyJ") if each in shown]


async def test_async_attempts_have_the_span_of_their_task_as_parent(settings, tracer, exporter):
    async with AsyncKWS(**settings) as session:
        await session.claims
        exporter.clear()
        with tracer.start_as_current_span("game") as game:
            await session.apps.get_leaderboard()
    call, _ = exporter.get_finished_spans()
    assert (call.name, call.parent.span_id) == ("getLeaderboard", game.get_span_context().span_id)


def test_the_example_prints_its_spans(telemetry, capsys):
    telemetry.main()
    printed = capsys.readouterr().out
    assert [name for name in ("issueToken", "getLeaderboard", "show the leaderboard") if name in printed] == [
        "issueToken",
        "getLeaderboard",
        "show the leaderboard",
    ]
