# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines InviteUserBody."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
    encode_fields,
    fields,
    initialised,
    new,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model

_KNOWN: Final = frozenset({"email"})


@define(kw_only=True)
class InviteUserBody(Model):
    """InviteUserBody.

    Attributes:
        email (str): The friend's e-mail address. Format: email.
    """

    email: str
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "email": self.email,
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
        value = found.get("email")
        self.email = value if type(value) is str else required(found, "email", string)
        if len(found) > 1:
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is InviteUserBody else initialised(self)
