"""Properties: tests on drawn data, once the same in every run, and once this run's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import strategies as st

from ._schemathesis import NO_HEALTH_CHECKS
from .cases import FIXED_SEED
from .plugin import FuzzSession


def fuzzed(
    session: FuzzSession, times: int, test: Callable[..., object], *strategies: st.SearchStrategy[Any]
) -> None:
    """Run a test on drawn data, so many times for each example that the run asks for."""
    settings = hypothesis.settings(
        max_examples=times * session.examples,
        database=None,
        deadline=None,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
        suppress_health_check=NO_HEALTH_CHECKS,
    )
    for seed in (FIXED_SEED, session.seed):
        # A function of its own each time: hypothesis keeps what it found in it.
        def property_of(data: tuple[Any, ...]) -> None:
            test(*data)

        hypothesis.seed(seed)(settings(hypothesis.given(st.tuples(*strategies))(property_of)))()
