"""Properties: what has to hold for all data of a kind, put to the test with those of one seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from ._schemathesis import NO_HEALTH_CHECKS

_FEWEST: Final = 6


def make_settings(examples: int, steps: int = 1, *, shrink: bool = True) -> hypothesis.settings:
    """Return the settings for so many examples, each of at most so many steps.

    Nothing is remembered from run to run, and no failure is explained, which takes longer than all the rest.
    """
    phases = [hypothesis.Phase.generate, *([hypothesis.Phase.shrink] if shrink else [])]
    return hypothesis.settings(
        max_examples=max(1, examples),
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=NO_HEALTH_CHECKS,
        print_blob=False,
    )


def share_of(examples: int, share: float) -> int:
    """Return a share of examples, but no fewer than a few: Hypothesis begins with the simplest data."""
    return max(round(examples * share), min(examples, _FEWEST))


class Properties:
    """Puts properties to the test with the data of one seed.

    Args:
        seed: Chooses the data.
        examples: The usual number of examples.
        shrink: Whether a smaller example is looked for after one that fails.
    """

    def __init__(self, seed: int, examples: int, *, shrink: bool = True) -> None:
        self._seed = seed
        self._examples = examples
        self._shrink = shrink

    def hold(self, check: Callable[..., None], *data: st.SearchStrategy[Any], share: float = 1) -> None:
        """Call a function with data; `share` says with how many of the usual number of examples."""
        hypothesis.seed(self._seed)(self._settings(share)(hypothesis.given(*data)(check)))()

    def run(self, machine: Callable[[], RuleBasedStateMachine], *, steps: int, share: float = 1) -> None:
        """Run a state machine, of which each example makes a new one."""

        # Hypothesis keeps the seed in what it is given, and takes any function that makes a machine.
        def make() -> RuleBasedStateMachine:
            return machine()

        seeded: Any = hypothesis.seed(self._seed)(make)
        run_state_machine_as_test(seeded, settings=self._settings(share, steps))

    def _settings(self, share: float, steps: int = 1) -> hypothesis.settings:
        return make_settings(share_of(self._examples, share), steps, shrink=self._shrink)
