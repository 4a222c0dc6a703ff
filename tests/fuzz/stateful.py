"""Sequences of calls on one mock: along the spec's links, and freely from any operation to any other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import hypothesis
from cases import find
from fuzzer import Fuzzer
from hypothesis.stateful import Bundle
from schemathesis.core.transport import Response
from schemathesis.generation.stateful.state_machine import APIStateMachine, StepInput
from schemathesis.specs.openapi.stateful import transition

if TYPE_CHECKING:
    from reached import Coverage
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema
    from targets import Target


def scenarios(
    target: Target, schema: BaseSchema, coverage: Coverage, transport: Any = None, often: str | None = None
) -> type[APIStateMachine]:
    """A machine whose runs are scenarios on a fresh mock each; what they wrote is audited when they are over.

    schemathesis makes the rules that follow links, and would begin a scenario only where it expects to get
    far without knowing anything. The mock's objects are known here, so every operation may begin one, or
    come in between; the one that is to come `often` makes up half of these steps.
    """
    linked: Any = schema.as_state_machine()

    class Scenario(linked):  # type: ignore[misc]  # its base is made at run time
        def setup(self) -> None:
            self.steps: list[str] = []
            # Opened by the first step: hypothesis begins scenarios that never get to one.
            self.stack = ExitStack()

        @cached_property
        def fuzzer(self) -> Fuzzer:
            return self.stack.enter_context(Fuzzer(target, coverage, transport))

        def call(self, case: Case[Any], **kwargs: Any) -> Response:
            self.steps.append(f"{case.operation.label} {case!r}")
            with self.told():
                # The recorder lets checks look back, such as at what was deleted before.
                exchange = self.fuzzer.check(case, recorder=self.recorder)
            self.steps[-1] += f" -> {exchange.response.status_code}"
            return Response.from_httpx(exchange.response, verify=True)

        def validate_response(self, *args: Any, **kwargs: Any) -> None:
            """Nothing is left to do: `call` has put the exchange through every check already."""

        def teardown(self) -> None:
            with self.stack:
                # After a failure there is nothing more to learn, and a second one would hide it.
                if self.steps and sys.exc_info()[0] is None:
                    with self.told():
                        self.fuzzer.audit()

        @contextmanager
        def told(self) -> Iterator[None]:
            """Whatever goes wrong is told with the steps that led to it."""
            try:
                yield
            except (Exception, BaseExceptionGroup) as error:
                error.add_note("\n".join(["The scenario:", *self.steps]))
                raise

        def _repr_step(self, rule: object, data: object, result: object) -> str:
            """Hypothesis wants a name for every result, which those that no link starts from have not."""
            return self.steps[-1] if self.steps else ""

    machine: type[APIStateMachine] = type("Scenario", (Scenario,), _free_steps(target, schema, often))
    return machine


def run(machine: type[APIStateMachine], seed: int, settings: hypothesis.settings) -> None:
    """Run scenarios. Raises what the shortest failing one raised."""
    hypothesis.seed(seed)(machine)
    machine.run(settings=settings)


def settings(scenarios: int, steps: int, *, shrink: bool = True) -> hypothesis.settings:
    """For so many scenarios of at most so many calls."""
    phases = [hypothesis.Phase.generate, *([hypothesis.Phase.shrink] if shrink else [])]
    return hypothesis.settings(
        max_examples=scenarios,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(hypothesis.HealthCheck),
        print_blob=False,
    )


def _free_steps(target: Target, schema: BaseSchema, often: str | None) -> dict[str, Any]:
    ids = [*target.operations, *([often] * len(target.operations) if often else [])]
    names = [f"free_{number}_{each}" for number, each in enumerate(ids)]
    return {
        name: transition(
            name=name,
            target=Bundle("catch_all"),
            precondition=lambda _machine: True,
            input=find(schema, target.operations[each].label).as_strategy().map(StepInput.initial),
        )
        for name, each in zip(names, ids, strict=True)
    }
