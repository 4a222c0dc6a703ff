# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Ages of consent, country by country."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from openapi_runtime.resources import AsyncResource, Resource, returning_response, returning_response_async
from openapi_runtime.types import UNSET, Unset

if TYPE_CHECKING:
    from openapi_runtime.client import Client
    from openapi_runtime.options import Options

    from ...models.child_age import ChildAge


class Countries(Resource):
    """Ages of consent, country by country."""

    def get_child_age(
        self,
        *,
        dob: datetime.date | Unset = UNSET,
        country: str | Unset = UNSET,
        options: Options | None = None,
    ) -> ChildAge:
        """The age of consent, and whether somebody is below it.

        Answers for the country given, or else for the country that the caller's address belongs to; leave it
        out in front ends only. With a date of birth the answer also holds the age, and whether it is below
        the age of consent. Needs no token.

        Operation getChildAge: GET /v1/countries/childAge

        Args:
            dob (datetime.date, optional): Date of birth, `YYYY-MM-DD`, not in the future.
            country (str, optional): Country, two letters of ISO 3166-1 in either case. Matches
                `^[A-Za-z]{2}$`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The age of consent.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_child_age

        return self._call(
            get_child_age.OPERATION,
            get_child_age.request(
                dob=dob,
                country=country,
            ),
            options,
        )


class CountriesWithRawResponse:
    """`Countries` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = Countries(client, raw=True)
        self.get_child_age = returning_response(resource.get_child_age)


class AsyncCountries(AsyncResource):
    """Ages of consent, country by country."""

    async def get_child_age(
        self,
        *,
        dob: datetime.date | Unset = UNSET,
        country: str | Unset = UNSET,
        options: Options | None = None,
    ) -> ChildAge:
        """The age of consent, and whether somebody is below it.

        Answers for the country given, or else for the country that the caller's address belongs to; leave it
        out in front ends only. With a date of birth the answer also holds the age, and whether it is below
        the age of consent. Needs no token.

        Operation getChildAge: GET /v1/countries/childAge

        Args:
            dob (datetime.date, optional): Date of birth, `YYYY-MM-DD`, not in the future.
            country (str, optional): Country, two letters of ISO 3166-1 in either case. Matches
                `^[A-Za-z]{2}$`.
            options: Options of this call; the client's where it says nothing.

        Returns:
            The age of consent.

        Raises:
            BadRequest: The path, the query or the body is not as documented; `invalid` names each field.
            NotFound: The app, user, event, permission or country does not exist.
            MethodNotAllowed: The path exists, but not with this method.
            InternalServerError: Something went wrong on the server.
            APIError: Anything else that is not a documented success, or not what it documents.
        """
        from . import get_child_age

        return await self._call(
            get_child_age.OPERATION,
            get_child_age.request(
                dob=dob,
                country=country,
            ),
            options,
        )


class AsyncCountriesWithRawResponse:
    """`AsyncCountries` whose methods return the whole response and raise for no status."""

    def __init__(self, client: Client) -> None:
        resource = AsyncCountries(client, raw=True)
        self.get_child_age = returning_response_async(resource.get_child_age)


__all__ = ["AsyncCountries", "AsyncCountriesWithRawResponse", "Countries", "CountriesWithRawResponse"]
