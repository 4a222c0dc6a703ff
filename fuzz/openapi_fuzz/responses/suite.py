"""Test classes for pytest: any response ends in a correct value or a typed error."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import strategies as st

from openapi_fuzz.cases import FIXED_SEED
from openapi_fuzz.document import Operation
from openapi_fuzz.exchange import FLAVOURS
from openapi_fuzz.oracles.tally import oracle
from openapi_fuzz.parametrization import Parameters, Parametrized, with_parameters
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.properties import Properties, share_of
from openapi_fuzz.sessions import HALVES
from openapi_fuzz.target import Target

from .calling import GENERATED, MAX_SIZE, Clients
from .drawing import DrawnResponse, responses_of, written
from .judging import Judge
from .mutations import BOMB, mutations_of

# To draw a valid response takes as long as to judge two.
_MUTATIONS_OF_ONE: Final = 9
_SHARE: Final = 1 / 6
_MOST_MEMORY: Final = 8 * MAX_SIZE
_MOST_PAGES: Final = 30
_ENDLESS: Final = 10**6


def response_tests(*targets: Target, clients: Mapping[str, Clients] | None = None) -> type[ResponseTests]:
    """Return a test class that gives a client all kinds of responses. No server is needed.

    Args:
        targets: The targets.
        clients: Clients to test in place of the generated one, by the target's name.
    """

    def parameters(fits: Callable[[Target, Operation], bool]) -> Parameters:
        return ("target", "operation_id", "clients"), [
            pytest.param(
                target, each.id, (clients or {}).get(target.name, GENERATED), id=f"{target.name}-{each.id}"
            )
            for target in targets
            for each in target.document.operations.values()
            if fits(target, each)
        ]

    return with_parameters(
        ResponseTests,
        {
            "test_any_response": parameters(lambda _target, _operation: True),
            "test_pages": parameters(lambda _, operation: bool(operation.pagination)),
            # All operations have it in common.
            "test_a_body": parameters(
                lambda target, operation: operation.id == next(iter(target.document.operations))
            ),
        },
    )


class ResponseTests(Parametrized):
    """Tests of what clients make of responses, to be had from `response_tests`."""

    def test_any_response_gives_a_value_or_a_typed_error(
        self, target: Target, operation_id: str, clients: Clients, fuzz_session: FuzzSession
    ) -> None:
        """Valid responses and their mutations; the same in every run."""
        _run(target, operation_id, clients, fuzz_session, FIXED_SEED)

    def test_any_response_gives_a_value_or_a_typed_error_with_new_data(
        self, target: Target, operation_id: str, clients: Clients, fuzz_session: FuzzSession
    ) -> None:
        """Valid responses and their mutations that differ from run to run."""
        _run(target, operation_id, clients, fuzz_session, fuzz_session.seed)

    @oracle
    def test_a_body_that_unpacks_to_too_much_is_not_kept(
        self, target: Target, operation_id: str, clients: Clients
    ) -> None:
        """A client unpacks no more than it may take, for a success and for a failure."""
        with Judge(target, operation_id, clients) as judge:
            bombs = [_bomb(operation_id, status) for status in (200, 500)]
            for each in bombs:
                judge.check_drawn_response(each)
            tracemalloc.start()
            try:
                for each in bombs:
                    assert judge.check_drawn_response(each) == "ResponseTooLarge"
                _, peak = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
        assert peak < _MOST_MEMORY, f"{peak} bytes of memory for a body of at most {MAX_SIZE}"

    @oracle
    def test_pages_that_circle_are_refused(self, target: Target, operation_id: str, clients: Clients) -> None:
        """An iterator ends with an error where pages come again, whatever the server says of their number."""
        pages = responses_of(target.document, operation_id, successes_only=True)
        pagination = target.document.operations[operation_id].pagination or {}

        def has_items(page: DrawnResponse) -> bool:
            return len(page.value.get(pagination["items"], ())) > 1

        with Judge(target, operation_id, clients) as judge:

            def circle(drawn: list[DrawnResponse]) -> None:
                for half in HALVES:
                    requests: list[httpx.Request] = []
                    error = judge.caller.iterate(half, _circling(drawn, pagination, requests))
                    assert type(error).__name__ == "PaginationError", f"{half}: {error!r} for {drawn}"
                    assert len(requests) <= _MOST_PAGES, f"{half}: {len(requests)} pages were asked for"

            few = st.lists(pages.filter(has_items), min_size=1, max_size=2)
            Properties(FIXED_SEED, 2, shrink=False).hold(circle, few)


def judge_responses(
    target: Target,
    operation_id: str,
    clients: Clients = GENERATED,
    *,
    examples: int,
    number: int,
    counts: Counter[tuple[str, str, str]] | None = None,
) -> None:
    """Judge what clients make of valid responses to an operation, and of mutations of each.

    Args:
        target: The target.
        operation_id: The operation.
        clients: The clients.
        examples: How many valid responses are drawn.
        number: The seed that they are drawn with.
        counts: Counts the outcomes, by the target's name, mutation, and `value` or class of the error.

    Raises:
        AssertionError: A response ends otherwise than documented.
    """
    valid = responses_of(target.document, operation_id)
    counts = Counter() if counts is None else counts
    with Judge(target, operation_id, clients) as judge:

        def check(data: st.DataObject) -> None:
            response = data.draw(valid, "a valid response")
            counts[target.name, "valid", judge.check_drawn_response(response)] += 1
            mutations = data.draw(mutations_of(response, _MUTATIONS_OF_ONE, judge.secrets), "its mutations")
            for index, each in enumerate(mutations):
                # One sync and one async call, the value of one and the whole response of the other.
                flavours = FLAVOURS[:2] if index % 2 else FLAVOURS[2:]
                counts[target.name, each.mutation, judge.check_drawn_response(each, flavours)] += 1

        # Nothing is shrunk: what fails is one response of several, which the message shows.
        Properties(number, examples, shrink=False).hold(check, st.data())


def _run(target: Target, operation_id: str, clients: Clients, session: FuzzSession, number: int) -> None:
    examples, counts = share_of(session.examples, _SHARE), session.coverage.outcomes
    judge_responses(target, operation_id, clients, examples=examples, number=number, counts=counts)


def _bomb(operation_id: str, status: int) -> DrawnResponse:
    return DrawnResponse(operation_id, status, (("content-encoding", "gzip"),), BOMB)


def _circling(
    pages: Sequence[DrawnResponse], pagination: Mapping[str, str], requests: list[httpx.Request]
) -> Callable[[httpx.Request], DrawnResponse]:
    """Return a function that answers with the same pages again, each as the one that was asked for."""
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
