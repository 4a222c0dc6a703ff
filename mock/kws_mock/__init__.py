"""The mock of Kids Web Services: its state and its handlers.

Use `create` to serve it, or `KwsBehaviour` with a `Store` for a state and a clock of your own.
"""

from __future__ import annotations

from openapi_mock.clock import Clock, system_clock

from . import schema, seed
from .behaviour import KwsBehaviour
from .store import Store, create_tables


def create(database: str | None = None, clock: Clock = system_clock) -> KwsBehaviour:
    """Return KWS with its state at an SQLAlchemy URL, or in memory. An empty database is seeded.

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
