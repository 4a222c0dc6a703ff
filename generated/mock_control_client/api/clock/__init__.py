# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""The mock's time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.clock import Clock


class ClockApi(Resource):
    """The mock's time."""

    def get_clock(self, *, options: Options | None = None) -> Clock:
        """The mock's time.

        Returns the time that the mock goes by.

        Operation getClock: GET /clock

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The time.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_clock

        return self._call(
            get_clock.OPERATION,
            get_clock.request(),
            options,
        )

    def set_clock(
        self, *, time: int | Unset = UNSET, stopped: bool | Unset = UNSET, options: Options | None = None
    ) -> Clock:
        """Set or stop the clock.

        Sets the time, from which the clock goes on, or at which it stands still.

        Operation setClock: PUT /clock

        Args:
            time (int, optional): Milliseconds since 1970-01-01 UTC; the present time, without it. At least 0
                and at most 253402300799999. A 64-bit number.
            stopped (bool, optional): Whether the clock stands still from then on.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The time.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.set_clock_body import SetClockBody
        from . import set_clock

        return self._call(
            set_clock.OPERATION,
            set_clock.request(
                body=SetClockBody(time=time, stopped=stopped),
            ),
            options,
        )

    def reset_clock(self, *, options: Options | None = None) -> Clock:
        """Return to the real time.

        Sets the clock to the server's, and lets it run.

        Operation resetClock: DELETE /clock

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The time.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import reset_clock

        return self._call(
            reset_clock.OPERATION,
            reset_clock.request(),
            options,
        )

    def advance_clock(self, *, seconds: float, options: Options | None = None) -> Clock:
        """Move the clock forward.

        Moves the clock forward, so that tokens expire, boards roll over and links end.

        Operation advanceClock: POST /clock/advance

        Args:
            seconds (float): By how much, back if it is negative. At least -3153600000 and at most 3153600000.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The time.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.advance_clock_body import AdvanceClockBody
        from . import advance_clock

        return self._call(
            advance_clock.OPERATION,
            advance_clock.request(
                body=AdvanceClockBody(seconds=seconds),
            ),
            options,
        )


class ClockApiWithRawResponse:
    """`ClockApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = ClockApi(client, raw=True)
        self.get_clock = returning_response(resource.get_clock)
        self.set_clock = returning_response(resource.set_clock)
        self.reset_clock = returning_response(resource.reset_clock)
        self.advance_clock = returning_response(resource.advance_clock)


class AsyncClockApi(AsyncResource):
    """The mock's time."""

    async def get_clock(self, *, options: Options | None = None) -> Clock:
        """The mock's time.

        Returns the time that the mock goes by.

        Operation getClock: GET /clock

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The time.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_clock

        return await self._call(
            get_clock.OPERATION,
            get_clock.request(),
            options,
        )

    async def set_clock(
        self, *, time: int | Unset = UNSET, stopped: bool | Unset = UNSET, options: Options | None = None
    ) -> Clock:
        """Set or stop the clock.

        Sets the time, from which the clock goes on, or at which it stands still.

        Operation setClock: PUT /clock

        Args:
            time (int, optional): Milliseconds since 1970-01-01 UTC; the present time, without it. At least 0
                and at most 253402300799999. A 64-bit number.
            stopped (bool, optional): Whether the clock stands still from then on.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The time.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.set_clock_body import SetClockBody
        from . import set_clock

        return await self._call(
            set_clock.OPERATION,
            set_clock.request(
                body=SetClockBody(time=time, stopped=stopped),
            ),
            options,
        )

    async def reset_clock(self, *, options: Options | None = None) -> Clock:
        """Return to the real time.

        Sets the clock to the server's, and lets it run.

        Operation resetClock: DELETE /clock

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The time.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import reset_clock

        return await self._call(
            reset_clock.OPERATION,
            reset_clock.request(),
            options,
        )

    async def advance_clock(self, *, seconds: float, options: Options | None = None) -> Clock:
        """Move the clock forward.

        Moves the clock forward, so that tokens expire, boards roll over and links end.

        Operation advanceClock: POST /clock/advance

        Args:
            seconds (float): By how much, back if it is negative. At least -3153600000 and at most 3153600000.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The time.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.advance_clock_body import AdvanceClockBody
        from . import advance_clock

        return await self._call(
            advance_clock.OPERATION,
            advance_clock.request(
                body=AdvanceClockBody(seconds=seconds),
            ),
            options,
        )


class AsyncClockApiWithRawResponse:
    """`AsyncClockApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncClockApi(client, raw=True)
        self.get_clock = returning_response_async(resource.get_clock)
        self.set_clock = returning_response_async(resource.set_clock)
        self.reset_clock = returning_response_async(resource.reset_clock)
        self.advance_clock = returning_response_async(resource.advance_clock)


__all__ = ["AsyncClockApi", "AsyncClockApiWithRawResponse", "ClockApi", "ClockApiWithRawResponse"]
