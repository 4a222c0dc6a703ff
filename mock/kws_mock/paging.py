"""Pagination by offset and limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

DEFAULT_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """The requested part of the results."""

    offset: int
    limit: int

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Page:
        """Return the page of a query. Without a limit, or with 0, the default applies."""
        return cls(query.get("offset", 0), query.get("limit") or DEFAULT_LIMIT)

    def envelope(self, count: int, results: list[dict[str, Any]]) -> dict[str, Any]:
        return {"offset": self.offset, "limit": self.limit, "count": count, "results": results}
