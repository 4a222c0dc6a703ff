"""What a test does to a mock besides calling it: faults, the clock, the journal, the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from .faults import ActiveFault, Fault, FaultError, Kind
from .names import check_name

if TYPE_CHECKING:
    from random import Random

    from sqlalchemy import Connection

    from openapi_mock.clock import MovableClock
    from openapi_mock.operations import Operation
    from openapi_mock.state.store import Snapshot, Store

    from .faults import Faults
    from .journal import Journal


class Refills(Protocol):
    """A behaviour, as far as its state is concerned."""

    store: Store | None

    def read_seed(self, given: Mapping[str, Any], /) -> Any:
        """Return another initial state, for `fill`. Raises SeedError."""
        ...

    def fill(self, connection: Connection, other: Any = None, /) -> None:
        """Write the initial state, or another one, to empty tables."""
        ...


class Controlled(Protocol):
    """A mock, as far as it is controlled. `turn` keeps requests out meanwhile."""

    clock: MovableClock
    faults: Faults
    journal: Journal
    random: Random
    turn: AbstractContextManager[object]

    @property
    def operations(self) -> Sequence[Operation]:
        """What the mock serves."""
        ...

    @property
    def callbacks(self) -> Sequence[str]:
        """The names of the callbacks that it sends."""
        ...

    @property
    def behaviour(self) -> Refills:
        """What keeps the state."""
        ...


class Control:
    """Controls one mock. A behaviour may have its own subclass, with what only its API knows.

    Attributes:
        clock: The mock's time, which can be moved and stopped.
        requests: The requests that the mock has received, with helpers for assertions.
        faults: The faults that happen to requests.
        random: What makes everything that is random.
    """

    clock: MovableClock
    requests: Journal
    faults: Faults
    random: Random

    def __init__(self, mock: Controlled) -> None:
        self._mock = mock
        self.clock = mock.clock
        self.requests = mock.journal
        self.faults = mock.faults
        self.random = mock.random
        store = mock.behaviour.store
        self._initial = store.snapshot() if store and store.is_in_memory else None

    def fail(
        self,
        operation: str | None = None,
        *,
        kind: Kind | None = None,
        status: int | None = None,
        retry_after: int | None = None,
        delay: float = 0.0,
        times: int | None = None,
        probability: float = 1.0,
    ) -> ActiveFault:
        """Let requests to an operation fail, or to all of them; `Fault` says how.

        Without a `kind` it is `status` if there is a status, and `delay` otherwise. As a context manager, the
        fault is removed at the end of the block. Raises FaultError for values that are not possible, and
        UnknownOperationError for a name that is misspelt.
        """
        if kind == "duplicate-callback":
            check_name(operation, self._mock.callbacks, "callback")
        elif operation in self._mock.callbacks:
            raise FaultError(f"{operation} is a callback: the kind of its faults is duplicate-callback")
        else:
            check_name(operation, [each.id for each in self._mock.operations])
        fault = Fault(
            kind=kind or ("delay" if status is None else "status"),
            operation=operation,
            status=status,
            retry_after=retry_after,
            delay=delay,
            times=times,
            probability=probability,
        )
        return ActiveFault(self.faults, fault)

    def reset(self) -> None:
        """Return to the initial state and the real time, without faults and requests."""
        store = self._mock.behaviour.store
        with self._mock.turn:
            # First, since an initial state that is written anew may have times of the mock's clock.
            self.clock.reset()
            if store is not None and self._initial is not None:
                store.restore(self._initial)
            elif store is not None:
                store.refill(self._mock.behaviour.fill)
            self.faults.clear()
            self.requests.clear()

    def snapshot(self) -> Snapshot:
        """Return the state as it is now, for `restore`. Raises StatelessError."""
        with self._mock.turn:
            return self._store.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Return to the state of a snapshot. Raises StatelessError."""
        with self._mock.turn:
            self._store.restore(snapshot)

    def export(self) -> dict[str, list[dict[str, Any]]]:
        """Return the whole state, with its secrets, as JSON rows by table. Raises StatelessError."""
        with self._mock.turn:
            return self._store.export()

    def load(self, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Replace the whole state by what `export` has returned. Raises LoadError, StatelessError."""
        with self._mock.turn:
            self._store.load(tables)

    def seed(self, seed: Mapping[str, Any]) -> None:
        """Replace the state by a seed in the API's own terms. `reset` returns to the initial state, as ever.

        Raises SeedError, StatelessError; then nothing has changed.
        """
        store, behaviour = self._store, self._mock.behaviour
        with self._mock.turn:
            other = behaviour.read_seed(seed)
            store.refill(lambda connection: behaviour.fill(connection, other))

    @property
    def _store(self) -> Store:
        store = self._mock.behaviour.store
        if store is None:
            raise StatelessError("this mock keeps no state")
        return store


class StatelessError(Exception):
    """Raised when the state of a mock without one is asked for."""
