"""The clock of a mock, which tests can replace."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Returns the milliseconds since 1970-01-01 UTC."""


def system_clock() -> int:
    return time.time_ns() // 1_000_000


def date_at(time_ms: int) -> date:
    """Return the date of a time, in UTC."""
    return datetime.fromtimestamp(time_ms / 1000, UTC).date()
