"""Which tests judge a mutant, and in which order, so that the first failure comes soon."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePath

from .groups import BOUNDARIES
from .mutants import Mutant
from .reach import Reach, function_of

_NEAREST = 2
"""How many of a mutant's sets of lines are its own place; the last one is its function."""

_PAST = 6
"""How many tests that have killed in the same file come first."""


class Selection:
    """Chooses tests by what they reach and by what has killed before."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._usable = {index for index, test in enumerate(reach.tests) if test not in reach.failed}
        self._kills: dict[str, Counter[str]] = defaultdict(Counter)
        self._index = {test: index for index, test in enumerate(reach.tests)}
        self._cut = {self._index[test] for test in reach.long}

    def add_kill(self, mutant: Mutant, test: str) -> None:
        """Remember which test killed a mutant."""
        self._kills[mutant.file][test] += 1

    def drop(self, test: str) -> None:
        """Use a test no longer: it fails without any mutant."""
        self._usable.discard(self._index[test])

    def seconds(self, test: str) -> float:
        """Return the CPU time of a test while lines were recorded."""
        return self._reach.seconds[self._index[test]]

    def is_reached(self, mutant: Mutant) -> bool:
        """Return whether any test runs the place of a mutant itself, as opposed to what is around it."""
        return mutant.at_import or any(islice(self._candidates(mutant), _NEAREST))

    def is_long(self, test: str) -> bool:
        """Return whether a test takes longer than `seconds` says."""
        return self._index[test] in self._cut

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that reach a mutant, those first that are likely to fail soon.

        Where none is known to, they are all that may, since not everything was recorded of them.
        """
        found = next((each for each in self._candidates(mutant) if each), self._cut & self._usable)
        tests = [self._reach.tests[index] for index in found | self._named(mutant)]
        killers = self._kills[mutant.file]
        past = sorted((test for test in tests if killers[test]), key=lambda test: -killers[test])[:_PAST]
        # What is done at import is seen by whoever imports it, too.
        others = [self._reach.tests[index] for index in self._usable] if mutant.at_import else []
        return list(dict.fromkeys([*past, *self._varied(tests, mutant), *self._varied(others, mutant)]))

    def _candidates(self, mutant: Mutant) -> Iterator[set[int]]:
        for lines in mutant.reach:
            found = self._reach.running(mutant.file, lines)
            yield (found | self._unrecorded(mutant, found)) & self._usable
        if mutant.at_import and mutant.file in self._reach.lines:
            # What only declares something: whoever imports it may depend on it.
            yield self._usable

    def _unrecorded(self, mutant: Mutant, found: Collection[int]) -> set[int]:
        """Return the tests that may reach a mutant after their recording has ended."""
        tests = self._reach.tests
        if mutant.group in BOUNDARIES:
            return {index for index in self._cut if _is_for_operation(tests[index], mutant)}
        functions = {function_of(tests[index]) for index in found}
        return {index for index in self._cut if function_of(tests[index]) in functions}

    def _named(self, mutant: Mutant) -> set[int]:
        """Return the tests whose recording has ended early, and whose ids name a mutant."""
        if mutant.group in BOUNDARIES:
            return set()
        words = _words(mutant)
        return {index for index in self._cut & self._usable if _names(self._reach.tests[index], words)}

    def _varied(self, tests: Sequence[str], mutant: Mutant) -> list[str]:
        """Take tests of all functions in turn, the short ones first.

        Those of one function come in any order: the shortest of each are often about the same operation.
        """
        words = _words(mutant)
        any_order = random.Random(mutant.key)  # noqa: S311

        def rank(test: str) -> tuple[bool, bool]:
            return not _names(test, words), self.is_long(test)

        by_function: Mapping[str, list[str]] = defaultdict(list)
        for test in sorted(tests, key=lambda test: (rank(test), any_order.random())):
            by_function[function_of(test)].append(test)
        rounds = [
            (place, rank(test), self.seconds(test), test)
            for of_function in by_function.values()
            for place, test in enumerate(of_function)
        ]
        return [test for *_, test in sorted(rounds)]


def _is_for_operation(test: str, mutant: Mutant) -> bool:
    """Return whether the id of a test names the operation of a mutant, or its whole document."""
    document = PurePath(mutant.file).stem
    parameters = test.partition("[")[2].removesuffix("]")
    return parameters == document or bool(
        re.search(rf"\b{re.escape(document)}-{re.escape(mutant.function)}\b", parameters)
    )


def _words(mutant: Mutant) -> frozenset[str]:
    """Return what the ids of tests for a mutant's operation have in them."""
    stem = PurePath(mutant.file).stem
    names = (stem, *mutant.function.split("."))
    return frozenset(each for name in names if len(each := name.replace("_", "").lower()) > 3)  # noqa: PLR2004


def _names(test: str, words: frozenset[str]) -> bool:
    parameters = re.split(r"\W+", test.partition("[")[2].lower())
    return not words.isdisjoint(parameters)
