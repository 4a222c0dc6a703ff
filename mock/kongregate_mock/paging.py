"""Pagination by page number, from 1."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSizes:
    """The largest number of entries on one page."""

    friends: int = 500
    scores: int = 25


def page_count(total: int, size: int) -> int:
    """Return the number of pages; an empty list has one."""
    return max(1, -(-total // size))
