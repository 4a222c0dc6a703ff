"""Pages by number, from 1."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSizes:
    """The most that one page holds."""

    friends: int = 500
    scores: int = 25


def page_count(total: int, size: int) -> int:
    """At least 1: there is a first page even of nothing."""
    return max(1, -(-total // size))
