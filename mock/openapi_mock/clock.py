"""The clock of a mock, which tests can move."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Returns the milliseconds since 1970-01-01 UTC."""


def system_clock() -> int:
    return time.time_ns() // 1_000_000


class MovableClock:
    """A clock that runs like another one, and can be moved and stopped. Safe to share between threads.

    Calling it returns the milliseconds since 1970-01-01 UTC.
    """

    def __init__(self, base: Clock = system_clock) -> None:
        self._base = base
        self._offset_ms = 0
        self._stopped_ms: int | None = None
        self._lock = threading.RLock()

    def __call__(self) -> int:
        stopped_ms = self._stopped_ms
        return self._base() + self._offset_ms if stopped_ms is None else stopped_ms

    def __repr__(self) -> str:
        return f"<MovableClock {self.now.isoformat()}{' (stopped)' if self.is_stopped else ''}>"

    @property
    def now(self) -> datetime:
        """The mock's time, in UTC."""
        return datetime.fromtimestamp(self() / 1000, UTC)

    @property
    def is_stopped(self) -> bool:
        """Whether the clock stands still until it is moved."""
        return self._stopped_ms is not None

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Move the clock forward, or back by negative numbers. Return the new time."""
        moved = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        with self._lock:
            return self.set(self.now + moved)

    def set(self, time: datetime) -> datetime:
        """Set the clock to a time with a time zone, from which it goes on. Return that time in UTC.

        Raises ValueError for a time without a zone.
        """
        if time.tzinfo is None:
            raise ValueError("the time has no zone: use datetime(…, tzinfo=UTC)")
        time_ms = round(time.timestamp() * 1000)
        with self._lock:
            if self._stopped_ms is None:
                self._offset_ms = time_ms - self._base()
            else:
                self._stopped_ms = time_ms
        return time.astimezone(UTC)

    def stop(self) -> None:
        """Let the clock stand still, so that times in responses are known in advance."""
        self._stopped_ms = self()

    def start(self) -> None:
        """Let the clock run again, from where it stands."""
        with self._lock:
            if self._stopped_ms is not None:
                self._offset_ms = self._stopped_ms - self._base()
                self._stopped_ms = None

    def reset(self) -> None:
        """Return to the time of the clock beneath, running."""
        with self._lock:
            self._stopped_ms = None
            self._offset_ms = 0


def date_at(time_ms: int) -> date:
    """Return the date of a time, in UTC."""
    return datetime.fromtimestamp(time_ms / 1000, UTC).date()
