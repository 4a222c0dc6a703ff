# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines CallError."""

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

from .call_error_invalid import CallErrorInvalid

_KNOWN: Final = frozenset({"code", "codeMeaning", "errorMessage", "invalid"})


@define(kw_only=True)
class CallError:
    """CallError.

    Attributes:
        code (int): 1 forbidden, 2 not found, 5 validation, 10 conflict, 11 unexpected.
        code_meaning (str): The code in a word.
        error_message (str): What went wrong, in words.
        invalid (CallErrorInvalid): Each field that is wrong, by its dotted name (`address.street`,
            `permissions.0`).
    """

    error_message_fields: ClassVar[tuple[str, ...]] = ("error_message", "invalid")

    code: int
    code_meaning: str
    error_message: str | Unset = UNSET
    invalid: CallErrorInvalid | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return encode_fields(
            {
                "code": self.code,
                "codeMeaning": self.code_meaning,
                "errorMessage": self.error_message,
                "invalid": self.invalid,
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
            invalid=optional(found, "invalid", CallErrorInvalid.from_dict),
            additional_properties=rest(found, _KNOWN, anything),
        )
