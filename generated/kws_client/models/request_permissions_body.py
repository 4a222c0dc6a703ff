# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines RequestPermissionsBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    array,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"permissions"})


@define(kw_only=True)
class RequestPermissionsBody(Model):
    """RequestPermissionsBody.

    Attributes:
        permissions (list[str]): Names of permissions: `accessEmail`, `accessAddress`, `accessFirstName`,
            `accessLastName`, `accessStreetAddress`, `accessCity`, `accessPostalCode`, `accessCountry`,
            `sendPushNotification`, `sendNewsletter`, `enterCompetitions`. At least 1 item. Each: at least 1
            character.
    """

    permissions: list[str]
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "permissions": self.permissions,
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
        self.permissions = required(found, "permissions", array(string))
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is RequestPermissionsBody else initialised(self)
