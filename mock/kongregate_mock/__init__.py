"""The mock of Kongregate Web Services: its state, its handlers and its callbacks.

`create` makes it; `openapi_mock.load("kongregate")` serves it. Its `site` does what players do on the site's
own pages.
"""

from __future__ import annotations

from functools import partial

from openapi_mock.settings import Settings
from openapi_mock.state import Store

from . import schema, seed
from .behaviour import KongregateBehaviour
from .callback_responses import OrderedItem
from .callbacks import CallbackError, ForbiddenURL, InvalidResponse, NoResponse, Sender, TimedOut, sign
from .control import KongregateControl, Player
from .orders import NotEnoughKreds, Order
from .paging import PageSizes
from .site import Site


def create(
    settings: Settings | None = None, page_sizes: PageSizes | None = None, sender: Sender | None = None
) -> KongregateBehaviour:
    """Return Kongregate with its state in the settings' database. An empty one is seeded.

    Without a `sender`, callbacks go to this machine and the settings' `callback_hosts`. Raises
    openapi_mock.UnusableDatabaseError, openapi_mock.state.seeds.SeedError.
    """
    settings = settings or Settings()
    initial = seed.read(settings)
    store = Store(schema.metadata, settings.database)
    try:
        store.set_up(partial(seed.fill, seed=initial, now_ms=settings.clock()))
        return KongregateBehaviour(store, settings, page_sizes, sender)
    except BaseException:
        store.close()
        raise


__all__ = [
    "CallbackError",
    "ForbiddenURL",
    "InvalidResponse",
    "KongregateBehaviour",
    "KongregateControl",
    "NoResponse",
    "NotEnoughKreds",
    "Order",
    "OrderedItem",
    "PageSizes",
    "Player",
    "Sender",
    "Settings",
    "Site",
    "Store",
    "TimedOut",
    "create",
    "schema",
    "seed",
    "sign",
]
