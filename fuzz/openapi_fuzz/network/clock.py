"""A clock that moves only when something takes time."""

from __future__ import annotations

from typing import Final

START: Final = 1_000_000.0
"""When a clock begins, in seconds since 1970."""


class Clock:
    """What takes the place of the module `time`: it stands still until somebody waits.

    Attributes:
        now: The time, in seconds.
        waits: Every wait, in seconds.
    """

    def __init__(self) -> None:
        self.now = START
        self.waits: list[float] = []

    def monotonic(self) -> float:
        """Return the time."""
        return self.now

    def time(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Wait, which takes no time."""
        self.waits.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        """Wait, as `sleep` does."""
        self.sleep(seconds)

    def take(self, seconds: float, limit: float | None, late: type[Exception]) -> None:
        """Let time pass, until a limit at the most. Raises `late` if that is not enough."""
        if limit is not None and (limit <= 0 or seconds > limit):
            self.now += max(limit, 0.0)
            raise late
        if seconds == float("inf"):
            raise AssertionError("a client waits for ever")
        self.now += seconds
