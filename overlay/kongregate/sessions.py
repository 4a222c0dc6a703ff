"""`Kongregate` and `AsyncKongregate`: the API of the generated client, with the game's key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from kongregate_client.api import Api, AsyncApi
from openapi_runtime.client import Client
from openapi_runtime.settings import check_url

from .keys import Key
from .pages import AsyncPlayers, AsyncStatistics, Players, Statistics

_BASE_URL: Final = "https://api.kongregate.com"


class _Session:
    """What `Kongregate` and `AsyncKongregate` share: everything but waiting."""

    client: Client

    def __init__(
        self,
        api_key: str,
        base_url: str = _BASE_URL,
        *,
        allow_http: bool = False,
        timeout: httpx.Timeout | float | None = 30.0,
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        check_url("base_url", base_url, allow_http=allow_http)
        root = _root(base_url)
        self.client = Client(root, supplier=Key(api_key), timeout=timeout, httpx_args=httpx_args or {})

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.client!r})"


def _root(base_url: str) -> str:
    """The URL without the `/api` of Kongregate's own documentation, since the badges live beside that."""
    shortened = base_url.rstrip("/")
    return shortened.removesuffix("/api") if urlsplit(shortened).path.endswith("/api") else base_url


class Kongregate(_Session, Api):
    """A game server's way to Kongregate. Its calls wait; `AsyncKongregate` has the same ones to be awaited.

    Every call that needs the game's key gets it. Use it as a context manager, or call `close()`. Safe to
    share between threads.

    Args:
        api_key: The game's key. It must never reach a browser; it is in no repr, log line or message.
        base_url: Where Kongregate is, with or without `/api` at the end. https, or http on loopback.
        allow_http: Whether http may go to other machines, for a mock in a network of your own. Anybody on the
            way can read the key.
        timeout: Seconds for connecting, sending and receiving each, or an `httpx.Timeout`.
        httpx_args: Further arguments of the httpx client: `transport`, `proxy`, `limits` and so on.

    Raises:
        ConfigurationError: `timeout` is no time, the key is no key, or `base_url` would send it in the clear.
    """

    @cached_property
    def players(self) -> Players:
        """Who somebody is, their friends and their badges."""
        return Players(self.client)

    @cached_property
    def statistics(self) -> Statistics:
        """Numbers a game reports of its players, and the high scores made from them."""
        return Statistics(self.client)


class AsyncKongregate(_Session, AsyncApi):
    """The same with calls that are awaited; its arguments are those of `Kongregate`.

    Use it as an asynchronous context manager, or await `aclose()`. It belongs to one event loop.
    """

    @cached_property
    def players(self) -> AsyncPlayers:
        """Who somebody is, their friends and their badges."""
        return AsyncPlayers(self.client)

    @cached_property
    def statistics(self) -> AsyncStatistics:
        """Numbers a game reports of its players, and the high scores made from them."""
        return AsyncStatistics(self.client)
