# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines ChildAge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    boolean,
    encode_fields,
    fields,
    initialised,
    integer,
    new,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"country", "consentAgeForCountry", "age", "isMinor"})


@define(kw_only=True)
class ChildAge(Model):
    """ChildAge.

    Attributes:
        country (str): The country answered for, two letters of ISO 3166-1; the case differs between servers.
        consent_age_for_country (int): The age of consent, in years. At least 0.
        age (int): Age in years; only when a date of birth was sent. At least 0.
        is_minor (bool): Whether the age is below the age of consent; only when a date of birth was sent.
    """

    json_names: ClassVar[Mapping[str, str]] = {
        "consent_age_for_country": "consentAgeForCountry",
        "is_minor": "isMinor",
    }

    country: str
    consent_age_for_country: int
    age: int | Unset = UNSET
    is_minor: bool | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "country": self.country,
                "consentAgeForCountry": self.consent_age_for_country,
                "age": self.age,
                "isMinor": self.is_minor,
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
        value = found.get("country")
        self.country = value if type(value) is str else required(found, "country", string)
        value = found.get("consentAgeForCountry")
        self.consent_age_for_country = (
            value if type(value) is int else required(found, "consentAgeForCountry", integer)
        )
        value = found.get("age", UNSET)
        self.age = value if type(value) is int or type(value) is Unset else optional(found, "age", integer)
        value = found.get("isMinor", UNSET)
        self.is_minor = (
            value if type(value) is bool or type(value) is Unset else optional(found, "isMinor", boolean)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ChildAge else initialised(self)
