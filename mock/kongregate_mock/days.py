"""Days, which begin at midnight UTC."""

from __future__ import annotations

from typing import Final

_DAY_MS: Final = 86_400_000


def day_of(time_ms: int) -> int:
    """Return the number of the day that a time is in, from 1970-01-01."""
    return time_ms // _DAY_MS
