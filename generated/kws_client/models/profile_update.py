# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines ProfileUpdate."""

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

from .address import Address

_KNOWN: Final = frozenset({"firstName", "lastName", "language", "email", "address"})


@define(kw_only=True)
class ProfileUpdate(Model):
    """ProfileUpdate.

    Attributes:
        first_name (str): Needs permission `accessFirstName`. At least 1 character.
        last_name (str): Needs permission `accessLastName`. At least 1 character.
        language (str): Needs no permission. Matches `^[a-z]{2}$`.
        email (str): Needs permission `accessEmail`. Format: email.
        address (Address): Needs permission `accessAddress`, or each field its own. Only the fields sent
            change.
    """

    json_names: ClassVar[Mapping[str, str]] = {"first_name": "firstName", "last_name": "lastName"}

    first_name: str | Unset = UNSET
    last_name: str | Unset = UNSET
    language: str | Unset = UNSET
    email: str | Unset = UNSET
    address: Address | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "firstName": self.first_name,
                "lastName": self.last_name,
                "language": self.language,
                "email": self.email,
                "address": self.address,
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
        value = found.get("firstName", UNSET)
        self.first_name = (
            value if type(value) is str or type(value) is Unset else optional(found, "firstName", string)
        )
        value = found.get("lastName", UNSET)
        self.last_name = (
            value if type(value) is str or type(value) is Unset else optional(found, "lastName", string)
        )
        value = found.get("language", UNSET)
        self.language = (
            value if type(value) is str or type(value) is Unset else optional(found, "language", string)
        )
        value = found.get("email", UNSET)
        self.email = value if type(value) is str or type(value) is Unset else optional(found, "email", string)
        self.address = optional(found, "address", Address.from_dict)
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is ProfileUpdate else initialised(self)
