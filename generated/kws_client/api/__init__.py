# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""The operations of Kids Web Services, by subject."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from ..client import Client

if TYPE_CHECKING:
    from types import TracebackType

    from .apps import Apps, AsyncApps
    from .countries import AsyncCountries, Countries
    from .oauth import AsyncOauth, Oauth
    from .users import AsyncUsers, Users


class Api:
    """The whole API, called and waited for. Each part is imported when it is first used.

    Use it as a context manager, or call `close()`.

    Args:
        client: How to reach the server.
    """

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def oauth(self) -> Oauth:
        """Tokens for back ends, and for users who come back from the single sign-on."""
        from .oauth import Oauth

        return Oauth(self.client)

    @cached_property
    def apps(self) -> Apps:
        """What an app shows to everybody; a leaderboard, or a name for somebody new."""
        from .apps import Apps

        return Apps(self.client)

    @cached_property
    def users(self) -> Users:
        """One user's profile, permissions, points, events and stored values."""
        from .users import Users

        return Users(self.client)

    @cached_property
    def countries(self) -> Countries:
        """Ages of consent, country by country."""
        from .countries import Countries

        return Countries(self.client)

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
    def oauth(self) -> AsyncOauth:
        """Tokens for back ends, and for users who come back from the single sign-on."""
        from .oauth import AsyncOauth

        return AsyncOauth(self.client)

    @cached_property
    def apps(self) -> AsyncApps:
        """What an app shows to everybody; a leaderboard, or a name for somebody new."""
        from .apps import AsyncApps

        return AsyncApps(self.client)

    @cached_property
    def users(self) -> AsyncUsers:
        """One user's profile, permissions, points, events and stored values."""
        from .users import AsyncUsers

        return AsyncUsers(self.client)

    @cached_property
    def countries(self) -> AsyncCountries:
        """Ages of consent, country by country."""
        from .countries import AsyncCountries

        return AsyncCountries(self.client)

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
