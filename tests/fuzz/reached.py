"""What was reached: how often each operation answered with each status, and by which way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from failures import Failure

if TYPE_CHECKING:
    from channel import Exchange

Hit: TypeAlias = tuple[str, str, str, int, bool]
"""API, operation id, way (sync, async or raw), status, whether it is a success by its body, too."""

_WAYS = ("sync", "async", "raw")


class Coverage:
    """Counts exchanges. Counts of several processes add up."""

    def __init__(self) -> None:
        self.hits: Counter[Hit] = Counter()
        self.tried: set[tuple[str, str]] = set()
        self.raised: set[tuple[str, str, Failure, str]] = set()

    def expect(self, api: str, operation: str) -> None:
        """Note that an operation has to succeed: without that, the run fails."""
        self.tried.add((api, operation))

    def count(self, api: str, operation: str, exchange: Exchange) -> None:
        self.hits[api, operation, exchange.via, exchange.response.status_code, exchange.succeeded] += 1

    def judged(self, api: str, operation: str, exchange: Exchange) -> None:
        """Note a failure told by a body that arrived through the client, and was raised as it should."""
        if exchange.failure is not None and exchange.via != "raw":
            self.raised.add((api, operation, exchange.failure, exchange.via))

    def add(self, other: Coverage) -> None:
        self.hits.update(other.hits)
        self.tried |= other.tried
        self.raised |= other.raised

    def dump(self) -> str:
        """All of it as text, for another process."""
        return json.dumps(
            {
                "hits": [[*hit, count] for hit, count in self.hits.items()],
                "tried": [*self.tried],
                "raised": [*self.raised],
            }
        )

    @classmethod
    def loaded(cls, text: str) -> Coverage:
        """What `dump` gave."""
        found, coverage = json.loads(text), cls()
        coverage.hits.update(
            {(api, name, way, status, good): n for api, name, way, status, good, n in found["hits"]}
        )
        coverage.tried = {(api, operation) for api, operation in found["tried"]}
        coverage.raised = {
            (api, operation, Failure(*failure), way) for api, operation, failure, way in found["raised"]
        }
        return coverage

    @property
    def reached(self) -> set[tuple[str, str]]:
        """The operations that answered at all."""
        return {(api, operation) for api, operation, *_ in self.hits}

    def succeeded(self, api: str, operation: str) -> set[str]:
        """The ways on which the operation had a success; a failure that the body of a 2xx tells is none."""
        return {way for a, o, way, _, good in self.hits if (a, o) == (api, operation) and good}

    def lacking(self, operations: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], set[str]]:
        """Operations (of each API) without a success through the client, with the halves that lack it."""
        wanted = {"sync", "async"}
        return {
            (api, operation): missing
            for api, ids in operations.items()
            for operation in ids
            if (missing := wanted - self.succeeded(api, operation))
        }

    def report(self, operations: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """A table of operations and statuses for each API, and whether all of them succeeded."""
        for api, ids in operations.items():
            yield from self._table(api, ids)
            done = len(ids) - sum(name == api for name, _ in self.lacking(operations))
            yield f"{done} of {len(ids)} operations succeeded through the client, sync and async"
        for (_, operation), missing in self.lacking(operations).items():
            yield f"  {operation}: no success through the client, {' and '.join(sorted(missing))}"

    def _table(self, api: str, ids: Sequence[str]) -> Iterator[str]:
        statuses = sorted({_column(status, good=good) for a, *_, status, good in self.hits if a == api})
        wide = max(map(len, ids), default=0)
        yield (
            f"{api + ', answers by status':{wide}}"
            + "".join(f"{status:>10}" for status in statuses)
            + ("".join(f"{way:>10}" for way in _WAYS))
        )
        for operation in ids:
            by_status = Counter[str]()
            by_way = Counter[str]()
            for (a, o, way, status, good), count in self.hits.items():
                if (a, o) == (api, operation):
                    by_status[_column(status, good=good)] += count
                    by_way[way] += count
            cells = [by_status[status] for status in statuses] + [by_way[way] for way in _WAYS]
            yield f"{operation:{wide}}" + "".join(f"{count or '·':>10}" for count in cells)


def _column(status: int, *, good: bool) -> str:
    """The status; told apart where it says success and the body says failure."""
    return str(status) if good or not 200 <= status < 300 else f"{status} fail"
