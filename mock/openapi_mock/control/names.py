"""Names of operations that are given by hand, which are easily misspelt."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


class UnknownOperationError(ValueError):
    """Raised for an operation or a callback that a mock does not have. The message has the nearest one."""


def check_name(name: str | None, known: Collection[str], what: str = "operation") -> None:
    """Check that a name is known; None is. Raises UnknownOperationError."""
    if name is not None and name not in known:
        nearest = get_close_matches(name, known, n=1)
        there = f"there are {', '.join(sorted(known))}" if known else "this API has none"
        advice = f"did you mean {nearest[0]!r}?" if nearest else there
        raise UnknownOperationError(f"there is no {what} {name!r}; {advice}")
