"""Both halves of the client that users import, on one mock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Self

import kongregate
from kws_clients.testing import KongregateMock, async_kongregate_client, kongregate_client

Call = Callable[[Any], Any]
"""A call of one of the two sessions, such as `lambda kong: kong.items.list_items()`."""


class Clients:
    """`Kongregate` and `AsyncKongregate`, which take turns to write, and both read."""

    def __init__(self, mock: KongregateMock, **settings: Any) -> None:
        self.sync = kongregate_client(mock, **settings)
        self.awaited = async_kongregate_client(mock, **settings)
        self._runner = asyncio.Runner()
        self._turn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.sync.close()
        self._runner.run(self.awaited.aclose())
        self._runner.close()

    def wait(self, awaited: Any) -> Any:
        """What an awaitable returns, in the event loop of the asynchronous session."""

        async def waiting() -> Any:
            return await awaited

        return self._runner.run(waiting())

    def read(self, call: Call) -> Any:
        """What the call returns, which is the same for both; or the name of the error."""
        one, other = self._by_sync(call), self._by_async(call)
        assert one == other, f"sync has {one}, async {other}"
        return one

    def write(self, call: Call) -> Any:
        """What the call returns for the one whose turn it is; or the name of the error."""
        self._turn += 1
        return self._by_sync(call) if self._turn % 2 else self._by_async(call)

    def _by_sync(self, call: Call) -> Any:
        return _outcome(lambda: call(self.sync))

    def _by_async(self, call: Call) -> Any:
        return _outcome(lambda: self.wait(call(self.awaited)))


def _outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except kongregate.APIError as error:
        return type(error).__name__
