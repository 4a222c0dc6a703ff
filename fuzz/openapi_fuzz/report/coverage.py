"""What was reached: how often each operation answered with each status, by which way, and what else."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from openapi_fuzz.document import Operation
from openapi_fuzz.exchange import Exchange
from openapi_fuzz.failures import Failure
from openapi_fuzz.findings.finding import Finding
from openapi_fuzz.oracles.tally import Tally

Hit: TypeAlias = tuple[str, str, str, int, bool]
"""Target, operation id, way (sync, async or raw), status, whether it is a success by its body, too."""
Key: TypeAlias = tuple[str, str]
"""Target and operation id."""

WAYS: Final = ("sync", "async", "raw")


@dataclass(frozen=True)
class Surface:
    """What the document of one target offers to be reached.

    Attributes:
        statuses: The documented statuses of each operation, in the order of the document.
        links: Its links, as schemathesis writes them.
        unreachable: Statuses that the server has no occasion for, with the reasons, by operation id.
    """

    statuses: Mapping[str, Sequence[str]]
    links: Sequence[str] = ()
    unreachable: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    @classmethod
    def of(
        cls, operations: Mapping[str, Operation], unreachable: Mapping[str, Mapping[int | str, str]]
    ) -> Surface:
        """Return what a document offers."""
        return cls(
            {each.id: [*each.responses] for each in operations.values()},
            [link for each in operations.values() for link in each.links],
            {
                name: {str(status): reason for status, reason in reasons.items()}
                for name, reasons in unreachable.items()
            },
        )


class Coverage:
    """Counts exchanges. Counts of several processes add up.

    Attributes:
        hits: The counts.
        surfaces: What each target offers.
        expected: The operations that have to succeed for a run to pass.
        raised: Failures reported by a body that the client raised as it should, with the way.
        outcomes: How often a kind of mutated response ended in a value or in an error of some class.
        links: How often each link of a target was followed.
        seconds: How long the server and the client took for each operation.
        longest: How long the longest exchange of each operation took.
        oracles: How often each oracle judged, and found something.
        findings: What went wrong.
        lines: Lines that ran, by file, where that is measured.
    """

    def __init__(self) -> None:
        self.hits: Counter[Hit] = Counter()
        self.surfaces: dict[str, Surface] = {}
        self.expected: set[Key] = set()
        self.raised: set[tuple[str, str, Failure, str]] = set()
        self.outcomes: Counter[tuple[str, str, str]] = Counter()
        self.links: Counter[tuple[str, str]] = Counter()
        self.seconds: defaultdict[Key, float] = defaultdict(float)
        self.longest: defaultdict[Key, float] = defaultdict(float)
        self.oracles = Tally()
        self.findings: list[Finding] = []
        self.lines: defaultdict[str, set[int]] = defaultdict(set)

    def register(self, target: str, surface: Surface | Iterable[str]) -> None:
        """Note what a target offers: at least the ids of its operations."""
        self.surfaces[target] = (
            surface if isinstance(surface, Surface) else Surface(dict.fromkeys(surface, ()))
        )

    def expect(self, target: str, operation: str) -> None:
        """Note that an operation has to succeed, or the run fails."""
        self.expected.add((target, operation))

    def count(self, target: str, operation: str, exchange: Exchange, seconds: float = 0.0) -> None:
        """Count an exchange, and how long it took."""
        self.hits[target, operation, exchange.via, exchange.response.status_code, exchange.succeeded] += 1
        self.seconds[target, operation] += seconds
        self.longest[target, operation] = max(self.longest[target, operation], seconds)

    def count_failure(self, target: str, operation: str, exchange: Exchange) -> None:
        """Note the failure that the body of an exchange reports, once the client is found to raise it."""
        if exchange.failure is not None and exchange.via != "raw":
            self.raised.add((target, operation, exchange.failure, exchange.via))

    def count_link(self, target: str, link: str | None) -> None:
        """Count a link that was followed; None is none."""
        if link is not None:
            self.links[target, link] += 1

    def add(self, other: Coverage) -> None:
        """Add what another one counted."""
        self.hits.update(other.hits)
        self.surfaces |= other.surfaces
        self.expected |= other.expected
        self.raised |= other.raised
        self.outcomes.update(other.outcomes)
        self.links.update(other.links)
        for key, seconds in other.seconds.items():
            self.seconds[key] += seconds
            self.longest[key] = max(self.longest[key], other.longest[key])
        self.oracles.add(other.oracles)
        self.findings += other.findings
        for file, lines in other.lines.items():
            self.lines[file] |= lines

    def dump(self) -> str:
        """Return all of it as text, for another process."""
        return json.dumps(
            {
                "hits": [[*hit, count] for hit, count in self.hits.items()],
                "surfaces": {target: asdict(surface) for target, surface in self.surfaces.items()},
                "expected": [*self.expected],
                "raised": [*self.raised],
                "outcomes": [[*key, count] for key, count in self.outcomes.items()],
                "links": [[*link, count] for link, count in self.links.items()],
                "seconds": [[*key, total, self.longest[key]] for key, total in self.seconds.items()],
                "oracles": vars(self.oracles),
                "findings": [asdict(each) for each in self.findings],
                "lines": {file: [*lines] for file, lines in self.lines.items()},
            }
        )

    @classmethod
    def load(cls, text: str) -> Coverage:
        """Return what `dump` wrote."""
        loaded: dict[str, Any] = json.loads(text)
        coverage = cls()
        for *hit, count in loaded["hits"]:
            target, operation, way, status, is_success = hit
            coverage.hits[target, operation, way, status, is_success] = count
        coverage.surfaces = {target: Surface(**surface) for target, surface in loaded["surfaces"].items()}
        coverage.expected = {(target, operation) for target, operation in loaded["expected"]}
        coverage.raised = {
            (target, operation, Failure(*failure), way)
            for target, operation, failure, way in loaded["raised"]
        }
        for target, mutation, outcome, count in loaded["outcomes"]:
            coverage.outcomes[target, mutation, outcome] = count
        coverage.links = Counter({(target, link): count for target, link, count in loaded["links"]})
        for target, operation, total, longest in loaded["seconds"]:
            coverage.seconds[target, operation], coverage.longest[target, operation] = total, longest
        oracles = loaded["oracles"]
        coverage.oracles = Tally(Counter(oracles["judged"]), Counter(oracles["raised"]), oracles["asks"])
        coverage.findings = [Finding(**each) for each in loaded["findings"]]
        coverage.lines.update({file: {*lines} for file, lines in loaded["lines"].items()})
        return coverage

    @property
    def cases(self) -> int:
        """How many cases were judged: requests that were sent, and responses that were drawn."""
        return self.hits.total() + self.outcomes.total()

    @property
    def reached(self) -> set[Key]:
        """The operations that answered at all."""
        return {(target, operation) for target, operation, *_ in self.hits}

    def operations(self, target: str) -> list[str]:
        """Return the operations of a target that were called, or should have been, in their order."""
        shown = self.reached | self.expected
        return [each for each in self.surfaces[target].statuses if (target, each) in shown]

    def succeeded(self, target: str, operation: str) -> set[str]:
        """Return the ways by which an operation succeeded."""
        key = (target, operation)
        return {way for *found, way, _, is_success in self.hits if (*found,) == key and is_success}

    def lacking(self, operations: Collection[Key]) -> dict[Key, set[str]]:
        """Return those of the operations without a success, with the halves of the client that lack it."""
        wanted = {"sync", "async"}
        return {key: missing for key in operations if (missing := wanted - self.succeeded(*key))}

    def statuses(self, target: str) -> dict[str, dict[str, Counter[str]]]:
        """Return how often each operation answered with each status, by way.

        A documented status that was never met has no counts; one that says success while the body says
        failure is told apart.
        """
        documented = self.surfaces[target].statuses
        found = {
            operation: {status: Counter[str]() for status in documented[operation]}
            for operation in self.operations(target)
        }
        for (owner, operation, way, status, good), count in self.hits.items():
            if owner == target and operation in found:
                found[operation].setdefault(column(status, is_success=good), Counter())[way] += count
        return found

    def documented(self, target: str) -> int:
        """Return how many statuses the called operations of a target have, all together."""
        return sum(len(self.surfaces[target].statuses[each]) for each in self.operations(target))

    def unmet(self, target: str) -> list[tuple[str, str]]:
        """Return each operation and documented status that were not met, and for no known reason."""
        met = {(operation, status) for owner, operation, _, status, _ in self.hits if owner == target}
        surface = self.surfaces[target]
        return [
            (operation, status)
            for operation in self.operations(target)
            for status in surface.statuses[operation]
            if status.isdigit()
            and (operation, int(status)) not in met
            and status not in surface.unreachable.get(operation, {})
        ]

    def unfollowed(self, target: str) -> list[str]:
        """Return the documented links that were never followed."""
        return [each for each in self.surfaces[target].links if (target, each) not in self.links]


def column(status: int, *, is_success: bool) -> str:
    """Return the status, told apart where it says success and the body says failure."""
    says_success = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    return f"{status} fail" if says_success and not is_success else str(status)
