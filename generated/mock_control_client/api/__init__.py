# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""The operations of Control of a mock, by subject."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from openapi_runtime.client import Client
from openapi_runtime.resources import BaseApi, BaseAsyncApi

if TYPE_CHECKING:
    from .actions import Actions, ActionsWithRawResponse, AsyncActions, AsyncActionsWithRawResponse
    from .clock import AsyncClockApi, AsyncClockApiWithRawResponse, ClockApi, ClockApiWithRawResponse
    from .faults import AsyncFaults, AsyncFaultsWithRawResponse, Faults, FaultsWithRawResponse
    from .requests import (
        AsyncRequestsApi,
        AsyncRequestsApiWithRawResponse,
        RequestsApi,
        RequestsApiWithRawResponse,
    )
    from .state import AsyncStateApi, AsyncStateApiWithRawResponse, StateApi, StateApiWithRawResponse


class Api(BaseApi):
    """The whole API. Each part is imported when it is first used."""

    @cached_property
    def state(self) -> StateApi:
        """What the mock remembers."""
        from .state import StateApi

        return StateApi(self.client)

    @cached_property
    def requests(self) -> RequestsApi:
        """What the mock was asked, and what it made of it."""
        from .requests import RequestsApi

        return RequestsApi(self.client)

    @cached_property
    def clock(self) -> ClockApi:
        """The mock's time."""
        from .clock import ClockApi

        return ClockApi(self.client)

    @cached_property
    def faults(self) -> Faults:
        """Responses that fail, come late, broken, or never."""
        from .faults import Faults

        return Faults(self.client)

    @cached_property
    def actions(self) -> Actions:
        """What only this mock's API knows, such as adding a user or granting a permission."""
        from .actions import Actions

        return Actions(self.client)

    @cached_property
    def with_raw_response(self) -> ApiWithRawResponse:
        """The same operations, which return the whole response and raise for no status."""
        return ApiWithRawResponse(self.client)


class ApiWithRawResponse:
    """`Api` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def state(self) -> StateApiWithRawResponse:
        """What the mock remembers."""
        from .state import StateApiWithRawResponse

        return StateApiWithRawResponse(self.client)

    @cached_property
    def requests(self) -> RequestsApiWithRawResponse:
        """What the mock was asked, and what it made of it."""
        from .requests import RequestsApiWithRawResponse

        return RequestsApiWithRawResponse(self.client)

    @cached_property
    def clock(self) -> ClockApiWithRawResponse:
        """The mock's time."""
        from .clock import ClockApiWithRawResponse

        return ClockApiWithRawResponse(self.client)

    @cached_property
    def faults(self) -> FaultsWithRawResponse:
        """Responses that fail, come late, broken, or never."""
        from .faults import FaultsWithRawResponse

        return FaultsWithRawResponse(self.client)

    @cached_property
    def actions(self) -> ActionsWithRawResponse:
        """What only this mock's API knows, such as adding a user or granting a permission."""
        from .actions import ActionsWithRawResponse

        return ActionsWithRawResponse(self.client)


class AsyncApi(BaseAsyncApi):
    """The whole API, to be awaited. Each part is imported when it is first used."""

    @cached_property
    def state(self) -> AsyncStateApi:
        """What the mock remembers."""
        from .state import AsyncStateApi

        return AsyncStateApi(self.client)

    @cached_property
    def requests(self) -> AsyncRequestsApi:
        """What the mock was asked, and what it made of it."""
        from .requests import AsyncRequestsApi

        return AsyncRequestsApi(self.client)

    @cached_property
    def clock(self) -> AsyncClockApi:
        """The mock's time."""
        from .clock import AsyncClockApi

        return AsyncClockApi(self.client)

    @cached_property
    def faults(self) -> AsyncFaults:
        """Responses that fail, come late, broken, or never."""
        from .faults import AsyncFaults

        return AsyncFaults(self.client)

    @cached_property
    def actions(self) -> AsyncActions:
        """What only this mock's API knows, such as adding a user or granting a permission."""
        from .actions import AsyncActions

        return AsyncActions(self.client)

    @cached_property
    def with_raw_response(self) -> AsyncApiWithRawResponse:
        """The same operations, which return the whole response and raise for no status."""
        return AsyncApiWithRawResponse(self.client)


class AsyncApiWithRawResponse:
    """`AsyncApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def state(self) -> AsyncStateApiWithRawResponse:
        """What the mock remembers."""
        from .state import AsyncStateApiWithRawResponse

        return AsyncStateApiWithRawResponse(self.client)

    @cached_property
    def requests(self) -> AsyncRequestsApiWithRawResponse:
        """What the mock was asked, and what it made of it."""
        from .requests import AsyncRequestsApiWithRawResponse

        return AsyncRequestsApiWithRawResponse(self.client)

    @cached_property
    def clock(self) -> AsyncClockApiWithRawResponse:
        """The mock's time."""
        from .clock import AsyncClockApiWithRawResponse

        return AsyncClockApiWithRawResponse(self.client)

    @cached_property
    def faults(self) -> AsyncFaultsWithRawResponse:
        """Responses that fail, come late, broken, or never."""
        from .faults import AsyncFaultsWithRawResponse

        return AsyncFaultsWithRawResponse(self.client)

    @cached_property
    def actions(self) -> AsyncActionsWithRawResponse:
        """What only this mock's API knows, such as adding a user or granting a permission."""
        from .actions import AsyncActionsWithRawResponse

        return AsyncActionsWithRawResponse(self.client)


__all__ = ["Api", "ApiWithRawResponse", "AsyncApi", "AsyncApiWithRawResponse"]
