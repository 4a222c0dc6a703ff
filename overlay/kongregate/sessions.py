"""`Kongregate` and `AsyncKongregate`: the generated client with the game's key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict, Unpack

import httpx

from kongregate_client.api import Api, AsyncApi
from openapi_runtime.client import Client, TransportName
from openapi_runtime.options import MIB
from openapi_runtime.settings import check_flag, check_url

from .api_key import ApiKey

if TYPE_CHECKING:
    from openapi_runtime.exchange import Hook

    from .pagination import AsyncPlayers, AsyncStatistics, Players, Statistics

    class Settings(TypedDict, total=False):
        """Arguments of a session, as `from_env` takes them."""

        api_key: str
        base_url: str
        allow_http: bool
        timeout: httpx.Timeout | float | None
        deadline: float | None
        max_retries: int
        max_response_size: int
        user_agent: str | None
        on_attempt: Hook | None
        transport: TransportName
        httpx_args: Mapping[str, Any] | None


_VARIABLES: Final = {"api_key": "KONGREGATE_API_KEY", "base_url": "KONGREGATE_BASE_URL"}


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
        max_response_size: int = 8 * MIB,
        user_agent: str | None = None,
        on_attempt: Hook | None = None,
        transport: TransportName = "httpx",
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        check_flag("allow_http", allow_http)
        check_url("base_url", base_url, allow_http=allow_http)
        # Kongregate documents `/api` as the end of the base URL, but badges are outside of it.
        root = re.sub("(?<!/)/api/?$", "", base_url)
        from openapi_runtime.version import products  # noqa: PLC0415  # programs start faster without it

        self.client = Client(
            root,
            supplier=ApiKey(api_key),
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            max_response_size=max_response_size,
            user_agent=products(user_agent, "kws-clients"),
            on_attempt=on_attempt,
            transport=transport,
            httpx_args=httpx_args,
        )

    @classmethod
    def from_env(cls, **settings: Unpack[Settings]) -> Self:
        """Return a session with the settings of the environment.

        It reads `KONGREGATE_API_KEY`, and `KONGREGATE_BASE_URL`, if that is set. A variable that is empty
        counts as one that is not set.

        Args:
            **settings: Arguments of the session, which count before the environment.

        Raises:
            ConfigurationError: The key is missing, or a setting cannot work.
        """
        from openapi_runtime.environment import settings_of_environment  # noqa: PLC0415  # starts faster

        found: Any = settings_of_environment(_VARIABLES, settings, required=["api_key"])
        return cls(**found)


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
        max_response_size: The most bytes that the body of a response may have, unpacked.
        user_agent: Stands before `kws-clients/…` in the header `User-Agent`, such as `my-game/1.2`.
        on_attempt: Called with each `Attempt`, when it is over. What it raises ends the call.
        transport: `fast` for that of the extra of this name; `httpx` for the default.
        httpx_args: Further arguments of the httpx client: `transport`, `proxy`, `limits` and so on.
            `fast` takes `limits`, `timeout` and `trust_env` alone.

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
