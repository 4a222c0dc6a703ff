"""Which oracles judged, how often, and how often each of them found something wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Tally:
    """Counts of oracles, by their names.

    Attributes:
        judged: How often each one judged.
        raised: How often each one found something.
        asks: What each one asks for.
    """

    judged: Counter[str] = field(default_factory=Counter[str])
    raised: Counter[str] = field(default_factory=Counter[str])
    asks: dict[str, str] = field(default_factory=dict[str, str])

    def copy(self) -> Tally:
        """Return the counts of now."""
        return Tally(self.judged.copy(), self.raised.copy(), {**self.asks})

    def since(self, earlier: Tally) -> Tally:
        """Return what was counted since an earlier copy."""
        return Tally(self.judged - earlier.judged, self.raised - earlier.raised, {**self.asks})

    def add(self, other: Tally) -> None:
        """Add the counts of another process."""
        self.judged.update(other.judged)
        self.raised.update(other.raised)
        self.asks |= other.asks


TALLY: Final = Tally()
"""The counts of this process."""


def oracle(check: Callable[P, R]) -> Callable[P, R]:
    """Count how often a check judges, and how often it raises; a test may be one, too.

    The first line of its docstring says what it asks for.

    Raises:
        ValueError: Another oracle has its name.
    """
    name = check.__name__.lstrip("_").removeprefix("check_").removeprefix("test_").replace("_", " ")
    asked = (check.__doc__ or "").partition("\n")[0]
    if TALLY.asks.setdefault(name, asked) != asked:
        raise ValueError(f"two oracles are called {name!r}")

    @wraps(check)
    def judge(*args: P.args, **kwargs: P.kwargs) -> R:
        TALLY.judged[name] += 1
        try:
            return check(*args, **kwargs)
        except BaseException:
            # Whatever it is: neither groups of errors nor the failures of pytest are an Exception.
            TALLY.raised[name] += 1
            raise

    return judge
