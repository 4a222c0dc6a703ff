"""Measures contenders in turn, so that what slows the machine down for a while slows all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import starmap
from statistics import median
from typing import Final, TypeAlias

from attrs import field, frozen

OURS: Final = "ours"
FAST: Final = "fast"
STOCK: Final = "stock"

Work: TypeAlias = Callable[[int], float]
"""Does something so many times, or a few more, and returns the seconds of CPU for each."""
Samples: TypeAlias = Mapping[str, Sequence[float]]
"""Seconds of CPU for one thing, by contender and in order of the rounds."""

_FIRST_CALLS: Final = 3
_MOST_CALLS: Final = 1 << 20
_SHARE_TO_LEARN_FROM: Final = 0.25


@frozen
class Effort:
    """How much is measured.

    Attributes:
        rounds: How often each contender has its turn.
        seconds: CPU time of a turn.
        runs: How often a whole process is run.
        is_short: Whether to leave out what `make check` has no time for.
    """

    rounds: int
    seconds: float
    runs: int
    is_short: bool = False


FULL: Final = Effort(rounds=15, seconds=0.15, runs=30)
SHORT: Final = Effort(rounds=7, seconds=0.06, runs=9, is_short=True)


@frozen
class Goal:
    """The most that one contender may take of what another one takes."""

    of: str
    to: str
    at_most: float


@frozen
class Row:
    """One thing to measure.

    Attributes:
        name: Its name in files.
        title: Its name in tables.
        goals: What has to come out.
        per_second: Whether tables have how many fit into a second, rather than how long each takes.
    """

    name: str
    title: str
    goals: Sequence[Goal] = ()
    per_second: bool = False

    @property
    def comparisons(self) -> Sequence[tuple[str, str]]:
        """Who is compared to whom: as the goals have it, and both of ours to the stock client."""
        usual = [(OURS, STOCK), (FAST, STOCK)]
        return [*dict.fromkeys([*((goal.of, goal.to) for goal in self.goals), *usual])]


@frozen
class Result:
    """What was measured.

    Attributes:
        row: What for.
        samples: The samples of those who took part.
        missing: Who could not take part, and what they lack.
    """

    row: Row
    samples: Samples
    missing: Mapping[str, str] = field(factory=dict[str, str])

    def ratio(self, of: str, to: str) -> float | None:
        """Return the median of the rounds' ratios; None if one of the two did not take part.

        Two turns of one round are close to each other, so a machine that is busy for a while moves both, and
        hardly their ratio.
        """
        if of not in self.samples or to not in self.samples:
            return None
        pairs = zip(self.samples[of], self.samples[to], strict=True)
        return median(starmap(_share, pairs))

    def is_worse(self, pair: str, than: float) -> bool:
        """Whether a ratio, by its name `of/to`, is above a number, and that of the best turns as well.

        What disturbs a turn makes it longer, so the best ones tell what the code itself takes.
        """
        of, _, to = pair.partition("/")
        ratio = self.ratio(of, to)
        return ratio is not None and min(ratio, min(self.samples[of]) / min(self.samples[to])) > than

    @property
    def ratios(self) -> Mapping[str, float]:
        """The ratios that are known, by `of/to`."""
        found = {f"{of}/{to}": self.ratio(of, to) for of, to in self.row.comparisons}
        return {name: ratio for name, ratio in found.items() if ratio is not None}


def _share(of: float, to: float) -> float:
    return of / to


def calibrate(work: Work, seconds: float) -> int:
    """Return how many calls take so many seconds of CPU, and warm up meanwhile."""
    # The first calls import and connect, which says nothing of the others.
    work(_FIRST_CALLS)
    calls = 1
    while (spent := work(calls) * calls) < seconds * _SHARE_TO_LEARN_FROM and calls < _MOST_CALLS:
        calls *= 2
    return max(1, min(_MOST_CALLS, round(calls * seconds / spent))) if spent > 0 else calls


def take_turns(turns: Mapping[str, Callable[[], float]], rounds: int) -> Samples:
    """Return what each turn returned, round by round; each round begins with another contender."""
    samples: dict[str, list[float]] = {name: [] for name in turns}
    order = list(turns)
    for _ in range(rounds):
        for name in order:
            samples[name].append(turns[name]())
        order.append(order.pop(0))
    return samples


def measure(contenders: Mapping[str, Work], effort: Effort) -> Samples:
    """Return samples of contenders, each with as many calls as fit into its turn."""

    def turn(work: Work, calls: int) -> Callable[[], float]:
        return lambda: work(calls)

    turns = {name: turn(work, calibrate(work, effort.seconds)) for name, work in contenders.items()}
    return take_turns(turns, effort.rounds)
