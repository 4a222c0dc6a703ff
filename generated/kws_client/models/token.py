# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines Token."""

from __future__ import annotations

from typing import Any, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    Object,
    anything,
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

_KNOWN: Final = frozenset({"access_token", "token_type", "expires_in"})


@define(kw_only=True)
class Token(Model):
    """Token.

    Attributes:
        access_token (str): The token, a JSON Web Token. At least 1 character. A secret, left out of reprs.
        token_type (str): Always `bearer`. Some servers leave it out.
        expires_in (int): Seconds until the token expires. Some servers leave it out; the token's own `exp`
            tells. At least 0.
    """

    access_token: str = field(repr=False)
    token_type: str | Unset = UNSET
    expires_in: int | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "access_token": self.access_token,
                "token_type": self.token_type,
                "expires_in": self.expires_in,
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
        value = found.get("access_token")
        self.access_token = value if type(value) is str else required(found, "access_token", string)
        value = found.get("token_type", UNSET)
        self.token_type = (
            value if type(value) is str or type(value) is Unset else optional(found, "token_type", string)
        )
        value = found.get("expires_in", UNSET)
        self.expires_in = (
            value if type(value) is int or type(value) is Unset else optional(found, "expires_in", integer)
        )
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is Token else initialised(self)
