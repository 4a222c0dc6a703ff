"""What was reached: how often each operation answered with each status, and by which way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Hit: TypeAlias = tuple[str, str, str, int]
"""API, operation id, way (sync, async or raw), status."""

_WAYS = ("sync", "async", "raw")


class Coverage:
    """Counts exchanges. Counts of several processes add up."""

    def __init__(self) -> None:
        self.hits: Counter[Hit] = Counter()
        self.tried: set[tuple[str, str]] = set()

    def expect(self, api: str, operation: str) -> None:
        """Note that an operation has to succeed: without that, the run fails."""
        self.tried.add((api, operation))

    def count(self, api: str, operation: str, way: str, status: int) -> None:
        self.hits[api, operation, way, status] += 1

    def add(self, other: Coverage) -> None:
        self.hits.update(other.hits)
        self.tried |= other.tried

    def dump(self) -> str:
        """All of it as text, for another process."""
        return json.dumps(
            {"hits": [[*hit, count] for hit, count in self.hits.items()], "tried": [*self.tried]}
        )

    @classmethod
    def loaded(cls, text: str) -> Coverage:
        """What `dump` gave."""
        found, coverage = json.loads(text), cls()
        coverage.hits.update(
            {(api, operation, way, status): n for api, operation, way, status, n in found["hits"]}
        )
        coverage.tried = {(api, operation) for api, operation in found["tried"]}
        return coverage

    @property
    def reached(self) -> set[tuple[str, str]]:
        """The operations that answered at all."""
        return {(api, operation) for api, operation, _, _ in self.hits}

    def succeeded(self, api: str, operation: str) -> set[str]:
        """The ways on which the operation had a 2xx."""
        return {way for a, o, way, status in self.hits if (a, o) == (api, operation) and 200 <= status < 300}

    def lacking(self, operations: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], set[str]]:
        """Operations (of each API) without a 2xx through the client, with the halves that lack it."""
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
            yield f"{done} of {len(ids)} operations with a 2xx through the client, sync and async"
        for (_, operation), missing in self.lacking(operations).items():
            yield f"  {operation}: no 2xx through the client, {' and '.join(sorted(missing))}"

    def _table(self, api: str, ids: Sequence[str]) -> Iterator[str]:
        statuses = sorted({status for a, _, _, status in self.hits if a == api})
        wide = max(map(len, ids), default=0)
        yield (
            f"{api + ', answers by status':{wide}}"
            + "".join(f"{status:>8}" for status in statuses)
            + ("".join(f"{way:>8}" for way in _WAYS))
        )
        for operation in ids:
            by_status = Counter[int]()
            by_way = Counter[str]()
            for (a, o, way, status), count in self.hits.items():
                if (a, o) == (api, operation):
                    by_status[status] += count
                    by_way[way] += count
            cells = [by_status[status] for status in statuses] + [by_way[way] for way in _WAYS]
            yield f"{operation:{wide}}" + "".join(f"{count or '·':>8}" for count in cells)
