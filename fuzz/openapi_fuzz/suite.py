"""Test classes for pytest: everything that the fuzzing has to say about targets, one test each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from itertools import product
from typing import Any, Final

import httpx
import pytest
from schemathesis import BaseSchema, Case

from . import cases, fault_detection, scenarios
from .document import Operation
from .faults import ClientFault, ServerFault
from .findings.pins import read_pins, unpinned
from .fuzzer import Fuzzer
from .oracles import exchanges
from .oracles.pages import check_pages
from .oracles.tally import oracle
from .parametrization import Parameters, Parametrized, of_operations, of_targets, with_parameters
from .plugin import FuzzSession
from .properties import make_settings
from .report import Coverage
from .serialization import reference_request
from .server import Send
from .sessions import HALVES
from .target import Target
from .violations import violations

_STEPS: Final = 12
_SCENARIOS_OF_LINK: Final = 3
_WRONG_CREDENTIALS: Final = ("Bearer made-up", "Basic bWFkZTp1cA==", "made-up")
# Most failures are met soon; a few want one lucky case. Some are the response to a second call only.
_EXAMPLES_FOR_FAILURES: Final = (30, 100, 300)
_REPEATS: Final = 2
# What chooses each flavour once.
_ALL_FLAVOURS: Final = (0, 3)


def fuzz_tests(*targets: Target) -> type[FuzzTests]:
    """Return a test class that fuzzes targets. Assign it to a name that pytest collects.

        TestShop = openapi_fuzz.fuzz_tests(Target("shop.yaml", "shop_client", mock=make_mock))

    Raises:
        TargetError: A client is missing, or does not fit its document.
    """
    return with_parameters(
        FuzzTests,
        {
            "test_pinned_failures": of_targets(targets),
            "test_operation": _operations(targets),
            "test_every_rule": _operations(targets),
            "test_credentials": _operations(targets, lambda _, operation: operation.needs_credentials),
            "test_documented_statuses": _operations(targets, lambda target, _: target.is_asked_for_statuses),
            "test_pages": _operations(
                targets,
                lambda target, operation: bool(operation.pagination) and operation.id in target.handled,
            ),
            "test_link": _links(targets),
            "test_scenarios": of_targets(targets),
            "test_documented_failures": _operations(
                targets,
                lambda target, operation: bool(operation.failures) and operation.id in target.handled,
            ),
        },
    )


def fault_tests(*targets: Target) -> type[FaultTests]:
    """Return a test class that plants one fault at a time, which the fuzzing has to find.

    Faults of responses and of clients fit any API; those of what a server remembers are the targets' own.

    Raises:
        TargetError: A client is missing, or does not fit its document.
    """
    return with_parameters(
        FaultTests,
        {
            "test_fault_in_responses_is_found": _faults(targets, fault_detection.server_faults),
            "test_fault_in_memory_is_found": _faults(targets, lambda target: target.faults),
            "test_fault_in_client_is_found": _faults(targets, fault_detection.client_faults),
        },
    )


class FuzzTests(Parametrized):
    """Tests of targets, to be had from `fuzz_tests`."""

    def test_operation_keeps_its_contract(
        self, target: Target, operation_id: str, fuzz_session: FuzzSession
    ) -> None:
        """Examples, boundaries and generated cases, through the client and raw; the same in every run."""
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=fuzz_session.examples)
        _fuzz_operation(target, operation_id, schema, fuzz_session.coverage)

    @pytest.mark.fuzz_rounds
    def test_operation_keeps_its_contract_with_new_data(
        self, target: Target, operation_id: str, fuzz_session: FuzzSession
    ) -> None:
        """Generated cases that differ from run to run, with one seed after another while there is time."""
        for seed in fuzz_session.seeds():
            schema = cases.load(target, seed=seed, examples=fuzz_session.examples, phases=["fuzzing"])
            _fuzz_operation(target, operation_id, schema, fuzz_session.coverage)

    def test_every_rule_of_a_request_is_enforced(
        self, target: Target, operation_id: str, fuzz_session: FuzzSession
    ) -> None:
        """A request that breaks a single rule of the document, whichever and wherever, is refused."""
        operation = target.document.operations[operation_id]
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=1, mode="positive")
        # What is tried first, on a server of its own, changes nothing for what is judged.
        with Fuzzer(target, fuzz_session.coverage) as fuzzer, Fuzzer(target, Coverage()) as trial:
            for each in violations(schema, target.document, operation, trial.accepts):
                fuzzer.check_refused(each)

    def test_pinned_failures_stay_away(self, target: Target, fuzz_session: FuzzSession) -> None:
        """The calls of every failure that an earlier run found, and kept."""
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=1)
        labels = {each.id: each.label for each in target.operations.values()}
        errors: list[BaseException] = []
        for pin in read_pins(fuzz_session.examples_dir, target.name):
            try:
                with Fuzzer(target, fuzz_session.coverage) as fuzzer:
                    fuzzer.repeat(unpinned(pin, schema, labels, fuzzer.masks))
            except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 (all are raised, once each was tried)
                errors.append(error)
        if errors:
            raise BaseExceptionGroup("failures that were found before", errors)

    def test_operation_succeeds_through_the_client(
        self, target: Target, operation_id: str, fuzz_session: FuzzSession
    ) -> None:
        """A success by the sync and one by the async half, independent of every other test."""
        reached = Coverage()
        schema = cases.load(
            target, seed=cases.FIXED_SEED, examples=10, phases=("examples", "fuzzing"), mode="positive"
        )
        # Some things can be done only once, so each half gets a server of its own.
        for choice in _ALL_FLAVOURS:
            with Fuzzer(target, reached, choice=choice) as fuzzer:
                cases.run(schema, target.document.operations[operation_id].label, fuzzer.check)
        fuzz_session.coverage.expect(target.name, operation_id)
        fuzz_session.coverage.add(reached)
        lacking = {"sync", "async"} - reached.succeeded(target.name, operation_id)
        assert not lacking, (
            f"no case succeeds, {' and '.join(sorted(lacking))}: give the Target values and credentials "
            "that the server accepts"
        )

    def test_credentials_are_required(self, target: Target, operation_id: str) -> None:
        """No credentials, and wrong ones, are refused."""
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=5, mode="positive")
        # Without any behaviour of its own, a mock lets in whoever shows anything.
        wrong = _WRONG_CREDENTIALS if target.handled else ()
        operation = target.document.operations[operation_id]
        with target.open_server() as server:

            def check(case: Case[Any]) -> None:
                for credentials in (None, *wrong):
                    request = reference_request(case, server.base_url)
                    if credentials is not None:
                        request.headers["authorization"] = credentials
                    _check_credentials(operation, credentials, server.http.send(request))

            cases.run(schema, operation.label, check)

    def test_documented_statuses_are_told_apart(
        self, target: Target, operation_id: str, fuzz_session: FuzzSession
    ) -> None:
        """Every documented response is a typed value or the error of its status, sync and async."""
        operation, preferring = target.document.operations[operation_id], _Preferring()
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=1, mode="positive")
        case = cases.draw_one(schema, operation.label)
        with target.open(preferring) as channel:
            for status, choice in product(operation.statuses, _ALL_FLAVOURS):
                preferring.status = status
                channel.choose(choice)
                exchange = channel.send(case, operation_id)
                exchange.failure = operation.failure(exchange.response)
                assert exchange.response.status_code == status, exchange.response.text
                exchanges.check_requests(exchange)
                exchanges.check_calls(exchange, channel.package, operation)
                fuzz_session.coverage.count(target.name, operation_id, exchange)

    def test_pages_join_up(self, target: Target, operation_id: str) -> None:
        """All pages together are everything, once, sync and async."""
        with Fuzzer(target, Coverage()) as fuzzer:
            items = check_pages(fuzzer.channel, target.document.operations[operation_id])
        assert items, "every page is empty: begin with some items on the server"

    def test_link_leads_on(
        self, target: Target, operation_id: str, link: str, fuzz_session: FuzzSession
    ) -> None:
        """A link is followed from a response of its operation, and what it leads to is judged."""
        schema = cases.load(target, seed=cases.FIXED_SEED, examples=1, mode="positive")
        operation, coverage = target.document.operations[operation_id], Coverage()
        machine = scenarios.machine_of_link(target, schema, coverage, operation, link)
        scenarios.run(machine, cases.FIXED_SEED, make_settings(_SCENARIOS_OF_LINK, _STEPS))
        fuzz_session.coverage.add(coverage)
        assert coverage.links[target.name, link], f"never followed: {link}"

    def test_scenarios_keep_the_contract(self, target: Target, fuzz_session: FuzzSession) -> None:
        """Sequences of calls: what one writes, another one reads; the same in every run."""
        _run_scenarios(target, fuzz_session, cases.FIXED_SEED)

    @pytest.mark.fuzz_rounds
    def test_scenarios_keep_the_contract_with_new_data(
        self, target: Target, fuzz_session: FuzzSession
    ) -> None:
        """Sequences of calls that differ from run to run, with one seed after another while there is time."""
        for seed in fuzz_session.seeds():
            _run_scenarios(target, fuzz_session, seed)

    def test_documented_failures_are_reached(self, target: Target, operation_id: str) -> None:
        """Every failure that a success's body can report is met, and raised by both halves of the client."""
        operation, reached = target.document.operations[operation_id], Coverage()
        wanted = {(target.name, operation_id, *each) for each in product(operation.failures, HALVES)}
        unreachable = {
            each for each in wanted if each[2] in target.unreachable_failures.get(operation_id, ())
        }
        for examples in _EXAMPLES_FOR_FAILURES:
            if wanted - unreachable <= reached.raised:
                break
            schema = cases.load(target, seed=cases.FIXED_SEED, examples=examples)
            with Fuzzer(target, reached) as fuzzer:
                cases.run(schema, operation.label, _repeated(fuzzer.check))
        missing = sorted(wanted - unreachable - reached.raised)
        assert not missing, (
            f"never met: {missing}; give the Target values that lead there, "
            "or list them in unreachable_failures"
        )
        unexpected = sorted(unreachable & reached.raised)
        assert not unexpected, (
            f"met, although listed in unreachable_failures: {unexpected}; remove them there"
        )


class _Preferring:
    """Asks a server for one of the documented responses, by the header `Prefer`, as mocks understand it."""

    status = 200

    def __call__(self, request: httpx.Request, send: Send) -> httpx.Response:
        headers = {**request.headers, "prefer": f"code={self.status}"}
        return send(
            httpx.Request(
                request.method,
                request.url,
                headers=headers,
                content=request.read(),
                extensions=request.extensions,
            )
        )


class FaultTests(Parametrized):
    """Tests of the fuzzing itself, to be had from `fault_tests`."""

    def test_fault_in_responses_is_found(self, target: Target, fault: ServerFault) -> None:
        """A server answers something else."""
        fault_detection.find_in_responses(target, fault)

    def test_fault_in_memory_is_found(self, target: Target, fault: ServerFault) -> None:
        """A server forgets, does things twice, or takes one thing for another."""
        fault_detection.find_in_memory(target, fault)

    def test_fault_in_client_is_found(
        self, target: Target, fault: ClientFault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A client sends, returns or raises something else."""
        fault_detection.find_in_client(target, fault, monkeypatch)


def _operations(
    targets: Iterable[Target], fits: Callable[[Target, Operation], bool] = lambda _target, _operation: True
) -> Parameters:
    return of_operations(
        targets, lambda target, operation: operation.id in target.operations and fits(target, operation)
    )


def _links(targets: Iterable[Target]) -> Parameters:
    def name_of(link: str) -> str:
        return link.partition("] ")[2].partition(" ")[0]

    return ("target", "operation_id", "link"), [
        pytest.param(each, operation.id, link, id=f"{each.name}-{operation.id}-{name_of(link)}")
        for each in targets
        for operation in each.operations.values()
        for link in operation.links
    ]


def _faults(targets: Iterable[Target], faults: Callable[[Target], Iterable[Any]]) -> Parameters:
    return ("target", "fault"), [
        pytest.param(each, fault, id=f"{each.name}-{fault.name}")
        for each in targets
        if each.endpoints
        for fault in faults(each)
    ]


@oracle
def _check_credentials(operation: Operation, credentials: str | None, response: httpx.Response) -> None:
    """A request without credentials, or with wrong ones, is refused, and told how to authenticate."""
    expected = {401} if "401" in operation.responses else {400, 401, 403}
    status = response.status_code
    assert status in expected, f"{credentials!r} is answered with {status}"
    assert status != HTTPStatus.UNAUTHORIZED or response.headers.get("www-authenticate"), (
        f"{credentials!r} is answered with 401 without WWW-Authenticate"
    )


def _fuzz_operation(target: Target, operation_id: str, schema: BaseSchema, coverage: Coverage) -> None:
    label = target.document.operations[operation_id].label
    with Fuzzer(target, coverage) as fuzzer:
        cases.run(schema, label, fuzzer.check)
        fuzzer.audit()


def _run_scenarios(target: Target, session: FuzzSession, seed: int) -> None:
    count = max(1, session.examples // 2)
    schema = cases.load(target, seed=seed, examples=count)
    machine = scenarios.machine(target, schema, session.coverage)
    scenarios.run(machine, seed, make_settings(count, _STEPS))


def _repeated(check: Callable[[Case[Any]], object]) -> Callable[[Case[Any]], None]:
    def repeat(case: Case[Any]) -> None:
        for _ in range(_REPEATS):
            check(case)

    return repeat
