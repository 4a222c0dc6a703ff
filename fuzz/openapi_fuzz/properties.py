"""Properties: tests on drawn data, once the same in every run, and once this run's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from .cases import FIXED_SEED
from .plugin import FuzzSession
from .scenarios import make_settings


def fuzzed(
    session: FuzzSession, times: float, test: Callable[..., object], *strategies: st.SearchStrategy[Any]
) -> None:
    """Run a test on drawn data, so many times for each example that the run asks for."""
    settings = make_settings(max(1, round(times * session.examples)), 1)
    for seed in (FIXED_SEED, session.seed):
        # A function of its own each time: hypothesis keeps what it found in it.
        def property_of(data: tuple[Any, ...]) -> None:
            test(*data)

        hypothesis.seed(seed)(settings(hypothesis.given(st.tuples(*strategies))(property_of)))()


def fuzzed_machine(
    session: FuzzSession, times: int, machine: type[RuleBasedStateMachine], *, steps: int
) -> None:
    """Run a state machine, so many times for each example that the run asks for."""
    settings = make_settings(times * session.examples, steps)
    for seed in (FIXED_SEED, session.seed):
        # As above, a class of its own.
        made = hypothesis.seed(seed)(type(machine.__name__, (machine,), {}))
        run_state_machine_as_test(made, settings=settings)
