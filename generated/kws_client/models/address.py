# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    new,
    optional,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"street", "postCode", "city", "countryCode", "country"})


@define(kw_only=True)
class Address(Model):
    """Needs permission `accessAddress`, or each field its own. Only the fields sent change.

    Attributes:
        street (str): Street and number. At least 1 character.
        post_code (str): Postal code. At least 1 character.
        city (str): Town or city. At least 1 character.
        country_code (str): Country; not together with `country`. Matches `^[A-Za-z]{2}$`.
        country (str): Old name of `countryCode`; not together with it. Matches `^[A-Za-z]{2}$`. Deprecated.
    """

    json_names: ClassVar[Mapping[str, str]] = {"post_code": "postCode", "country_code": "countryCode"}

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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("street", UNSET)
        self.street = (
            value if type(value) is str or type(value) is Unset else optional(found, "street", string)
        )
        value = found.get("postCode", UNSET)
        self.post_code = (
            value if type(value) is str or type(value) is Unset else optional(found, "postCode", string)
        )
        value = found.get("city", UNSET)
        self.city = value if type(value) is str or type(value) is Unset else optional(found, "city", string)
        value = found.get("countryCode", UNSET)
        self.country_code = (
            value if type(value) is str or type(value) is Unset else optional(found, "countryCode", string)
        )
        value = found.get("country", UNSET)
        self.country = (
            value if type(value) is str or type(value) is Unset else optional(found, "country", string)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Address else initialised(self)
