"""Sends one case after another to one server, and puts every exchange through all oracles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from time import perf_counter
from typing import Any, Final, Self

from schemathesis import Case

from ._schemathesis import MEMORY_CHECKS, REFUSAL_CHECKS, STATUS_CHECK, Check, validate
from .cases import fingerprint
from .channel import Channel
from .document import Operation
from .exchange import Exchange, is_positive
from .findings import finding
from .findings.masks import Masks
from .oracles import exchanges, leaks, pages
from .oracles.logs import every_record_to
from .oracles.tally import oracle
from .report.coverage import Coverage, Surface
from .server import IN_PROCESS, LOCAL, Intercept
from .target import Target
from .violations import Violation

_WITHOUT_RIGHT: Final = (401, 403)


class Fuzzer:
    """One target, one server, one client. It is open in a `with` block.

    Args:
        target: The target.
        coverage: Where exchanges are counted.
        intercept: What stands between client and server, if anything.
        choice: The number that chooses how every case is sent, where it is not to change.

    Attributes:
        channel: The way to the server, while it is open.
        model: The model of the server.
        sent: The latest case, and how it was sent.
    """

    channel: Channel
    sent: finding.SentCase

    def __init__(
        self,
        target: Target,
        coverage: Coverage,
        intercept: Intercept | None = None,
        *,
        choice: int | None = None,
    ) -> None:
        self.target = target
        self.coverage = coverage
        self.model = target.model()
        self._intercept = intercept
        self._operations = target.document.operations
        coverage.register(target.name, Surface.of(self._operations, target.unreachable_statuses))
        self._ids = {each.label: each.id for each in self._operations.values()}
        self._seen = Counter[int]()
        self._choice = choice
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.channel = stack.enter_context(self.target.open(self._intercept))
            self.model.begin(self.channel)
            names, vocabulary = self.target.document.secret_fields, self.target.vocabulary
            self._leaks = leaks.LeakDetector(self.target.secrets, names, vocabulary)
            stack.enter_context(every_record_to(self._leaks))
            self._open = stack.pop_all()
        return self

    @property
    def masks(self) -> Masks:
        """What replaces the secrets of the target wherever something is shown or kept."""
        return Masks(self.target.name, self._secrets())

    def _secrets(self) -> list[str]:
        """Return what must be shown nowhere, in the order of the next run as far as that is possible."""
        return [*self.target.secrets, *sorted(self.channel.secrets)]

    def __exit__(self, *exc_info: object) -> None:
        self._open.close()

    def check(self, case: Case[Any], **validation: Any) -> Exchange:
        """Send a case, and raise for everything that is wrong with what it led to.

        A case that comes again is sent in another way: async instead of sync, with other credentials.

        Args:
            case: The case.
            **validation: Further arguments of schemathesis' `validate_response`.
        """
        operation = self._operations[self._ids[case.operation.label]]
        number = fingerprint(case)
        self._seen[number] += 1
        self._choose(operation, case, number + self._seen[number] if self._choice is None else self._choice)
        try:
            exchange = self._counted(operation, self.channel.send, case)
            self._judge(operation, exchange, validation)
        except (Exception, BaseExceptionGroup) as error:
            error.add_note(f"{operation.id}, {_described(case)}")
            self.sent = replace(self.sent, secrets=self._secrets())
            finding.note(error, [self.sent])
            raise
        self.coverage.count_failure(self.target.name, operation.id, exchange)
        return exchange

    def repeat(self, calls: Iterable[tuple[Case[Any], int]]) -> None:
        """Send cases in order, each with the number that chose how it was sent before, and audit."""
        sent_cases: list[finding.SentCase] = []
        for case, choice in calls:
            self._choice = choice
            try:
                self.check(case)
            except (Exception, BaseExceptionGroup) as error:
                finding.note(error, [*sent_cases, self.sent])
                raise
            sent_cases.append(self.sent)
        self._choice = None
        self.audit()

    def accepts(self, case: Case[Any]) -> bool:
        """Return whether the server does what a case asks for. Nothing is judged, nor counted."""
        operation = self._operations[self._ids[case.operation.label]]
        exchange = self.channel.send_raw(case, operation.id)
        exchange.failure = operation.failure(exchange.response)
        return exchange.succeeded

    @oracle
    def check_refused(self, violation: Violation) -> Exchange:
        """A case that breaks a single rule is refused."""
        operation = self._operations[self._ids[violation.case.operation.label]]
        exchange = self._counted(operation, self.channel.send_raw, violation.case)
        try:
            exchanges.check_no_server_error(exchange)
            exchanges.check_message(exchange, operation)
            exchanges.check_refusal_failure(exchange, operation.refusal_failures)
            if exchange.failure is None:
                exchanges.check_outcome(exchange, operation.refusals)
        except AssertionError as error:
            error.add_note(f"{operation.id} breaks {violation}: {_described(violation.case)}")
            raise
        return exchange

    @oracle
    def audit(self) -> None:
        """What was written is read back, after the last case."""
        self.model.audit(self.channel)

    def _counted(
        self, operation: Operation, send: Callable[[Case[Any], str], Exchange], case: Case[Any]
    ) -> Exchange:
        began = perf_counter()
        exchange = send(case, operation.id)
        seconds = perf_counter() - began
        exchange.failure, exchange.fields = operation.failure(exchange.response), operation.fields
        self.coverage.count(self.target.name, operation.id, exchange, seconds)
        return exchange

    def _choose(self, operation: Operation, case: Case[Any], number: int) -> None:
        """Decide how a case is sent, and keep that, so that a failure can be reproduced."""
        channel = self.channel
        channel.choose(number)
        self.sent = finding.SentCase(
            self.target,
            operation.id,
            case,
            number,
            channel.via,
            channel.alternative(operation.id),
            channel.server.base_url.replace(IN_PROCESS, LOCAL),
            (*self.target.secrets,),
        )

    def _judge(self, operation: Operation, exchange: Exchange, validation: Mapping[str, Any]) -> None:
        case = exchange.case
        is_allowed = is_positive(case) or self.model.tolerates(operation, exchange)
        exchanges.check_refusals(exchange)
        exchanges.check_requests(exchange)
        exchanges.check_calls(exchange, self.channel.package, operation)
        # Before schemathesis' own check, which sends the case again, to where no server is.
        exchanges.check_no_server_error(exchange)
        exchanges.check_message(exchange, operation)
        inapplicable = self._inapplicable(operation, exchange, is_allowed=is_allowed)
        validate(case, exchange.response, inapplicable, **validation)
        if is_allowed:
            exchanges.check_outcome(exchange, self._expected(operation, exchange))
        else:
            exchanges.check_probe(exchange)
        # A page that is made from its schema is the same whatever was asked for.
        if operation.pagination and exchange.succeeded and operation.id in self.target.handled:
            pages.check_page(exchange, operation.pagination)
        self._leaks.check_secrets(exchange, self.channel.secrets)
        if is_allowed and exchange.refusal is None:
            exchanges.check_memory(self.model, operation.id, exchange)

    def _expected(self, operation: Operation, exchange: Exchange) -> Collection[int | str]:
        if exchange.refusal is not None:
            return _WITHOUT_RIGHT
        # Where responses are made from schemas, nothing is ever missing or in conflict.
        is_handled = operation.id in self.target.handled
        return self.model.expected(operation, exchange) if is_handled else operation.successes

    def _inapplicable(self, operation: Operation, exchange: Exchange, *, is_allowed: bool) -> list[Check]:
        """Return the checks of schemathesis that would object to what is right."""
        is_handled = self.target.handled >= self._operations.keys()
        inapplicable: list[Check] = [] if is_handled else [*MEMORY_CHECKS]
        if exchange.failure is not None or (is_allowed and not is_positive(exchange.case)):
            return [*inapplicable, *REFUSAL_CHECKS]
        # Few documents say what becomes of a request that they rule out; it has to be refused all the same.
        is_undocumented = operation.response(exchange.response.status_code) is None
        is_refused = exchange.response.is_client_error and not is_positive(exchange.case)
        return [*inapplicable, STATUS_CHECK] if is_undocumented and is_refused else inapplicable


def _described(case: Case[Any]) -> str:
    """Return a case and where it comes from, for whoever reads a failure."""
    if case.meta is None:
        return repr(case)
    phase, mode = case.meta.phase, case.meta.generation.mode
    return f"{phase.name.value}, {mode.value} ({phase.data.description}): {case!r}"
