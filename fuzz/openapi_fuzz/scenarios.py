"""Sequences of calls to one server: along the document's links, and from any operation to any other."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Any, ClassVar

import hypothesis
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import rule
from schemathesis import BaseSchema, Case, Response, stateful

from . import cases
from ._schemathesis import find_operation, followed_link, free_step, rule_of_link, rules_of
from .document import Operation
from .findings.finding import SentCase, note
from .fuzzer import Fuzzer
from .report import Coverage
from .server import Intercept
from .target import Draw, Step, Target


def machine(
    target: Target,
    schema: BaseSchema,
    coverage: Coverage,
    intercept: Intercept | None = None,
    often: str | None = None,
) -> type[stateful.APIStateMachine]:
    """Return a machine whose runs are scenarios, each on a fresh server, whose model audits it at the end.

    schemathesis makes the rules that follow links, and would begin a scenario only where it expects to get
    far without any knowledge. A target's values are known to the server, so every operation may begin a
    scenario here, or come in between.

    Args:
        target: The target.
        schema: What the cases are generated from.
        coverage: Where exchanges are counted.
        intercept: What stands between client and server, if anything.
        often: Id of an operation that makes up half of the free steps.
    """
    linked: Any = schema.as_state_machine()

    class Scenario(linked):  # type: ignore[misc]  # its base is made at run time
        failures: ClassVar[list[BaseException]] = []

        def setup(self) -> None:
            self.steps: list[str] = []
            self.sent_cases: list[SentCase] = []
            # Opened by the first step: hypothesis begins scenarios that never get to one.
            self.stack = ExitStack()

        @cached_property
        def fuzzer(self) -> Fuzzer:
            return self.stack.enter_context(Fuzzer(target, coverage, intercept))

        def call(self, case: Case[Any], **_: Any) -> Response:
            self.steps.append(f"{case.operation.label} {case!r}")
            link = followed_link(case, self.recorder)
            coverage.count_link(target.name, link)
            if link is not None and not cases.has_allowed_numbers(case):
                # A made-up response has numbers that the operation after the link does not take.
                self.steps.pop()
                hypothesis.reject()
            with self.noting_steps(is_call=True):
                # The recorder lets checks look back, such as at what was deleted before.
                exchange = self.fuzzer.check(case, recorder=self.recorder)
            self.steps[-1] += f" -> {exchange.response.status_code}"
            self.sent_cases.append(self.fuzzer.sent)
            return Response.from_httpx(exchange.response, verify=True)

        def validate_response(self, *_: Any, **__: Any) -> None:
            """Do nothing: `call` has put the exchange through every oracle already."""

        def teardown(self) -> None:
            with self.stack:
                # After a failure there is nothing more to learn, and a second one would hide it.
                if self.steps and sys.exc_info()[0] is None:
                    with self.noting_steps():
                        self.fuzzer.audit()

        def take(self, step: Step, draw: Draw) -> None:
            """Take a step that only the target knows."""
            self.steps.append(step.__name__)
            with self.noting_steps():
                channel = self.fuzzer.channel
                # Whatever it sends, it judges by itself.
                channel.recording.replayed = channel.recording.operation_id = None
                step(self.fuzzer, draw)

        @contextmanager
        def noting_steps(self, *, is_call: bool = False) -> Generator[None]:
            try:
                yield
            except (Exception, BaseExceptionGroup) as error:
                error.add_note("\n".join(["The scenario:", *self.steps]))
                note(error, [*self.sent_cases, *([self.fuzzer.sent] if is_call else [])])
                self.failures.append(error)
                raise

        def _repr_step(self, _rule: object, _data: object, _result: object) -> str:
            """Return the latest step: hypothesis has no name for results that no link starts from."""
            return self.steps[-1] if self.steps else ""

    rules = {**_free_steps(target, schema, often), **_own_steps(target)}
    made: type[stateful.APIStateMachine] = type("Scenario", (Scenario,), rules)
    return made


def machine_of_link(
    target: Target, schema: BaseSchema, coverage: Coverage, operation: Operation, link: str
) -> type[stateful.APIStateMachine]:
    """Return a machine that calls one operation, and follows one of its links.

    Args:
        target: The target.
        schema: What the cases are generated from.
        coverage: Where exchanges are counted, and how often the link was followed.
        operation: The operation.
        link: The link, as `Operation.links` has it.
    """
    whole = machine(target, schema, coverage)
    without: dict[str, Any] = dict.fromkeys({*rules_of(whole)} - {rule_of_link(link)})
    step = free_step("source", find_operation(schema, operation.label))
    made: type[stateful.APIStateMachine] = type("Scenario", (whole,), {**without, "source": step})
    return made


def run(scenarios: type[stateful.APIStateMachine], seed: int, settings: hypothesis.settings) -> None:
    """Run scenarios. Raise what the shortest failing one raised."""
    hypothesis.seed(seed)(scenarios)
    failures: list[BaseException] = getattr(scenarios, "failures", [])
    try:
        scenarios.run(settings=settings)
    except Flaky as flaky:
        # A scenario that fails runs once more. It may go another way then, since links take values from
        # responses; it has failed all the same.
        if not failures:
            raise
        raise failures[0] from flaky


def _free_steps(target: Target, schema: BaseSchema, often: str | None) -> dict[str, Any]:
    operations = target.operations
    ids = [*operations, *([often] * len(operations) if often else [])]
    names = [f"free_{number}_{each}" for number, each in enumerate(ids)]
    return {
        name: free_step(name, find_operation(schema, operations[each].label))
        for name, each in zip(names, ids, strict=True)
    }


def _own_steps(target: Target) -> dict[str, Any]:
    def rule_of(step: Step) -> Any:
        def take(scenario: Any, data: st.DataObject) -> None:
            scenario.take(step, data.draw)

        return rule(data=st.data())(take)

    return {f"own_{each.__name__}": rule_of(each) for each in target.steps}
