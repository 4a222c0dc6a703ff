"""A network in memory that fails as planned, for clients whose clock it holds.

Beneath a client everything is real down to the bytes: the transports, their pools and httpcore's connections.
So thousands of calls with timeouts and waits take no time, and what they did is known exactly.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import anyio
import httpcore

from .clock import Clock
from .plans import Phase, Plan
from .streams import Arrival, AsyncStream, Stream, SyncStream


class Network:
    """Serves attempts one after the other, each as planned.

    Args:
        plans: What is done with each attempt; the last one is repeated.

    Attributes:
        clock: What tells the time meanwhile.
        arrivals: What was written, attempt by attempt, where a connection was made.
        connected: How many connections were made.
        open: How many of them are open.
        interrupt: Called before each read and write, to do something else meanwhile; awaited in a task.
    """

    def __init__(self, plans: Iterable[Plan] = (Plan(),)) -> None:
        self.clock = Clock()
        self.arrivals: list[Arrival] = []
        self.connected = 0
        self.open = 0
        self.interrupt: Callable[[], Any] = _nothing
        self._plans = list(plans)
        self._number = 0

    @property
    def attempts(self) -> int:
        """How many attempts have begun."""
        return self._number

    @property
    def plan(self) -> Plan:
        """What is planned for the next attempt."""
        return self._plans[min(self._number, len(self._plans) - 1)]

    def next(self) -> Plan:
        """Begin an attempt."""
        plan = self.plan
        self._number += 1
        return plan

    def connect(self, host: str, port: int, timeout: float | None) -> Stream:
        """Make a connection."""
        self.clock.take(0, timeout, httpcore.ConnectTimeout)
        self.fail("connect", timeout, httpcore.ConnectError, httpcore.ConnectTimeout)
        self.connected += 1
        self.open += 1
        return Stream(self, ("http", host, port))

    def fail(self, phase: Phase, limit: float | None, broken: type[Exception], late: type[Exception]) -> None:
        """Fail the attempt that begins, if that is planned for this phase."""
        plan = self.plan
        if plan.fails != phase:
            return
        self.next()
        if plan.how == "late":
            self.clock.take(float("inf"), limit, late)
        raise broken("made up")

    @contextmanager
    def serving(self) -> Generator[Network]:
        """Be the network of this process, and its clock that of the clients."""
        network = self

        def connect_tcp(
            _: Any, host: str, port: int, timeout: float | None = None, *__: Any, **___: Any
        ) -> httpcore.NetworkStream:
            return SyncStream(network.connect(host, port, timeout))

        async def connect_tcp_async(
            _: Any,
            host: str,
            port: int,
            timeout: float | None = None,  # noqa: ASYNC109  # as httpcore has it
            *__: Any,
            **___: Any,
        ) -> httpcore.AsyncNetworkStream:
            return AsyncStream(network.connect(host, port, timeout))

        with ExitStack() as patched:
            patched.enter_context(patch.object(httpcore.SyncBackend, "connect_tcp", connect_tcp))
            patched.enter_context(patch.object(httpcore.AnyIOBackend, "connect_tcp", connect_tcp_async))
            patched.enter_context(patch.object(anyio, "sleep", self.clock.sleep_async))
            for module in _modules_with_time():
                patched.enter_context(patch.object(module, "time", self.clock))
            yield self


def _nothing() -> None:
    pass


def _modules_with_time() -> list[Any]:
    """Return the modules of the runtime and of httpcore that tell the time."""
    packages = ("openapi_runtime", "httpcore")
    return [
        module
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in packages and getattr(module, "time", None) is time
    ]
