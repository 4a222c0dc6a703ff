"""Draws mutants: as many in each group, uniformly over its sites, and never two at one site."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from .mutants import Mutant


def draw(
    mutants: Iterable[Mutant],
    groups: Sequence[str],
    count: int,
    seed: int,
    is_sound: Callable[[Mutant], bool] = lambda _: True,
) -> list[Mutant]:
    """Return at least `count` mutants, those of all groups in turn; fewer where a group has no more."""
    sites: dict[str, dict[tuple[str, str], list[Mutant]]] = {group: defaultdict(list) for group in groups}
    for each in mutants:
        if each.group in sites:
            sites[each.group][each.file, each.site].append(each)
    drawn = [
        _draw_group(sites[group], -(-count // len(groups)), f"{seed}/{group}", is_sound) for group in groups
    ]
    return [each for each in chain.from_iterable(zip_longest(*drawn)) if each is not None]


def _draw_group(
    sites: dict[tuple[str, str], list[Mutant]], count: int, seed: str, is_sound: Callable[[Mutant], bool]
) -> list[Mutant]:
    # A text as seed gives the same numbers in every process.
    rng = random.Random(seed)  # noqa: S311
    order = sorted(sites)
    rng.shuffle(order)
    found = _one_of_each((sites[site] for site in order), rng, is_sound)
    return [each for each, _ in zip(found, range(count), strict=False)]


def _one_of_each(
    sites: Iterable[list[Mutant]], rng: random.Random, is_sound: Callable[[Mutant], bool]
) -> Iterator[Mutant]:
    for site in sites:
        chosen = rng.choice(sorted(site, key=lambda each: (each.operator, each.after)))
        if is_sound(chosen):
            yield chosen
