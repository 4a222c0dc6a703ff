# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""Private messages from a game to its players."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.success import Success


class Messages(Resource):
    """Private messages from a game to its players."""

    def send_private_message(
        self,
        *,
        content: str,
        api_key: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        username: str | Unset = UNSET,
        image_url: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Success:
        """Send a player a private message from the game.

        Give `username` or `user_id`. A player can be sent one message a day.

        Operation sendPrivateMessage: POST /api/private_message.json

        Args:
            content (str): The message. At least 1 character.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            user_id (int, optional): The player, by number. At least 1 and at most 2^63 - 1.
            username (str, optional): The player, by name. At least 1 character.
            image_url (str, optional): A picture to go with the message. At least 1 character.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Sent, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.send_private_message_body import SendPrivateMessageBody
        from . import send_private_message

        options = self._begun(options, send_private_message.OPERATION)
        return self._call(
            send_private_message.OPERATION,
            send_private_message.request(
                body=SendPrivateMessageBody(
                    api_key=self._supply(
                        api_key, "api_key", send_private_message.OPERATION, "api_key", options=options
                    ),
                    content=content,
                    user_id=user_id,
                    username=username,
                    image_url=image_url,
                ),
            ),
            options,
        )


class MessagesWithRawResponse:
    """`Messages` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Messages(client, raw=True)
        self.send_private_message = returning_response(resource.send_private_message)


class AsyncMessages(AsyncResource):
    """Private messages from a game to its players."""

    async def send_private_message(
        self,
        *,
        content: str,
        api_key: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        username: str | Unset = UNSET,
        image_url: str | Unset = UNSET,
        options: Options | None = None,
    ) -> Success:
        """Send a player a private message from the game.

        Give `username` or `user_id`. A player can be sent one message a day.

        Operation sendPrivateMessage: POST /api/private_message.json

        Args:
            content (str): The message. At least 1 character.
            api_key (str, optional): The game's key. The client adds it. At least 1 character. A secret, left
                out of reprs. Left out, the client's own api_key is used.
            user_id (int, optional): The player, by number. At least 1 and at most 2^63 - 1.
            username (str, optional): The player, by name. At least 1 character.
            image_url (str, optional): A picture to go with the message. At least 1 character.
            options: Options of this call; the client's where it says nothing.

        Returns:
            Sent, or why not.

        Raises:
            InternalServerError: The server failed.
            ServiceUnavailable: The service is down for maintenance; often with a page for people.
            BadParameters: A `Failed` of code 400.
            InvalidCredentials: A `Failed` of code 403.
            Failed: The server understood, and says in the body why it did not do it.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from ...models.send_private_message_body import SendPrivateMessageBody
        from . import send_private_message

        options = self._begun(options, send_private_message.OPERATION)
        return await self._call(
            send_private_message.OPERATION,
            send_private_message.request(
                body=SendPrivateMessageBody(
                    api_key=await self._supply(
                        api_key, "api_key", send_private_message.OPERATION, "api_key", options=options
                    ),
                    content=content,
                    user_id=user_id,
                    username=username,
                    image_url=image_url,
                ),
            ),
            options,
        )


class AsyncMessagesWithRawResponse:
    """`AsyncMessages` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncMessages(client, raw=True)
        self.send_private_message = returning_response_async(resource.send_private_message)


__all__ = ["AsyncMessages", "AsyncMessagesWithRawResponse", "Messages", "MessagesWithRawResponse"]
