"""A span of OpenTelemetry for each attempt of a call.

`on_attempt` of a session is called after each attempt, in the thread or task that made the call. So a span
has as its parent the span that is current there, such as that of a request which your own server is handling.

`python examples/telemetry.py` calls a mock in the same process, and prints the spans. It needs the package
`opentelemetry-sdk`; a program that sends its spans elsewhere has another exporter in place of the one below.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode, Tracer

from kws import KWS, Attempt
from openapi_mock import MockTransport, load

NANOSECONDS: Final = 1_000_000_000


def record_spans(tracer: Tracer) -> Callable[[Attempt], None]:
    """Return a function for `on_attempt` that records a span for each attempt.

    Names are those of OpenTelemetry's conventions for HTTP clients. A span is named after the operation. It
    holds neither a query nor a body, nor the path, which may name a player.
    """

    def record(attempt: Attempt) -> None:
        # The attempt has just ended.
        end = time.time_ns()
        span = tracer.start_span(
            attempt.operation_id,
            kind=SpanKind.CLIENT,
            start_time=end - round(attempt.seconds * NANOSECONDS),
            attributes={"http.request.method": attempt.request_line.partition(" ")[0]},
        )
        if attempt.number > 1:
            span.set_attribute("http.request.resend_count", attempt.number - 1)
        if attempt.status is not None:
            span.set_attribute("http.response.status_code", attempt.status)
        if attempt.status is None or attempt.status >= HTTPStatus.BAD_REQUEST:
            span.set_attribute("error.type", attempt.reason or str(attempt.status))
            span.set_status(StatusCode.ERROR)
        span.end(end)

    return record


def main() -> None:
    """Call a mock, and print the spans."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(out=sys.stdout)))
    tracer = provider.get_tracer("game")
    with (
        KWS(
            "https://kws.example",
            client_id="example-client",
            client_secret="made-up-secret",
            on_attempt=record_spans(tracer),
            httpx_args={"transport": MockTransport(load("kws"))},
        ) as session,
        tracer.start_as_current_span("show the leaderboard"),
    ):
        session.apps.get_leaderboard()


if __name__ == "__main__":
    main()
