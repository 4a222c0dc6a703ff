"""The database with KWS's tables."""

from __future__ import annotations

from sqlalchemy import Connection

from openapi_mock.state import store as state

from .schema import metadata


class Store(state.Store):
    """The engine's store with the tables of KWS. Raises UnusableDatabaseError."""

    def __init__(self, url: str | None = None) -> None:
        super().__init__(metadata, url)


def create_tables(connection: Connection) -> None:
    """Create missing tables."""
    metadata.create_all(connection)
