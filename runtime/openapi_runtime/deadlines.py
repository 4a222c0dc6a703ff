"""Limits of time that end with a deadline."""

from __future__ import annotations

import time


def left(deadline: float) -> float:
    """Return the seconds until a deadline of `time.monotonic()`; 0 once it has passed."""
    return max(deadline - time.monotonic(), 0.0)


def shortened(timeout: float | None, deadline: float | None) -> float | None:
    """Return a limit in seconds that ends with a deadline at the latest; None for no limit."""
    if deadline is None:
        return timeout
    return left(deadline) if timeout is None else min(timeout, left(deadline))
