from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from example_api import AsyncCaller, Caller, SyncCaller


@pytest.fixture(params=["sync", "async"])
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    """Runs a test twice: with sync calls, and with async ones."""
    if request.param == "sync":
        yield SyncCaller()
    else:
        with asyncio.Runner() as runner:
            yield AsyncCaller(runner)
