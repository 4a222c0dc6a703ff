# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""What the mock was asked, and what it made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.requests import Requests
    from ...models.verify_requests_body_form import VerifyRequestsBodyForm
    from ...models.verify_requests_body_path import VerifyRequestsBodyPath
    from ...models.verify_requests_body_query import VerifyRequestsBodyQuery
    from ...models.verify_requests_response_200 import VerifyRequestsResponse200


class RequestsApi(Resource):
    """What the mock was asked, and what it made of it."""

    def list_requests(
        self,
        *,
        operation: str | Unset = UNSET,
        status: int | Unset = UNSET,
        after: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        options: Options | None = None,
    ) -> Requests:
        """The last requests.

        Lists what was received, newest first unless `after` is given, with what was wrong in it. Secrets are
        masked. The mock keeps the last 1,000 requests, and 16 MiB of bodies.

        Operation listRequests: GET /requests

        Args:
            operation (str, optional): Only requests for this operation id.
            status (int, optional): Only requests that got this status. At least 100 and at most 599.
            after (int, optional): Only requests with a greater number than this, the oldest first. At least 0
                and at most 2^53 - 1. A 64-bit number.
            limit (int, optional): How many at most. At least 1 and at most 1000. The server's default is
                `100`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The requests.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_requests

        return self._call(
            list_requests.OPERATION,
            list_requests.request(
                operation=operation,
                status=status,
                after=after,
                limit=limit,
            ),
            options,
        )

    def clear_requests(self, *, options: Options | None = None) -> None:
        """Forget all requests.

        Empties the list.

        Operation clearRequests: DELETE /requests

        Args:
            options: Options of this call; the client's where it says nothing.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import clear_requests

        return self._call(
            clear_requests.OPERATION,
            clear_requests.request(),
            options,
        )

    def verify_requests(
        self,
        *,
        operation: str | Unset = UNSET,
        status: int | Unset = UNSET,
        times: int | Unset = UNSET,
        path: VerifyRequestsBodyPath | Unset = UNSET,
        query: VerifyRequestsBodyQuery | Unset = UNSET,
        form: VerifyRequestsBodyForm | Unset = UNSET,
        json: Any | Unset = UNSET,
        options: Options | None = None,
    ) -> VerifyRequestsResponse200:
        """Was an operation called as expected?

        Counts the requests that fit, and says whether there are as many as expected.

        Operation verifyRequests: POST /requests/verify

        Args:
            operation (str, optional): The operation id; any, without one.
            status (int, optional): The status of the response; any, without one. At least 100 and at most
                599.
            times (int, optional): How often exactly; at least once, without it. At least 0.
            path (VerifyRequestsBodyPath, optional): Values that the parameters of the path have to have, as
                text.
            query (VerifyRequestsBodyQuery, optional): Query parameters that the request has to have, as text.
            form (VerifyRequestsBodyForm, optional): Fields that a form has to have, as text.
            json (Any, optional): What the JSON body has to have; fields of objects may be left out.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Whether it was.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.verify_requests_body import VerifyRequestsBody
        from . import verify_requests

        return self._call(
            verify_requests.OPERATION,
            verify_requests.request(
                body=VerifyRequestsBody(
                    operation=operation,
                    status=status,
                    times=times,
                    path=path,
                    query=query,
                    form=form,
                    json=json,
                ),
            ),
            options,
        )


class RequestsApiWithRawResponse:
    """`RequestsApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = RequestsApi(client, raw=True)
        self.list_requests = returning_response(resource.list_requests)
        self.clear_requests = returning_response(resource.clear_requests)
        self.verify_requests = returning_response(resource.verify_requests)


class AsyncRequestsApi(AsyncResource):
    """What the mock was asked, and what it made of it."""

    async def list_requests(
        self,
        *,
        operation: str | Unset = UNSET,
        status: int | Unset = UNSET,
        after: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        options: Options | None = None,
    ) -> Requests:
        """The last requests.

        Lists what was received, newest first unless `after` is given, with what was wrong in it. Secrets are
        masked. The mock keeps the last 1,000 requests, and 16 MiB of bodies.

        Operation listRequests: GET /requests

        Args:
            operation (str, optional): Only requests for this operation id.
            status (int, optional): Only requests that got this status. At least 100 and at most 599.
            after (int, optional): Only requests with a greater number than this, the oldest first. At least 0
                and at most 2^53 - 1. A 64-bit number.
            limit (int, optional): How many at most. At least 1 and at most 1000. The server's default is
                `100`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The requests.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_requests

        return await self._call(
            list_requests.OPERATION,
            list_requests.request(
                operation=operation,
                status=status,
                after=after,
                limit=limit,
            ),
            options,
        )

    async def clear_requests(self, *, options: Options | None = None) -> None:
        """Forget all requests.

        Empties the list.

        Operation clearRequests: DELETE /requests

        Args:
            options: Options of this call; the client's where it says nothing.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import clear_requests

        return await self._call(
            clear_requests.OPERATION,
            clear_requests.request(),
            options,
        )

    async def verify_requests(
        self,
        *,
        operation: str | Unset = UNSET,
        status: int | Unset = UNSET,
        times: int | Unset = UNSET,
        path: VerifyRequestsBodyPath | Unset = UNSET,
        query: VerifyRequestsBodyQuery | Unset = UNSET,
        form: VerifyRequestsBodyForm | Unset = UNSET,
        json: Any | Unset = UNSET,
        options: Options | None = None,
    ) -> VerifyRequestsResponse200:
        """Was an operation called as expected?

        Counts the requests that fit, and says whether there are as many as expected.

        Operation verifyRequests: POST /requests/verify

        Args:
            operation (str, optional): The operation id; any, without one.
            status (int, optional): The status of the response; any, without one. At least 100 and at most
                599.
            times (int, optional): How often exactly; at least once, without it. At least 0.
            path (VerifyRequestsBodyPath, optional): Values that the parameters of the path have to have, as
                text.
            query (VerifyRequestsBodyQuery, optional): Query parameters that the request has to have, as text.
            form (VerifyRequestsBodyForm, optional): Fields that a form has to have, as text.
            json (Any, optional): What the JSON body has to have; fields of objects may be left out.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Whether it was.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.verify_requests_body import VerifyRequestsBody
        from . import verify_requests

        return await self._call(
            verify_requests.OPERATION,
            verify_requests.request(
                body=VerifyRequestsBody(
                    operation=operation,
                    status=status,
                    times=times,
                    path=path,
                    query=query,
                    form=form,
                    json=json,
                ),
            ),
            options,
        )


class AsyncRequestsApiWithRawResponse:
    """`AsyncRequestsApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncRequestsApi(client, raw=True)
        self.list_requests = returning_response_async(resource.list_requests)
        self.clear_requests = returning_response_async(resource.clear_requests)
        self.verify_requests = returning_response_async(resource.verify_requests)


__all__ = ["AsyncRequestsApi", "AsyncRequestsApiWithRawResponse", "RequestsApi", "RequestsApiWithRawResponse"]
