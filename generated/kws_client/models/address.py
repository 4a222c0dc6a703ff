# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Address."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import anything, encode_fields, fields, optional, rest, string
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"street", "postCode", "city", "countryCode", "country"})


@define(kw_only=True)
class Address:
    """Needs permission `accessAddress`, or each field its own. Only the fields sent change.

    Attributes:
        street (str): Street and number. At least 1 character.
        post_code (str): Postal code. At least 1 character.
        city (str): Town or city. At least 1 character.
        country_code (str): Country; not together with `country`. Matches `^[A-Za-z]{2}$`.
        country (str): Old name of `countryCode`; not together with it. Matches `^[A-Za-z]{2}$`. Deprecated.
    """

    street: str | Unset = UNSET
    post_code: str | Unset = UNSET
    city: str | Unset = UNSET
    country_code: str | Unset = UNSET
    country: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "street": self.street,
                "postCode": self.post_code,
                "city": self.city,
                "countryCode": self.country_code,
                "country": self.country,
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
            street=optional(found, "street", string),
            post_code=optional(found, "postCode", string),
            city=optional(found, "city", string),
            country_code=optional(found, "countryCode", string),
            country=optional(found, "country", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
