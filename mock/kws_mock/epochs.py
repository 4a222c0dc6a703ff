"""The epoch of the state: what is derived from its rows is kept in memory for that long."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import Connection, select

from openapi_mock.state.statements import replacing

from .schema import epochs

_BYTES: Final = 16

CURRENT: Final = select(epochs.c.value).where(epochs.c.id == 1).scalar_subquery()
"""The epoch, as a part of a statement."""


def new_epoch(connection: Connection) -> None:
    """Draw a new epoch. Called whenever rows have been replaced or deleted, as by restoring a state."""
    row = {"id": 1, "value": secrets.token_hex(_BYTES)}
    replacing(epochs, ("value",)).run(connection, row)
