"""`Kongregate` and `AsyncKongregate`: the generated client with the game's key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx

from kongregate_client.api import Api, AsyncApi
from openapi_runtime.client import Client, TransportName
from openapi_runtime.settings import check_url

from .api_key import ApiKey

if TYPE_CHECKING:
    from openapi_runtime.exchange import Hook

    from .pagination import AsyncPlayers, AsyncStatistics, Players, Statistics


class _Session:
    """What the sync and the async session share."""

    client: Client

    def __init__(
        self,
        api_key: str,
        base_url: str = "https://api.kongregate.com",
        *,
        allow_http: bool = False,
        timeout: httpx.Timeout | float | None = 30.0,
        deadline: float | None = None,
        max_retries: int = 2,
        user_agent: str | None = None,
        on_attempt: Hook | None = None,
        transport: TransportName = "httpx",
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        check_url("base_url", base_url, allow_http=allow_http)
        # Kongregate documents `/api` as the end of the base URL, but badges are outside of it.
        root = re.sub("(?<!/)/api/?$", "", base_url)
        self.client = Client(
            root,
            supplier=ApiKey(api_key),
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            user_agent=user_agent,
            on_attempt=on_attempt,
            transport=transport,
            httpx_args=httpx_args,
        )


class Kongregate(_Session, Api):
    """Synchronous client of a game server.

    It sends the key where it is needed. Use it as a context manager, or call `close()`. Threads can share it.

    Args:
        api_key: The game's key, for back ends only. No repr, log line or message shows it.
        base_url: Root of the API, with or without `/api` at the end. https, or http on loopback.
        allow_http: Whether http is allowed beyond loopback, for a mock in your own network. Anybody on
            the way can read the key.
        timeout: Seconds for each attempt of a call, or an `httpx.Timeout`; None is no limit.
        deadline: Seconds for a whole call, with its retries; None is no limit.
        max_retries: How often an attempt that failed is repeated, where that is safe.
        user_agent: Stands before `kws-clients/…` in the header `User-Agent`, such as `my-game/1.2`.
        on_attempt: Called with each `Attempt`, when it is over.
        transport: `httpx`, or `fast` with the extra of that name.
        httpx_args: Further arguments of the httpx client: `transport`, `proxy`, `limits` and so on.

    Raises:
        ConfigurationError: A setting cannot work, or `base_url` would send the key unencrypted.
    """

    @cached_property
    def players(self) -> Players:
        """Who somebody is, their friends and their badges."""
        from .pagination import Players  # noqa: PLC0415

        return Players(self.client)

    @cached_property
    def statistics(self) -> Statistics:
        """Numbers a game reports of its players, and the high scores made from them."""
        from .pagination import Statistics  # noqa: PLC0415

        return Statistics(self.client)


class AsyncKongregate(_Session, AsyncApi):
    """Asynchronous client of a game server; its arguments are those of `Kongregate`.

    Use it as an async context manager, or await `aclose()`. It belongs to one event loop.
    """

    @cached_property
    def players(self) -> AsyncPlayers:
        """Who somebody is, their friends and their badges."""
        from .pagination import AsyncPlayers  # noqa: PLC0415

        return AsyncPlayers(self.client)

    @cached_property
    def statistics(self) -> AsyncStatistics:
        """Numbers a game reports of its players, and the high scores made from them."""
        from .pagination import AsyncStatistics  # noqa: PLC0415

        return AsyncStatistics(self.client)
