"""The mock of Kongregate Web Services: its state, its handlers and its callbacks.

Use `create` to serve it, or `KongregateBehaviour` with a `Store` for a state, a clock, page sizes and a
transport to game servers of your own. Its `site` does what players do on the site's own pages.
"""

from __future__ import annotations

from functools import partial

from openapi_mock.clock import Clock, system_clock
from openapi_mock.state import Store

from . import schema, seed
from .behaviour import KongregateBehaviour
from .callback_responses import OrderedItem
from .callbacks import CallbackError, ForbiddenURL, InvalidResponse, NoResponse, Sender, TimedOut, sign
from .orders import NotEnoughKreds, Order
from .paging import PageSizes
from .site import Site


def create(
    database: str | None = None,
    clock: Clock = system_clock,
    page_sizes: PageSizes | None = None,
    sender: Sender | None = None,
) -> KongregateBehaviour:
    """Return Kongregate with its state at an SQLAlchemy URL, or in memory. An empty database is seeded.

    Raises openapi_mock.UnusableDatabaseError.
    """
    store = Store(schema.metadata, database)
    store.set_up(partial(seed.fill, now_ms=clock()))
    return KongregateBehaviour(store, clock, page_sizes, sender)


__all__ = [
    "CallbackError",
    "Clock",
    "ForbiddenURL",
    "InvalidResponse",
    "KongregateBehaviour",
    "NoResponse",
    "NotEnoughKreds",
    "Order",
    "OrderedItem",
    "PageSizes",
    "Sender",
    "Site",
    "Store",
    "TimedOut",
    "create",
    "schema",
    "seed",
    "sign",
    "system_clock",
]
