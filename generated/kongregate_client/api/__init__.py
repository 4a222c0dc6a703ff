# Generated from openapi/kongregate.yaml by `make generate`. Do not edit.
"""The operations of Kongregate Web Services, by subject."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from openapi_runtime.client import Client
from openapi_runtime.resources import BaseApi, BaseAsyncApi

if TYPE_CHECKING:
    from .guilds import AsyncGuilds, AsyncGuildsWithRawResponse, Guilds, GuildsWithRawResponse
    from .items import AsyncItems, AsyncItemsWithRawResponse, Items, ItemsWithRawResponse
    from .kongpanions import (
        AsyncKongpanionsApi,
        AsyncKongpanionsApiWithRawResponse,
        KongpanionsApi,
        KongpanionsApiWithRawResponse,
    )
    from .messages import AsyncMessages, AsyncMessagesWithRawResponse, Messages, MessagesWithRawResponse
    from .players import AsyncPlayers, AsyncPlayersWithRawResponse, Players, PlayersWithRawResponse
    from .shared_links import (
        AsyncSharedLinks,
        AsyncSharedLinksWithRawResponse,
        SharedLinks,
        SharedLinksWithRawResponse,
    )
    from .statistics import (
        AsyncStatistics,
        AsyncStatisticsWithRawResponse,
        Statistics,
        StatisticsWithRawResponse,
    )


class Api(BaseApi):
    """The whole API. Each part is imported when it is first used."""

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

    @cached_property
    def with_raw_response(self) -> ApiWithRawResponse:
        """The same operations, which return the whole response and raise for no status."""
        return ApiWithRawResponse(self.client)


class ApiWithRawResponse:
    """`Api` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def players(self) -> PlayersWithRawResponse:
        """Who somebody is, their friends and their badges."""
        from .players import PlayersWithRawResponse

        return PlayersWithRawResponse(self.client)

    @cached_property
    def statistics(self) -> StatisticsWithRawResponse:
        """Numbers a game reports of its players, and the high scores made from them."""
        from .statistics import StatisticsWithRawResponse

        return StatisticsWithRawResponse(self.client)

    @cached_property
    def items(self) -> ItemsWithRawResponse:
        """What a game sells, and what players own of it."""
        from .items import ItemsWithRawResponse

        return ItemsWithRawResponse(self.client)

    @cached_property
    def guilds(self) -> GuildsWithRawResponse:
        """Characters and the guilds they belong to."""
        from .guilds import GuildsWithRawResponse

        return GuildsWithRawResponse(self.client)

    @cached_property
    def shared_links(self) -> SharedLinksWithRawResponse:
        """Links that players share and that lead back into the game."""
        from .shared_links import SharedLinksWithRawResponse

        return SharedLinksWithRawResponse(self.client)

    @cached_property
    def kongpanions(self) -> KongpanionsApiWithRawResponse:
        """The site's collectable companions."""
        from .kongpanions import KongpanionsApiWithRawResponse

        return KongpanionsApiWithRawResponse(self.client)

    @cached_property
    def messages(self) -> MessagesWithRawResponse:
        """Private messages from a game to its players."""
        from .messages import MessagesWithRawResponse

        return MessagesWithRawResponse(self.client)


class AsyncApi(BaseAsyncApi):
    """The whole API, to be awaited. Each part is imported when it is first used."""

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

    @cached_property
    def with_raw_response(self) -> AsyncApiWithRawResponse:
        """The same operations, which return the whole response and raise for no status."""
        return AsyncApiWithRawResponse(self.client)


class AsyncApiWithRawResponse:
    """`AsyncApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def players(self) -> AsyncPlayersWithRawResponse:
        """Who somebody is, their friends and their badges."""
        from .players import AsyncPlayersWithRawResponse

        return AsyncPlayersWithRawResponse(self.client)

    @cached_property
    def statistics(self) -> AsyncStatisticsWithRawResponse:
        """Numbers a game reports of its players, and the high scores made from them."""
        from .statistics import AsyncStatisticsWithRawResponse

        return AsyncStatisticsWithRawResponse(self.client)

    @cached_property
    def items(self) -> AsyncItemsWithRawResponse:
        """What a game sells, and what players own of it."""
        from .items import AsyncItemsWithRawResponse

        return AsyncItemsWithRawResponse(self.client)

    @cached_property
    def guilds(self) -> AsyncGuildsWithRawResponse:
        """Characters and the guilds they belong to."""
        from .guilds import AsyncGuildsWithRawResponse

        return AsyncGuildsWithRawResponse(self.client)

    @cached_property
    def shared_links(self) -> AsyncSharedLinksWithRawResponse:
        """Links that players share and that lead back into the game."""
        from .shared_links import AsyncSharedLinksWithRawResponse

        return AsyncSharedLinksWithRawResponse(self.client)

    @cached_property
    def kongpanions(self) -> AsyncKongpanionsApiWithRawResponse:
        """The site's collectable companions."""
        from .kongpanions import AsyncKongpanionsApiWithRawResponse

        return AsyncKongpanionsApiWithRawResponse(self.client)

    @cached_property
    def messages(self) -> AsyncMessagesWithRawResponse:
        """Private messages from a game to its players."""
        from .messages import AsyncMessagesWithRawResponse

        return AsyncMessagesWithRawResponse(self.client)


__all__ = ["Api", "ApiWithRawResponse", "AsyncApi", "AsyncApiWithRawResponse"]
