# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines FieldError."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self

from attrs import define, field
from openapi_runtime.decoding import (
    anything,
    encode_fields,
    fields,
    integer,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.types import UNSET, Unset

_KNOWN: Final = frozenset({"code", "codeMeaning", "errorMessage"})


@define(kw_only=True)
class FieldError:
    """FieldError.

    Attributes:
        code (int): 6 missing, 7 invalid value.
        code_meaning (str): The code in a word.
        error_message (str): What is wrong with the field, in words.
    """

    error_message_fields: ClassVar[tuple[str, ...]] = ("error_message",)

    code: int
    code_meaning: str
    error_message: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "code": self.code,
                "codeMeaning": self.code_meaning,
                "errorMessage": self.error_message,
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
            code=required(found, "code", integer),
            code_meaning=required(found, "codeMeaning", string),
            error_message=optional(found, "errorMessage", string),
            additional_properties=rest(found, _KNOWN, anything),
        )
