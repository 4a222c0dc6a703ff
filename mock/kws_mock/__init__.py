"""The mock of Kids Web Services: its state and its handlers.

`create` makes it; `openapi_mock.load("kws")` serves it.
"""

from __future__ import annotations

from functools import partial

from openapi_mock.settings import Settings

from . import schema, seed
from .behaviour import KwsBehaviour
from .control import KwsControl, User
from .sign_in import UnacceptableSignIn, WrongPassword
from .store import Store, create_tables


def create(settings: Settings | None = None) -> KwsBehaviour:
    """Return KWS with its state in the settings' database. An empty one is seeded.

    Raises openapi_mock.UnusableDatabaseError, openapi_mock.state.seeds.SeedError.
    """
    settings = settings or Settings()
    initial = seed.read(settings)
    store = Store(settings.database)
    try:
        store.set_up(partial(seed.fill, seed=initial, now_ms=settings.clock(), random=settings.random))
        return KwsBehaviour(store, settings)
    except BaseException:
        store.close()
        raise


__all__ = [
    "KwsBehaviour",
    "KwsControl",
    "Settings",
    "Store",
    "UnacceptableSignIn",
    "User",
    "WrongPassword",
    "create",
    "create_tables",
    "schema",
    "seed",
]
