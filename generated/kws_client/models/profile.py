# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Profile."""

from __future__ import annotations

import datetime
from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    array,
    date,
    encode_fields,
    fields,
    integer,
    optional,
    renamed,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

from .app_data_entry import AppDataEntry
from .permissions import Permissions

_KNOWN: Final = frozenset(
    {
        "id",
        "username",
        "dateOfBirth",
        "permissions",
        "language",
        "firstName",
        "lastName",
        "email",
        "streetAddress",
        "postCode",
        "city",
        "country",
        "parentEmail",
        "appData",
    }
)
_ALIASES: Final = {"postalCode": "postCode"}


@define(kw_only=True)
class Profile:
    """Profile.

    Attributes:
        id (int): The user's number. At least 1 and at most 2^53 - 1.
        username (str): The display name in this app; another app has another.
        date_of_birth (datetime.date): Date of birth.
        permissions (Permissions): Each permission by its name: true when granted, false when refused, null or
            absent while the parent has not answered. Names that are not listed here may turn up.
        language (str): Two letters of ISO 639-1.
        first_name (str): With permission `accessFirstName`.
        last_name (str): With permission `accessLastName`.
        email (str): With permission `accessEmail`.
        street_address (str): With permission `accessStreetAddress` or `accessAddress`.
        post_code (str): With permission `accessPostalCode` or `accessAddress`.
        city (str): With permission `accessCity` or `accessAddress`.
        country (str): Two letters of ISO 3166-1, with permission `accessCountry` or `accessAddress`.
        parent_email (str): Only for a token of scope `user`.
        app_data (list[AppDataEntry]): What the app stored for the user.
    """

    id: int
    username: str
    date_of_birth: datetime.date
    permissions: Permissions
    language: str | Unset = UNSET
    first_name: str | Unset = UNSET
    last_name: str | Unset = UNSET
    email: str | Unset = UNSET
    street_address: str | Unset = UNSET
    post_code: str | Unset = UNSET
    city: str | Unset = UNSET
    country: str | Unset = UNSET
    parent_email: str | Unset = UNSET
    app_data: list[AppDataEntry] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "id": self.id,
                "username": self.username,
                "dateOfBirth": self.date_of_birth,
                "permissions": self.permissions,
                "language": self.language,
                "firstName": self.first_name,
                "lastName": self.last_name,
                "email": self.email,
                "streetAddress": self.street_address,
                "postCode": self.post_code,
                "city": self.city,
                "country": self.country,
                "parentEmail": self.parent_email,
                "appData": self.app_data,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
        """
        found = renamed(fields(source), _ALIASES)
        return cls(
            id=required(found, "id", integer),
            username=required(found, "username", string),
            date_of_birth=required(found, "dateOfBirth", date),
            permissions=required(found, "permissions", Permissions.from_dict),
            language=optional(found, "language", string),
            first_name=optional(found, "firstName", string),
            last_name=optional(found, "lastName", string),
            email=optional(found, "email", string),
            street_address=optional(found, "streetAddress", string),
            post_code=optional(found, "postCode", string),
            city=optional(found, "city", string),
            country=optional(found, "country", string),
            parent_email=optional(found, "parentEmail", string),
            app_data=optional(found, "appData", array(AppDataEntry.from_dict)),
            additional_properties=rest(found, _KNOWN, anything),
        )
