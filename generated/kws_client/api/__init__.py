# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""The operations of Kids Web Services, by subject."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from openapi_runtime.client import Client
from openapi_runtime.resources import BaseApi, BaseAsyncApi

if TYPE_CHECKING:
    from .apps import Apps, AppsWithRawResponse, AsyncApps, AsyncAppsWithRawResponse
    from .countries import AsyncCountries, AsyncCountriesWithRawResponse, Countries, CountriesWithRawResponse
    from .oauth import AsyncOauth, AsyncOauthWithRawResponse, Oauth, OauthWithRawResponse
    from .users import AsyncUsers, AsyncUsersWithRawResponse, Users, UsersWithRawResponse


class Api(BaseApi):
    """The whole API. Each part is imported when it is first used."""

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

    @cached_property
    def with_raw_response(self) -> ApiWithRawResponse:
        """The same operations, which return the whole response and raise for no status."""
        return ApiWithRawResponse(self.client)


class ApiWithRawResponse:
    """`Api` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def oauth(self) -> OauthWithRawResponse:
        """Tokens for back ends, and for users who come back from the single sign-on."""
        from .oauth import OauthWithRawResponse

        return OauthWithRawResponse(self.client)

    @cached_property
    def apps(self) -> AppsWithRawResponse:
        """What an app shows to everybody; a leaderboard, or a name for somebody new."""
        from .apps import AppsWithRawResponse

        return AppsWithRawResponse(self.client)

    @cached_property
    def users(self) -> UsersWithRawResponse:
        """One user's profile, permissions, points, events and stored values."""
        from .users import UsersWithRawResponse

        return UsersWithRawResponse(self.client)

    @cached_property
    def countries(self) -> CountriesWithRawResponse:
        """Ages of consent, country by country."""
        from .countries import CountriesWithRawResponse

        return CountriesWithRawResponse(self.client)


class AsyncApi(BaseAsyncApi):
    """The whole API, to be awaited. Each part is imported when it is first used."""

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

    @cached_property
    def with_raw_response(self) -> AsyncApiWithRawResponse:
        """The same operations, which return the whole response and raise for no status."""
        return AsyncApiWithRawResponse(self.client)


class AsyncApiWithRawResponse:
    """`AsyncApi` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @cached_property
    def oauth(self) -> AsyncOauthWithRawResponse:
        """Tokens for back ends, and for users who come back from the single sign-on."""
        from .oauth import AsyncOauthWithRawResponse

        return AsyncOauthWithRawResponse(self.client)

    @cached_property
    def apps(self) -> AsyncAppsWithRawResponse:
        """What an app shows to everybody; a leaderboard, or a name for somebody new."""
        from .apps import AsyncAppsWithRawResponse

        return AsyncAppsWithRawResponse(self.client)

    @cached_property
    def users(self) -> AsyncUsersWithRawResponse:
        """One user's profile, permissions, points, events and stored values."""
        from .users import AsyncUsersWithRawResponse

        return AsyncUsersWithRawResponse(self.client)

    @cached_property
    def countries(self) -> AsyncCountriesWithRawResponse:
        """Ages of consent, country by country."""
        from .countries import AsyncCountriesWithRawResponse

        return AsyncCountriesWithRawResponse(self.client)


__all__ = ["Api", "ApiWithRawResponse", "AsyncApi", "AsyncApiWithRawResponse"]
