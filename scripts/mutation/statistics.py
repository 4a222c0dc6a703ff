"""Shares of samples, and how sure one can be of them."""

from __future__ import annotations

from math import sqrt
from typing import Final

_Z: Final = 1.959964
"""Of the normal distribution, for 95 %."""


NEARLY_SURE: Final = 3.0
"""The same for 99.7 %."""


def wilson(hits: int, count: int, z: float = _Z) -> tuple[float, float]:
    """Return the Wilson interval, at 95 % if `z` says nothing else, of the share that a sample estimates."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, z * z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = z * sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def percentile(values: list[float], share: float) -> float:
    """Return the value at a percentile, such as 0.9 for the 90th; 0 if there are no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
