# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Profile."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    array,
    date,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    optional,
    renamed,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
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
class Profile(Model):
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

    json_names: ClassVar[Mapping[str, str]] = {
        "date_of_birth": "dateOfBirth",
        "first_name": "firstName",
        "last_name": "lastName",
        "street_address": "streetAddress",
        "post_code": "postCode",
        "parent_email": "parentEmail",
        "app_data": "appData",
    }

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
        self = new(cls)
        value = found.get("id")
        self.id = value if type(value) is int else required(found, "id", integer)
        value = found.get("username")
        self.username = value if type(value) is str else required(found, "username", string)
        self.date_of_birth = required(found, "dateOfBirth", date)
        self.permissions = required(found, "permissions", Permissions.from_dict)
        value = found.get("language", UNSET)
        self.language = (
            value if type(value) is str or type(value) is Unset else optional(found, "language", string)
        )
        value = found.get("firstName", UNSET)
        self.first_name = (
            value if type(value) is str or type(value) is Unset else optional(found, "firstName", string)
        )
        value = found.get("lastName", UNSET)
        self.last_name = (
            value if type(value) is str or type(value) is Unset else optional(found, "lastName", string)
        )
        value = found.get("email", UNSET)
        self.email = value if type(value) is str or type(value) is Unset else optional(found, "email", string)
        value = found.get("streetAddress", UNSET)
        self.street_address = (
            value if type(value) is str or type(value) is Unset else optional(found, "streetAddress", string)
        )
        value = found.get("postCode", UNSET)
        self.post_code = (
            value if type(value) is str or type(value) is Unset else optional(found, "postCode", string)
        )
        value = found.get("city", UNSET)
        self.city = value if type(value) is str or type(value) is Unset else optional(found, "city", string)
        value = found.get("country", UNSET)
        self.country = (
            value if type(value) is str or type(value) is Unset else optional(found, "country", string)
        )
        value = found.get("parentEmail", UNSET)
        self.parent_email = (
            value if type(value) is str or type(value) is Unset else optional(found, "parentEmail", string)
        )
        self.app_data = optional(found, "appData", array(AppDataEntry.from_dict))
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Profile else initialised(self)
