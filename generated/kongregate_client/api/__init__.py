# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""The operations of Kongregate Web Services, by subject."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from ..client import Client

if TYPE_CHECKING:
    from types import TracebackType

    from .guilds import AsyncGuilds, Guilds
    from .items import AsyncItems, Items
    from .kongpanions import AsyncKongpanionsApi, KongpanionsApi
    from .messages import AsyncMessages, Messages
    from .players import AsyncPlayers, Players
    from .shared_links import AsyncSharedLinks, SharedLinks
    from .statistics import AsyncStatistics, Statistics


class Api:
    """The whole API, called and waited for. Each part is imported when it is first used.

    Use it as a context manager, or call `close()`.

    Args:
        client: How to reach the server.
    """

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def players(self) -> Players:
        """Who somebody is, their friends and their badges."""
        from .players import Players

        return Players(self.client)

    @cached_property
    def statistics(self) -> Statistics:
        """Numbers a game reports of its players, and the high scores made from them."""
        from .statistics import Statistics

        return Statistics(self.client)

    @cached_property
    def items(self) -> Items:
        """What a game sells, and what players own of it."""
        from .items import Items

        return Items(self.client)

    @cached_property
    def guilds(self) -> Guilds:
        """Characters and the guilds they belong to."""
        from .guilds import Guilds

        return Guilds(self.client)

    @cached_property
    def shared_links(self) -> SharedLinks:
        """Links that players share and that lead back into the game."""
        from .shared_links import SharedLinks

        return SharedLinks(self.client)

    @cached_property
    def kongpanions(self) -> KongpanionsApi:
        """The site's collectable companions."""
        from .kongpanions import KongpanionsApi

        return KongpanionsApi(self.client)

    @cached_property
    def messages(self) -> Messages:
        """Private messages from a game to its players."""
        from .messages import Messages

        return Messages(self.client)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncApi:
    """The whole API, awaited. Each part is imported when it is first used.

    Use it as an asynchronous context manager, or await `aclose()`.

    Args:
        client: How to reach the server.
    """

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def players(self) -> AsyncPlayers:
        """Who somebody is, their friends and their badges."""
        from .players import AsyncPlayers

        return AsyncPlayers(self.client)

    @cached_property
    def statistics(self) -> AsyncStatistics:
        """Numbers a game reports of its players, and the high scores made from them."""
        from .statistics import AsyncStatistics

        return AsyncStatistics(self.client)

    @cached_property
    def items(self) -> AsyncItems:
        """What a game sells, and what players own of it."""
        from .items import AsyncItems

        return AsyncItems(self.client)

    @cached_property
    def guilds(self) -> AsyncGuilds:
        """Characters and the guilds they belong to."""
        from .guilds import AsyncGuilds

        return AsyncGuilds(self.client)

    @cached_property
    def shared_links(self) -> AsyncSharedLinks:
        """Links that players share and that lead back into the game."""
        from .shared_links import AsyncSharedLinks

        return AsyncSharedLinks(self.client)

    @cached_property
    def kongpanions(self) -> AsyncKongpanionsApi:
        """The site's collectable companions."""
        from .kongpanions import AsyncKongpanionsApi

        return AsyncKongpanionsApi(self.client)

    @cached_property
    def messages(self) -> AsyncMessages:
        """Private messages from a game to its players."""
        from .messages import AsyncMessages

        return AsyncMessages(self.client)

    async def aclose(self) -> None:
        """Close the connections."""
        await self.client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


__all__ = ["Api", "AsyncApi"]
