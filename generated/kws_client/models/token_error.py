# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines TokenError."""

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
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"ErrorCode", "Error"})


@define(kw_only=True)
class TokenError(Model):
    """TokenError.

    Attributes:
        error_code (str): `invalid_client`, `invalid_grant`, `invalid_request` or `invalid_token`.
        error (str): What went wrong, in words.
    """

    json_names: ClassVar[Mapping[str, str]] = {"error_code": "ErrorCode", "error": "Error"}

    error_message_fields: ClassVar[tuple[str, ...]] = ("error",)

    error_code: str
    error: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "ErrorCode": self.error_code,
                "Error": self.error,
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
        value = found.get("ErrorCode")
        self.error_code = value if type(value) is str else required(found, "ErrorCode", string)
        value = found.get("Error", UNSET)
        self.error = value if type(value) is str or type(value) is Unset else optional(found, "Error", string)
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is TokenError else initialised(self)
