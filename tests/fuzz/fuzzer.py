"""Puts one case after another through a channel, and every exchange through all oracles."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Self

import oracles
from cases import fingerprint
from channel import Exchange, is_positive
from schemathesis.specs.openapi.checks import (
    ensure_resource_availability,
    missing_required_header,
    negative_data_rejection,
    status_code_conformance,
    unsupported_method,
    use_after_free,
)

if TYPE_CHECKING:
    from reached import Coverage
    from schemathesis import Case
    from targets import Operation, Target


# These look at the status only, where a refusal may stand in the body.
_REFUSALS = (missing_required_header, negative_data_rejection, unsupported_method)
# These expect that what was made or deleted is remembered.
_MEMORY = (ensure_resource_availability, use_after_free)


class Fuzzer(AbstractContextManager["Fuzzer"]):
    """One API, one freshly seeded mock, one client.

    Args:
        target: The API.
        coverage: Where to count what was reached.
        transport: What stands between client and mock, if anything; it is given the mock's transport.
        turn: The way of sending every case, for a run that wants one in particular.
    """

    def __init__(
        self, target: Target, coverage: Coverage, transport: Any = None, turn: int | None = None
    ) -> None:
        self.target = target
        self.coverage = coverage
        self.channel = target.open(transport)
        self.model = target.new_model()
        self._ids = {each.label: each.id for each in target.operations.values()}
        self._seen = Counter[int]()
        self._turn = turn
        self._keeper = oracles.SecretKeeper(target.secrets, target.secret_fields, target.vocabulary)

    def __enter__(self) -> Self:
        try:
            self.model.begin(self.channel)
        except BaseException:
            self.channel.__exit__(None, None, None)
            raise
        # Whoever else listens would drown in what thousands of calls log.
        root = logging.getLogger()
        self._logging = root.level, root.handlers
        root.setLevel(logging.DEBUG)
        root.handlers = [self._keeper]
        return self

    def __exit__(self, *exc_info: object) -> None:
        root = logging.getLogger()
        level, root.handlers = self._logging
        root.setLevel(level)
        self.channel.__exit__(*exc_info)

    def check(self, case: Case[Any], **validation: Any) -> Exchange:
        """Send a case, and raise for everything that is wrong with what it led to.

        A case that comes again is sent in another way: sync instead of async, with another token.
        """
        operation_id = self._ids[case.operation.label]
        number = fingerprint(case)
        self._seen[number] += 1
        self.channel.take_turn(number + self._seen[number] if self._turn is None else self._turn)
        try:
            exchange = self.channel.send(case, operation_id)
            self._note(operation_id, exchange)
            self._judge(self.target.operations[operation_id], exchange, validation)
            self.coverage.judged(self.target.name, operation_id, exchange)
        except (Exception, BaseExceptionGroup) as error:
            error.add_note(f"{operation_id}, {_described(case)}")
            raise
        return exchange

    def _note(self, operation_id: str, exchange: Exchange) -> None:
        """See whether the body tells a failure, and count the exchange."""
        exchange.failure = self.target.operations[operation_id].failure(exchange.response)
        self.coverage.count(self.target.name, operation_id, exchange)

    def _judge(self, operation: Operation, exchange: Exchange, validation: Mapping[str, Any]) -> None:
        """Put an exchange through every oracle, and let the model learn from it."""
        case, response = exchange.case, exchange.response
        tolerated = not is_positive(case) and self.model.tolerates(operation, exchange)
        irrelevant = self._irrelevant(operation, exchange, tolerated=tolerated)
        oracles.check_wire(exchange)
        oracles.check_understood(exchange, self.channel.package, operation)
        case.validate_response(response, excluded_checks=irrelevant, **validation)
        if is_positive(case) or tolerated:
            oracles.check_accepted(exchange, self.model.expected(operation, exchange))
        else:
            oracles.check_probe(exchange)
        # A synthesised page is the same whatever was asked for.
        if operation.pagination and exchange.succeeded and self.channel.mock.is_handled(operation.id):
            oracles.check_page(exchange, operation.pagination)
        self._keeper.check(exchange, self.channel.client)
        if is_positive(case) or tolerated:
            self.model.observe(operation.id, exchange)

    def _irrelevant(self, operation: Operation, exchange: Exchange, *, tolerated: bool) -> list[Any]:
        """Checks that would complain of what is right."""
        handled = all(self.channel.mock.is_handled(each) for each in self.target.operations)
        irrelevant = [] if handled else [*_MEMORY]
        if exchange.failure is not None or tolerated:
            return [*irrelevant, *_REFUSALS]
        # Few documents say what becomes of a request that they rule out; it is to be refused all the same.
        undocumented = operation.response(exchange.response.status_code) is None
        refused = exchange.response.is_client_error and not is_positive(exchange.case)
        return [*irrelevant, status_code_conformance] if undocumented and refused else irrelevant

    def check_refused(self, case: Case[Any]) -> Exchange:
        """Send a case that is wrong in a way that only its maker knows of."""
        operation_id = self._ids[case.operation.label]
        exchange = self.channel.send_raw(case, operation_id)
        self._note(operation_id, exchange)
        if exchange.failure is None:
            oracles.check_accepted(exchange, {400})
        return exchange

    def audit(self) -> None:
        """Read back everything that was written."""
        self.model.audit(self.channel)


def _described(case: Case[Any]) -> str:
    """The case and where it comes from, for whoever reads a failure."""
    if case.meta is None:
        return repr(case)
    phase, mode = case.meta.phase, case.meta.generation.mode
    return f"{phase.name.value}, {mode.value} ({phase.data.description}): {case!r}"
