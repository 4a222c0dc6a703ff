"""What is special about KWS: whose token is sent, what its mock knows, and what it has to remember."""

from __future__ import annotations

from pathlib import Path

from openapi_fuzz import Document, Target
from openapi_mock import load

from .known import APP, USER, VALUES
from .model import Memory
from .planted import memory_faults
from .sessions import credentials, open_sessions


def target(spec: Path) -> Target:
    """Kids Web Services, called by its overlay."""
    return Target(
        spec,
        "kws_client",
        mock=lambda: load(spec),
        credentials=credentials,
        values=VALUES,
        supplied={"appId": APP, "userId": USER},
        sessions=open_sessions,
        model=Memory,
        faults=memory_faults(Document(spec).operations),
    )
