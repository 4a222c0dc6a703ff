# Generated from openapi/kws.yaml by `make generate`. Do not edit.
"""Defines CallError."""

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
    integer,
    new,
    optional,
    required,
    rest,
    string,
)
from openapi_runtime.models import Model
from openapi_runtime.types import UNSET, Unset

from .call_error_invalid import CallErrorInvalid

_KNOWN: Final = frozenset({"code", "codeMeaning", "errorMessage", "invalid"})


@define(kw_only=True)
class CallError(Model):
    """CallError.

    Attributes:
        code (int): 1 forbidden, 2 not found, 5 validation, 10 conflict, 11 unexpected.
        code_meaning (str): The code in a word.
        error_message (str): What went wrong, in words.
        invalid (CallErrorInvalid): Each field that is wrong, by its dotted name (`address.street`,
            `permissions.0`).
    """

    json_names: ClassVar[Mapping[str, str]] = {"code_meaning": "codeMeaning", "error_message": "errorMessage"}

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
        found = source if type(source) is Object else fields(source)
        self = new(cls)
        value = found.get("code")
        self.code = value if type(value) is int else required(found, "code", integer)
        value = found.get("codeMeaning")
        self.code_meaning = value if type(value) is str else required(found, "codeMeaning", string)
        value = found.get("errorMessage", UNSET)
        self.error_message = (
            value if type(value) is str or type(value) is Unset else optional(found, "errorMessage", string)
        )
        self.invalid = optional(found, "invalid", CallErrorInvalid.from_dict)
        if not _KNOWN.issuperset(found):
            self.additional_properties = rest(found, _KNOWN, anything)
        return self if cls is CallError else initialised(self)
