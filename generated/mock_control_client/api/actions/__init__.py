# Generated from openapi/mock_control.yaml by `make generate`. Do not edit.
"""What only this mock's API knows, such as adding a user or granting a permission."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.list_actions_response_200 import ListActionsResponse200
    from ...models.run_action_response_200 import RunActionResponse200


class Actions(Resource):
    """What only this mock's API knows, such as adding a user or granting a permission."""

    def list_actions(self, *, options: Options | None = None) -> ListActionsResponse200:
        """What this mock can be told to do.

        Lists the actions of this API, each with the JSON Schema of its arguments.

        Operation listActions: GET /actions

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The actions.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_actions

        return self._call(
            list_actions.OPERATION,
            list_actions.request(),
            options,
        )

    def run_action(
        self, *, name: str, arguments: Mapping[str, Any], options: Options | None = None
    ) -> RunActionResponse200:
        """Do something that only this API knows.

        Runs an action, such as `add_user` or `grant_permission`.

        Operation runAction: POST /actions/{name}

        Args:
            name (str): The name of the action. At least 1 character.
            arguments (Mapping[str, Any]): An argument of the action.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What the action has returned.

        Raises:
            BadRequest: What was sent is wrong.
            NotFound: There is nothing of this number or name.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.run_action_body import RunActionBody
        from . import run_action

        Constraints(type="object").check(arguments, "arguments", run_action.OPERATION)
        return self._call(
            run_action.OPERATION,
            run_action.request(
                name=name,
                body=RunActionBody(additional_properties=dict(arguments)),
            ),
            options,
        )


class ActionsWithRawResponse:
    """`Actions` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Actions(client, raw=True)
        self.list_actions = returning_response(resource.list_actions)
        self.run_action = returning_response(resource.run_action)


class AsyncActions(AsyncResource):
    """What only this mock's API knows, such as adding a user or granting a permission."""

    async def list_actions(self, *, options: Options | None = None) -> ListActionsResponse200:
        """What this mock can be told to do.

        Lists the actions of this API, each with the JSON Schema of its arguments.

        Operation listActions: GET /actions

        Args:
            options: Options of this call; the client's where it says nothing.

        Returns:
            The actions.

        Raises:
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import list_actions

        return await self._call(
            list_actions.OPERATION,
            list_actions.request(),
            options,
        )

    async def run_action(
        self, *, name: str, arguments: Mapping[str, Any], options: Options | None = None
    ) -> RunActionResponse200:
        """Do something that only this API knows.

        Runs an action, such as `add_user` or `grant_permission`.

        Operation runAction: POST /actions/{name}

        Args:
            name (str): The name of the action. At least 1 character.
            arguments (Mapping[str, Any]): An argument of the action.
            options: Options of this call; the client's where it says nothing.

        Returns:
            What the action has returned.

        Raises:
            BadRequest: What was sent is wrong.
            NotFound: There is nothing of this number or name.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from openapi_runtime.constraints import Constraints

        from ...models.run_action_body import RunActionBody
        from . import run_action

        Constraints(type="object").check(arguments, "arguments", run_action.OPERATION)
        return await self._call(
            run_action.OPERATION,
            run_action.request(
                name=name,
                body=RunActionBody(additional_properties=dict(arguments)),
            ),
            options,
        )


class AsyncActionsWithRawResponse:
    """`AsyncActions` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncActions(client, raw=True)
        self.list_actions = returning_response_async(resource.list_actions)
        self.run_action = returning_response_async(resource.run_action)


__all__ = ["AsyncActions", "AsyncActionsWithRawResponse", "Actions", "ActionsWithRawResponse"]
