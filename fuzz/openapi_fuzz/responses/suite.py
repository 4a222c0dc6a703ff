"""Test classes for pytest: any response ends in a correct value or a typed error."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from openapi_fuzz._schemathesis import NO_HEALTH_CHECKS
from openapi_fuzz.cases import FIXED_SEED
from openapi_fuzz.exchange import FLAVOURS
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.target import Target

from .drawing import DrawnResponse, responses_of, written
from .judging import MAX_SIZE, Judge, OpenClients, open_generated
from .mutations import BOMB, mutations_of

# To draw a valid response takes as long as to judge two.
_MUTATIONS_OF_ONE: Final = 9
_MOST_MEMORY: Final = 8 * MAX_SIZE
_MOST_PAGES: Final = 30
_ENDLESS: Final = 10**6


@dataclass(frozen=True)
class Sessions:
    """Clients of users, in place of the generated one.

    Attributes:
        open: Returns a sync and an async session for an operation, over a transport, that do not repeat a request.
        secrets: What they send, and nothing may show.
    """

    open: OpenClients
    secrets: Sequence[str]


_GENERATED: Final = Sessions(open_generated, ("made-up-token",))


def response_tests(
    *targets: Target, sessions: Mapping[str, Sessions] | None = None
) -> type[ResponseTests]:
    """Return a test class that gives a client all kinds of responses. No server is needed.

    Args:
        targets: The targets.
        sessions: Sessions to test in place of the generated client, by the target's name.
    """
    operations = [(target, each) for target in targets for each in target.document.operations.values()]

    def parameters(found: Sequence[tuple[Target, Any]]) -> list[Any]:
        return [
            pytest.param(
                target, each.id, (sessions or {}).get(target.name, _GENERATED), id=f"{target.name}-{each.id}"
            )
            for target, each in found
        ]

    paginated = [(target, each) for target, each in operations if each.pagination]
    tests = type("ResponseTests", (ResponseTests,), {"all": parameters(operations), "paginated": parameters(paginated)})
    return tests


class ResponseTests:
    """Tests of what clients make of responses, to be had from `response_tests`."""

    all: ClassVar[Sequence[Any]]
    paginated: ClassVar[Sequence[Any]]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run each test once for each operation."""
        found = self.paginated if "page" in metafunc.function.__name__ else self.all
        metafunc.parametrize(("target", "operation_id", "sessions"), found)

    def test_any_response_gives_a_value_or_a_typed_error(
        self, target: Target, operation_id: str, sessions: Sessions, fuzz_session: FuzzSession
    ) -> None:
        """Valid responses and their mutations; the same in every run."""
        _judge(target, operation_id, sessions, fuzz_session, FIXED_SEED)

    def test_any_response_gives_a_value_or_a_typed_error_with_new_data(
        self, target: Target, operation_id: str, sessions: Sessions, fuzz_session: FuzzSession
    ) -> None:
        """Valid responses and their mutations that differ from run to run."""
        _judge(target, operation_id, sessions, fuzz_session, fuzz_session.seed)

    def test_a_body_that_unpacks_to_too_much_is_not_kept(
        self, target: Target, operation_id: str, sessions: Sessions
    ) -> None:
        """A client unpacks no more than it may take, for a success and for a failure."""
        with Judge(target, operation_id, sessions.open, sessions.secrets) as judge:
            bombs = [_bomb(operation_id, status) for status in (200, 500)]
            for each in bombs:
                judge.check(each)
            tracemalloc.start()
            try:
                for each in bombs:
                    assert judge.check(each) == "ResponseTooLarge"
                _, peak = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
        assert peak < _MOST_MEMORY, f"{peak} bytes of memory for a body of at most {MAX_SIZE}"

    def test_pages_that_circle_are_refused(
        self, target: Target, operation_id: str, sessions: Sessions
    ) -> None:
        """An iterator ends with an error where pages come again, whatever the server says of their number."""
        pages = responses_of(target.document, operation_id, successes_only=True)
        pagination = target.document.operations[operation_id].pagination or {}

        def has_items(page: DrawnResponse) -> bool:
            return len(page.value.get(pagination["items"], ())) > 1

        with Judge(target, operation_id, sessions.open, sessions.secrets) as judge:

            @_settings(3, FIXED_SEED)
            @given(st.lists(pages.filter(has_items), min_size=1, max_size=3))
            def circle(drawn: list[DrawnResponse]) -> None:
                for via in ("sync", "async"):
                    requests: list[httpx.Request] = []
                    error = judge.iterate(via, _circling(drawn, pagination, requests))
                    assert type(error).__name__ == "PaginationError", f"{via}: {error!r} for {drawn}"
                    assert len(requests) <= _MOST_PAGES, f"{via}: {len(requests)} pages were asked for"

            circle()


def _judge(
    target: Target, operation_id: str, sessions: Sessions, session: FuzzSession, number: int
) -> None:
    valid = responses_of(target.document, operation_id)
    counts = session.coverage.outcomes
    with Judge(target, operation_id, sessions.open, sessions.secrets) as judge:

        @_settings(max(1, session.examples // 5), number)
        @given(st.data())
        def check(data: st.DataObject) -> None:
            response = data.draw(valid, "a valid response")
            counts[target.name, "valid", judge.check(response)] += 1
            mutations = data.draw(mutations_of(response, _MUTATIONS_OF_ONE, judge.secrets), "its mutations")
            for index, each in enumerate(mutations):
                # One sync and one async call, the value of one and the whole response of the other.
                flavours = FLAVOURS[:2] if index % 2 else FLAVOURS[2:]
                counts[target.name, each.mutation, judge.check(each, flavours)] += 1

        check()


def _settings(examples: int, number: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    # Nothing is shrunk: what fails is one response of several, which the message shows.
    chosen = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=NO_HEALTH_CHECKS,
    )
    return lambda test: seed(number)(chosen(test))


def _bomb(operation_id: str, status: int) -> DrawnResponse:
    return DrawnResponse(operation_id, status, (("content-encoding", "gzip"),), BOMB)


def _circling(
    pages: Sequence[DrawnResponse], pagination: Mapping[str, str], requests: list[httpx.Request]
) -> Callable[[httpx.Request], DrawnResponse]:
    """Return a function that answers with the same pages again and again, each as the one that was asked for."""
    end = pagination.get("total") or pagination.get("pages")
    position = pagination.get("offset") or pagination["page"]

    def respond(request: httpx.Request) -> DrawnResponse:
        page = pages[len(requests) % len(pages)]
        requests.append(request)
        asked = parse_qs(request.url.query.decode()).get(position)
        value = {**page.value, **({end: _ENDLESS} if end else {})}
        if position in value:
            value[position] = int(asked[0]) if asked else int(pagination["style"] == "page")
        return replace(page, value=value, content=written(value))

    return respond
