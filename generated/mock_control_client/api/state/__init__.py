# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""What the mock remembers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.snapshot import Snapshot
    from ...models.state import State
    from ...models.state_tables import StateTables


class StateApi(Resource):
    """What the mock remembers."""

    def reset(self, *, options: Options | None = None) -> None:
        """Begin anew.

        Returns to the initial state and the real time, and forgets all faults and requests. Snapshots stay.

        Operation reset: POST /reset

        Args:
            options: Options of this call; the client's where it says nothing.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import reset

        return self._call(
            reset.OPERATION,
            reset.request(),
            options,
        )

    def export_state(self, *, options: Options | None = None) -> State:
        """The whole state.

        Returns every row of every table, secrets included.

        Operation exportState: GET /state

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The rows by table.

        Raises:
            Conflict: This mock keeps no state.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import export_state

        return self._call(
            export_state.OPERATION,
            export_state.request(),
            options,
        )

    def import_state(self, *, tables: StateTables, options: Options | None = None) -> None:
        """Replace the whole state.

        Takes what `exportState` has returned. If anything in it is wrong, nothing is changed.

        Operation importState: PUT /state

        Args:
            tables (StateTables): The rows by table.
            options: Options of this call; the client's where it says nothing.

        Raises:
            Conflict: This mock keeps no state.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.state import State
        from . import import_state

        return self._call(
            import_state.OPERATION,
            import_state.request(
                body=State(tables=tables),
            ),
            options,
        )

    def seed(self, *, seed_body: Mapping[str, Any], options: Options | None = None) -> None:
        """Replace the state by a seed.

        Takes an initial state in the API's own terms, as `openapi-mock --seed` does from a file. If anything
        in it is wrong, nothing is changed. `reset` then returns to it.

        Operation seed: POST /seed

        Args:
            seed_body (Mapping[str, Any]): A part of the seed, as the schema of the mock's seeds describes it.
            options: Options of this call; the client's where it says nothing.

        Raises:
            Conflict: This mock keeps no state.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.seed_body import SeedBody
        from . import seed

        Constraints(type="object").check(seed_body, "seed_body", seed.OPERATION)
        return self._call(
            seed.OPERATION,
            seed.request(
                body=SeedBody(additional_properties=dict(seed_body)),
            ),
            options,
        )

    def take_snapshot(self, *, options: Options | None = None) -> Snapshot:
        """Keep the state as it is now.

        Keeps a copy of the state, up to 100 of them. Returning to it takes less than loading it anew.

        Operation takeSnapshot: POST /snapshots

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The snapshot.

        Raises:
            Conflict: This mock keeps no state.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import take_snapshot

        return self._call(
            take_snapshot.OPERATION,
            take_snapshot.request(),
            options,
        )

    def drop_snapshot(self, *, id: int, options: Options | None = None) -> None:
        """Forget a snapshot.

        Frees its memory.

        Operation dropSnapshot: DELETE /snapshots/{id}

        Args:
            id (int): The number of the snapshot. At least 1 and at most 2^53 - 1. A 64-bit number.
            options: Options of this call; the client's where it says nothing.

        Raises:
            NotFound: There is nothing of this number or name.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import drop_snapshot

        return self._call(
            drop_snapshot.OPERATION,
            drop_snapshot.request(
                id=id,
            ),
            options,
        )

    def restore_snapshot(self, *, id: int, options: Options | None = None) -> None:
        """Return to a snapshot.

        Replaces the state by that of the snapshot, which stays.

        Operation restoreSnapshot: POST /snapshots/{id}/restore

        Args:
            id (int): The number of the snapshot. At least 1 and at most 2^53 - 1. A 64-bit number.
            options: Options of this call; the client's where it says nothing.

        Raises:
            NotFound: There is nothing of this number or name.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import restore_snapshot

        return self._call(
            restore_snapshot.OPERATION,
            restore_snapshot.request(
                id=id,
            ),
            options,
        )


class StateApiWithRawResponse:
    """`StateApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = StateApi(client, raw=True)
        self.reset = returning_response(resource.reset)
        self.export_state = returning_response(resource.export_state)
        self.import_state = returning_response(resource.import_state)
        self.seed = returning_response(resource.seed)
        self.take_snapshot = returning_response(resource.take_snapshot)
        self.drop_snapshot = returning_response(resource.drop_snapshot)
        self.restore_snapshot = returning_response(resource.restore_snapshot)


class AsyncStateApi(AsyncResource):
    """What the mock remembers."""

    async def reset(self, *, options: Options | None = None) -> None:
        """Begin anew.

        Returns to the initial state and the real time, and forgets all faults and requests. Snapshots stay.

        Operation reset: POST /reset

        Args:
            options: Options of this call; the client's where it says nothing.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import reset

        return await self._call(
            reset.OPERATION,
            reset.request(),
            options,
        )

    async def export_state(self, *, options: Options | None = None) -> State:
        """The whole state.

        Returns every row of every table, secrets included.

        Operation exportState: GET /state

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The rows by table.

        Raises:
            Conflict: This mock keeps no state.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import export_state

        return await self._call(
            export_state.OPERATION,
            export_state.request(),
            options,
        )

    async def import_state(self, *, tables: StateTables, options: Options | None = None) -> None:
        """Replace the whole state.

        Takes what `exportState` has returned. If anything in it is wrong, nothing is changed.

        Operation importState: PUT /state

        Args:
            tables (StateTables): The rows by table.
            options: Options of this call; the client's where it says nothing.

        Raises:
            Conflict: This mock keeps no state.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.state import State
        from . import import_state

        return await self._call(
            import_state.OPERATION,
            import_state.request(
                body=State(tables=tables),
            ),
            options,
        )

    async def seed(self, *, seed_body: Mapping[str, Any], options: Options | None = None) -> None:
        """Replace the state by a seed.

        Takes an initial state in the API's own terms, as `openapi-mock --seed` does from a file. If anything
        in it is wrong, nothing is changed. `reset` then returns to it.

        Operation seed: POST /seed

        Args:
            seed_body (Mapping[str, Any]): A part of the seed, as the schema of the mock's seeds describes it.
            options: Options of this call; the client's where it says nothing.

        Raises:
            Conflict: This mock keeps no state.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.seed_body import SeedBody
        from . import seed

        Constraints(type="object").check(seed_body, "seed_body", seed.OPERATION)
        return await self._call(
            seed.OPERATION,
            seed.request(
                body=SeedBody(additional_properties=dict(seed_body)),
            ),
            options,
        )

    async def take_snapshot(self, *, options: Options | None = None) -> Snapshot:
        """Keep the state as it is now.

        Keeps a copy of the state, up to 100 of them. Returning to it takes less than loading it anew.

        Operation takeSnapshot: POST /snapshots

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The snapshot.

        Raises:
            Conflict: This mock keeps no state.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import take_snapshot

        return await self._call(
            take_snapshot.OPERATION,
            take_snapshot.request(),
            options,
        )

    async def drop_snapshot(self, *, id: int, options: Options | None = None) -> None:
        """Forget a snapshot.

        Frees its memory.

        Operation dropSnapshot: DELETE /snapshots/{id}

        Args:
            id (int): The number of the snapshot. At least 1 and at most 2^53 - 1. A 64-bit number.
            options: Options of this call; the client's where it says nothing.

        Raises:
            NotFound: There is nothing of this number or name.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import drop_snapshot

        return await self._call(
            drop_snapshot.OPERATION,
            drop_snapshot.request(
                id=id,
            ),
            options,
        )

    async def restore_snapshot(self, *, id: int, options: Options | None = None) -> None:
        """Return to a snapshot.

        Replaces the state by that of the snapshot, which stays.

        Operation restoreSnapshot: POST /snapshots/{id}/restore

        Args:
            id (int): The number of the snapshot. At least 1 and at most 2^53 - 1. A 64-bit number.
            options: Options of this call; the client's where it says nothing.

        Raises:
            NotFound: There is nothing of this number or name.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import restore_snapshot

        return await self._call(
            restore_snapshot.OPERATION,
            restore_snapshot.request(
                id=id,
            ),
            options,
        )


class AsyncStateApiWithRawResponse:
    """`AsyncStateApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncStateApi(client, raw=True)
        self.reset = returning_response_async(resource.reset)
        self.export_state = returning_response_async(resource.export_state)
        self.import_state = returning_response_async(resource.import_state)
        self.seed = returning_response_async(resource.seed)
        self.take_snapshot = returning_response_async(resource.take_snapshot)
        self.drop_snapshot = returning_response_async(resource.drop_snapshot)
        self.restore_snapshot = returning_response_async(resource.restore_snapshot)


__all__ = ["AsyncStateApi", "AsyncStateApiWithRawResponse", "StateApi", "StateApiWithRawResponse"]
