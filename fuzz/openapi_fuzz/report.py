"""What was reached: how often each operation answered with each status, and by which way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Final, TypeAlias

from .exchange import Exchange
from .failures import Failure

Hit: TypeAlias = tuple[str, str, str, int, bool]
"""Target, operation id, way (sync, async or raw), status, whether it is a success by its body, too."""
Key: TypeAlias = tuple[str, str]
"""Target and operation id."""

_WAYS: Final = ("sync", "async", "raw")


class Coverage:
    """Counts exchanges. Counts of several processes add up.

    Attributes:
        hits: The counts.
        operations: Operation ids of each target, in the order of its document.
        expected: The operations that have to succeed for a run to pass.
        raised: Failures reported by a body that the client raised as it should, with the way.
        outcomes: How often a kind of mutated response ended in a value or in an error of some class.
    """

    def __init__(self) -> None:
        self.hits: Counter[Hit] = Counter()
        self.operations: dict[str, list[str]] = {}
        self.expected: set[Key] = set()
        self.raised: set[tuple[str, str, Failure, str]] = set()
        self.outcomes: Counter[tuple[str, str, str]] = Counter()

    def register(self, target: str, operations: Iterable[str]) -> None:
        """Note which operations a target has."""
        self.operations[target] = [*operations]

    def expect(self, target: str, operation: str) -> None:
        """Note that an operation has to succeed, or the run fails."""
        self.expected.add((target, operation))

    def count(self, target: str, operation: str, exchange: Exchange) -> None:
        """Count an exchange."""
        self.hits[target, operation, exchange.via, exchange.response.status_code, exchange.succeeded] += 1

    def count_failure(self, target: str, operation: str, exchange: Exchange) -> None:
        """Note the failure that the body of an exchange reports, once the client is found to raise it."""
        if exchange.failure is not None and exchange.via != "raw":
            self.raised.add((target, operation, exchange.failure, exchange.via))

    def add(self, other: Coverage) -> None:
        """Add what another one counted."""
        self.hits.update(other.hits)
        self.operations |= other.operations
        self.expected |= other.expected
        self.raised |= other.raised
        self.outcomes.update(other.outcomes)

    def dump(self) -> str:
        """Return all of it as text, for another process."""
        return json.dumps(
            {
                "hits": [[*hit, count] for hit, count in self.hits.items()],
                "operations": self.operations,
                "expected": [*self.expected],
                "raised": [*self.raised],
                "outcomes": [[*key, count] for key, count in self.outcomes.items()],
            }
        )

    @classmethod
    def load(cls, text: str) -> Coverage:
        """Return what `dump` wrote."""
        loaded, coverage = json.loads(text), cls()
        for target, operation, way, status, is_success, count in loaded["hits"]:
            coverage.hits[target, operation, way, status, is_success] = count
        coverage.operations = loaded["operations"]
        coverage.expected = {(target, operation) for target, operation in loaded["expected"]}
        coverage.raised = {
            (target, operation, Failure(*failure), way)
            for target, operation, failure, way in loaded["raised"]
        }
        for target, mutation, outcome, count in loaded["outcomes"]:
            coverage.outcomes[target, mutation, outcome] = count
        return coverage

    @property
    def reached(self) -> set[Key]:
        """The operations that answered at all."""
        return {(target, operation) for target, operation, *_ in self.hits}

    def succeeded(self, target: str, operation: str) -> set[str]:
        """Return the ways by which an operation succeeded."""
        key = (target, operation)
        return {way for *found, way, _, is_success in self.hits if (*found,) == key and is_success}

    def lacking(self, operations: Collection[Key]) -> dict[Key, set[str]]:
        """Return those of the operations without a success, with the halves of the client that lack it."""
        wanted = {"sync", "async"}
        return {key: missing for key in operations if (missing := wanted - self.succeeded(*key))}

    def report(self) -> Iterator[str]:
        """Yield a table of operations and statuses for each target, and whether all of them succeeded."""
        shown = self.reached | self.expected
        for target, ids in self.operations.items():
            operations = [each for each in ids if (target, each) in shown]
            if not operations:
                continue
            lacking = self.lacking([(target, each) for each in operations])
            yield from self._table(target, operations)
            done = len(operations) - len(lacking)
            yield f"{done} of {len(operations)} operations succeeded through the client, sync and async"
            for (_, operation), missing in lacking.items():
                yield f"  {operation}: no success through the client, {' and '.join(sorted(missing))}"

    def _table(self, target: str, operations: Sequence[str]) -> Iterator[str]:
        hits = {hit: count for hit, count in self.hits.items() if hit[0] == target}
        columns = sorted({_column(status, is_success=good) for *_, status, good in hits})
        title = f"{target}, responses by status"
        width = max(len(title), *map(len, operations))
        yield f"{title:{width}}" + "".join(f"{column:>10}" for column in (*columns, *_WAYS))
        for operation in operations:
            counts = Counter[str]()
            for (_, found, way, status, good), count in hits.items():
                if found == operation:
                    counts[_column(status, is_success=good)] += count
                    counts[way] += count
            cells = (counts[column] for column in (*columns, *_WAYS))
            yield f"{operation:{width}}" + "".join(f"{count or '·':>10}" for count in cells)


def _column(status: int, *, is_success: bool) -> str:
    """Return the status, told apart where it says success and the body says failure."""
    says_success = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    return f"{status} fail" if says_success and not is_success else str(status)
