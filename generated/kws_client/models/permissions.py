# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Permissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    boolean,
    encode_fields,
    fields,
    initialised,
    new,
    nullable,
    optional,
    rest,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset(
    {
        "accessEmail",
        "accessAddress",
        "accessFirstName",
        "accessLastName",
        "accessStreetAddress",
        "accessCity",
        "accessPostalCode",
        "accessCountry",
        "sendPushNotification",
        "sendNewsletter",
        "enterCompetitions",
    }
)


@define(kw_only=True)
class Permissions(Model):
    """Each permission by its name: true when granted, false when refused, null or absent while the parent has
    not answered. Names that are not listed here may turn up.

    Attributes:
        access_email (bool | None):
        access_address (bool | None):
        access_first_name (bool | None):
        access_last_name (bool | None):
        access_street_address (bool | None):
        access_city (bool | None):
        access_postal_code (bool | None):
        access_country (bool | None):
        send_push_notification (bool | None):
        send_newsletter (bool | None):
        enter_competitions (bool | None):
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "access_email": "accessEmail",
        "access_address": "accessAddress",
        "access_first_name": "accessFirstName",
        "access_last_name": "accessLastName",
        "access_street_address": "accessStreetAddress",
        "access_city": "accessCity",
        "access_postal_code": "accessPostalCode",
        "access_country": "accessCountry",
        "send_push_notification": "sendPushNotification",
        "send_newsletter": "sendNewsletter",
        "enter_competitions": "enterCompetitions",
    }

    access_email: bool | None | Unset = UNSET
    access_address: bool | None | Unset = UNSET
    access_first_name: bool | None | Unset = UNSET
    access_last_name: bool | None | Unset = UNSET
    access_street_address: bool | None | Unset = UNSET
    access_city: bool | None | Unset = UNSET
    access_postal_code: bool | None | Unset = UNSET
    access_country: bool | None | Unset = UNSET
    send_push_notification: bool | None | Unset = UNSET
    send_newsletter: bool | None | Unset = UNSET
    enter_competitions: bool | None | Unset = UNSET
    additional_properties: dict[str, bool | None] = field(factory=dict[str, bool | None])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "accessEmail": self.access_email,
                "accessAddress": self.access_address,
                "accessFirstName": self.access_first_name,
                "accessLastName": self.access_last_name,
                "accessStreetAddress": self.access_street_address,
                "accessCity": self.access_city,
                "accessPostalCode": self.access_postal_code,
                "accessCountry": self.access_country,
                "sendPushNotification": self.send_push_notification,
                "sendNewsletter": self.send_newsletter,
                "enterCompetitions": self.enter_competitions,
            },
            self.additional_properties,
        )

    @classmethod
    def from_dict(cls, source: object) -> Self:
        """Decode a JSON object.

        Raises:
            DecodeError: It has another shape.
        """
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("accessEmail", UNSET)
        self.access_email = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "accessEmail", nullable(boolean))
        )
        value = found.get("accessAddress", UNSET)
        self.access_address = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "accessAddress", nullable(boolean))
        )
        value = found.get("accessFirstName", UNSET)
        self.access_first_name = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "accessFirstName", nullable(boolean))
        )
        value = found.get("accessLastName", UNSET)
        self.access_last_name = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "accessLastName", nullable(boolean))
        )
        value = found.get("accessStreetAddress", UNSET)
        self.access_street_address = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "accessStreetAddress", nullable(boolean))
        )
        value = found.get("accessCity", UNSET)
        self.access_city = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "accessCity", nullable(boolean))
        )
        value = found.get("accessPostalCode", UNSET)
        self.access_postal_code = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "accessPostalCode", nullable(boolean))
        )
        value = found.get("accessCountry", UNSET)
        self.access_country = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "accessCountry", nullable(boolean))
        )
        value = found.get("sendPushNotification", UNSET)
        self.send_push_notification = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "sendPushNotification", nullable(boolean))
        )
        value = found.get("sendNewsletter", UNSET)
        self.send_newsletter = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "sendNewsletter", nullable(boolean))
        )
        value = found.get("enterCompetitions", UNSET)
        self.enter_competitions = (
            value
            if type(value) is bool or value is None or type(value) is Unset
            else optional(found, "enterCompetitions", nullable(boolean))
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, nullable(boolean))
        return self if cls is Permissions else initialised(self)
