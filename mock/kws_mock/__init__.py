"""Kids Web Services for the mock engine: what it remembers, and what it does.

`create` is all that is needed to serve it; a `KwsBehaviour` over a `Store` can have any state and clock.
"""

from __future__ import annotations

from openapi_mock.clock import Clock, system_clock

from . import schema, seed
from .behaviour import KwsBehaviour
from .store import Store, create_tables


def create(database: str | None = None, clock: Clock = system_clock) -> KwsBehaviour:
    """KWS with its state at an SQLAlchemy URL, in memory without one. An empty database is seeded.

    Raises openapi_mock.UnusableDatabaseError.
    """
    store = Store(database)
    store.set_up(seed.fill)
    return KwsBehaviour(store, clock)


__all__ = [
    "Clock",
    "KwsBehaviour",
    "Store",
    "create",
    "create_tables",
    "schema",
    "seed",
    "system_clock",
]
