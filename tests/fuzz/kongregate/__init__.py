"""What is special about Kongregate: what its mock knows, what it refuses, and what it has to remember."""

from __future__ import annotations

from pathlib import Path

from openapi_fuzz import Target
from openapi_mock import load

from .known import KEY, OTHER_KEY, TOKEN, VALUES, WRENS_TOKEN
from .model import UNREACHABLE_FAILURES, Memory
from .planted import memory_faults
from .sessions import open_sessions


def target(spec: Path) -> Target:
    """Kongregate Web Services, called by its overlay, for the game whose key it has."""
    return Target(
        spec,
        "kongregate_client",
        mock=lambda: load(spec),
        values=VALUES,
        supplied={"api_key": KEY},
        sessions=open_sessions,
        secrets=(KEY, OTHER_KEY, TOKEN, WRENS_TOKEN),
        model=Memory,
        unreachable_failures=UNREACHABLE_FAILURES,
        faults=memory_faults(),
    )
