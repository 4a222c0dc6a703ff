# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""Responses that fail, come late, broken, or never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.active_fault import ActiveFault
    from ...models.fault_kind import FaultKind
    from ...models.list_faults_response_200 import ListFaultsResponse200


class Faults(Resource):
    """Responses that fail, come late, broken, or never."""

    def list_faults(self, *, options: Options | None = None) -> ListFaultsResponse200:
        """The faults that happen now.

        Lists the faults, oldest first.

        Operation listFaults: GET /faults

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The faults.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_faults

        return self._call(
            list_faults.OPERATION,
            list_faults.request(),
            options,
        )

    def add_fault(
        self,
        *,
        kind: FaultKind
        | Literal[
            "status",
            "delay",
            "reset",
            "lost-response",
            "cut",
            "drip",
            "truncated",
            "malformed",
            "wrong-type",
            "missing-field",
            "html",
            "duplicate-callback",
        ],
        operation: str | Unset = UNSET,
        status: int | Unset = UNSET,
        retry_after: int | Unset = UNSET,
        delay: float | Unset = UNSET,
        times: int | Unset = UNSET,
        probability: float | Unset = UNSET,
        options: Options | None = None,
    ) -> ActiveFault:
        """Let requests fail.

        Adds a fault. Of several that fit a request, the newest happens.

        Operation addFault: POST /faults

        Args:
            kind (FaultKind): What happens. `status`: an error of that status. `delay`: the response comes
                late. `reset`: the connection is reset before the request is handled; `lost-response`: after
                it. `cut`: the connection is closed in the middle of the body. `drip`: the body comes byte by
                byte. `truncated`, `malformed`: the body is no whole JSON. `wrong-type`, `missing-field`: one
                value has another type, or is missing. `html`: a page of a proxy. `duplicate-callback`: a
                callback is delivered twice. One of `"status"`, `"delay"`, `"reset"`, `"lost-response"`,
                `"cut"`, `"drip"`, `"truncated"`, `"malformed"`, `"wrong-type"`, `"missing-field"`, `"html"`,
                `"duplicate-callback"`.
            operation (str, optional): The operation id, or, for `duplicate-callback`, the name of an event;
                all, without one.
            status (int, optional): The status of `status` and `html`. At least 400 and at most 599.
            retry_after (int, optional): Seconds, sent in `Retry-After` with `status`. At least 0.
            delay (float, optional): Seconds that the response comes late. At least 0 and at most 3600.
            times (int, optional): To how many requests it happens; without it, to all. At least 1.
            probability (float, optional): The share of the requests that it happens to. More than 0 and at
                most 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The fault.

        Raises:
            BadRequest: What was sent is wrong.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.fault import Fault
        from ...models.fault_kind import FaultKind
        from . import add_fault

        Constraints(type="string").check(kind, "kind", add_fault.OPERATION)
        return self._call(
            add_fault.OPERATION,
            add_fault.request(
                body=Fault(
                    kind=FaultKind(kind),
                    operation=operation,
                    status=status,
                    retry_after=retry_after,
                    delay=delay,
                    times=times,
                    probability=probability,
                ),
            ),
            options,
        )

    def clear_faults(self, *, options: Options | None = None) -> None:
        """Remove all faults.

        From then on the mock responds as it should.

        Operation clearFaults: DELETE /faults

        Args:
            options: Options of this call; the client's where it says nothing.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import clear_faults

        return self._call(
            clear_faults.OPERATION,
            clear_faults.request(),
            options,
        )

    def remove_fault(self, *, id: int, options: Options | None = None) -> None:
        """Remove a fault.

        Ends one fault.

        Operation removeFault: DELETE /faults/{id}

        Args:
            id (int): The number of the fault. At least 1 and at most 2^53 - 1. A 64-bit number.
            options: Options of this call; the client's where it says nothing.

        Raises:
            NotFound: There is nothing of this number or name.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import remove_fault

        return self._call(
            remove_fault.OPERATION,
            remove_fault.request(
                id=id,
            ),
            options,
        )


class FaultsWithRawResponse:
    """`Faults` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Faults(client, raw=True)
        self.list_faults = returning_response(resource.list_faults)
        self.add_fault = returning_response(resource.add_fault)
        self.clear_faults = returning_response(resource.clear_faults)
        self.remove_fault = returning_response(resource.remove_fault)


class AsyncFaults(AsyncResource):
    """Responses that fail, come late, broken, or never."""

    async def list_faults(self, *, options: Options | None = None) -> ListFaultsResponse200:
        """The faults that happen now.

        Lists the faults, oldest first.

        Operation listFaults: GET /faults

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The faults.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_faults

        return await self._call(
            list_faults.OPERATION,
            list_faults.request(),
            options,
        )

    async def add_fault(
        self,
        *,
        kind: FaultKind
        | Literal[
            "status",
            "delay",
            "reset",
            "lost-response",
            "cut",
            "drip",
            "truncated",
            "malformed",
            "wrong-type",
            "missing-field",
            "html",
            "duplicate-callback",
        ],
        operation: str | Unset = UNSET,
        status: int | Unset = UNSET,
        retry_after: int | Unset = UNSET,
        delay: float | Unset = UNSET,
        times: int | Unset = UNSET,
        probability: float | Unset = UNSET,
        options: Options | None = None,
    ) -> ActiveFault:
        """Let requests fail.

        Adds a fault. Of several that fit a request, the newest happens.

        Operation addFault: POST /faults

        Args:
            kind (FaultKind): What happens. `status`: an error of that status. `delay`: the response comes
                late. `reset`: the connection is reset before the request is handled; `lost-response`: after
                it. `cut`: the connection is closed in the middle of the body. `drip`: the body comes byte by
                byte. `truncated`, `malformed`: the body is no whole JSON. `wrong-type`, `missing-field`: one
                value has another type, or is missing. `html`: a page of a proxy. `duplicate-callback`: a
                callback is delivered twice. One of `"status"`, `"delay"`, `"reset"`, `"lost-response"`,
                `"cut"`, `"drip"`, `"truncated"`, `"malformed"`, `"wrong-type"`, `"missing-field"`, `"html"`,
                `"duplicate-callback"`.
            operation (str, optional): The operation id, or, for `duplicate-callback`, the name of an event;
                all, without one.
            status (int, optional): The status of `status` and `html`. At least 400 and at most 599.
            retry_after (int, optional): Seconds, sent in `Retry-After` with `status`. At least 0.
            delay (float, optional): Seconds that the response comes late. At least 0 and at most 3600.
            times (int, optional): To how many requests it happens; without it, to all. At least 1.
            probability (float, optional): The share of the requests that it happens to. More than 0 and at
                most 1.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The fault.

        Raises:
            BadRequest: What was sent is wrong.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.fault import Fault
        from ...models.fault_kind import FaultKind
        from . import add_fault

        Constraints(type="string").check(kind, "kind", add_fault.OPERATION)
        return await self._call(
            add_fault.OPERATION,
            add_fault.request(
                body=Fault(
                    kind=FaultKind(kind),
                    operation=operation,
                    status=status,
                    retry_after=retry_after,
                    delay=delay,
                    times=times,
                    probability=probability,
                ),
            ),
            options,
        )

    async def clear_faults(self, *, options: Options | None = None) -> None:
        """Remove all faults.

        From then on the mock responds as it should.

        Operation clearFaults: DELETE /faults

        Args:
            options: Options of this call; the client's where it says nothing.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import clear_faults

        return await self._call(
            clear_faults.OPERATION,
            clear_faults.request(),
            options,
        )

    async def remove_fault(self, *, id: int, options: Options | None = None) -> None:
        """Remove a fault.

        Ends one fault.

        Operation removeFault: DELETE /faults/{id}

        Args:
            id (int): The number of the fault. At least 1 and at most 2^53 - 1. A 64-bit number.
            options: Options of this call; the client's where it says nothing.

        Raises:
            NotFound: There is nothing of this number or name.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import remove_fault

        return await self._call(
            remove_fault.OPERATION,
            remove_fault.request(
                id=id,
            ),
            options,
        )


class AsyncFaultsWithRawResponse:
    """`AsyncFaults` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncFaults(client, raw=True)
        self.list_faults = returning_response_async(resource.list_faults)
        self.add_fault = returning_response_async(resource.add_fault)
        self.clear_faults = returning_response_async(resource.clear_faults)
        self.remove_fault = returning_response_async(resource.remove_fault)


__all__ = ["AsyncFaults", "AsyncFaultsWithRawResponse", "Faults", "FaultsWithRawResponse"]
