# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines RequestPermissionsBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, array, encode_fields, fields, required, rest, string

_KNOWN: Final = frozenset({"permissions"})


@define(kw_only=True)
class RequestPermissionsBody:
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
        found = fields(source)
        return cls(
            permissions=required(found, "permissions", array(string)),
            additional_properties=rest(found, _KNOWN, anything),
        )
